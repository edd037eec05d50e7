/** The order of homogeneity, computed from the structure of traced code. */
import type { Field } from '../program/field.ts'
import { wiring, type Architecture } from './architecture.ts'
import { network } from './network.ts'

/**
 * How a value scales when the chosen inputs are multiplied by λ > 0: by λ^order. `zero` is the constant
 * 0, which has every order; a string says why there is no order.
 */
type Order = number | 'zero' | { readonly reason: string }

const none = (reason: string): Order => ({ reason })
const lift = (a: Order, f: (order: number) => Order): Order => (typeof a === 'number' ? f(a) : a)
const both = (a: Order, b: Order, f: (p: number, q: number) => Order): Order =>
  lift(a, (p) => lift(b, (q) => f(p, q)))
const sumOf = (a: Order, b: Order): Order => {
  if (a === 'zero') return b
  if (b === 'zero') return a
  return both(a, b, (p, q) => (p === q ? p : none(`it adds terms of orders ${p} and ${q}`)))
}
const invariant = (name: string, value: (a: Order) => Order): ((a: Order) => Order) => {
  return (a) => lift(a, (p) => (p === 0 ? value(a) : none(`${name} of a term of order ${p}`)))
}

const orders: Field<Order> = {
  constant: (text) => (text === '0' ? 'zero' : 0),
  add: sumOf,
  sub: sumOf,
  mul: (a, b) => (a === 'zero' || b === 'zero' ? 'zero' : both(a, b, (p, q) => p + q)),
  div: (a, b) => (a === 'zero' ? 'zero' : both(a, b, (p, q) => p - q)),
  neg: (a) => a,
  pow: (a, n) => (n === 0 ? 0 : lift(a, (p) => n * p)),
  sqrt: (a) => lift(a, (p) => p / 2),
  exp: (a) => (a === 'zero' ? 0 : invariant('exp', () => 0)(a)),
  log: invariant('log', () => 0),
  relu: (a) => a,
  step: (a) => (a === 'zero' ? a : lift(a, () => 0)),
}

/**
 * The order H with Φ(λw, x) = λ^H Φ(w, x) for all λ > 0 (eq. (3)), where w are the trained weights of
 * all layers or of one; or the reason why the structure gives none. Exact for the operations of the
 * library, and it never claims an order that does not hold.
 */
export function order(net: Architecture, layer?: number): number | { readonly reason: string } {
  const { nodes } = wiring(net)
  const w = nodes.map((node) =>
    Array.from({ length: node.fanIn }, (): Order =>
      !node.frozen && (layer === undefined || node.layer === layer) ? 1 : 0,
    ),
  )
  const x = Array.from({ length: net.inputs }, (): Order => 0)
  const result = network(orders, net, w, x).reduce((a, b) =>
    typeof a === 'object' || typeof b === 'object' || a === b
      ? typeof a === 'object'
        ? a
        : b
      : none('its outputs differ in order'),
  )
  if (result === 'zero') return { reason: 'it is constantly 0' }
  if (typeof result === 'number' && result < 0) return { reason: `its order ${result} is not positive` }
  return result
}
