/** Long runs: their cases come back from JSON, simplify, move as the flow does, and reach the regime they aim at. */
import { describe, expect, test } from 'vitest'
import type { Assumption } from '../../src/claim/claim.ts'
import { seeded } from '../../src/claim/random.ts'
import { clockedField } from '../../src/flow/clock.ts'
import { longRun, type LongRun } from '../../src/flow/longrun.ts'
import { crossEntropy, exponential } from '../../src/model/loss.ts'
import { nets } from '../../src/model/model.ts'
import { inTheLimit } from '../../src/motion/moment.ts'
import { gradientFlow } from '../../src/motion/rule.ts'
import { wiring } from '../../src/net/architecture.ts'
import { float64 } from '../../src/number/float64.ts'
import { rational } from '../../src/number/rational.ts'
import { parseRatio } from '../../src/program/constant.ts'
import { parseFormula } from '../../src/program/formula.ts'
import { newTrace } from '../../src/program/program.ts'
import { run } from '../../src/program/run.ts'
import {
  chains,
  deepLinear,
  diagonalLinear,
  growing,
  race,
} from '../../properties/morwani-ramaswamy-2022/populations.ts'
import { lossExp } from '../../src/setting/assumptions.ts'
import { generic } from '../../src/setting/limit/generic.ts'
import { systemOf } from '../../src/setting/limit/system.ts'
import type { PointCase } from '../../src/setting/point/case.ts'
import { setting as fourChoices } from '../../src/setting/setting.ts'
import { weightsOf, type Population } from '../../src/setting/point/population.ts'
import { at, inLimit, paperNotation } from './in-limit.ts'

const FLOWS = ['ewn', 'swn', 'unnorm'] as const
const LOSSES = ['exponential', 'cross-entropy'] as const
const settings = FLOWS.flatMap((flow) =>
  LOSSES.map((loss) => [`${flow} ${loss}`, inLimit(flow, { loss, choose: ['u'] })] as const),
)
const none = new Set<never>()
const number = (text: string): number => rational.toNumber(parseRatio(text))
const weights = (c: PointCase): (readonly string[])[] => c.nodes.map(({ w }) => w as readonly string[])
const start = (c: PointCase, flow: (typeof FLOWS)[number] = 'ewn') => ({
  system: systemOf(c, flow),
  weights: weights(c).map((w) => w.map(number)),
  data: c.data!.map(({ x }) => x.map(number)),
})

describe.each(settings)('cases of %s', (name, setting) => {
  const random = seeded(3, name)
  const cases = Array.from({ length: 12 }, () => setting.generate(random, none))

  test('come back from their JSON text', () => {
    for (const c of cases) expect(setting.parse(JSON.parse(JSON.stringify(c)))).toStrictEqual(c)
  })

  test('simplify to cases of the same setting, and differ from them', () => {
    for (const c of cases.slice(0, 4)) {
      const simpler = [...setting.simpler(c, none)].slice(0, 30)
      expect(simpler.length).toBeGreaterThan(0)
      for (const simple of simpler) {
        expect(setting.parse(JSON.parse(JSON.stringify(simple)))).toStrictEqual(simple)
        expect(simple.loss).toBe(c.loss)
        expect(simple).not.toEqual(c)
      }
    }
  })

  test('move as the clocked field does', () => {
    let compared = 0
    for (const c of cases) {
      const from = start(c, name.split(' ')[0] as (typeof FLOWS)[number])
      const [first] = longRun(from, { until: 20, maxSteps: 1, estimateError: false })
        .samples as LongRun['samples'] & [LongRun['samples'][number]]
      const clocked = clockedField(
        {
          system: from.system,
          nodes: weights(c).map((vector) => ({ vector })),
          data: c.data!.map(({ x }) => x),
        },
        't',
      )
      const state = run(clocked.start, float64, [])
      const { inputs } = clocked.field
      const velocity = run(clocked.field, float64, state.slice(0, inputs.length))

      const F = newTrace()
      const scope = setting.scope(F, c)
      wiring(c.net!).nodes.forEach(({ frozen }, u) => {
        if (frozen) return
        const w = scope.value('w', [u]) as readonly number[]
        const speeds = w.map((e) => scope.ddt!(e as Parameters<typeof F.neg>[0]))
        const { ops, inputs: all } = F.program(speeds)
        const read = ops.flatMap((op) => (op[0] === 'input' ? [all[op[1]]!] : []))
        const program = F.program(speeds, read)
        const values = program.inputs.map((input) => {
          if (input === 'L') return Math.exp(-first.s)
          const [letter, node, i] = input.split('_')
          const of = letter === 'w' ? first.weights : first.gradient
          return of[Number(node) - 1]![Number(i) - 1]!
        })
        run(program, float64, values).forEach((value, i) => {
          const expected = velocity[inputs.indexOf(`w_${u + 1}_${i + 1}`)]!
          expect(Math.abs(value - expected)).toBeLessThanOrEqual(1e-10 * (1 + Math.abs(expected)))
          compared++
        })
      })
    }
    expect(compared).toBeGreaterThan(3 * cases.length)
  })
})

describe('populations reach their regime', () => {
  const runs = (population: Population, flow: (typeof FLOWS)[number] = 'ewn', n = 30) =>
    Array.from({ length: n }, (_, seed) => {
      const drawn = population.draw(seeded(seed), none)
      const c = {
        ...at({ net: drawn.net!, data: drawn.data!, weights: weightsOf(drawn) }),
        loss: drawn.loss!,
      }
      const found = longRun(start(c, flow), { until: 1e4, estimateError: false, maxSteps: 3000 })
      const size = (w: readonly number[]): number => Math.hypot(...w)
      const grown = found.samples.at(-1)!.weights.map((w, u) => size(w) / size(found.samples[0]!.weights[u]!))
      const trained = wiring(c.net!).nodes.flatMap(({ frozen }, u) => (frozen ? [] : [grown[u]!]))
      return { reached: found.reason === 'horizon', trained, c }
    })
  const count = (list: readonly unknown[]): number => list.filter(Boolean).length

  test.each(LOSSES)('most generic starts go to loss 0, under %s, and some do not', (loss) => {
    const reached = count(runs(generic(loss)).map((r) => r.reached))
    expect(reached).toBeGreaterThanOrEqual(21)
    expect(reached).toBeLessThan(30)
  })

  test.each(LOSSES)('in most growing starts two nodes or more grow, under %s', (loss) => {
    const several = runs(growing(loss)).map(
      ({ reached, trained }) => reached && count(trained.map((g) => g > 4)) > 1,
    )
    expect(count(several)).toBeGreaterThanOrEqual(18)
  })

  test('a race leaves some nodes behind, and at times ends in a tie', () => {
    const ended = runs(race).filter(({ reached }) => reached)
    const winners = ended.map(({ trained }) => count(trained.map((g) => g > 100)))
    expect(ended.length).toBeGreaterThan(25)
    expect(count(winners.map((n) => n === 1))).toBeGreaterThan(5)
    expect(count(winners.map((n) => n > 1))).toBeGreaterThan(5)
  })

  test('all nodes of a chain grow', () => {
    const ended = runs(chains).filter(({ reached }) => reached)
    expect(ended.length).toBeGreaterThan(25)
    const all = ended.filter(({ trained }) => trained.every((g) => g > 1.2))
    expect(all.length).toBeGreaterThan(0.8 * ended.length)
  })

  test('diagonal linear models always reach the horizon, with ties and without', () => {
    const ended = runs(diagonalLinear)
    expect(ended.every(({ reached }) => reached)).toBe(true)
    const tied = ended.filter(({ c }) => {
      const potentials = c.data![0]!.x.map((z, i) => number(z) * number(weights(c)[i]![0]!))
      return new Set(potentials).size < potentials.length
    })
    expect(tied.length).toBeGreaterThan(3)
    expect(tied.length).toBeLessThan(27)
  })
})

test('a transient that passes for a limit contradicts nothing: a longer run does not confirm it', () => {
  const c = at({
    net: {
      inputs: 2,
      layers: [
        { width: 3, activation: 'relu(z)^3' },
        { width: 1, activation: 'z', frozen: true },
      ],
    },
    weights: [
      ['-103/128', '-113/128'],
      ['151/128', '163/128'],
      ['-13/128', '-13/16'],
      ['215/128', '3/8', '-85/128'],
    ],
    data: [
      { x: ['413/128', '-93/128'], y: 1 },
      { x: ['3/4', '249/128'], y: 1 },
      { x: ['49/64', '-37/16'], y: 1 },
    ],
  })
  const { decide } = inLimit('ewn', { horizon: { s: '1000000' } }).numerical!.defining!(paperNotation)
  const two = [parseFormula('lim(L*t*log(t)^2) == active/H^2')]
  expect(decide(c, two).status).toBe('violated')
  expect(decide(c, two, []).status).toBe('undecided')
  const seven = [parseFormula('lim(L*t*log(t)^2) == 7')]
  expect(decide(c, seven, []).status).toBe('undecided')
  expect(decide(c, [parseFormula('L >= 1')], []).status).toBe('violated')
})

describe('what is assumed must hold where the violation is confirmed', () => {
  const nearlyTied = (second: string): PointCase =>
    at(
      {
        net: {
          inputs: 2,
          layers: [
            { width: 2, activation: 'z', connection: 'diagonal' },
            { width: 1, activation: 'z', frozen: true },
          ],
        },
        weights: [['1'], [second], ['1', '1']],
        data: [{ x: ['1', '1'], y: 1 }],
      },
      { u: 1, v: 0 },
    )
  const setting = inLimit('ewn', { choose: ['u', 'v'] })
  const { decide } = setting.numerical!

  test('a norm that stops growing late does not grow without bound', () => {
    const ratio = [parseFormula('lim(norm(w_u)/norm(w_v)) == 1')]
    const grows = parseFormula('lim(norm(w_u)) == inf')
    const c = nearlyTied('9999999/10000000')
    expect(decide(c, [grows]).status).toBe('holds')
    expect(decide(c, ratio, [grows]).status).not.toBe('violated')
  })

  test('numbers of the start are compared exactly, to rounding', () => {
    const atLeast = [parseFormula('norm(w_u(t_0)) >= norm(w_v(t_0))')]
    expect(decide(nearlyTied('9999999/10000000'), atLeast).status).toBe('violated')
    expect(decide(nearlyTied('1'), atLeast).status).toBe('holds')
  })
})

describe('a population that refuses', () => {
  test.each([
    ['a weight that is not positive', { nodes: [{ w: ['-1'] }, { w: ['2'] }, { w: ['1', '1'] }] }],
    ['another output', { nodes: [{ w: ['1'] }, { w: ['2'] }, { w: ['1', '2'] }] }],
    ['another label', { data: [{ x: ['1', '2'], y: -1 }] }],
    ['a point that is not positive', { data: [{ x: ['1', '0'], y: 1 }] }],
    [
      'two points',
      {
        data: [
          { x: ['1', '2'], y: 1 },
          { x: ['1', '1'], y: 1 },
        ],
      },
    ],
  ])('%s is outside of the setting of Proposition 6', (_, change) => {
    const setting = inLimit('ewn', { population: diagonalLinear })
    const diagonal = at({
      net: {
        inputs: 2,
        layers: [
          { width: 2, activation: 'z', connection: 'diagonal' },
          { width: 1, activation: 'z', frozen: true },
        ],
      },
      weights: [['1'], ['2'], ['1', '1']],
      data: [{ x: ['1', '2'], y: 1 }],
    })
    expect(setting.parse(diagonal)).toEqual(diagonal)
    expect(setting.refuses!(diagonal)).toBe(undefined)
    expect(setting.refuses!(setting.parse({ ...diagonal, ...change }))).toMatch(
      /not (positive|one)|no linear model/,
    )
    const simpler = [...setting.simpler(diagonal, none)]
    expect(simpler.length).toBeGreaterThan(0)
    for (const simple of simpler) expect(setting.refuses!(simple)).toBe(undefined)
  })

  test('keeps deep linear nets linear', () => {
    const setting = inLimit('ewn', { population: deepLinear })
    const c = setting.generate(seeded(1), none)
    const layers = c.net!.layers.map((layer) => ({ ...layer, activation: 'z^2' }))
    expect(setting.refuses!({ ...c, net: { ...c.net!, layers } })).toBe('it is no deep linear net')
  })
})

test.each([
  ['one loss', [exponential], ['exponential']],
  ['two losses', [exponential, crossEntropy], ['cross-entropy']],
] as const)('outside of loss-exp, a model of %s keeps to its own', (_, [loss, ...others], expected) => {
  const setting = fourChoices({
    model: nets({ loss: [loss, ...others] }),
    rule: gradientFlow({ rate: '1' }),
    moment: inTheLimit(),
  })
  const not = { id: 'not', says: 'not', negates: lossExp as Assumption }
  const drawn = Array.from({ length: 10 }, (_, seed) => setting.generate(seeded(seed), new Set([not])).loss)
  expect([...new Set(drawn)]).toEqual(expected)
})
