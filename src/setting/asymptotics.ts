/** The setting of long runs: gradient flow from exact weights until log 1/L is a million and more. */
import { decideAlong, UNCONFIRMED, type Along, type Observation } from '../claim/asymptotic.ts'
import { curveAlong } from '../claim/curve.ts'
import type { Curve, Outcome } from '../claim/decide.ts'
import { aCount, aFunction, optional } from '../claim/form.ts'
import { seeded } from '../claim/random.ts'
import type { Setting } from '../claim/setting.ts'
import { longRun, type LongRun, type Sample } from '../flow/longrun.ts'
import { wiring } from '../net/architecture.ts'
import { exactOrder } from '../net/order.ts'
import { normalizations, type Normalization } from '../normalization/normalization.ts'
import { fromDouble, wideExp, wideFloat, type Wide } from '../number/wide.ts'
import { rational } from '../number/rational.ts'
import { parseRatio, printRatio } from '../program/constant.ts'
import { dot, min, norm, scale, sum } from '../program/field.ts'
import type { Formula, Scope, Value } from '../program/formula.ts'
import { derivative, substitute } from '../program/grad.ts'
import { newTrace, type Expr, type Trace } from '../program/program.ts'
import { homogeneousPart, systemOf, type DynamicsCase } from './case.ts'
import { dynamics } from './dynamics.ts'
import { outside, OUTSIDE_OF } from './outside.ts'
import { aLoss, aNormalization, checkOptions, someHorizons, someLetters } from './options.ts'
import { generic, type Population, type Start } from './population.ts'

/** What a claim fixes about its runs. */
export interface AsymptoticsOptions {
  readonly flow: Normalization['name']
  readonly loss?: DynamicsCase['loss']
  /** Index letters that stand for chosen nodes instead of ranging over all of them. */
  readonly choose?: readonly ('u' | 'v')[]
  /** The starts; `generic` ones if absent. */
  readonly population?: Population
  /** Values of s up to which a run goes, in turn, until a statement is decided. */
  readonly horizons?: readonly number[]
  /** How many starts there are to draw from. */
  readonly starts?: number
}

const HORIZONS: Readonly<Record<Normalization['name'], readonly number[]>> = {
  ewn: [1e6, 1e9],
  unnorm: [1e6, 1e9],
  swn: [1e4, 1e6, 1e8],
}
/** A population has so many starts; claims in one setting share its runs. */
const STARTS = 40
/** And so many outside of an assumption. */
const OUTSIDE = 8
/** The full profile has so many times the starts, and goes further by such a factor of s where nothing is decided. */
const FULL = 10
const FURTHER = 1e3
const KEPT_RUNS = 1200
const TOLERANCE = 1e-10
/** Linear models under SWN grow stiff like s: they end here, and are read at the first horizon. */
const MOST_STEPS = 3000

const runs = new Map<string, LongRun>()

function runOf(c: DynamicsCase, until: number): LongRun {
  const { net, loss, normalization, nodes, data } = c
  const key = JSON.stringify([net, loss, normalization, nodes, data, until])
  let found = runs.get(key)
  if (found === undefined) {
    if (runs.size >= KEPT_RUNS) runs.delete(runs.keys().next().value!)
    const number = (text: string): number => rational.toNumber(parseRatio(text))
    found = longRun(
      {
        system: systemOf(c),
        weights: nodes.map(({ vector }) => vector.map(number)),
        data: data.map(({ x }) => x.map(number)),
      },
      { until, tolerance: TOLERANCE, maxSteps: MOST_STEPS },
    )
    runs.set(key, found)
  }
  return found
}

const inUnnorm = (c: DynamicsCase): DynamicsCase => ({ ...c, normalization: 'unnorm' })

/**
 * The setting of gradient flow (η = 1, ‖v_u(0)‖ = 1) from exact weights w_u, followed in the clock s in doubles.
 * Its formulas speak of limits (`claim/asymptotic.ts`); what it decides is supported at most.
 */
export function asymptotics(options: AsymptoticsOptions): Setting<DynamicsCase> {
  checkOptions('asymptotics', options, {
    ...{ flow: aNormalization, loss: optional(aLoss), choose: optional(someLetters) },
    ...{ population: optional(aFunction), horizons: optional(someHorizons), starts: optional(aCount) },
  })
  const { flow, loss = 'exponential', choose = [], horizons = HORIZONS[flow], starts = STARTS } = options
  const population = options.population ?? generic(loss)
  const base = dynamics({ normalization: 'unnorm', choose })

  const caseOf = ({ net, loss, weights, data }: Start, chosen: DynamicsCase['chosen']): DynamicsCase => ({
    ...{ net, loss, normalization: flow, nodes: weights.map((vector) => ({ vector })), data },
    ...{ eta: '1', chosen, variables: {} },
  })
  const refuses = ({ net, loss, nodes, data }: DynamicsCase): string | undefined =>
    population.refuses?.({ net, loss, weights: nodes.map(({ vector }) => vector), data })
  const along = (c: DynamicsCase) => (F: Trace, a: Along) => asymptoticScope(F, c, a)

  const decideOn = (c: DynamicsCase, run: LongRun, formulas: readonly Formula[]): Outcome => {
    const key = `${JSON.stringify(c.chosen)} ${formulas.map(({ source }) => source).join(' and ')}`
    return decided(run, key, () => decideAlong(formulas, along(c), c.chosen, newTrace(), observe(c, run)))
  }

  const decide = (c: DynamicsCase, formulas: readonly Formula[], assumed?: readonly Formula[]): Outcome => {
    let outcome: Outcome = { status: 'undecided', reason: 'no horizon' }
    for (const [i, until] of horizons.entries()) {
      const run = runOf(c, until)
      outcome = decideOn(c, run, formulas)
      const ended = run.reason !== 'horizon'
      if (assumed && outcome.status === 'violated' && !ended) {
        const longer = runOf(c, horizons[i + 1] ?? FURTHER * until)
        const again = decideOn(c, longer, formulas)
        const counts = assumed.every((formula) => decideOn(c, longer, [formula]).status === 'holds')
        return again.status === 'violated' && counts ? again : UNCONFIRMED
      }
      if (outcome.status !== 'undecided' || ended) return outcome
    }
    return outcome
  }

  return {
    ...base,
    name: `${flow} long runs`,
    builtIn: OUTSIDE_OF,
    cases: 2 * starts,
    shrinks: 40,
    numerical: {
      evaluations: 100,
      decide,
      curve: (c, formulas): Curve | undefined =>
        curveAlong(formulas, along(c), c.chosen, newTrace(), observe(c, runOf(c, horizons[0]!))),
      full: () =>
        asymptotics({
          ...options,
          starts: FULL * starts,
          horizons: [...horizons, FURTHER * horizons.at(-1)!],
        }),
    },
    structure: (c) => base.structure(inUnnorm(c)),
    scope: (F, c) => asymptoticScope(F, c, { limit: (e) => e, supremum: (e) => e }),
    values: (c) => base.values(inUnnorm(c)),
    generate(random, assumed) {
      // One of few starts, so that claims and cases share runs; the nodes are chosen freely.
      const other = outside(population, assumed)
      const start = other
        ? other.population(seeded(random.integer(1, OUTSIDE), `${flow} ${loss} ${other.name}`))
        : population(seeded(random.integer(1, starts), `${flow} ${loss}`))
      const rest = wiring(start.net).nodes.flatMap(({ frozen }, u) => (frozen ? [] : [u]))
      const chosen = Object.fromEntries(
        choose.flatMap((letter) => {
          const [u] = rest.length > 0 ? rest.splice(random.integer(0, rest.length - 1), 1) : []
          return u === undefined ? [] : [[letter, u]]
        }),
      )
      return Object.keys(chosen).length === choose.length
        ? caseOf(start, chosen)
        : this.generate(random, assumed)
    },
    family: () => [],
    *simpler(c, assumed) {
      for (const simple of base.simpler(inUnnorm(c), assumed)) {
        const swn = flow === 'swn' && simple.nodes.some(({ vector }) => vector.every((e) => e === '0'))
        if (!swn && simple.loss === c.loss && (refuses(simple) === undefined || refuses(c) !== undefined))
          yield { ...simple, normalization: flow }
      }
    },
    refuses,
    labels: (c) => base.labels(inUnnorm(c)),
    coverage: () => ({}),
    describe: (c) => base.describe(inUnnorm(c)).replace('unnorm', flow),
    parse(json) {
      const given = json as Partial<DynamicsCase> | null
      if (given?.normalization !== flow)
        throw new SyntaxError(
          `case: expected "normalization" to be ${flow}, got ${JSON.stringify(given?.normalization)}`,
        )
      return { ...base.parse({ ...given, normalization: 'unnorm' }), normalization: flow }
    },
  }
}

/** What was decided along a run: claims in one setting share their assumptions. */
const decisions = new WeakMap<LongRun, Map<string, Outcome>>()

function decided(run: LongRun, key: string, decide: () => Outcome): Outcome {
  const known = decisions.get(run) ?? new Map<string, Outcome>()
  decisions.set(run, known)
  const outcome = known.get(key) ?? decide()
  known.set(key, outcome)
  return outcome
}

/** The symbols at each sample of a run. */
function observe(c: DynamicsCase, run: LongRun): Observation {
  let known = observations.get(run)
  if (known === undefined) observations.set(run, (known = newObservation(c, run)))
  return known
}

const observations = new WeakMap<LongRun, Observation>()

function newObservation(c: DynamicsCase, run: LongRun): Observation {
  const companions = new Map(run.companion.map((sample) => [sample.s, sample]))
  const point = c.data[0]!.x.map((e) => rational.toNumber(parseRatio(e)))
  const [start] = run.samples as [Sample]
  /** Each input at all samples, read once. */
  const columns = (samples: readonly (Sample | undefined)[]): ((input: string) => (Wide | undefined)[]) => {
    const known = new Map<string, (Wide | undefined)[]>()
    return (input) => {
      let column = known.get(input)
      if (column === undefined) {
        column = samples.map((sample) => sample && read(sample, input, start, point))
        known.set(input, column)
      }
      return column
    }
  }
  const own = columns(run.samples)
  const rough = columns(run.samples.map(({ s }) => companions.get(s)))
  return {
    s: run.samples.map(({ s }) => s),
    ...(run.reason !== 'horizon' && { ended: run.detail }),
    value: (input, j) => own(input)[j]!,
    rough: (input, j) => rough(input)[j],
  }
}

function read(now: Sample, symbol: string, start: Sample, point: readonly number[]): Wide {
  const initial = symbol.endsWith('(t_0)')
  const [sample, input] = initial ? [start, symbol.slice(0, -5)] : [now, symbol]
  const [letter, u = 0, i = 0] = input.split('_').map((part, k) => (k === 0 ? part : Number(part) - 1)) as [
    string,
    number?,
    number?,
  ]
  switch (letter) {
    case 's':
      return fromDouble(sample.s)
    case 'L':
      return wideExp(-sample.s)
    case 't':
      return wideFloat.mul(fromDouble(sample.u), wideExp(sample.s))
    case 'w':
      return fromDouble(sample.weights[u]![i]!)
    case 'G':
      return fromDouble(sample.gradient[u]![i]!)
    case 'm':
      return fromDouble(sample.margins[u]!)
    case 'q':
      return fromDouble(sample.softmax[u]!)
    case 'theta':
      return fromDouble(angle(sample.weights[u]!, point))
    default:
      throw new RangeError(`long run: no symbol ${input}`)
  }
}

/** The angle between two vectors. */
function angle(a: readonly number[], b: readonly number[]): number {
  const along = a.reduce((total, x, i) => total + x * b[i]!, 0) / Math.hypot(...b) ** 2
  const across = Math.hypot(...a.map((x, i) => x - along * b[i]!))
  return Math.atan2(across, along * Math.hypot(...b))
}

/** Nodes with a share lim a_u/s below this count as inactive. */
const INACTIVE = '1/1000'

/**
 * The scope of a long run: `w_u`, `G_u`, `g_u` = −L G_u, `a_u` = w_uᵀG_u, `m_i`, `q_i` and `Ent` (exponential
 * loss), `L`, `t`, `s`, `H`, `H_l`, `k`, `k_l`, `L_1` (the loss below which all points are classified: 1, or log 2), `z` (the
 * first point), `theta_u` (the angle between w_u and z), `ddt` of functions of w; `lim` and `sup` of observables, and the limits `wtilde_u`, `wtilde`, `gtilde_u`, `x_u` = lim a_u/s, `rho` = lim min m/‖w‖^H, `gamma` = lim s/‖w‖^H,
 * `k_active` = the number of nodes with x_u > 0.
 */
function asymptoticScope(F: Trace, c: DynamicsCase, along: Along): Scope {
  const { nodes } = wiring(c.net)
  const inputs = (letter: string, u: number): Expr[] =>
    Array.from({ length: nodes[u]!.fanIn }, (_, i) => F.input(`${letter}_${u + 1}_${i + 1}`))
  const trained = nodes.flatMap((node, u) => (node.frozen ? [] : [u]))
  const layers = [...new Set(trained.map((u) => nodes[u]!.layer))]
  const inLayer = (l: number): number[] => trained.filter((u) => nodes[u]!.layer === l)
  const points = c.data.map((_, i) => i)
  const nominal = homogeneousPart(c.net)
  const number = (n: number): Expr => F.constant(`${n}`)
  const orderOf = (layer?: number): Expr | undefined => {
    const H = exactOrder(nominal, layer)
    return 'reason' in H ? undefined : F.constant(printRatio(H))
  }
  const [L, t, s] = [F.input('L'), F.input('t'), F.input('s')]
  const w = (u: number): Expr[] => inputs('w', u)
  const G = (u: number): Expr[] => inputs('G', u)
  const g = (u: number): Expr[] => scale(F, F.neg(L), G(u))
  const a = (u: number): Expr => dot(F, w(u), G(u))
  const all = (of: (u: number) => Expr[]): Expr[] => trained.flatMap(of)
  const margins = points.map((i) => F.input(`m_${i + 1}`))
  // Under cross-entropy a point has a relative loss per difference, not one.
  const exponential = c.loss === 'exponential'
  const q = (i: number): Expr => F.input(`q_${i + 1}`)
  const sizeToH = (): Expr => {
    const H = exactOrder(nominal)
    if ('reason' in H) return F.constant('1')
    return F.pow(F.root(norm(F, all(w)), Number(H.den)), Number(H.num))
  }
  const limits = (v: readonly Expr[]): Expr[] => v.map((e) => along.limit(e))
  const direction = (v: readonly Expr[], length = norm(F, v)): Expr[] => v.map((e) => F.div(e, length))
  const share = (u: number): Expr => along.limit(F.div(a(u), s))

  const scalars: Readonly<Record<string, () => Value | undefined>> = {
    ...{ L: () => L, t: () => t, s: () => s, w: () => all(w), g: () => all(g), G: () => all(G) },
    ...{ k: () => number(trained.length), H: () => orderOf(), eta: () => number(1) },
    Ent: () =>
      exponential
        ? F.neg(
            sum(
              F,
              points.map((i) => F.mul(q(i), F.log(q(i)))),
            ),
          )
        : undefined,
    wtilde: () => limits(direction(all(w))),
    gtilde: () => limits(direction(all(g).map((e) => F.neg(e)))),
    rho: () =>
      along.limit(
        F.div(
          margins.reduce((x, y) => min(F, x, y)),
          sizeToH(),
        ),
      ),
    gamma: () => along.limit(F.div(s, sizeToH())),
    z: () => c.data[0]!.x.map((e) => F.constant(e)),
    L_1: () => (exponential ? number(1) : F.log(number(2))),
    k_active: () =>
      sum(
        F,
        trained.map((u) => F.step(F.sub(share(u), F.constant(INACTIVE)))),
      ),
  }
  const families: Readonly<Record<string, (at: number) => Value | undefined>> = {
    ...{ w, G, g, a, x: share },
    m: (i) => margins[i],
    q: (i) => (exponential ? q(i) : undefined),
    z: (u) => F.constant(c.data[0]!.x[u] ?? '0'),
    theta: (u) => F.input(`theta_${u + 1}`),
    H: (l) => orderOf(l),
    k: (l) => number(inLayer(l).length),
    wtilde: (u) => limits(direction(w(u))),
    gtilde: (u) =>
      limits(
        direction(
          g(u).map((e) => F.neg(e)),
          norm(F, all(g)),
        ),
      ),
  }
  const { radial } = normalizations[c.normalization]
  const moves = new Map<Expr, Expr>()
  for (const u of trained) {
    const square = dot(F, w(u), w(u))
    const factor = radial === undefined ? L : F.mul(L, square)
    // SWN: the radial part moves at rate 1 instead of ‖w_u‖².
    const radially =
      radial === 'gamma' ? F.mul(L, F.mul(F.sub(F.div(number(1), square), number(1)), a(u))) : number(0)
    w(u).forEach((e, i) => moves.set(e, F.add(F.mul(factor, G(u)[i]!), F.mul(radially, e))))
  }
  const start = (e: Expr): Expr => {
    const { inputs: names } = F.program([e])
    return substitute(F, e, new Map(names.map((name) => [F.input(name), F.input(`${name}(t_0)`)])))
  }
  const own = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
    Object.hasOwn(table, name) ? table[name] : undefined
  return {
    F,
    sets: { u: trained, v: trained, l: layers, p: layers, i: points },
    members: (letter, group, at) =>
      (letter === 'u' || letter === 'v') && (group === 'l' || group === 'p') ? inLayer(at) : undefined,
    value: (base, index) =>
      index.length === 0
        ? own(scalars, base)?.()
        : index.length === 1
          ? own(families, base)?.(index[0]!)
          : undefined,
    ddt: (e) => derivative(F, e, moves),
    initially: start,
    apply(base, index, args) {
      const each = (f: (e: Expr) => Expr, v: Value): Value => (typeof v === 'number' ? f(v) : v.map(f))
      if (index.length > 0 || args.length !== 1) return undefined
      if (base === 'lim') return each((e) => along.limit(e), args[0]!)
      if (base === 'sup') return each((e) => along.supremum(e), args[0]!)
      return undefined
    },
  }
}
