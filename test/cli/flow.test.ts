/** `lakatos flow`: a system file in, numbers out whose every digit is meant. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Decimal } from 'decimal.js'
import { afterAll, describe, expect, test } from 'vitest'
import { follow } from '../../src/cli/engine.ts'
import { flowText, type Format } from '../../src/cli/flow-text.ts'
import { parseSystem } from '../../src/cli/system.ts'
import { lakatos, lakatosHere, newFolder, type Run } from './lakatos.ts'

const EXAMPLE = 'docs/examples/flow.json'
const D = Decimal.clone({ precision: 80 })
const folder = newFolder()
afterAll(() => folder.remove())

type System = Record<string, unknown>
const example = JSON.parse(readFileSync(EXAMPLE, 'utf8')) as System

/** The command on the example with changes; `undefined` removes a name. */
async function flow(changes: System, ...flags: string[]): Promise<Run> {
  const path = join(folder.path, 'system.json')
  writeFileSync(path, JSON.stringify({ ...example, ...changes }))
  return lakatosHere(['flow', path, ...flags])
}

interface Result {
  readonly reached: string
  readonly reason: string
  readonly detail: string
  readonly clock: string
  readonly digits: number
  readonly steps: number
  readonly kinks: readonly Record<string, unknown>[]
  readonly logLoss: string
  readonly logTime: string | null
  readonly lossByTime: string | null
  readonly weights: readonly (readonly (readonly string[])[])[]
  readonly nodes: readonly Readonly<Record<'norm' | 'gradientNorm' | 'cosine' | 'share', string | null>>[]
  readonly errorEstimate: string | null
}
/** What a format prints, without a process or a thread. */
function printed(changes: System, format: Format): string {
  const file = parseSystem(JSON.stringify({ ...example, ...changes }))
  return flowText(
    file,
    follow(file, format !== 'json', () => {}),
    format,
  ).text
}
const result = (changes: System): Result => JSON.parse(printed(changes, 'json')) as Result

/** Whether a number is the one that a text shows, to half a unit of its last digit. */
function shows(text: string, x: Decimal.Value): boolean {
  const [, fraction = '', exponent = '0'] = /^-?\d+(?:\.(\d+))?(?:e([+-]?\d+))?$/.exec(text)!
  const unit = new D(10).pow(Number(exponent) - fraction.length)
  return new D(text).minus(x).abs().lte(unit.div(2))
}
const significant = (text: string): number =>
  text.replace(/e.*/, '').replaceAll(/[-.]/g, '').replace(/^0+/, '').length
const numbers = ({ logLoss, logTime, weights, nodes }: Result): string[] => [
  ...[logLoss, logTime!],
  ...weights[0]!.flat(),
  ...nodes.flatMap(({ norm, gradientNorm, cosine, share }) => [norm!, gradientNorm!, cosine!, share!]),
]
const far = (a: readonly string[], b: readonly string[]): number =>
  Math.max(...a.map((x, i) => new D(x).minus(b[i]!).div(new D(b[i]!).abs().plus(1)).abs().toNumber()))

describe('the reference flow', () => {
  interface Reference {
    readonly x: readonly number[][]
    readonly y: readonly number[]
    readonly cases: readonly { readonly id: string; readonly final: Readonly<Record<string, string>> }[]
  }
  const reference = JSON.parse(readFileSync('test/vectors/ewn-flow-reference.json', 'utf8')) as Reference
  const { final } = reference.cases.find(({ id }) => id === 'P1a')!
  const data = reference.x.map((x, i) => ({ x: x.map(String), y: reference.y[i]! }))

  test.each([16, 50])('every digit is right, of %i asked for', (digits) => {
    const found = result({ data, digits, clock: 'tau', until: '2' })
    expect(found).toMatchObject({ reached: '2', reason: 'end', clock: 'tau', digits, kinks: [] })
    const w = found.weights[0]!
    w.forEach((own, u) =>
      own.forEach((text, i) => expect(shows(text, final[`w${u + 1}${i + 1}`]!), text).toBe(true)),
    )
    expect(shows(found.logLoss, final['lambda']!)).toBe(true)
    expect(Math.max(...numbers(found).map(significant))).toBeLessThanOrEqual(digits)
    expect(significant(found.logLoss)).toBeGreaterThan(digits - 3)
    found.nodes.forEach(({ norm }, u) => {
      const [a, b] = [1, 2].map((i) => new D(final[`w${u + 1}${i}`]!))
      expect(shows(norm!, a!.pow(2).plus(b!.pow(2)).sqrt())).toBe(true)
    })
  })
})

describe('the printed example', () => {
  test('is what the README shows, through the command itself', async () => {
    const { code, out } = await lakatos(['flow', EXAMPLE])
    expect(code).toBe(0)
    expect(readFileSync('README.md', 'utf8')).toContain(`\`\`\`text\n${out}\`\`\``)
  })

  test('the readings at the end are those of its weights', () => {
    const found = result({})
    const w = found.weights[0]!.map((own) => own.map((c) => new D(c)))
    const points = [
      [1.25, 0.5, 1],
      [0.5, 1.5, -1],
    ]
    const signs = [1, 1, -1, -1]
    const z = points.map(([a, b]) => w.map(([p, q]) => p!.times(a!).plus(q!.times(b!))))
    const losses = z.map((own, i) =>
      own
        .reduce((m, v, u) => m.plus(v.pow(2).times(signs[u]!)), new D(0))
        .times(-points[i]![2]!)
        .exp(),
    )
    const L = losses[0]!.plus(losses[1]!)
    const s = L.ln().neg()
    expect(s.minus(100).abs().toNumber()).toBeLessThan(1e-40)
    found.nodes.forEach((node, u) => {
      const g = [0, 1].map((k) =>
        points.reduce(
          (sum, x, i) => sum.plus(losses[i]!.times(2 * signs[u]! * x[2]! * x[k]!).times(z[i]![u]!)),
          new D(0),
        ),
      )
      const [length, slope] = [w[u]!, g].map((v) => v[0]!.pow(2).plus(v[1]!.pow(2)).sqrt())
      const along = w[u]![0]!.times(g[0]!).plus(w[u]![1]!.times(g[1]!))
      const want = [length!, slope!, along.div(length!.times(slope!)), along.div(L.times(s))]
      const got = [node.norm!, node.gradientNorm!, node.cosine!, node.share!]
      want.forEach((x, k) => expect(x.div(got[k]!).minus(1).abs().toNumber()).toBeLessThan(1e-40))
    })
  })

  test('in loss time it stops where that ends, says so, and is exit 3', async () => {
    const { code, out } = await flow({ clock: 'tau', until: '2', digits: 16 }, '--json')
    const found = JSON.parse(out) as Result
    expect([code, found.reason]).toEqual([3, 'singularity'])
    expect(found.detail).toContain('loss time ends near tau = 1.143')
    expect(Number(found.reached)).toBeCloseTo(1.1427, 3)
  })
})

describe('clocks', () => {
  const tau = (): Result => (known ??= result({ clock: 'tau', until: '1' }))
  let known: Result | undefined
  test('s agrees with τ', () => {
    const { logLoss } = tau()
    const s = result({ until: logLoss.slice(1) })
    expect(far(numbers(s), numbers(tau()))).toBeLessThan(1e-46)
  })
  test('t agrees with τ', () => {
    const until = `${new D(tau().logTime!).exp()}`
    expect(far(numbers(result({ clock: 't', until })), numbers(tau()))).toBeLessThan(1e-46)
  })
  test('doubles agree with s, to the digits they show', () => {
    const [long, short] = [result({}), result({ digits: 12 })]
    numbers(short).forEach((text, k) => expect(shows(text, numbers(long)[k]!), text).toBe(true))
    expect(numbers(short).every((text) => significant(text) >= 7 || text === '-100')).toBe(true)
    expect(Number(short.errorEstimate)).toBeLessThan(1e-7)
  })
  test('a rate that depends on t only is another clock: η = 1/(1+t) and T = log(1+t)', () => {
    const plain = result({ clock: 't', until: '1/2' })
    const until = `${new D('0.5').exp().minus(1)}`
    const slow = result({ clock: 't', until, rate: '1/(1+t)' })
    expect(far(slow.weights[0]!.flat(), plain.weights[0]!.flat())).toBeLessThan(1e-46)
    expect(shows(slow.logTime!, new D(until).ln())).toBe(true)
  })
  test('a flow at its start has no log t', () => {
    const found = result({ clock: 't', until: '0' })
    expect(found).toMatchObject({ reached: '0', reason: 'end', steps: 0, logTime: null })
    expect(found.weights[0]![0]!.map(Number)).toEqual([0.5, 0.25])
  })
})

describe('shared weights', () => {
  const layer = (activation: string, rest: System = {}): System => ({ width: 1, activation, ...rest })
  const one = { data: [{ x: ['1'], y: 1 }], clock: 't', until: '1', digits: 30 }

  test('w·(w·x) is w²x: the flow of one layer with z²', () => {
    const twice = { inputs: 1, layers: [layer('z'), layer('z', { shared: 1 })] }
    const square = { inputs: 1, layers: [layer('z^2')] }
    for (const normalization of ['unnorm', 'ewn', 'swn']) {
      const a = result({ ...one, normalization, net: twice, weights: [[['3/4']], []] })
      const b = result({ ...one, normalization, net: square, weights: [[['3/4']]] })
      expect(a.weights).toEqual([b.weights[0], []])
      expect([a.logLoss, a.nodes]).toEqual([b.logLoss, b.nodes])
    }
  })

  test('the gradient of a shared matrix is that of finite differences', () => {
    const net = {
      inputs: 2,
      layers: [
        { width: 2, activation: 'relu(z)^2' },
        { width: 2, activation: 'z^2', shared: 1 },
        { width: 1, activation: 'z', frozen: true },
      ],
    }
    const w0 = [0.5, 0.25, -0.375, 0.625]
    const [x, v] = [
      [1.25, 0.5],
      [1, -0.5],
    ]
    const apply = (w: number[], a: number[]): number[] =>
      [0, 1].map((u) => w[2 * u]! * a[0]! + w[2 * u + 1]! * a[1]!)
    const loss = (w: number[]): number => {
      const hidden = apply(w, x!).map((z) => Math.max(z, 0) ** 2)
      const above = apply(w, hidden).map((z) => z ** 2)
      return Math.exp(-(v![0]! * above[0]! + v![1]! * above[1]!))
    }
    const h = 1e-5
    const slope = w0.map((_, k) => {
      const [up, down] = [h, -h].map((e) => loss(w0.map((c, j) => (j === k ? c + e : c))))
      return (up! - down!) / (2 * h)
    })
    const found = result({
      net,
      weights: [
        [
          ['1/2', '1/4'],
          ['-3/8', '5/8'],
        ],
        [],
        [['1', '-1/2']],
      ],
      data: [{ x: ['5/4', '1/2'], y: 1 }],
      ...{ clock: 't', until: '0', digits: 20 },
    })
    expect(found.nodes).toHaveLength(2)
    found.nodes.forEach(({ gradientNorm }, u) =>
      expect(Number(gradientNorm)).toBeCloseTo(Math.hypot(slope[2 * u]!, slope[2 * u + 1]!), 8),
    )
  })
})

describe('kinks and cross-entropy', () => {
  const data = [
    { x: ['1', '1'], y: 1 },
    { x: ['-1', '-1'], y: 1 },
    { x: ['1', '-1'], y: -1 },
    { x: ['-1', '1'], y: -1 },
  ]
  const net = {
    inputs: 2,
    layers: [
      { width: 2, activation: 'relu(z)' },
      { width: 1, activation: 'z' },
    ],
  }
  const weights = [
    [
      ['1/2', '1/4'],
      ['-3/8', '5/8'],
    ],
    [['1', '-1']],
  ]

  test('a kink is named by point, layer and unit, in both engines', () => {
    const smooth = {
      ...net,
      layers: [
        { width: 3, activation: 'relu(z)^2' },
        { width: 1, activation: 'z' },
      ],
    }
    const base = {
      net: smooth,
      weights: [
        [
          ['1/8', '1/2'],
          ['3/4', '-1'],
          ['-1', '7/8'],
        ],
        [['1/2', '-1/8', '-1/4']],
      ],
      data: [
        { x: ['1', '1/2'], y: 1 },
        { x: ['-1', '1'], y: -1 },
      ],
      until: '2',
    }
    const [fine, rough] = [result({ ...base, digits: 20 }), result({ ...base, digits: 10 })]
    expect(fine.kinks).toMatchObject([{ point: 2, layer: 1, unit: 1, active: false }])
    const places = ({ kinks }: Result): unknown[] => kinks.map(({ clock: _, ...place }) => place)
    expect(places(fine)).toEqual(places(rough))
    fine.kinks.forEach(({ clock }, k) =>
      expect(Number(clock)).toBeCloseTo(Number(rough.kinks[k]!['clock']), 6),
    )
  })

  test('a flow that slides stops there, with its error estimated', () => {
    const found = result({ net, weights, data, clock: 't', until: '50', digits: 20 })
    expect(found.reason).toBe('sliding')
    expect(found.detail).toContain('slides along a kink')
    expect(Number(found.errorEstimate)).toBeLessThan(1e-15)
  })

  test('classes are learned under cross-entropy', () => {
    const found = result({
      net: {
        inputs: 2,
        layers: [
          { width: 2, activation: 'z' },
          { width: 3, activation: 'z', frozen: true },
        ],
      },
      weights: [
        [
          ['1/2', '1/4'],
          ['-3/8', '5/8'],
        ],
        [
          ['1', '0'],
          ['0', '1'],
          ['-1', '-1'],
        ],
      ],
      data: [
        { x: ['1', '0'], y: 0 },
        { x: ['0', '1'], y: 1 },
        { x: ['-1', '-1'], y: 2 },
      ],
      ...{ loss: 'cross-entropy', normalization: 'swn', until: '3', digits: 20 },
    })
    expect(found).toMatchObject({ reached: '3', reason: 'end' })
    expect(found.logLoss).toMatch(/^-(3|2\.9+|3\.0+\d)/)
  })
})

describe('tables and pictures', () => {
  test('CSV has a row per sample, from the start to the end', () => {
    const out = printed({ clock: 'tau', until: '1', digits: 16 }, 'csv')
    const [head, ...rows] = out
      .trimEnd()
      .split('\n')
      .map((line) => line.split(','))
    expect(head!.slice(0, 7)).toEqual([
      ...['clock', 'logTime', 'logLoss', 'lossByTime', 'norm_1', 'gradientNorm_1', 'cosine_1'],
    ])
    expect(rows.length).toBeGreaterThan(90)
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([head!.length]))
    expect(rows[0]!.slice(0, 2)).toEqual(['0', ''])
    const found = result({ clock: 'tau', until: '1', digits: 16 })
    const { logTime, logLoss, lossByTime, nodes } = found
    expect(rows.at(-1)!.slice(0, 5)).toEqual(['1', logTime, logLoss, lossByTime, nodes[0]!.norm])
    const clocks = rows.map(([clock]) => Number(clock))
    expect(clocks).toEqual(clocks.toSorted((a, b) => a - b))
  })

  test('SVG has a curve per node for norms and cosines, and one for L·t·(log t)²', () => {
    const out = printed({ digits: 12 }, 'svg')
    expect(out).toMatch(/^<svg [^]*<\/svg>\n$/)
    expect(out.match(/<path /g)).toHaveLength(9)
    expect(out).not.toMatch(/NaN|Infinity|undefined|null/)
  })

  test('of one JSON document nothing is left over on either stream', async () => {
    const { out, err } = await flow({ digits: 12, until: '5' }, '--json')
    expect(() => void JSON.parse(out)).not.toThrow()
    expect(err).toMatch(/^(flow: .*\n)*$/)
  })
})

test('a rigorous result encloses the one in more digits', () => {
  const changes = { clock: 'tau', until: '1/2' }
  const found = result({ ...changes, digits: 30, rigorous: true }) as unknown as Record<string, unknown>
  const exact = result({ ...changes, digits: 80 }) as unknown as Record<string, unknown>
  expect(found['reason']).toBe('end')
  expect(found).not.toHaveProperty('errorEstimate')
  let intervals = 0
  const compare = (bounds: unknown, value: unknown): void => {
    if (typeof bounds === 'object' && bounds !== null && 'lo' in bounds && 'hi' in bounds) {
      const { lo, hi } = bounds as { lo: string; hi: string }
      intervals++
      expect(new D(lo).lte(value as string) && new D(hi).gte(value as string), `${lo} ${hi}`).toBe(true)
      expect(new D(hi).minus(lo).toNumber()).toBeLessThan(1e-20)
    } else if (typeof bounds === 'object' && bounds !== null)
      for (const [key, inner] of Object.entries(bounds))
        compare(inner, (value as Record<string, unknown>)[key])
  }
  for (const key of ['logLoss', 'logTime', 'lossByTime', 'weights', 'nodes']) compare(found[key], exact[key])
  expect(intervals).toBe(3 + 12 + 16)
})

describe('wrong usage is exit 2, one clear line, and nothing on stdout', () => {
  test.each<[string, string[], string]>([
    ['two formats', ['--json', '--svg'], 'expected one of --json, --csv, --svg, got --json --svg'],
    ['an unknown flag', ['--cvs'], '--csv'],
    ['a second file', ['other.json'], 'expected 1 argument, got 2'],
  ])('%s', async (_, flags, hint) => {
    const { code, out, err } = await flow({}, ...flags)
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain(hint)
  })

  test.each<[string, string]>([
    ['no-such-file.json', 'no such file: no-such-file.json'],
    ['docs', 'docs: expected a file, got a folder'],
    ['README.md', 'README.md: line 1: expected JSON, got #'],
  ])('%s', async (path, hint) => {
    const { code, out, err } = await lakatosHere(['flow', path])
    expect([code, out]).toEqual([2, ''])
    expect(err).toBe(`lakatos: ${hint}\n`)
  })

  test('a file that does not fit, with its name and line', async () => {
    const { code, out, err } = await flow({ clock: 'taw' }, '--json')
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(
      /system\.json: line 1: clock: expected one of "t", "tau", "s", got "taw"; nearest: "tau"\n$/,
    )
  })

  test.each(['--csv', '--svg'])('%s of an enclosure', async (flag) => {
    const { code, out, err } = await flow({ rigorous: true }, flag)
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain(`expected no ${flag} with "rigorous": true`)
  })
})

describe('no number says more than is known', () => {
  const line = {
    net: { inputs: 1, layers: [{ width: 1, activation: 'z' }] },
    weights: [[['1']]],
    data: [{ x: ['1'], y: 1 }],
    normalization: 'unnorm',
  }
  const classes = {
    net: { inputs: 2, layers: [{ width: 3, activation: 'z' }] },
    weights: [
      [
        ['1/2', '1/4'],
        ['-3/8', '5/8'],
        ['0', '1/7'],
      ],
    ],
    data: [
      { x: ['1', '0'], y: 0 },
      { x: ['0', '1'], y: 1 },
      { x: ['-1', '-1'], y: 2 },
    ],
    loss: 'cross-entropy',
    normalization: 'unnorm',
  }
  test.each(['--json', '--csv', 'summary'])(
    'what an error swallows is left out, and the exit code is 3: %s',
    async (flag) => {
      // L falls to 10^−40, and is followed in absolute precision.
      const flags = flag === 'summary' ? [] : [flag]
      const { code, out } = await flow({ ...classes, clock: 't', until: '1e40', digits: 30 }, ...flags)
      expect(code).toBe(3)
      if (flag === '--json') {
        const found = JSON.parse(out) as Result
        expect([found.reason, found.logLoss, found.weights[0]![0]![0]]).toEqual(['precision', null, null])
        expect(shows(found.logTime!, new D('1e40').ln())).toBe(true)
      } else if (flag === '--csv') expect(out.trimEnd().split('\n').at(-1)).toMatch(/^1e40,92\.1\d+,,/)
      else expect(out).toMatch(/\(precision\)[^]*log L {2}–/)
    },
  )
  test('an exact zero is 0, and what has no value at t = 0 is no lack of digits', async () => {
    const zero = { ...line, weights: [[['0']]] }
    const { code, out } = await flow({ ...zero, clock: 't', until: '0', digits: 30 }, '--json')
    const { reason, logLoss, logTime, lossByTime, weights, nodes } = JSON.parse(out) as Result
    expect([code, reason, logLoss, logTime, lossByTime]).toEqual([0, 'end', '0', null, '0'])
    expect([weights, nodes[0]!.norm, nodes[0]!.cosine]).toEqual([[[['0']]], '0', null])
  })
  test('weights 0 start, in digits and in doubles', () => {
    const zero = {
      net: { inputs: 2, layers: [{ width: 1, activation: 'z' }] },
      weights: [[['0', '0']]],
      data: [
        { x: ['1', '1/2'], y: 1 },
        { x: ['1/2', '1'], y: 1 },
      ],
      ...{ normalization: 'unnorm', until: '100' },
    }
    // By symmetry w = (a, a), and L = 2 e^{−3a/2}.
    const a = new D(100).plus(new D(2).ln()).times(2).div(3)
    for (const digits of [12, 30]) {
      const found = result({ ...zero, digits })
      expect(found.reason).toBe('end')
      for (const text of found.weights[0]![0]!) expect(shows(text, a) && significant(text) > 7).toBe(true)
    }
  })
  test('one kink in six spellings is one flow, in digits and in doubles', () => {
    const spellings = ['relu(z)', 'max(0, z)', 'max(z, 0)', '(z + abs(z))/2', 'z*step(z)', 'z - min(z, 0)']
    for (const digits of [10, 20]) {
      const found = spellings.map((activation) =>
        result({
          net: { inputs: 2, layers: [{ width: 1, activation }] },
          weights: [[['1', '0']]],
          data: [
            { x: ['1', '0'], y: 1 },
            { x: ['0', '1'], y: 1 },
          ],
          ...{ normalization: 'unnorm', until: '1', digits },
        }),
      )
      for (const one of found) {
        expect([one.reason, one.weights, one.nodes]).toEqual(['end', found[0]!.weights, found[0]!.nodes])
        expect(Number(one.weights[0]![0]![1])).toBeGreaterThan(0.5)
      }
    }
  })
})
