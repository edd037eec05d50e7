/** The order of homogeneity, computed from the structure of traced code. */
import { printRatio, reduce, type Ratio } from '../program/constant.ts'
import type { Field } from '../program/field.ts'
import { wiring, type Architecture, type Layer } from './architecture.ts'
import { network } from './network.ts'

/**
 * How a value scales when the chosen inputs are multiplied by λ > 0: by λ^order, an exact rational. `zero` is the
 * constant 0, which has every order; a reason says why there is no order.
 */
type Order = Ratio | 'zero' | { readonly reason: string }

const NONE: Ratio = { num: 0n, den: 1n }
const isNone = ({ num }: Ratio): boolean => num === 0n
const none = (reason: string): Order => ({ reason })
const lift = (a: Order, f: (order: Ratio) => Order): Order => (a === 'zero' || 'reason' in a ? a : f(a))
const both = (a: Order, b: Order, f: (p: Ratio, q: Ratio) => Order): Order =>
  lift(a, (p) => lift(b, (q) => f(p, q)))
const plus = (p: Ratio, q: Ratio, sign = 1n): Ratio =>
  reduce(p.num * q.den + sign * q.num * p.den, p.den * q.den)
const join =
  (does: string) =>
  (a: Order, b: Order): Order => {
    if (a === 'zero') return b
    if (b === 'zero') return a
    return both(a, b, (p, q) =>
      isNone(plus(p, q, -1n)) ? p : none(`it ${does} terms of orders ${printRatio(p)} and ${printRatio(q)}`),
    )
  }
const invariant =
  (name: string) =>
  (a: Order): Order =>
    lift(a, (p) => (isNone(p) ? p : none(`${name} of a term of order ${printRatio(p)}`)))

const orders: Field<Order> = {
  constant: (text) => (text === '0' ? 'zero' : NONE),
  add: join('adds'),
  sub: join('adds'),
  mul: (a, b) => (a === 'zero' || b === 'zero' ? 'zero' : both(a, b, (p, q) => plus(p, q))),
  div: (a, b) => (a === 'zero' ? 'zero' : both(a, b, (p, q) => plus(p, q, -1n))),
  neg: (a) => a,
  pow: (a, n) => (n === 0 ? NONE : lift(a, (p) => reduce(BigInt(n) * p.num, p.den))),
  sqrt: (a) => lift(a, (p) => reduce(p.num, 2n * p.den)),
  root: (a, q) => lift(a, (p) => reduce(p.num, BigInt(q) * p.den)),
  exp: (a) => (a === 'zero' ? NONE : invariant('exp')(a)),
  log: invariant('log'),
  tanh: invariant('tanh'),
  relu: (a) => a,
  step: (a) => (a === 'zero' ? NONE : lift(a, () => NONE)),
  abs: (a) => a,
  max: join('compares'),
}

/**
 * The order H with Φ(λw, x) = λ^H Φ(w, x) for all λ > 0 (eq. (3)), where w are the trained weights of
 * all layers or of one; or the reason why the structure gives none. Exact for the operations of the
 * library, and it never claims an order that does not hold.
 */
export function order(net: Architecture, layer?: number): number | { readonly reason: string } {
  const found = exactOrder(net, layer)
  return 'reason' in found ? found : Number(found.num) / Number(found.den)
}

/** The order as an exact rational: 4/3 for relu(z)^(4/3). */
export function exactOrder(net: Architecture, layer?: number): Ratio | { readonly reason: string } {
  const { nodes } = wiring(net)
  const w = nodes.map((node) =>
    Array.from({ length: node.fanIn }, (): Order => {
      const moves = !node.frozen && (layer === undefined || node.layer === layer)
      return moves ? { num: 1n, den: 1n } : NONE
    }),
  )
  const x = Array.from({ length: net.inputs }, (): Order => NONE)
  const outputs = network(orders, net, w, x)
  const failed = outputs.find((a) => typeof a === 'object' && 'reason' in a)
  if (failed !== undefined) return failed as { reason: string }
  const different = new Set(outputs.map((a) => (a === 'zero' ? a : printRatio(a as Ratio))))
  if (different.size > 1) return { reason: 'its outputs differ in order' }
  const [result] = outputs
  if (result === undefined || result === 'zero') return { reason: 'it is constantly 0' }
  const found = result as Ratio
  return found.num < 0n ? { reason: `its order ${printRatio(found)} is not positive` } : found
}

/** The net with z in place of every activation that is no power of z or of relu(z). */
export function withPowers(net: Architecture): Architecture {
  const power = (layer: Layer): Layer =>
    /^(z|relu\(z\))(\^\d+)?$/.test(layer.activation) ? layer : { ...layer, activation: 'z' }
  return { ...net, layers: net.layers.map(power) }
}

/** The net with powers only and without biases: its order is the nominal order of the net. */
export function homogeneousPart(net: Architecture): Architecture {
  const layers = withPowers(net).layers.map(({ bias: _, ...layer }): Layer => layer)
  return { ...net, layers }
}
