/** Branching: a Program on every branch of the kinks that a statement brings in, beside those of a model. */
import { NotExact, Undefined } from '../number/conventions.ts'
import { rational, type Rational } from '../number/rational.ts'
import type { Expr, Op, Program, Trace } from '../program/program.ts'
import { run } from '../program/run.ts'
import { formsOf, infix, switches, type Choose, type Pattern, type Side } from './branches.ts'
import { generalize, prune, type Generalized } from './generalize.ts'
import { hashOf, pointOf } from './identity.ts'
import type { Need } from './guards.ts'
import type { Chart } from './setting.ts'

/** A Program on one branch: the side of each kink, and of those that were chosen freely the value in words. */
export interface Branch extends Generalized {
  readonly sides: readonly Side[]
  /** The free choices, such as `x + 1000 < 0`. */
  readonly where: readonly string[]
  /** Whether the choices contradict each other, so that no point lies on the branch. */
  readonly empty: () => boolean
  /** The same with each square root as a free variable, of which nothing but its sign is known. */
  readonly loose: () => Generalized
  /** The same with its selections as operations, and the side of each. */
  readonly kept: (freeRoots: boolean) => Kept
}

/** A generalised Program with its selections as operations, and the side of each in order. */
export interface Kept extends Generalized {
  readonly sides: readonly Side[]
}

/** The slacks of some relations and then what their sides need to exist, and which of the kinks are a model's own. */
export interface Traced {
  readonly program: Program
  readonly needs: readonly Need[]
  readonly model: ReadonlySet<number>
}

/** More branches than this of one structure are not looked at. */
export const MOST_BRANCHES = 512
/** Multiples of the switches that are added up to show that a branch is empty. */
const MULTIPLES = [0, 1, 2]
/** With more free choices than this no such sums are tried. */
const MOST_SUMMED = 6

/** The name of a side. */
const RELATION: Readonly<Record<Side, string>> = { '-1': '< 0', '0': '= 0', '1': '> 0' }

/**
 * The Program on every branch, where the kinks in `model` keep the sides of a visited pattern and all others take every
 * side that neither the form of their switch nor the switches before them rule out. A tie is a branch of its own if the
 * Program has a `step` there: elsewhere a continuous side reaches it.
 */
export function* branchesOf(
  { program, needs, model }: Traced,
  visited: Pattern,
  chart: (F: Trace) => Chart,
): Iterable<Branch> {
  const jumps = ownJumps(program, model)
  const allModel = switches(program).length === model.size
  const seed = hashOf(program)
  const path: Side[] = []
  for (let more = true; more;) {
    const sides: Side[] = []
    const known: Known[] = []
    let [depth, conflict] = [0, false]
    const note = (side: Side): Side => (sides.push(side), side)
    const choose: Choose = (t, value, kink) => {
      if (allModel) return note(visited[kink]!)
      const at = valuesAt(t, value, seed)
      const forced = sideByForm(t, value, known) ?? linked(at, known)
      let side: Side
      if (model.has(kink)) {
        side = visited[kink]!
        conflict ||= forced !== undefined && forced !== 0 && forced !== side
        known.push({ value, at, side, text: undefined })
      } else if (forced !== undefined) side = forced
      else {
        if (depth === path.length) path.push(1)
        side = path[depth++]!
        known.push({ value, at, side, text: infixOf(t, value), input: t.nameOf(value) })
      }
      return note(side)
    }
    const found = atTies(generalize(program, choose, chart), known)
    const again = (): Generalized => {
      const chosen = [...sides]
      return atTies(
        generalize(program, (_, __, kink) => chosen[kink]!, chart, { freeRoots: true }),
        known,
      )
    }
    const kept = (freeRoots: boolean): Kept => {
      const chosen = [...sides]
      return {
        ...generalize(program, (_, __, kink) => chosen[kink]!, chart, { freeRoots, kept: new Map() }),
        needs,
      }
    }
    const where = known.flatMap(({ text, side }) => (text === undefined ? [] : [`${text} ${RELATION[side]}`]))
    if (!conflict)
      yield {
        ...found,
        needs,
        sides,
        where,
        loose: () => ({ ...again(), needs }),
        kept,
        empty: () => contradict(known),
      }
    const last: Side = jumps ? 0 : -1
    while (path.at(-1) === last) path.pop()
    more = path.length > 0
    if (more) path.push(path.pop() === 1 ? -1 : 0)
  }
}

const infixOf = (t: Trace, value: Expr): string => {
  const program = t.program([value])
  return infix(program, program.outputs[0]!)
}

/** With 0 for each input that is 0 on a branch. */
function atTies(g: Generalized, known: readonly Known[]): Generalized {
  const nought = new Set(
    known.flatMap(({ side, input }) => (side === 0 && input !== undefined ? [input] : [])),
  )
  if (nought.size === 0) return g
  const { inputs, ops } = g.program
  const at = ops.map((op): Op => (op[0] === 'input' && nought.has(inputs[op[1]]!) ? ['const', '0'] : op))
  return { ...g, program: prune({ ...g.program, ops: at }) }
}

/** Whether a kink that no model brings in is a jump. */
const ownJumps = (program: Program, model: ReadonlySet<number>): boolean =>
  program.ops
    .filter(([name]) => name === 'relu' || name === 'step')
    .some(([name], kink) => name === 'step' && !model.has(kink))

/** A value at two points that follow from the value itself; `undefined` where it has none. */
type Values = readonly (Rational | undefined)[]

/** The value of a switch, the side taken, and its words if it was free to choose. */
interface Known {
  readonly value: Expr
  readonly at: Values
  readonly side: Side
  readonly text: string | undefined
  /** Its name, if it is an input. */
  readonly input?: string | undefined
}

/** The values at two points that follow from a seed. */
function valuesAt(t: Trace, value: Expr, seed: string): Values {
  const program = t.program([value])
  return ['a', 'b'].map((point) => {
    try {
      return run(program, rational, pointOf(`${seed} ${point}`, program.inputs))[0]
    } catch (error) {
      if (error instanceof Undefined || error instanceof NotExact) return undefined
      throw error
    }
  })
}

/** The side that follows from the form of a value and the sides of others. */
function sideByForm(t: Trace, value: Expr, known: readonly Known[]): Side | undefined {
  const program = t.program([value, ...known.map((one) => one.value)])
  const sides = new Map(known.map(({ side }, i) => [program.outputs[i + 1]!, side]))
  const [form] = formsOf(program, sides)
  return form === '>' ? 1 : form === '<' ? -1 : form === '0' ? 0 : undefined
}

/** The side that follows from a multiple of the value that is known already. */
function linked(at: Values, known: readonly Known[]): Side | undefined {
  const [a, b] = at
  if (!a || !b) return undefined
  if (a.num === 0n && b.num === 0n) return 0
  for (const { at: other, side } of known) {
    const [p, q] = other
    if (!p || !q || p.num === 0n || q.num === 0n) continue
    if (rational.sub(rational.mul(a, q), rational.mul(b, p)).num !== 0n) continue
    return a.num > 0n === p.num > 0n ? side : (-side as Side)
  }
  return undefined
}

/** Whether a sum of multiples of what is positive is a number that is not. */
function contradict(known: readonly Known[]): boolean {
  const positive = known.flatMap(({ at, side }) =>
    side !== 0 && at.every((x) => x !== undefined)
      ? [at.map((x) => (side > 0 ? x! : rational.neg(x!))) as [Rational, Rational]]
      : [],
  )
  if (positive.length > MOST_SUMMED) return false
  const sums = (i: number, p: Rational, q: Rational, some: boolean): boolean => {
    if (i === positive.length) return some && p.num <= 0n && rational.sub(p, q).num === 0n
    return MULTIPLES.some((n) => {
      const times = rational.constant(`${n}`)
      const add = (total: Rational, x: Rational): Rational => rational.add(total, rational.mul(times, x))
      return sums(i + 1, add(p, positive[i]![0]), add(q, positive[i]![1]), some || n > 0)
    })
  }
  return sums(0, rational.constant('0'), rational.constant('0'), false)
}
