/** Lines: cases on a line through a counterexample, along which both of its sides are drawn. */
import { rational } from '../number/rational.ts'
import { parseRatio, printRatio } from '../program/constant.ts'
import type { Refutation } from './record.ts'
import type { Axis } from './plot.ts'
import { roundTicks } from './ticks.ts'

/** A line of cases of one structure: one number is varied, all others follow or stay. */
export interface Line {
  /** What is varied, as a title, and with its symbol, as a label. */
  readonly title: string
  readonly label: string
  readonly axis: Axis
  /** The place of the counterexample. */
  readonly at: number
  /** The case at a place, as JSON. */
  case(x: number): unknown
}

const double = (text: string): number => rational.toNumber(parseRatio(text))
/** A double as an exact number with 2^−40 as its unit. */
const exact = (x: number): string => printRatio({ num: BigInt(Math.round(x * 2 ** 40)), den: 2n ** 40n })

/** Moments after the start and learning rates are this much at least. */
const LEAST = 1e-6

type Values = Readonly<Record<string, string | readonly string[]>>

/** What the cases of the settings have, seen from here. */
interface Seen {
  readonly until?: { readonly steps?: number; readonly t?: string; readonly s?: string }
  readonly later?: readonly Values[]
  readonly dimension?: number
  readonly formulas?: Readonly<Record<string, string>>
  readonly nodes?: readonly Values[]
  readonly values?: Values
}

const ticked = (from: number, to: number): Axis => ({ from, to, ticks: roundTicks(from, to) })

/**
 * The line that suits a counterexample: its moment on a trajectory, with the given start; the learning rate of a step;
 * the size of the first weight vector; the one step, or the first term, of a sequence; the argument of a function; the direction of a
 * vector v. `undefined` if none does.
 */
export function lineOf(found: Refutation, start: number | undefined): Line | undefined {
  const c = found.case as Seen
  const { until, nodes, later, values = {}, formulas = {}, dimension } = c
  const { eta, alpha } = values
  if (until?.s !== undefined && start !== undefined) {
    const end = double(until.s)
    const to = start + 2 * (end - start)
    return {
      ...{ title: 'followed in time', label: 's = log 1/L', axis: ticked(start, to), at: end },
      case: (s) => ({ ...c, until: { s: exact(Math.max(s, start + LEAST)) } }),
    }
  }
  if (until?.t !== undefined) {
    const end = double(until.t)
    return {
      ...{ title: 'followed in time', label: 't', axis: ticked(0, 2 * end), at: end },
      case: (t) => ({ ...c, until: { t: exact(Math.max(t, LEAST)) } }),
    }
  }
  if (nodes && typeof eta === 'string' && found.formula.includes('t+1')) {
    const at = double(eta)
    return {
      ...{ title: 'learning rate varied', label: 'learning rate η', axis: ticked(0, 3 * at), at },
      case: (x) => ({ ...c, values: { ...values, eta: exact(Math.max(x, LEAST)) } }),
    }
  }
  const first = nodes?.[0]?.['alpha']
  if (nodes && typeof first === 'string') {
    const at = double(first)
    return {
      ...{ title: 'first weight vector scaled', label: 'α₁ = log‖w₁‖', axis: ticked(at - 1, at + 1), at },
      case: (x) => ({
        ...c,
        nodes: nodes.map((node, u) => (u === 0 ? { ...node, alpha: exact(x) } : node)),
      }),
    }
  }
  const radius = nodes?.[0]?.['gamma']
  if (nodes && typeof radius === 'string') {
    const at = double(radius)
    return {
      ...{ title: 'first weight vector scaled', label: 'γ₁', axis: ticked(0, 2 * at), at },
      case: (x) => ({
        ...c,
        nodes: nodes.map((node, u) => (u === 0 ? { ...node, gamma: exact(nonZero(x)) } : node)),
      }),
    }
  }
  if (later?.length === 1 && typeof values['chi'] === 'string' && values['v'])
    return oneStep(c, values, later[0]!)
  const term = Object.keys(later?.[0] ?? {}).find((name) => typeof values[name] === 'string')
  if (term !== undefined) {
    const at = double(values[term] as string)
    return {
      ...{ title: `first term of ${term} varied`, label: `${term}(0)`, axis: ticked(0, 2 * at || 1), at },
      case: (x) => ({ ...c, values: { ...values, [term]: exact(nonZero(x)) } }),
    }
  }
  if (formulas['f'] !== undefined && typeof alpha === 'string') {
    const at = double(alpha)
    return {
      ...{ title: 'argument varied', label: 'α', axis: ticked(at - 1, at + 1), at },
      case: (x) => ({ ...c, values: { ...values, alpha: exact(x) } }),
    }
  }
  if (dimension !== undefined && dimension <= 2 && Array.isArray(values['v'])) return turned(c, values)
  return undefined
}

/** A number that is not 0. */
const nonZero = (x: number): number => (x === 0 ? LEAST : x)

/** A step of length χ from the first state: the second lies on a straight line. */
function oneStep(c: Seen, values: Values, after: Values): Line {
  const at = double(values['chi'] as string)
  const [from, to] = [values['v'], after['v']] as [readonly string[], readonly string[]]
  const moved = (x: number): string[] =>
    to.map((e, i) => exact(double(from[i]!) + (x / at) * (double(e) - double(from[i]!))))
  return {
    ...{ title: 'length of the step varied', label: 'length of the step χ', axis: ticked(0, 2 * at), at },
    case: (x) => ({
      ...c,
      values: { ...values, chi: exact(x) },
      later: [{ ...after, v: moved(x) }],
    }),
  }
}

/** The unit vector v turned in a plane that holds it; vectors on a line are put into a plane. */
function turned(c: Seen, values: Values): Line {
  const plane = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' || value.length === 2 ? value : [...value, '0'],
    ]),
  )
  const [x, y] = (plane['v'] as string[]).map(double) as [number, number]
  const at = (Math.atan2(y, x) + 2 * Math.PI) % (2 * Math.PI)
  const ticks = ['0', '90°', '180°', '270°', '360°'].map((text, k) => ({ at: (k * Math.PI) / 2, text }))
  return {
    ...{ title: 'v turned', label: 'direction of v', axis: { from: 0, to: 2 * Math.PI, ticks }, at },
    case: (angle) => ({
      ...{ ...c, dimension: 2 },
      values: { ...plane, v: [exact(Math.cos(angle)), exact(Math.sin(angle))] },
    }),
  }
}
