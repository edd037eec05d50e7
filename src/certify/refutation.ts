/** Refutation: exact inputs at which the assumptions certainly hold and the relation certainly fails. */
import type { Interval } from '../number/interval.ts'
import { parseRatio, type Ratio } from '../program/constant.ts'
import { exactField, Inexact, intervalField, sign } from './arithmetic.ts'
import { codeOf, evaluate, type Code, type Field } from './code.ts'
import { demand, type Json } from './format.ts'
import { advance } from './motion.ts'
import { distinct, fields, integer, list, literal, oneOf, table, text } from './shape.ts'

/** Signs of left − right with which a relation holds. */
const SIGNS = { '>=': [0, 1], '>': [1], '<=': [-1, 0], '<': [-1], '==': [0] } as const
type Relation = keyof typeof SIGNS
const relation = oneOf(Object.keys(SIGNS) as Relation[])

/** A relation between each two outputs of a Program, and which one it is. */
interface Claimed {
  readonly code: Code
  readonly relations: readonly Relation[]
}

function claimed(program: Json, relations: readonly Relation[]): Claimed {
  const code = codeOf(program)
  demand(relations.length > 0, 'expected a relation')
  demand(code.outputs.length === 2 * relations.length, 'expected a left and a right side of each relation')
  return { code, relations }
}

/** Checks a refutation, given the fields of its certificate besides the seal; gives what was shown, in words. */
export function checkRefutation(statement: Json, content: Json): string {
  const moves = Object.hasOwn(statement as object, 'field')
  const parts = fields(
    ...[statement, 'kind', 'claim', 'says', 'unchecked', 'formula', 'at', 'relation', 'program'],
    ...['assumptions', 'positive', 'nonzero', ...(moves ? ['field'] : [])],
  )
  text(parts['formula']!)
  table(parts['at']!, integer(0, 1e6))
  const conclusion = claimed(parts['program']!, [relation(parts['relation']!)])
  const assumptions = list(parts['assumptions']!, (one) => {
    const assumption = fields(one, 'id', 'formula', 'relations', 'program')
    text(assumption.formula)
    return { id: text(assumption.id), ...claimed(assumption.program, list(assumption.relations, relation)) }
  })
  distinct(assumptions.map(({ id }) => id))
  const positive = list(parts['positive']!, text)

  const given = fields(content, 'format', 'statementHash', 'inputs', ...(moves ? ['motion'] : []))
  const inputs = table(given['inputs']!, literal)
  const read = new Set<string>()
  const input = (name: string): string => {
    const value = inputs.get(name)
    demand(value !== undefined, `expected the input ${name}`)
    read.add(name)
    return value
  }
  for (const name of positive)
    demand(sign(parseRatio(input(name))) > 0, `expected the input ${name} to be positive`)
  for (const name of list(parts['nonzero']!, text))
    demand(sign(parseRatio(input(name))) !== 0, `expected the input ${name} not to be 0`)

  const F = intervalField()
  const state = new Map<string, Interval>()
  let work = 0
  const spend = (steps: number, { ops }: Code): void => {
    work += steps * ops.reduce((sum, { name }) => sum + (COSTLY.includes(name) ? COST : 1), 0)
    demand(work <= MOST_WORK, 'expected less work')
  }
  if (moves) {
    const field = codeOf(parts['field']!)
    const motion = fields(given['motion']!, 'steps', 'order')
    const steps = list(motion.steps, literal, MOST_STEPS)
    const order = integer(1, 60)(motion.order)
    const names = field.inputs.slice(0, field.outputs.length)
    demand(names.length === field.outputs.length, 'expected a velocity of each of the first inputs')
    demand(steps.length > 0, 'expected a step')
    spend(steps.length * (order + 2) ** 2, field)
    const still = field.inputs.slice(names.length).map((name) => F.constant(input(name)))
    let x = names.map((name) => F.constant(input(`${name}(t_0)`)))
    for (const h of steps) {
      demand(sign(parseRatio(h)) > 0, 'expected steps forward in time')
      x = advance({ field, F, still }, x, F.constant(h), order)
    }
    names.forEach((name, i) => state.set(name, x[i]!))
    demand(!state.has('t'), 'expected no velocity of t')
    state.set('t', steps.map(F.constant).reduce(F.add))
    for (const name of state.keys()) demand(!inputs.has(name), `expected no input ${name}: it moves`)
  }

  const exact = exactField()
  /** true where the relation certainly fails, false where it certainly holds. */
  const fails = ({ code, relations }: Claimed): (boolean | undefined)[] => {
    spend(1, code)
    const points = code.inputs.filter((name) => !state.has(name)).map((name) => [name, input(name)] as const)
    const signs = signsIn(code, new Map(points), state, exact, F)
    return relations.map((one, r) => {
      const holds = signs[r]!.map((s) => (SIGNS[one] as readonly number[]).includes(s))
      return holds.includes(true) ? (holds.includes(false) ? undefined : false) : true
    })
  }
  for (const assumption of assumptions)
    demand(
      fails(assumption).every((one) => one === false),
      `the assumption ${assumption.id} does not certainly hold`,
    )
  demand(fails(conclusion)[0] === true, 'the relation does not certainly fail')
  for (const name of inputs.keys()) demand(read.has(name), `expected no input ${name}, which nothing reads`)
  return `${assumptions.length} assumptions hold`
}

/** The steps of a motion. */
const MOST_STEPS = 1024
/** What all checks of one certificate may cost, in operations; one that costs more counts as several. */
const MOST_WORK = 2 ** 18
const COSTLY: readonly string[] = ['pow', 'exp', 'log', 'sqrt']
const COST = 4

/** The signs that each left − right may have, exactly where it is rational, else by intervals. */
function signsIn(
  code: Code,
  points: ReadonlyMap<string, string>,
  state: ReadonlyMap<string, Interval>,
  exact: Field<Ratio>,
  F: Field<Interval>,
): number[][] {
  const pairs = code.outputs.flatMap((l, o) => (o % 2 === 0 ? [[l, code.outputs[o + 1]!] as const] : []))
  if (code.inputs.every((name) => points.has(name))) {
    try {
      const values = evaluate(
        code,
        exact,
        code.inputs.map((name) => parseRatio(points.get(name)!)),
      )
      return pairs.map(([l, r]) => [sign(exact.sub(values[l]!, values[r]!))])
    } catch (error) {
      if (!(error instanceof Inexact)) throw error
    }
  }
  const x = code.inputs.map((name) => state.get(name) ?? F.constant(points.get(name)!))
  const values = evaluate(code, F, x)
  return pairs.map(([l, r]) => {
    const { lo, hi } = F.sub(values[l]!, values[r]!)
    return [...(lo.m < 0n ? [-1] : []), ...(lo.m <= 0n && hi.m >= 0n ? [0] : []), ...(hi.m > 0n ? [1] : [])]
  })
}
