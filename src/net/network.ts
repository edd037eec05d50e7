/** The network function Φ(w, x), as traced code. */
import { dot, type Field } from '../program/field.ts'
import { run } from '../program/run.ts'
import { activation } from './activation.ts'
import { wiring, type Architecture } from './architecture.ts'

/**
 * The outputs Φ(w, x) of a network, in any Field.
 * @param w one weight vector per node, frozen nodes included, in the order of `wiring(net).nodes`.
 * @param x the input vector, of length `net.inputs`.
 * @throws RangeError if a length does not fit.
 */
export function network<T>(
  F: Field<T>,
  net: Architecture,
  w: readonly (readonly T[])[],
  x: readonly T[],
): readonly T[] {
  const { nodes, layers } = wiring(net)
  if (w.length !== nodes.length)
    throw new RangeError(`network: expected ${nodes.length} weight vectors, got ${w.length}`)
  if (x.length !== net.inputs) throw new RangeError(`network: expected ${net.inputs} inputs, got ${x.length}`)
  let values = x
  layers.forEach((units, l) => {
    const { activation: formula, bias } = net.layers[l]!
    const phi = activation(formula)
    values = units.map(({ node, inputs }) => {
      const read = inputs.map((i) => values[i]!)
      const z = dot(F, w[node]!, bias ? [...read, F.constant('1')] : read)
      return run(phi, F, [z])[0]!
    })
  })
  return values
}
