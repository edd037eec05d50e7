/**
 * Visit: cases constructed for the branches that no drawn case lies on. Random numbers are small, so a kink at 1000 is
 * never met. Along each number of a case, all others fixed, the switches of the claim's kinks are functions of one
 * variable: points are put at their roots (by the secant method, exact for what is linear), between neighbouring roots,
 * on both sides of each, and at growing distances from 0.
 */
import { withAbsoluteValues } from '../claim/absolute.ts'
import { switches } from '../claim/branches.ts'
import type { Claim } from '../claim/claim.ts'
import { Undefined } from '../number/conventions.ts'
import { float64 } from '../number/float64.ts'
import { rational } from '../number/rational.ts'
import { parseRatio, printRatio } from '../program/constant.ts'
import type { Program } from '../program/program.ts'
import { run } from '../program/run.ts'
import { exactly, numbersIn, withNumbers } from './coordinates.ts'
import type { Judge } from './judge.ts'
import { placesOf, tag } from './places.ts'

/** Powers of two at which each number is tried, beside its roots. */
const FAR = [1, 4, 8, 12, 16, 24, 32, 40, 64, 128]
const SECANTS = 40
/** At most so many cases are judged. */
const MOST = 4000

/** A violation among the cases constructed around a case, if there is one. */
export function visit(claim: Claim, judge: Judge, c: unknown): unknown {
  let left = MOST
  for (const candidate of constructed(claim, judge, c)) {
    if (left-- === 0) return undefined
    const parsed = parsedCase(claim, candidate)
    if (parsed !== undefined && judge.judge(parsed, true).status === 'violated') return parsed
  }
  return undefined
}

function parsedCase({ given }: Claim, json: unknown): unknown {
  try {
    return given.parse(json)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function* constructed(claim: Claim, judge: Judge, c: unknown): Iterable<unknown> {
  const program = withAbsoluteValues(judge.compiled(c).program)
  const { texts } = numbersIn(c)
  const tagged = parsedCase(claim, withNumbers(c, texts.map(tag)))
  if (tagged === undefined) return
  const places = placesOf(claim.given.values(tagged), program.inputs, texts.length)
  if (places === undefined) return
  const x = places.map((place) => rational.toNumber(parseRatio(texts[place]!)))
  const switched = { ...program, outputs: [...new Set(switches(program))] }
  const tried = program.inputs.map((_, i) => candidatesAlong(switched, x, i))
  const at = (moves: readonly (readonly [number, number])[]): unknown => {
    const moved = [...texts]
    for (const [i, value] of moves) moved[places[i]!] = printRatio(exactly(value))
    return withNumbers(c, moved)
  }
  for (const [i, values] of tried.entries()) for (const value of values) yield at([[i, value]])
  for (const [i, values] of tried.entries())
    for (const [j, others] of tried.entries())
      if (j < i)
        for (const value of values)
          for (const other of others)
            yield at([
              [i, value],
              [j, other],
            ])
}

/** Values of one input at which the switches are 0, between these, beyond them, and far from 0. */
function candidatesAlong(program: Program, x: readonly number[], i: number): number[] {
  const valuesAt = (value: number): number[] => {
    try {
      return run(program, float64, x.with(i, value))
    } catch (error) {
      if (error instanceof Undefined) return program.outputs.map(() => NaN)
      throw error
    }
  }
  const roots = program.outputs
    .flatMap((_, k) => [secant((value) => valuesAt(value)[k]!, x[i]!, x[i]! + 1)])
    .filter((root) => Number.isFinite(root))
    .toSorted((a, b) => a - b)
  const between = roots.slice(1).map((root, k) => (root + roots[k]!) / 2)
  const beside = roots.flatMap((root) => [
    root,
    ...[1, 1e-3, 1e-9].flatMap((d) => [
      root - d * Math.max(1, Math.abs(root)),
      root + d * Math.max(1, Math.abs(root)),
    ]),
  ])
  const far = FAR.flatMap((n) => [2 ** n, -(2 ** n), 2 ** -n, -(2 ** -n)])
  return [...new Set([0, ...between, ...beside, ...far])]
}

function secant(f: (x: number) => number, from: number, to: number): number {
  let [a, b, fa, fb] = [from, to, f(from), f(to)]
  for (let step = 0; step < SECANTS && fb !== 0 && fa !== fb; step++) {
    const next = b - (fb * (b - a)) / (fb - fa)
    ;[a, fa, b, fb] = [b, fb, next, f(next)]
  }
  return b
}
