/** What the symbols of a long run are at each sample, bounded as functions of the sampled state. */
import type { Observation } from '../../claim/asymptotic.ts'
import type { LongRun, Sample } from '../../flow/longrun.ts'
import { losses, margin } from '../../loss/loss.ts'
import { bounded, measured, widened, type Bounded } from '../../number/bounded.ts'
import { Undefined } from '../../number/conventions.ts'
import { toDouble, wide } from '../../number/wide.ts'
import { dot, norm, sum } from '../../program/field.ts'
import { newTrace, type Expr, type Program, type Trace } from '../../program/program.ts'
import { run as evaluate } from '../../program/run.ts'
import type { PointCase } from '../point/case.ts'
import { relativeLosses, vectorsOfAngle } from './log-scope.ts'

/*
 * A sampled state is (w, ε, u) at the clock s: the clock is exact, and every other entry is known to half a unit in its
 * last place. d_a = s + ε_a and L = e^{−s} along the exact flow, so that m_i − s and m_i − m_j keep the digits of ε.
 * At the start the weights are exact, and everything follows from them.
 */

/** The symbols at the samples of a run that was followed to a tolerance; the less accurate run is its companion. */
export function readings(c: PointCase, run: LongRun, tolerance: number): Observation {
  const companions = new Map(run.companion.map((sample) => [sample.s, sample]))
  const later = run.samples.slice(1)
  const others = later.map((sample) => {
    const other = companions.get(sample.s)
    return other && apart(sample, other, tolerance * Math.max(1, STOPPED * run.steps))
  })
  const [starting, going] = [columns(c, [], atStart), columns(c, later, atSample)]
  const rough = columns(c, others, atSample)
  const initial = (input: string): string => input.slice(0, -'(t_0)'.length)
  const value = (input: string, j: number): Bounded => {
    if (input.endsWith('(t_0)')) return value(initial(input), 0)
    return j === 0 ? starting(input, 0) : going(input, j - 1)
  }
  return {
    s: run.samples.map(({ s }) => s),
    ...(run.reason !== 'horizon' && { ended: run.detail }),
    value,
    rough(input, j) {
      if (j === 0 || input.endsWith('(t_0)')) return value(input, j)
      return others[j - 1] && rough(input, j - 1)
    },
    given(input) {
      const [, u, i] = /^w_(\d+)_(\d+)\(t_0\)$/.exec(input) ?? []
      return u === undefined ? undefined : entryOf(c, u, i!)
    },
  }
}

/** An entry of the exact weights at the start. */
const entryOf = (c: PointCase, u: string, i: string): string =>
  (c.nodes[Number(u) - 1]!['w'] as readonly string[])[Number(i) - 1]!

/** What of a sample is a state. */
type Sampled = Pick<Sample, 's' | 'u' | 'excess' | 'weights'>

/** The iteration of each step of a run stops at this part of its tolerance. */
const STOPPED = 1 / 20

/**
 * The state of the companion, moved by what the iterations of all steps may add up to: they stop in the same place where
 * the steps of both runs are the same, and then their difference hides that error. Nodes and points move by different
 * amounts, lest their ratios seem exact.
 */
function apart(sample: Sample, other: Sample, least: number): Sampled {
  let k = 0
  const moved = (y: number, size: number, share: number): number =>
    y + share * least * size * (0.75 + ((0.618 * ++k) % 1) / 4)
  const share = (u: number): number => (u % 2 === 0 ? 1 : -1) * 2 ** -Math.floor(u / 2)
  return {
    s: sample.s,
    u: moved(other.u, other.u, 1),
    excess: other.excess.map((e, a) => moved(e, Math.max(1, Math.abs(e)), share(a))),
    weights: other.weights.map((w, u) => w.map((x) => moved(x, Math.abs(x), share(u)))),
  }
}

/** What symbols are in terms of each other and of the entries of a state. */
interface State {
  define(F: Trace, c: PointCase): ReadonlyMap<string, Expr>
  /** An entry of the state, which nothing else defines. */
  value(c: PointCase, sample: Sampled, input: string): Bounded
}

/** From the clock, the excesses and u. */
const atSample: State = {
  define(F, c) {
    let next = 0
    const { losses } = relativeLosses(F, c)
    const excess = losses.map((own) => own.map(() => F.input(`e_${++next}`)))
    return new Map([
      ['L', F.exp(F.neg(F.input('s')))],
      ['t', F.div(F.input('u'), F.input('L'))],
      ...excess.map((own, i): [string, Expr] => [`m_${i + 1}`, F.add(F.input('s'), margin(F, own))]),
      ...shares(F, c, excess, F.input('L')),
    ])
  },
  value(_, sample, input) {
    const [letter, u, i] = input.split('_') as [string, string?, string?]
    if (letter === 's') return measured(sample.s)
    if (letter === 'u') return measured(sample.u, 1)
    if (letter === 'e') return measured(sample.excess[Number(u) - 1]!, 1)
    return measured(sample.weights[Number(u) - 1]![Number(i) - 1]!, 1)
  },
}

/** From the exact weights. */
const atStart: State = {
  define(F, c) {
    const { differences } = relativeLosses(F, c)
    const terms = differences.map((own) => losses[c.loss as 'exponential' | 'cross-entropy'].term(F, own))
    return new Map([
      ['L', sum(F, terms)],
      ['s', F.neg(F.log(F.input('L')))],
      ['t', F.constant('0')],
      ...differences.map((own, i): [string, Expr] => [`m_${i + 1}`, margin(F, own)]),
      ...shares(F, c, differences, F.constant('1')),
    ])
  },
  value(c, _, input) {
    const [, u, i] = input.split('_')
    return bounded.constant(entryOf(c, u!, i!))
  },
}

/**
 * The relative losses p_a, where e^{−d_a} = factor · e^{−e_a}: for the exponential loss the softmax of −e, for the
 * cross-entropy factor e^{−e_a}/(1 + factor Σ_b e^{−e_b}) over Σ_i log(1 + factor Σ_b e^{−e_b}); and the G_u that they give.
 */
function shares(
  F: Trace,
  c: PointCase,
  excess: readonly (readonly Expr[])[],
  factor: Expr,
): [string, Expr][] {
  const { losses: names, pull, trained } = relativeLosses(F, c)
  const table: [string, Expr][] = []
  const define = (name: string, e: Expr): Expr => {
    table.push([name, e])
    return F.input(name)
  }
  const terms = excess.map((own, i) => own.map((e, a) => define(`E_${i + 1}_${a + 1}`, F.exp(F.neg(e)))))
  const exponential = c.loss === 'exponential'
  const inner = terms.map((own, i) =>
    exponential ? own[0]! : define(`I_${i + 1}`, F.add(F.constant('1'), F.mul(factor, sum(F, own)))),
  )
  const total = define(
    'total',
    sum(
      F,
      inner.map((e) => (exponential ? e : F.log(e))),
    ),
  )
  terms.forEach((own, i) => {
    if (!exponential) define(`q_${i + 1}`, F.div(F.log(inner[i]!), total))
    own.forEach((e, a) =>
      define(
        F.nameOf(names[i]![a]!)!,
        exponential ? F.div(e, total) : F.div(F.mul(factor, e), F.mul(inner[i]!, total)),
      ),
    )
  })
  trained.forEach((u, k) => pull[k]!.forEach((e, i) => define(`G_${u + 1}_${i + 1}`, e)))
  return table
}

/** Every symbol at some samples, each read once. */
function columns(
  c: PointCase,
  samples: readonly (Sampled | undefined)[],
  state: State,
): (input: string, j: number) => Bounded {
  const F = newTrace()
  let table: ReadonlyMap<string, Expr> | undefined
  const programs = new Map<string, Program>()
  const programOf = (name: string, e: Expr): Program => {
    let program = programs.get(name)
    if (program === undefined) {
      const { ops, inputs } = F.program([e])
      const read = ops.flatMap((op) => (op[0] === 'input' ? [inputs[op[1]]!] : []))
      programs.set(name, (program = F.program([e], read)))
    }
    return program
  }
  const compute = (name: string, j: number): Bounded => {
    const vectors = vectorsOfAngle(name)
    if (vectors !== undefined) {
      const entries = evaluate(
        vectors,
        bounded,
        vectors.inputs.map((input) => read(input, j)),
      )
      return angle(entries.slice(0, entries.length / 2), entries.slice(entries.length / 2))
    }
    const e = (table ??= state.define(F, c)).get(name)
    if (e === undefined) return state.value(c, samples[j]!, name)
    const program = programOf(name, e)
    return evaluate(
      program,
      bounded,
      program.inputs.map((input) => read(input, j)),
    )[0]!
  }
  const known = new Map<string, (Bounded | Error)[]>()
  const read = (name: string, j: number): Bounded => {
    let column = known.get(name)
    if (column === undefined) known.set(name, (column = []))
    let found = column[j]
    if (found === undefined) {
      try {
        found = compute(name, j)
      } catch (error) {
        found = error as Error
      }
      column[j] = found
    }
    if (found instanceof Error) throw found
    return found
  }
  return read
}

/** The angle between two vectors; Math.atan2 is off by less than 4 units in the last place. */
function angle(a: readonly Bounded[], b: readonly Bounded[]): Bounded {
  const F = bounded
  const share = F.div(dot(F, a, b), dot(F, b, b))
  const [across, along] = [
    norm(
      F,
      a.map((x, i) => F.sub(x, F.mul(share, b[i]!))),
    ),
    F.mul(share, norm(F, b)),
  ]
  if (norm(F, a).hi.m === 0) throw new Undefined('angle', '0')
  const size = F.add(F.pow(across, 2), F.pow(along, 2))
  const off = F.div(F.add(F.mul(across, exact(along.err)), F.mul(absolute(along), exact(across.err))), size)
  const most = F.add(off, exact(off.err)).hi
  const value = Math.atan2(toDouble(across.hi), toDouble(along.hi))
  return widened(measured(value, 8), wide(2 * most.m, most.e))
}

const exact = (hi: Bounded['hi']): Bounded => ({ hi, lo: wide(0), err: wide(0), nonNegative: true })
const absolute = (a: Bounded): Bounded => (a.hi.m < 0 ? bounded.neg(a) : a)
