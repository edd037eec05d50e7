/** Slack: how far inside or outside a claim a case lies, in doubles, as one number to be made small. */
import type { Claim } from '../claim/claim.ts'
import { compileRelations } from '../claim/decide.ts'
import { compile, compileInterpreted } from '../program/compile.ts'
import { parseFormula, type Formula } from '../program/formula.ts'
import type { Op, Program } from '../program/program.ts'

/**
 * What the search makes small, from inputs in doubles:
 *
 * - in [−1, 1]: the smallest relative slack of the claim, where its assumptions hold. Negative: the claim is violated,
 *   as far as doubles tell; an equation counts as −|slack| if it fails and not at all if it holds, and a strict
 *   inequality is violated where it is met with equality (`TIE`);
 * - above `MISSED`: an assumption fails, by the more the larger the number is;
 * - `NOWHERE`: a side is undefined, or the claim does not speak of the case.
 */
export type Energy = number

export const TIE: Energy = -1e-15
export const MISSED: Energy = 1
export const NOWHERE: Energy = 4

/** Relative slacks below this size are 0: they are made of rounding errors. */
const NOISE = 1e-12
/** So far an equation may be from true: doubles lose more in long sums and products. */
const EQUATION_NOISE = 1e-9
/** An inequality that is assumed may fail by this much and still count as met. */
const ASSUMED_NOISE = 1e-12
/** Closer to 0 than this a search has nothing left to climb. */
const TOUCHING = 1e-9
/** A Program runs this often by interpretation before it is worth compiling. */
const WORTH_COMPILING = 4
const MOST_TERMS = 64

/** Whether both sides are all but equal and the claim holds: often for a dull reason, such as a gradient that vanishes. */
export const touches = (energy: Energy): boolean => energy >= 0 && energy < TOUCHING

/** The formula of a claim that holds by the least, by its relative slack, and the sides where these are numbers. */
export interface Tightest {
  readonly formula: number
  readonly slack: number
  readonly left?: number
  readonly right?: number
}

/** The slack of a claim in the cases of one structure. */
export interface Slack {
  /** The inputs, in the order in which the functions below take them. */
  readonly inputs: readonly string[]
  energy(x: ArrayLike<number>): Energy
  /** By how much the equations among the assumptions fail. */
  unequal(x: ArrayLike<number>): number
  /** Whether any assumption is an equation. */
  readonly constrained: boolean
  /** The relation of the claim with the smallest slack. */
  tightest(x: ArrayLike<number>): Tightest | undefined
}

/** A claim, or another conclusion or other assumptions in its setting. */
export type Stated = Pick<Claim, 'given' | 'assume' | 'shows'>

/** The slack of a claim in the structures of cases. */
export function slackOf(claim: Stated): (c: unknown) => Slack {
  const assumed = claim.assume.flatMap(({ formula }) =>
    formula === undefined ? [] : [parseFormula(formula)],
  )
  return (c) => slackIn(claim, assumed, c)
}

function slackIn(claim: Stated, assumed: readonly Formula[], c: unknown): Slack {
  const { program: plain, relations, silent } = compileRelations(claim.given, [...assumed, ...claim.shows], c)
  const speaks = !silent.some((formula) => claim.shows.includes(formula))
  const { program, scales } = withScales(plain, relations.length)
  const n = relations.length
  const out = new Float64Array(program.outputs.length)
  let evaluate = compileInterpreted(program)
  let runs = 0
  const run = (x: ArrayLike<number>): void => {
    if (runs++ === WORTH_COMPILING) evaluate = compile(program)
    evaluate(x, out)
  }
  const relative = (r: number): number => {
    const scale = scales[r]
    return (
      out[r]! / ((scale === undefined ? Math.abs(out[n + r]!) + Math.abs(out[2 * n + r]!) : scale(out)) || 1)
    )
  }
  const given = relations.flatMap(({ formula }, r) => (formula < assumed.length ? [r] : []))
  const shown = relations.flatMap(({ formula }, r) => (formula < assumed.length ? [] : [r]))
  const equations = given.filter((r) => relations[r]!.relation === '=')
  const kinds = relations.map(({ relation }) => relation)

  const missed = (): number => {
    let total = 0
    for (const r of given) {
      const s = relative(r)
      if (Number.isNaN(s)) return NaN
      if (kinds[r] === '=') total += Math.abs(s) > EQUATION_NOISE ? Math.abs(s) : 0
      else if (kinds[r] === '>') total += s > 0 ? 0 : ASSUMED_NOISE - s
      else total += s < -ASSUMED_NOISE ? -s : 0
    }
    return total
  }
  const claimed = (r: number): number => {
    const s = relative(r)
    switch (kinds[r]) {
      case '=':
        return Math.abs(s) > EQUATION_NOISE ? -Math.abs(s) : Number.isNaN(s) ? NaN : 1
      case '>':
        return Math.abs(s) <= NOISE ? TIE : s
      default:
        return Math.abs(s) <= NOISE ? 0 : s
    }
  }
  return {
    inputs: program.inputs,
    constrained: equations.length > 0,
    energy(x) {
      if (!speaks) return NOWHERE
      run(x)
      const miss = missed()
      if (Number.isNaN(miss)) return NOWHERE
      if (miss > 0) return MISSED + (2 * miss) / (1 + miss)
      let least = 1
      for (const r of shown) {
        const s = claimed(r)
        if (Number.isNaN(s)) return NOWHERE
        if (s < least) least = s
      }
      return least
    },
    unequal(x) {
      run(x)
      return equations.reduce((total, r) => total + Math.abs(relative(r)), 0)
    },
    tightest(x) {
      run(x)
      const [least] = shown.toSorted((a, b) => claimed(a) - claimed(b))
      if (least === undefined) return undefined
      return {
        ...{ formula: relations[least]!.formula - assumed.length, slack: relative(least) },
        ...{ left: out[n + least]!, right: out[2 * n + least]! },
      }
    },
  }
}

type Scale = (out: Float64Array) => number

/**
 * Where one side is the constant 0, |left| + |right| is no scale. Then the other side is taken apart into the terms it
 * is a sum of, common factors aside, and the scale is the sum of their sizes, up to twice that where the slack is small
 * (so that terms of one sign have a way to 0 too); it is 1 + |slack| if there is one term only. The terms become
 * further outputs of the Program.
 */
function withScales(program: Program, n: number): { program: Program; scales: (Scale | undefined)[] } {
  const { ops } = program
  const outputs = [...program.outputs]
  const place = (e: number): number => {
    const known = outputs.indexOf(e)
    return known >= 0 ? known : outputs.push(e) - 1
  }
  const isZero = (e: number): boolean => ops[e]![0] === 'const' && ops[e]![1] === '0'
  const scales = Array.from({ length: n }, (_, r): Scale | undefined => {
    const [left, right] = [program.outputs[n + r]!, program.outputs[2 * n + r]!]
    if (!isZero(left) && !isZero(right)) return undefined
    const terms = termsOf(ops, isZero(left) ? right : left)
    if (terms.length === 1 || terms.length > MOST_TERMS) return (out) => 1 + Math.abs(out[r]!)
    const places = terms.map(({ over, under }) => ({ over: over.map(place), under: under.map(place) }))
    return (out) => {
      let total = 0
      for (const { over, under } of places) {
        let size = 1
        for (const k of over) size *= Math.abs(out[k]!)
        for (const k of under) size /= Math.abs(out[k]!)
        total += size
      }
      return total * (1 + 1 / (1 + 2 * Math.abs(out[r]!)))
    }
  })
  return { program: { ...program, outputs }, scales }
}

/** A product over a product. */
interface Term {
  readonly over: readonly number[]
  readonly under: readonly number[]
}

/** The terms of a sum, up to sign. */
function termsOf(ops: readonly Op[], e: number): Term[] {
  const op = ops[e]!
  const whole: Term[] = [{ over: [e], under: [] }]
  if (op[0] === 'add' || op[0] === 'sub') return [...termsOf(ops, op[1]), ...termsOf(ops, op[2])]
  if (op[0] === 'neg') return termsOf(ops, op[1])
  if (op[0] === 'div') {
    const above = termsOf(ops, op[1])
    return above.length > 1 ? above.map(({ over, under }) => ({ over, under: [...under, op[2]] })) : whole
  }
  if (op[0] !== 'mul') return whole
  for (const [sum, factor] of [
    [op[1], op[2]],
    [op[2], op[1]],
  ] as const) {
    const terms = termsOf(ops, sum)
    if (terms.length > 1) return terms.map(({ over, under }) => ({ over: [...over, factor], under }))
  }
  return whole
}
