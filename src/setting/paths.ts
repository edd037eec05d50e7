/** The setting of paths: gradient flow in the parameters beside a flow in the weights, both in many digits. */
import { defining, withDefinitions, type Definition } from '../claim/definitions.ts'
import { compileRelations, decide, type Outcome } from '../claim/decide.ts'
import type { Setting } from '../claim/setting.ts'
import { oneIn, pick, type Random } from '../claim/random.ts'
import { integrate, type Solution } from '../flow/integrate.ts'
import { velocity } from '../flow/field.ts'
import { inputs as dataInputs, objective, parameterGradient, parameters, weights } from '../flow/objective.ts'
import { wiring } from '../net/architecture.ts'
import { normalizations, type Normalization } from '../normalization/normalization.ts'
import { fixed } from '../flow/fixed.ts'
import { parseRatio } from '../program/constant.ts'
import { evaluate, parseFormula, symbolOf, type Formula } from '../program/formula.ts'
import { substitute } from '../program/grad.ts'
import { newTrace, type Expr, type Program, type Trace } from '../program/program.ts'
import { run } from '../program/run.ts'
import { caseInputs, systemOf, type DynamicsCase } from './case.ts'
import { dynamics } from './dynamics.ts'
import { aNormalization } from './options.ts'
import { dynamicsScope } from './scope.ts'
import { simplerNumbers } from './simpler.ts'

/** A start in parameters, a learning rate as a formula of t, and the time at which the paths are compared. */
export interface PathCase extends DynamicsCase {
  readonly rate: string
  readonly until: string
}

/** The learning rates that are drawn, the simplest first. */
export const RATES: readonly string[] = ['1', '2', '1/(1 + t)', '1 + t^2', 'exp(-t)']
/** Two solutions in so many digits; both have to be known to so many. */
const DIGITS = 50
const KNOWN = 45
/** How many times the estimated errors a gap is that no error explains. */
const CERTAIN = 1000
/** A first comparison in fewer digits refutes what is wrong on sight. */
const GLANCE = 20
const TRIES = 200
const KEPT = 100

const toUnnorm = (c: PathCase): PathCase => ({ ...c, normalization: 'unnorm' })

/**
 * The setting of pairs of paths. Its formulas read `w_u == path(f)`: the weights w_u(t) of gradient flow in the
 * parameters, dθ/dt = −η(t) ∇_θ L, equal the solution of dw_u/dt = f from the same weights, where f speaks of w, g and
 * eta. Both are integrated on their own in 50 digits: they agree where they are no further apart than their estimated
 * errors, which are at most 10^−45, and differ where they are more than 1000 times as far apart.
 */
export function paths(flow: Normalization['name']): Setting<PathCase> {
  aNormalization('paths', flow)
  return pairs(flow, [])
}

/** The setting of pairs of paths with defined names. */
function pairs(flow: Normalization['name'], definitions: readonly Definition[]): Setting<PathCase> {
  const base = dynamics({ normalization: flow })
  const solutions = new Map<string, Solution>()

  const solution = (key: string, make: () => Solution): Solution => {
    let found = solutions.get(key)
    if (found === undefined) {
      if (solutions.size >= KEPT) solutions.delete(solutions.keys().next().value!)
      solutions.set(key, (found = make()))
    }
    return found
  }

  const compare = (
    c: PathCase,
    formula: Formula,
    digits: number,
  ): { gap: number; error: number } | string => {
    const solve = ({ field, start }: Flow): Solution =>
      integrate({ field, start }, { until: c.until, digits })
    const own = parameterFlow(c)
    const key = JSON.stringify([c, digits])
    const [a, b] = [solution(key, () => solve(own)), solve(weightFlow(c, formula, definitions))]
    for (const found of [a, b])
      if (found.reason !== 'end') return `the flow ends at t = ${found.reached}: ${found.reason}`
    const w = run(own.weights, fixed(a.bits), a.values)
    const gap = w.map((e, i) => {
      const shift = BigInt(a.bits - b.bits)
      const d = shift >= 0n ? (e >> shift) - b.values[i]! : e - (b.values[i]! >> -shift)
      return Number(d < 0n ? -d : d) / 2 ** b.bits
    })
    return {
      gap: gap.reduce((most, d) => Math.max(most, d), 0),
      error: Number(a.errorEstimate ?? 'NaN') + Number(b.errorEstimate ?? 'NaN'),
    }
  }

  const decideOne = (c: PathCase, formula: Formula, index: number): Outcome => {
    for (const digits of [GLANCE, DIGITS]) {
      const found = compare(c, formula, digits)
      const arithmetic = `two solutions in ${digits} digits`
      if (typeof found === 'string') return { status: 'undecided', reason: found }
      const { gap, error } = found
      const shown = {
        left: `paths ${gap.toExponential(2)} apart`,
        right: `errors near ${error.toExponential(0)}`,
      }
      const undecided = { status: 'undecided', reason: `${shown.left}, with ${shown.right}` } as const
      if (Number.isNaN(error)) return undecided
      const most = CERTAIN * error
      const margin = (most - gap) / (most + gap)
      if (gap > most) {
        const worst = {
          relation: '=' as const,
          formula: index,
          indices: {},
          slack: gap.toExponential(2),
          ...shown,
        }
        return { status: 'violated', arithmetic, worst, margin }
      }
      if (digits === DIGITS)
        return gap <= error && error <= 10 ** -KNOWN
          ? { status: 'holds', arithmetic, margin }
          : { ...undecided, margin }
    }
    throw new RangeError('unreachable')
  }

  const withTime = (random: Random, c: DynamicsCase): PathCase => ({
    ...c,
    eta: '1',
    rate: pick(random, RATES),
    until: pick(random, ['1/16', '1/8', '1/4']),
  })
  const small = (c: DynamicsCase): boolean =>
    c.data.length <= 2 &&
    c.nodes.flatMap(({ vector }) => vector).length <= 8 &&
    c.net.layers.every(({ activation }) => !activation.includes('3') && !activation.includes('tanh'))

  return {
    ...base,
    name: `${flow} paths`,
    cases: 8,
    shrinks: 40,
    numerical: {
      evaluations: 20,
      decide(c, formulas) {
        if (!formulas.some(({ root }) => speaksOfPath(root)))
          return decide(compileRelations(defining(base, definitions), formulas, c), base.values(c))
        for (const { root, source } of formulas)
          if (!isPath(root))
            throw new SyntaxError(
              `paths: expected "w_u == path(f)" in each formula of the claim, got "${source}"`,
            )
        for (const [f, formula] of formulas.entries()) {
          const outcome = decideOne(c, formula, f)
          if (outcome.status !== 'holds' || f === formulas.length - 1) return outcome
        }
        return { status: 'undecided', reason: 'no formula' }
      },
      defining: (more) => pairs(flow, [...definitions, ...more]).numerical!,
    },
    structure: (c) => base.structure(c),
    generate(random, assumed) {
      const shared = oneIn(random, 3)
      for (let i = 0; i < TRIES; i++) {
        const c = base.generate(random, assumed)
        const conv = c.net.layers.some(({ connection }) => connection !== undefined)
        if (small(c) && (!shared || conv)) return withTime(random, c)
      }
      throw new RangeError(`paths: no small case in ${TRIES} draws; widen the draw`)
    },
    family: () => [],
    *simpler(c, assumed) {
      for (const rate of RATES.slice(0, Math.max(0, RATES.indexOf(c.rate)))) yield { ...c, rate }
      for (const simple of base.simpler(c, assumed)) yield { ...simple, rate: c.rate, until: c.until }
      for (const until of simplerNumbers(c.until))
        if (parseRatio(until).num > 0n && parseRatio(until).num <= parseRatio(until).den)
          yield { ...c, until }
    },
    coverage: () => ({}),
    labels: (c) => [
      ...base.labels(c),
      ...(c.rate === '1' ? [] : ['η not 1']),
      ...(/t/.test(c.rate) ? ['η not constant'] : []),
    ],
    describe: (c) => `${base.describe(c)}, η = ${c.rate}, to t = ${c.until}`,
    parse(json) {
      const given = json as Partial<PathCase> | null
      const { rate, until } = given ?? {}
      if (typeof rate !== 'string' || !RATES.includes(rate))
        throw new SyntaxError(
          `case: expected "rate" to be one of ${RATES.join(', ')}, got ${JSON.stringify(rate)}`,
        )
      if (typeof until !== 'string' || parseRatio(until).num <= 0n)
        throw new SyntaxError(
          `case: expected "until" to be a positive exact number, got ${JSON.stringify(until)}`,
        )
      return { ...base.parse(json), rate, until }
    },
  }
}

/** Whether a formula asks for a path anywhere. */
const speaksOfPath = (root: Formula['root']): boolean =>
  symbolOf(root) === 'path' ||
  [...(root.args ?? []), ...(root.content ? [root.content] : [])].some(speaksOfPath)

const isPath = (root: Formula['root']): boolean =>
  root.op === '==' &&
  root.args![0]?.type === 'SymbolNode' &&
  root.args![0].name === 'w_u' &&
  root.args![1]?.type === 'FunctionNode' &&
  symbolOf(root.args![1]) === 'path'

interface Flow {
  readonly field: Program
  readonly start: Program
}

const etaAt = (F: Trace, c: PathCase, t: Expr): Expr =>
  evaluate(parseFormula(c.rate), { F, sets: {}, value: (name) => (name === 't' ? t : undefined) }) as Expr

/** The data and frozen weights of a case as constants. */
const constants = (F: Trace, c: PathCase): Map<Expr, Expr> =>
  new Map(
    [...caseInputs(c)]
      .filter(([name]) => /^[xw]_/.test(name))
      .map(([name, text]): [Expr, Expr] => [F.input(name), F.constant(text)]),
  )

/** dθ/dt = −η(t) ∇_θ L, with t as its last component; `weights` gives the trained w_u from a state. */
function parameterFlow(c: PathCase): Flow & { readonly weights: Program } {
  const system = systemOf(c)
  const { nodes } = wiring(c.net)
  const F = newTrace()
  const theta = parameters(F, system)
  const w = weights(F, system, theta)
  const L = objective(F, system, w, dataInputs(F, system))
  const t = F.input('t')
  const moves = velocity(F, parameterGradient(F, system, theta, L), etaAt(F, c, t))
  const known = constants(F, c)
  const leaves = [...moves.keys()]
  const names = [...leaves.map((e) => nameOf(F, e)), 't']
  const given = caseInputs(c)
  const S = newTrace()
  const begin = [...names.slice(0, -1).map((name) => S.constant(given.get(name)!)), S.constant('0')]
  return {
    field: F.program([...[...moves.values()].map((e) => substitute(F, e, known)), F.constant('1')], names),
    start: S.program([...begin, S.constant('0')], []),
    weights: F.program(
      w.flatMap((node, u) => (nodes[u]!.frozen ? [] : node)),
      names,
    ),
  }
}

/** dw_u/dt = f, with t as its last component, from the same weights. */
function weightFlow(c: PathCase, formula: Formula, definitions: readonly Definition[]): Flow {
  const unnorm = toUnnorm(c)
  const { nodes } = wiring(c.net)
  const F = newTrace()
  // f is a field of the weights: no time and no next step is defined before it is.
  const { ddt: _, next: __, initially: ___, ...plain } = dynamicsScope(F, unnorm, {})
  const scope = withDefinitions(plain, definitions)
  const t = F.input('t')
  const known = new Map([
    ...constants(F, { ...c, nodes: c.nodes.map((n, u) => (nodes[u]!.frozen ? n : { vector: [] })) }),
  ])
  known.set(F.input('eta'), etaAt(F, c, t))
  const trained = nodes.flatMap(({ frozen }, u) => (frozen ? [] : [u]))
  const names = trained.flatMap((u) =>
    Array.from({ length: nodes[u]!.fanIn }, (_, i) => `w_${u + 1}_${i + 1}`),
  )
  const f: Formula = { source: formula.source, root: formula.root.args![1]!.args![0]! }
  const field = trained.flatMap((u) => [evaluate(f, scope, { u })].flat() as Expr[])
  const S = newTrace()
  const { weight } = normalizations[c.normalization]
  const begin = trained.flatMap((u) => {
    const { radial, vector } = c.nodes[u]!
    return weight(S, {
      ...(radial !== undefined && { radial: S.constant(radial) }),
      vector: vector.map((e) => S.constant(e)),
    })
  })
  return {
    field: F.program([...field.map((e) => substitute(F, e, known)), F.constant('1')], [...names, 't']),
    start: S.program([...begin, S.constant('0'), S.constant('0')], []),
  }
}

function nameOf(F: Trace, e: Expr): string {
  const { inputs } = F.program([e])
  return inputs[F.ops[e]![1] as number]!
}
