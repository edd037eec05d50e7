/** Charts: at every point of them the assumptions hold exactly, and the named roots are the norms. */
import { describe, expect, test } from 'vitest'
import { claim, type Assumption, type Claim } from '../../src/claim/claim.ts'
import { compileRelations, decide } from '../../src/claim/decide.ts'
import { seeded, type Random } from '../../src/claim/random.ts'
import type { Assumed, Chart } from '../../src/claim/setting.ts'
import { assumedIn } from '../../src/hunt/arbitrary.ts'
import { judgeOf } from '../../src/hunt/judge.ts'
import { wiring } from '../../src/net/architecture.ts'
import { rational, type Rational } from '../../src/number/rational.ts'
import { parseFormula } from '../../src/program/formula.ts'
import { newTrace, type Expr } from '../../src/program/program.ts'
import { run } from '../../src/program/run.ts'
import { etaOne, gammaPositive, homogeneous, unitV } from '../../src/setting/assumptions.ts'
import { nets } from '../../src/model/model.ts'
import { ewn, swn, unnorm } from '../../src/model/parameterization.ts'
import { gradientFlow } from '../../src/motion/rule.ts'
import type { PointCase } from '../../src/setting/point/case.ts'
import { setting as fourChoices } from '../../src/setting/setting.ts'
import { unitVectors } from '../../src/setting/unit.ts'
import type { Setting } from '../../src/claim/setting.ts'
import { drawn, settings } from './claims.ts'

const instances = { unnorm, swn, ewn }
const rule = gradientFlow()
const same = (a: Rational, b: Rational): boolean => a.num * b.den === b.num * a.den
const squares = (v: readonly Rational[]): Rational =>
  v.reduce((s, e) => rational.add(s, rational.mul(e, e)), rational.constant('0'))

/** A random point of a chart: the inputs of the case, the roots and the exponentials there. */
function pointOf<C>(
  setting: Setting<C>,
  c: C,
  assumed: Assumed,
  random: Random,
): {
  readonly inputs: Map<string, Rational>
  readonly roots: Rational[]
  readonly exponentials: Rational[]
} {
  const t = newTrace()
  const chart: Chart = setting.chart(t, c, assumed)
  const names = [...chart.inputs.keys()]
  const wanted: Expr[] = [...chart.inputs.values(), ...chart.roots, ...chart.exponentials.values()]
  const p = t.program(wanted)
  const v = run(
    p,
    rational,
    p.inputs.map((name) => {
      const n = random.integer(1, 2000)
      return {
        num: BigInt(name.startsWith('+') || random.integer(0, 1) ? n : -n),
        den: BigInt(random.integer(1, 30)),
      }
    }),
  )
  const [a, b] = [names.length, names.length + chart.roots.length]
  return {
    inputs: new Map(names.map((name, i) => [name, v[i]!])),
    roots: v.slice(a, b),
    exponentials: v.slice(b),
  }
}

const isEquation = ({ given, shows }: Claim): boolean =>
  !given.numerical && shows.every(({ source }) => /==/.test(source) && !/[<>]/.test(source))

describe.each(settings.filter(isEquation).map((claim) => [claim.id, claim] as const))(
  'the chart of %s',
  (_, claim) => {
    const assumed = assumedIn(claim.assume)
    const cases = drawn(claim, 21, 10)

    test('covers the inputs of the case, and no others', () => {
      for (const c of cases) {
        const { inputs } = pointOf(claim.given, c, assumed, seeded(1))
        expect([...inputs.keys()].toSorted()).toEqual([...claim.given.values(c).keys()].toSorted())
      }
    })

    const relations = claim.assume.filter(({ formula }) => formula !== undefined)
    test.runIf(relations.length > 0)('satisfies the assumptions at random points', () => {
      for (const [i, c] of cases.entries()) {
        const { inputs } = pointOf(claim.given, c, assumed, seeded(i))
        const values = new Map([...inputs].map(([name, v]) => [name, rational.format(v)]))
        for (const { id, formula } of relations) {
          const outcome = decide(compileRelations(claim.given, [parseFormula(formula!)], c), values)
          expect([id, outcome.status]).toEqual([id, 'holds'])
        }
      }
    })

    test('has positive roots and exponentials', () => {
      for (const [i, c] of cases.entries()) {
        const { roots, exponentials } = pointOf(claim.given, c, assumed, seeded(i, 'positive'))
        for (const v of [...roots, ...exponentials]) expect(rational.sign(v)).toBe(1)
      }
    })

    test('moves: two points of it differ', () => {
      const c = cases[0]!
      const at = (seed: number): string[] =>
        [...pointOf(claim.given, c, assumed, seeded(seed)).inputs.values()].map(rational.format)
      expect(at(1)).not.toEqual(at(2))
    })
  },
)

describe.each([
  ['unit v and η = 1', [unitV, etaOne]],
  ['homogeneity', [homogeneous]],
  ['nothing', []],
])('the charts of training problems under %s', (_, assumptions) => {
  test.each([['unnorm'], ['swn'], ['ewn']] as const)(
    '%s: the roots are ‖v_u‖ and ‖w_u‖, the signs those of the case',
    (normalization) => {
      const setting = fourChoices({ model: nets(), weights: instances[normalization], rule })
      const assumed = new Set<Assumption>(assumptions)
      const random = seeded(31, normalization)
      for (let i = 0; i < 25; i++) {
        const c = setting.generate(random, assumed)
        const { inputs, roots, exponentials } = pointOf(setting, c, assumed, random)
        let next = 0
        let exponential = 0
        wiring(c.net!).nodes.forEach((node, u) => {
          const entries = (name: 'v' | 'w'): Rational[] =>
            (c.nodes[u]![name] as string[]).map((_, k) => inputs.get(`${name}_${u + 1}_${k + 1}`)!)
          if (node.frozen) return expect(entries('w').every((e) => e !== undefined)).toBe(true)
          const root = (): Rational => rational.pow(roots[next++]!, 2)
          if (normalization === 'unnorm') return expect(same(squares(entries('w')), root())).toBe(true)
          expect(same(squares(entries('v')), root())).toBe(true)
          if (assumed.has(unitV)) expect(rational.format(squares(entries('v')))).toBe('1')
          if (node.fanIn === 1)
            expect(rational.sign(entries('v')[0]!)).toBe(c.nodes[u]!['v']![0]!.startsWith('-') ? -1 : 1)
          if (normalization === 'ewn')
            return expect(same(rational.pow(exponentials[exponential++]!, 2), root())).toBe(true)
          const gamma = inputs.get(`gamma_${u + 1}`)!
          expect(same(rational.pow(gamma, 2), root())).toBe(true)
          expect(rational.sign(gamma)).toBe((c.nodes[u]!['gamma'] as string).startsWith('-') ? -1 : 1)
        })
        expect(next).toBe(roots.length)
        if (assumed.has(etaOne)) expect(rational.format(inputs.get('eta')!)).toBe('1')
      }
    },
  )
})

describe('what is built in is what the formula of its object says, at every drawn case and every point of its chart', () => {
  const units = unitVectors('ghat', 'nhat')
  const build = (choose: readonly ('u' | 'v')[]): Setting<PointCase>[] =>
    [swn, ewn].map((weights) =>
      fourChoices({
        ...{ model: nets(), weights, rule, choose, variables: { ghat: 'vector', nhat: 'vector' } },
      }),
    )
  test.each([...build([]), ...build(['u']), ...build(['u', 'v'])].map((setting) => [setting] as const))(
    '%#',
    (setting) => {
      for (const built of [...setting.builtIn!, units] as readonly Assumption<PointCase>[]) {
        const random = seeded(17, built.id)
        const assumed = new Set([built])
        const holds = (c: PointCase, values: ReadonlyMap<string, string>): unknown =>
          built.formula === undefined
            ? built.failure!(c)
            : decide(compileRelations(setting, [parseFormula(built.formula)], c), values).status
        for (let i = 0; i < 8; i++) {
          const c = setting.generate(random, assumed)
          if (built.id === 'gamma>0' && !setting.name.includes('gamma_u')) continue
          expect([built.id, holds(c, setting.values(c))]).toEqual([built.id, built.formula && 'holds'])
          const { inputs } = pointOf(setting, c, assumed, random)
          const values = new Map([...inputs].map(([name, v]) => [name, rational.format(v)]))
          expect([built.id, holds(c, values)]).toEqual([built.id, built.formula && 'holds'])
        }
      }
    },
  )

  test('v_u of norm 1 is asked of every node, chosen or not', () => {
    const setting = fourChoices({ model: nets(), weights: ewn, rule, choose: ['u'] })
    const made = claim({
      ...{ id: 'x', section: 's', source: 's', says: 's', given: setting, assume: [unitV], wrong: {} },
      shows: 'norm(v_u) == 1',
    })
    const c = setting.generate(seeded(3), new Set())
    const judge = judgeOf(made)
    const two = {
      ...c,
      net: {
        inputs: 1,
        layers: [
          { width: 2, activation: 'z' },
          { width: 1, activation: 'z', frozen: true },
        ],
      },
      loss: 'exponential' as const,
      nodes: [{ alpha: '0', v: ['1'] }, { alpha: '0', v: ['2'] }, { w: ['1', '1'] }],
      data: [{ x: ['1'], y: 1 }],
      chosen: { u: 0 },
    }
    expect(judge.discard(setting.parse(two))).toMatchObject({ assumption: 'unit-v', certain: true })
  })

  test('γ_u > 0 of a chosen node leaves the signs of the others open', () => {
    const setting = fourChoices({ model: nets(), weights: swn, rule, choose: ['u'] })
    const random = seeded(5)
    const signs = Array.from({ length: 60 }, () => {
      const { nodes, chosen } = setting.generate(random, new Set([gammaPositive]))
      expect(nodes[chosen['u']!]!['gamma']).toMatch(/^[^-]/)
      return nodes.some(({ gamma }) => typeof gamma === 'string' && gamma.startsWith('-'))
    })
    expect(signs).toContain(true)
  })
})
