/** Checks: what is false is refuted small, what is empty is vacuous, and the same seed says the same. */
import { describe, expect, test } from 'vitest'
import { claim } from '../../src/claim/claim.ts'
import type { Random } from '../../src/claim/random.ts'
import type { Assumed } from '../../src/claim/setting.ts'
import type { Verdict } from '../../src/claim/verdict.ts'
import { check } from '../../src/hunt/check.ts'
import { drop } from '../../src/hunt/drop.ts'
import { judgeOf } from '../../src/hunt/judge.ts'
import { prove } from '../../src/hunt/prove.ts'
import { search } from '../../src/hunt/search.ts'
import { homogeneous, unitV } from '../../src/setting/assumptions.ts'
import { survivors } from '../../src/report/record.ts'
import { nets } from '../../src/model/model.ts'
import { swn as swnWeights } from '../../src/model/parameterization.ts'
import { gradientFlow } from '../../src/motion/rule.ts'
import type { PointCase } from '../../src/setting/point/case.ts'
import { setting } from '../../src/setting/setting.ts'
import { claimed, CORNERS, cornered, ewn, ewnSteps, quick } from './settings.ts'

const EQUATION = 'grad(L, alpha_u) == exp(alpha_u)*dot(v_u, g_u)/norm(v_u)'
const INEQUALITY = 'norm(v_u(t+1)) >= norm(v_u)'
const numbers = setting({ variables: { x: 'real', y: 'real' } })
/** The same without any coverage to meet. */
const anywhere = { ...numbers, coverage: () => ({}) }
const timeless = ({ seconds: _, ...rest }: Verdict): Omit<Verdict, 'seconds'> => rest

describe('a generator that never leaves a corner', () => {
  test('is told from one that does: the same checks pass without the corner', () => {
    expect(check(claimed(quick(ewn, 7), EQUATION)).verdict).toBe('proved')
    expect(check(claimed(ewnSteps, INEQUALITY), { cases: 120 }).verdict).toBe('certified')
  })

  test.each(Object.entries(CORNERS))('is vacuous, and misses "%s", in a proof', (label, push) => {
    const { verdict, evidence } = check(claimed(cornered(quick(ewn, 7), push), EQUATION))
    expect([label, verdict]).toEqual([label, 'vacuous'])
    expect(evidence.summary).toMatch(/^the cases sit in a corner: /)
    expect(evidence.summary).toContain(`"${label}" in `)
  })

  test.each(Object.entries(CORNERS))('is vacuous, and misses "%s", case by case', (label, push) => {
    const { verdict, evidence } = check(claimed(cornered(ewnSteps, push), INEQUALITY), { cases: 60 })
    expect([label, verdict]).toEqual([label, 'vacuous'])
    expect(evidence.summary).toContain(`"${label}" in `)
  })

  test('is found by each label alone: what is missing is named, with the share found', () => {
    const { evidence } = check(claimed(cornered(ewnSteps, CORNERS['negative weights']!), INEQUALITY), {
      cases: 60,
    })
    expect(evidence.summary).toMatch(/"negative weights" in 0(\.\d+)? of them, at least 0\.5 expected/)
    expect(evidence.summary).not.toContain('"several layers"')
  })
})

describe('a claim that says nothing is vacuous', () => {
  test('if its assumption is never met', () => {
    const never = { id: 'never', says: 'x is less than itself', formula: 'x < x' }
    const { verdict, evidence, cases, discarded } = check(
      claimed(numbers, 'x^2 >= y^2', { assume: [never] }),
      { cases: 50 },
    )
    expect([verdict, cases, discarded]).toEqual(['vacuous', 0, 50])
    expect(evidence.summary).toContain('never (50)')
  })

  test('if its structural assumption is never met, in a proof', () => {
    const never = { id: 'no-net', says: 'there is no net', failure: () => 'there is one' }
    const { verdict, evidence } = check(claimed(quick(ewn, 40), EQUATION, { assume: [never] }))
    expect(verdict).toBe('vacuous')
    expect(evidence.summary).toContain('no-net')
  })

  test('if its assumption is met by few cases', () => {
    const rare = { id: 'rare', says: 'x is large', formula: 'x > 7/2' }
    expect(check(claimed(numbers, 'x + 1 >= x', { assume: [rare] }), { cases: 100 }).verdict).toBe('vacuous')
  })
})

describe('wrong variants', () => {
  test('a variant that survives is reported, and so is one that falls', () => {
    const { evidence } = check(
      claimed(numbers, 'x^2 + y^2 >= 2*x*y', {
        wrong: {
          true: 'x^2 >= 0',
          strict: 'x^2 + y^2 > 2*x*y',
          false: 'x^2 + y^2 >= 3*x*y',
          both: ['x >= x', 'x > y'],
        },
      }),
      { cases: 100 },
    )
    expect(evidence.variants.map(({ name, refuted }) => [name, refuted])).toEqual([
      ['true', false],
      ['strict', true],
      ['false', true],
      ['both', true],
    ])
    expect(evidence.variants[0]).toMatchObject({ formula: ['x² ≥ 0'], cases: 100 })
    expect(evidence.variants[2]!.cases).toBeLessThan(100)
  })
})

test('a variant that the claim implies has its reason, one that is missed has none', () => {
  const { evidence } = check(
    claimed(numbers, 'x^2 + y^2 >= 2*x*y', {
      wrong: { half: 'x^2 + y^2 >= x*y', true: 'x^2 >= 0', false: 'x > y' },
      implied: { half: 'x² + y² ≥ 2 |x y|' },
    }),
    { cases: 60 },
  )
  expect(evidence.variants.map(({ name, refuted, implied }) => [name, refuted, implied])).toEqual([
    ['half', false, 'x² + y² ≥ 2 |x y|'],
    ['true', false, undefined],
    ['false', true, undefined],
  ])
  expect(survivors({ verdict: 'certified', evidence })).toEqual(['true'])
})

describe('a planted false claim is refuted by a small case', () => {
  test('a wrong equation: one point, one input, one layer, small numbers', () => {
    const { verdict, counterexample, evidence } = check(
      claimed(quick(ewn, 7), 'ddt(norm(v_u)) == eta*dot(v_u, g_u)'),
    )
    expect(verdict).toBe('refuted')
    const { data, net, nodes, loss, values } = counterexample!.case as Required<PointCase>
    expect([data.length, net.inputs, net.layers.length, nodes.length]).toEqual([1, 1, 1, 1])
    expect(net.layers[0]).toEqual({ width: 1, activation: 'z' })
    expect([loss, values['eta'], data[0]!.x, nodes[0]!['v']]).toEqual(['exponential', '1', ['1'], ['1']])
    expect(evidence.identity).toBe(undefined)
  })

  test('a claim that fails only for several nodes keeps exactly two of them', () => {
    const shows = 'sum(u, norm(w_u))^2 <= sum(u, norm(w_u)^2)'
    const { verdict, counterexample } = check(claimed(ewn, shows), { cases: 40 })
    expect(verdict).toBe('refuted')
    const { data, net, nodes } = counterexample!.case as Required<PointCase>
    expect([data.length, net.inputs, nodes.length]).toEqual([1, 1, 2])
  })

  test('a claim that fails only for tanh keeps tanh and nothing else', () => {
    const raw = setting({ model: nets(), rule: gradientFlow() })
    const { counterexample } = check(claimed(raw, 'dot(w, gradPhi_j(w, x_i)) == H*Phi_j(w, x_i)'), {
      cases: 150,
    })
    const { net } = counterexample!.case as Required<PointCase>
    expect(net.layers.some(({ activation, bias }) => activation === 'tanh(z)' || bias)).toBe(true)
    expect(net.layers.length).toBeLessThanOrEqual(2)
  })

  test('free numbers: no dimension, no number and no digit that is not needed', () => {
    const { counterexample } = check(claimed(numbers, 'x <= y + 1'), { cases: 100 })
    expect(counterexample).toMatchObject({
      formula: 'x ≤ y + 1',
      arithmetic: 'rational',
      evidence: { relation: '>=' },
    })
    const { dimension, values } = counterexample!.case as PointCase
    expect(dimension).toBe(1)
    expect(Object.values(values)).toContain('0')
  })

  test('a fraction is no counterexample where a whole number beyond it is one', () => {
    const one = setting({ variables: { y: 'real' } })
    const { counterexample } = search(claimed(one, 'y >= -1'), { seed: 1, cases: 100 })
    expect(counterexample!.case).toEqual({
      ...{ version: 2, dimension: 1, chosen: {}, formulas: {}, nodes: [], values: { y: '-2' } },
    })
  })

  test('an equation that is false for negative γ only is not proved by cases with positive γ', () => {
    const swn = setting({ model: nets(), weights: swnWeights, rule: gradientFlow() })
    const linear = {
      ...swn,
      *family(assumed: Assumed) {
        const [make] = swn.family(assumed)
        let drawn = 0
        yield (random: Random) => {
          const c = make!(random)
          const sign = drawn++ % 3 === 2 ? '-' : ''
          return {
            ...c,
            nodes: c.nodes.map((node) => ({
              ...node,
              gamma: sign + (node['gamma'] as string).replace('-', ''),
            })),
          }
        }
      },
    } as typeof swn
    const proof = prove(claimed(linear, 'norm(w_u) == gamma_u'), { seed: 1, casesPerStructure: 3 })
    expect(proof.gap).toBeDefined()
    expect(prove(claimed(linear, 'norm(w_u)^2 == gamma_u^2'), { seed: 1, casesPerStructure: 3 }).gap).toBe(
      undefined,
    )
  })

  test('a violation judged again is a violation', () => {
    const planted = claimed(ewn, 'ddt(L) >= 0')
    const { counterexample } = search(planted, { seed: 3, cases: 50 })
    const stored: unknown = JSON.parse(JSON.stringify(counterexample!.case))
    const again = judgeOf(planted).judge(planted.given.parse(stored))
    expect(again).toEqual({
      status: 'violated',
      arithmetic: counterexample!.arithmetic,
      worst: counterexample!.evidence,
    })
  })
})

describe('undecided', () => {
  test('an equation without proof or counterexample', () => {
    const { verdict, evidence } = check(claimed(anywhere, 'exp(x)*exp(y^2) == exp(x + y^2)'), { cases: 30 })
    expect(verdict).toBe('undecided')
    expect(evidence.summary).toMatch(/^no proof \(.*\) and no counterexample in \d+ cases$/)
  })

  test('an inequality of which a single case is undecided', () => {
    const { verdict, evidence, cases } = check(claimed(anywhere, 'x + log(2) + log(3) >= x + log(6)'), {
      cases: 30,
    })
    expect(verdict).toBe('undecided')
    expect(evidence.summary).toContain(`of ${cases} cases`)
  })
})

describe('a true claim about free variables is never called vacuous', () => {
  test.each([
    ['two numbers', { x: 'real', y: 'real' }],
    ['one number', { x: 'real' }],
    ['a positive number', { x: 'positive' }],
    ['a vector', { x: 'positive', v: 'vector' }],
  ] as const)('of %s, whatever the seed', (_, variables) => {
    const found = Array.from({ length: 12 }, (_, seed) =>
      check(claimed(setting({ variables }), 'x + 1 >= x'), { seed, cases: 200 }),
    )
    expect(
      found.map(({ verdict, evidence }) => [verdict, verdict === 'vacuous' ? evidence.summary : '']),
    ).toEqual(found.map(() => ['certified', '']))
  })
})

describe('the same seed gives the same verdict', () => {
  test.each([
    ['a proof', claimed(quick(ewn, 16), EQUATION, { wrong: { sign: EQUATION.replace('== ', '== -') } })],
    ['cases', claimed(ewnSteps, INEQUALITY, { wrong: { reversed: 'norm(v_u(t+1)) <= norm(v_u)' } })],
    ['a refutation', claimed(ewn, 'ddt(L) >= 0')],
  ])('%s', (_, planted) => {
    const once = timeless(check(planted, { seed: 5, cases: 30 }))
    expect(timeless(check(planted, { seed: 5, cases: 30 }))).toEqual(once)
    expect(JSON.parse(JSON.stringify(once))).toEqual(once)
    expect(timeless(check(planted, { seed: 6, cases: 30 }))).not.toEqual(once)
  })
})

test('progress is told in rising shares, the claim first and each variant by name', () => {
  const told: [number, string][] = []
  check(claimed(numbers, 'x + 1 >= x', { wrong: { first: 'x >= 1', second: 'x > y' } }), {
    cases: 20,
    onProgress: (done, stage) => told.push([done, stage]),
  })
  expect(told.map(([, stage]) => stage)).toEqual(['claim', 'wrong variant: first', 'wrong variant: second'])
  expect(told.map(([done]) => done)).toEqual([0, 1 / 3, 2 / 3])
})

describe('dropped assumptions', () => {
  const theorem = claimed(ewn, 'ddt(w_u) == -eta*norm(w_u)^2*g_u', { assume: [unitV, homogeneous] })

  test('one that is needed gives a case that fails it alone', () => {
    const { counterexample, says, cases } = drop(theorem, 'unit-v', { cases: 60 })
    expect(says).toBe(unitV.says)
    expect(cases).toBeGreaterThan(0)
    const c = counterexample!.case as Required<PointCase>
    expect(judgeOf(theorem, theorem.shows, [unitV as never]).discard(c)?.assumption).toBe('unit-v')
    expect(judgeOf(theorem, theorem.shows, [homogeneous as never]).discard(c)).toBe(undefined)
    expect([c.data.length, c.net.inputs]).toEqual([1, 1])
    expect(c.nodes.length).toBeLessThanOrEqual(3)
  })

  test('one that is not needed gives none, after cases that fail it', () => {
    const { counterexample, cases } = drop(theorem, 'homogeneous', { cases: 100 })
    expect(counterexample).toBe(undefined)
    expect(cases).toBeGreaterThan(10)
  })

  test('one that is not made is refused, naming those that are', () => {
    expect(() => drop(theorem, 'smooth')).toThrow(
      'drop: expected an assumption of planted (unit-v, homogeneous), got "smooth"',
    )
    expect(() => drop(claimed(ewn, EQUATION), 'smooth')).toThrow('(there is none)')
  })
})

describe('a claim about pairs of nodes', () => {
  const pairs = claim({
    id: 'pairs',
    section: 'test',
    source: 'none',
    says: 'Norms are positive, pair by pair.',
    given: ewn,
    shows: 'norm(w_u) + norm(w_v) > 0',
    wrong: {},
  })

  test('is not tried on cases that have no pair: others are drawn', () => {
    const statuses = new Set<string>()
    search(pairs, {
      seed: 3,
      cases: 60,
      onCase: (c, judgement) => {
        const trained = (c as PointCase).nodes.filter((node) => 'alpha' in node).length
        statuses.add(`${trained > 1} ${judgement.status}`)
      },
    })
    expect([...statuses]).toEqual(['true holds'])
  })
})

describe('a stored counterexample', () => {
  const stored = (x: string): unknown => ({
    ...{ version: 2, dimension: 1, chosen: {}, formulas: {}, nodes: [], values: { x, y: '0' } },
  })
  test('is kept as it is if it still refutes the claim, whatever the seed', () => {
    const { verdict, counterexample } = check(claimed(anywhere, 'x <= 1'), { seed: 3, known: stored('5/2') })
    expect([verdict, counterexample!.case]).toEqual(['refuted', stored('5/2')])
  })
  test('that refutes it no longer leaves the claim undecided, though another case refutes it', () => {
    const { verdict, evidence } = check(claimed(anywhere, 'x <= 1'), { known: stored('1/2') })
    expect(verdict).toBe('undecided')
    expect(evidence.summary).toBe('the stored counterexample does not refute it')
  })
  test('that is no case of the claim is refused', () => {
    expect(() => check(claimed(anywhere, 'x <= 1'), { known: { version: 2, dimension: 0 } })).toThrow(
      SyntaxError,
    )
  })
})
