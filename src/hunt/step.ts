/** Step: where a solution of x' = f(x) is a short time later, enclosed; for boxes of starts as for points. */
import { jet, reluOnly, switches } from '../flow/jet.ts'
import { seriesOver } from '../flow/series.ts'
import { Undefined } from '../number/conventions.ts'
import { compare } from '../number/dyadic.ts'
import type { NumberField } from '../number/field.ts'
import { hull, type Interval } from '../number/interval.ts'
import type { Program } from '../program/program.ts'
import { run } from '../program/run.ts'

type Vector = readonly Interval[]

/** The field in which the inputs that have no velocity stand still. */
export function closed(field: Program): Program {
  const { inputs, ops, outputs } = reluOnly(field)
  const still = inputs.slice(outputs.length).map(() => ops.length)
  return { inputs, ops: [...ops, ['const', '0']], outputs: [...outputs, ...still] }
}

const TRIES = 20

/**
 * An enclosure of x(h), where x' = f(x) starts anywhere in X and h > 0: if X + [0,h] f(B) ⊆ B, the solution stays in B, and
 * x(h) ∈ Σ_{k≤p} x_k(X) h^k + x_{p+1}(B) h^{p+1} with its Taylor coefficients x_k (Moore 1966).
 * @throws Undefined where no such B is found, or f is not certainly analytic on it.
 */
export function stepOf(
  F: NumberField<Interval>,
  field: Program,
  start: Vector,
  h: Interval,
  order: number,
): Interval[] {
  const [span, quarter] = [hull(F.constant('0'), h), F.constant('1/4')]
  const reach = (box: Vector): Interval[] =>
    run(field, F, box).map((v, i) => F.add(start[i]!, F.mul(span, v)))
  let box = reach(start)
  for (let tries = 0; ; tries++) {
    if (tries === TRIES) throw new Undefined('step', 'no box that holds the solution')
    const wider = box.map((b) => F.add(b, F.mul(quarter, F.sub(b, b))))
    box = reach(wider)
    if (box.every((b, i) => compare(b.lo, wider[i]!.lo) >= 0 && compare(b.hi, wider[i]!.hi) <= 0)) break
  }
  const kinks = switches(field)
  const pattern = new Map(
    run({ ...field, outputs: kinks }, F, box).map((a, i) => {
      const sign = F.sign(a)
      const jump = sign === 0 && field.ops.some(([name, at]) => name === 'step' && at === kinks[i])
      if (sign === undefined || jump) throw new Undefined('step', 'a kink')
      return [kinks[i]!, sign > 0]
    }),
  )
  const near = jet(field, seriesOver(F), start, order, { pattern }).state
  const far = jet(field, seriesOver(F), box, order + 1, { pattern }).state
  return near.map((x, i) => x.reduceRight((sum, a) => F.add(a, F.mul(h, sum)), far[i]![order + 1]!))
}
