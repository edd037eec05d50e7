/** Scale: the outputs of a case in doubles, and its weights made larger or smaller by them. Never for a verdict. */
import { NotExact, Undefined } from '../../number/conventions.ts'
import { float64 } from '../../number/float64.ts'
import { rational } from '../../number/rational.ts'
import { wiring, type Architecture } from '../../net/architecture.ts'
import { network } from '../../net/network.ts'
import { withPowers } from '../../net/order.ts'
import { fold, parseRatio } from '../../program/constant.ts'
import type { Expr } from '../../program/program.ts'
import { run } from '../../program/run.ts'
import { inputsOfCase, type PointCase } from './case.ts'
import type { Exact } from './kinds.ts'
import { programIn } from './programs.ts'
import { inputsAt, pointScope } from './scope.ts'
import type { Spec } from './spec.ts'

const LARGEST_OUTPUT = 6
const double = (text: string): number => rational.toNumber(parseRatio(text))

/** The outputs at each point in doubles, infinite where these overflow: to label and to scale with, never for a verdict. */
export function outputsInDoubles(c: PointCase, spec: Spec, net: Architecture = c.net!): number[][] {
  const program = programIn(c, spec, `outputs of ${JSON.stringify(net.layers)}`, (F) => {
    const scope = pointScope(F, c, spec)
    const w = wiring(net).nodes.map((_, u) => scope.value('w', [u]) as readonly Expr[])
    const x = c.data!.map(({ x: entries }, i) => inputsAt(F, `x_${i + 1}`, entries) as readonly Expr[])
    return x.flatMap((point) => network(F, net, w, point))
  })
  const inputs = inputsOfCase(c)
  try {
    const flat = run(
      program,
      float64,
      program.inputs.map((name) => double(inputs.get(name)!)),
    )
    const { outputs } = wiring(net)
    return c.data!.map((_, i) => flat.slice(i * outputs, (i + 1) * outputs))
  } catch (error) {
    if (error instanceof Undefined || error instanceof NotExact) return c.data!.map(() => [Infinity])
    throw error
  }
}

/** The case with its weights scaled down until no loss or tanh sees a large number. */
export function shrinkOutputs(c: PointCase, spec: Spec): PointCase {
  const net = c.net!
  const powers = withPowers(net)
  const saturating = net.layers.flatMap((layer, l) => (layer === powers.layers[l] ? [] : [l + 1]))
  const probed = [
    powers,
    ...saturating.map((depth) => ({ ...powers, layers: powers.layers.slice(0, depth) })),
  ]
  let smaller = c
  for (let i = 0; i < 40; i++) {
    const largest = Math.max(
      ...probed
        .flatMap((part) => outputsInDoubles(smaller, spec, part))
        .flat()
        .map(Math.abs),
    )
    if (largest <= LARGEST_OUTPUT) break
    smaller = scaled(smaller, spec, 'down')
  }
  return smaller
}

/** The case with all trained weights made smaller or larger, by their radii where they have one; what is held stays. */
export function scaled(c: PointCase, spec: Spec, direction: 'down' | 'up'): PointCase {
  const { radius } = spec.weights!
  const times = (e: string): string =>
    fold(direction === 'down' ? 'div' : 'mul', e, direction === 'down' ? '2' : '5/4')!
  const change = (name: string, value: Exact): Exact => {
    if (radius?.parameter !== undefined) {
      if (name !== radius.parameter) return value
      return radius.log && spec.weights!.parameters.get(name) === 'real'
        ? fold(direction === 'down' ? 'sub' : 'add', value as string, direction === 'down' ? '1/2' : '1/4')!
        : times(value as string)
    }
    return typeof value === 'string' ? times(value) : value.map(times)
  }
  const { nodes } = wiring(c.net!)
  return {
    ...c,
    nodes: c.nodes.map((node, u) =>
      nodes[u]!.frozen
        ? node
        : Object.fromEntries(
            Object.entries(node).map(([name, value]) => [
              name,
              c.held?.includes(`${name}_${u + 1}`) ? value : change(name, value),
            ]),
          ),
    ),
  }
}
