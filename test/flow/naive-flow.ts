/** A naive integrator of gradient flow: small explicit steps in log-loss, straight from L and its gradient. */
import { inputs, objective, weightGradient } from '../../src/flow/objective.ts'
import type { Start } from '../../src/flow/logclock.ts'
import { wiring } from '../../src/net/architecture.ts'
import { compile } from '../../src/program/compile.ts'
import { newTrace } from '../../src/program/program.ts'

/** The end of a naive run. */
export interface NaiveEnd {
  readonly weights: readonly (readonly number[])[]
  readonly s: number
  readonly t: number
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, x, i) => sum + x * b[i]!, 0)

/**
 * The classical Runge–Kutta method of order 4 with `steps` equal steps of s, on dw/ds = −M g/(gᵀM g/L), with
 * M of Theorem 1, eq. (5) and (6): it shares with the long-run integrator nothing but the objective.
 */
export function naiveFlow({ system, weights, data }: Start, until: number, steps: number): NaiveEnd {
  const { nodes } = wiring(system.net)
  const F = newTrace()
  const w = nodes.map(({ fanIn }, u) =>
    Array.from({ length: fanIn }, (_, i) => F.input(`w_${u + 1}_${i + 1}`)),
  )
  const x = inputs(F, system)
  const L = objective(F, system, w, x)
  const names = [
    ...nodes.flatMap(({ fanIn }, u) => Array.from({ length: fanIn }, (_, i) => `w_${u + 1}_${i + 1}`)),
    ...data.flatMap((p, i) => p.map((_, j) => `x_${i + 1}_${j + 1}`)),
  ]
  const gradients = weightGradient(F, system, w, x)
  const program = compile(F.program([L, ...gradients.flat()], names))

  const metric = (v: readonly number[], g: readonly number[]): number[] => {
    const square = dot(v, v)
    if (system.normalization === 'unnorm') return [...g]
    if (system.normalization === 'ewn') return g.map((gi) => square * gi)
    return g.map((gi, i) => square * gi + ((1 - square) / square) * dot(v, g) * v[i]!)
  }
  const at = (state: readonly number[]): { L: number; slope: number[] } => {
    const [value, ...g] = program([...state.slice(0, -1), ...data.flat()])
    let [all, trained] = [0, 0]
    const moves = nodes.map(({ fanIn, frozen }) => {
      const v = state.slice(all, (all += fanIn))
      const own = g.slice(trained, frozen ? trained : (trained += fanIn))
      return frozen ? { own: [], move: v.map(() => 0) } : { own, move: metric(v, own) }
    })
    const descent = moves.reduce((sum, { own, move }) => sum + (own.length > 0 ? dot(own, move) : 0), 0)
    return {
      L: value!,
      slope: [...moves.flatMap(({ move }) => move.map((m) => (-m * value!) / descent)), value! / descent],
    }
  }
  let state = [...weights.flat(), 0]
  const s0 = -Math.log(at(state).L)
  const h = (until - s0) / steps
  const ahead = (slope: readonly number[], length: number): number[] =>
    state.map((value, i) => value + length * slope[i]!)
  for (let k = 0; k < steps; k++) {
    const a = at(state).slope
    const b = at(ahead(a, h / 2)).slope
    const c = at(ahead(b, h / 2)).slope
    const d = at(ahead(c, h)).slope
    state = ahead(
      a.map((_, i) => (a[i]! + 2 * b[i]! + 2 * c[i]! + d[i]!) / 6),
      h,
    )
  }
  let all = 0
  return {
    weights: nodes.map(({ fanIn }) => state.slice(all, (all += fanIn))),
    s: -Math.log(at(state).L),
    t: state.at(-1)!,
  }
}
