/** What the symbols mean along a long run, and how fast they move. */
import type { Along } from '../claim/asymptotic.ts'
import { differences } from '../flow/objective.ts'
import { margin } from '../loss/loss.ts'
import { wiring } from '../net/architecture.ts'
import { exactOrder } from '../net/order.ts'
import { printRatio } from '../program/constant.ts'
import { normalizations } from '../normalization/normalization.ts'
import { dot, min, norm, scale, sum } from '../program/field.ts'
import type { Scope, Value } from '../program/indices.ts'
import { derivative, gradient, substitute } from '../program/grad.ts'
import type { Expr, Trace } from '../program/program.ts'
import { homogeneousPart, systemOf, type DynamicsCase } from './case.ts'
import { inputsOf, timeDerivative } from './moves.ts'

/** Nodes with a share lim a_u/s below this count as inactive. */
const INACTIVE = '1/1000'

/**
 * The scope of a long run: `w_u`, `G_u`, `g_u` = −L G_u, `a_u` = w_uᵀG_u, `m_i`, `q_i` and `Ent` (exponential
 * loss), `L`, `t`, `s`, `H`, `H_l`, `k`, `k_l`, `L_1` (the loss below which all points are classified: 1, or log 2), `z` (the
 * first point), `theta_u` (the angle between w_u and z), their derivatives `ddt`; `lim` and `sup` of observables, and the limits `wtilde_u`, `wtilde`, `gtilde_u`, `x_u` = lim a_u/s, `rho` = lim min m/‖w‖^H, `gamma` = lim s/‖w‖^H,
 * `k_active` = the number of nodes with x_u > 0.
 */
export function longRunScope(F: Trace, c: DynamicsCase, along: Along): Scope {
  const { nodes } = wiring(c.net)
  const inputs = (letter: string, u: number): Expr[] =>
    Array.from({ length: nodes[u]!.fanIn }, (_, i) => F.input(`${letter}_${u + 1}_${i + 1}`))
  const trained = nodes.flatMap((node, u) => (node.frozen ? [] : [u]))
  const layers = [...new Set(trained.map((u) => nodes[u]!.layer))]
  const inLayer = (l: number): number[] => trained.filter((u) => nodes[u]!.layer === l)
  const points = c.data.map((_, i) => i)
  const nominal = homogeneousPart(c.net)
  const number = (n: number): Expr => F.constant(`${n}`)
  const orderOf = (layer?: number): Expr | undefined => {
    const H = exactOrder(nominal, layer)
    return 'reason' in H ? undefined : F.constant(printRatio(H))
  }
  const [L, t, s] = [F.input('L'), F.input('t'), F.input('s')]
  const w = (u: number): Expr[] => inputs('w', u)
  const G = (u: number): Expr[] => inputs('G', u)
  const g = (u: number): Expr[] => scale(F, F.neg(L), G(u))
  const a = (u: number): Expr => dot(F, w(u), G(u))
  const all = (of: (u: number) => Expr[]): Expr[] => trained.flatMap(of)
  const margins = points.map((i) => F.input(`m_${i + 1}`))
  // Under cross-entropy a point has a relative loss per difference, not one.
  const exponential = c.loss === 'exponential'
  const q = (i: number): Expr => F.input(`q_${i + 1}`)
  const sizeToH = (): Expr => {
    const H = exactOrder(nominal)
    if ('reason' in H) return F.constant('1')
    return F.pow(F.root(norm(F, all(w)), Number(H.den)), Number(H.num))
  }
  const limits = (v: readonly Expr[]): Expr[] => v.map((e) => along.limit(e))
  const direction = (v: readonly Expr[], length = norm(F, v)): Expr[] => v.map((e) => F.div(e, length))
  const share = (u: number): Expr => along.limit(F.div(a(u), s))

  const scalars: Readonly<Record<string, () => Value | undefined>> = {
    ...{ L: () => L, t: () => t, s: () => s, w: () => all(w), g: () => all(g), G: () => all(G) },
    ...{ k: () => number(trained.length), H: () => orderOf(), eta: () => number(1) },
    Ent: () =>
      exponential
        ? F.neg(
            sum(
              F,
              points.map((i) => F.mul(q(i), F.log(q(i)))),
            ),
          )
        : undefined,
    wtilde: () => limits(direction(all(w))),
    gtilde: () => limits(direction(all(g).map((e) => F.neg(e)))),
    rho: () =>
      along.limit(
        F.div(
          margins.reduce((x, y) => min(F, x, y)),
          sizeToH(),
        ),
      ),
    gamma: () => along.limit(F.div(s, sizeToH())),
    z: () => c.data[0]!.x.map((e) => F.constant(e)),
    L_1: () => (exponential ? number(1) : F.log(number(2))),
    k_active: () =>
      sum(
        F,
        trained.map((u) => F.step(F.sub(share(u), F.constant(INACTIVE)))),
      ),
  }
  const families: Readonly<Record<string, readonly [letter: string, of: (at: number) => Value | undefined]>> =
    {
      ...{ w: ['u', w], G: ['u', G], g: ['u', g], a: ['u', a], x: ['u', share] },
      m: ['i', (i) => margins[i]],
      q: ['i', (i) => (exponential ? q(i) : undefined)],
      z: ['u', (u) => F.constant(c.data[0]!.x[u] ?? '0')],
      theta: ['u', (u) => (nodes[u]!.fanIn === c.net.inputs ? F.input(`theta_${u + 1}`) : undefined)],
      H: ['l', (l) => orderOf(l)],
      k: ['l', (l) => number(inLayer(l).length)],
      wtilde: ['u', (u) => limits(direction(w(u)))],
      gtilde: [
        'u',
        (u) =>
          limits(
            direction(
              g(u).map((e) => F.neg(e)),
              norm(F, all(g)),
            ),
          ),
      ],
    }
  const isLimit = (name: string): boolean => name.startsWith('lim(')
  const isStill = (name: string): boolean => isLimit(name) || name.endsWith('(t_0)')
  let moves: ReadonlyMap<Expr, Expr> | undefined
  const start = (e: Expr): Expr => {
    const names = inputsOf(F, e).filter((name) => !isStill(name))
    return substitute(F, e, new Map(names.map((name) => [F.input(name), F.input(`${name}(t_0)`)])))
  }
  const own = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
    Object.hasOwn(table, name) ? table[name] : undefined
  return {
    F,
    sets: { u: trained, v: trained, l: layers, p: layers, i: points },
    symbols: [
      ...Object.keys(scalars),
      ...Object.entries(families).map(([name, [letter]]) => `${name}_${letter}`),
    ],
    members: (letter, group, at) =>
      (letter === 'u' || letter === 'v') && (group === 'l' || group === 'p') ? inLayer(at) : undefined,
    value: (base, index) =>
      index.length === 0
        ? own(scalars, base)?.()
        : index.length === 1
          ? own(families, base)?.[1](index[0]!)
          : undefined,
    ddt: (e) => timeDerivative(F, e, (moves ??= velocities(F, c)), isStill, `${c.normalization} long runs`),
    initially: start,
    apply(base, index, args) {
      const each = (f: (e: Expr) => Expr, v: Value): Value => (typeof v === 'number' ? f(v) : v.map(f))
      if (index.length > 0 || args.length !== 1) return undefined
      if (base === 'lim') return each((e) => along.limit(e), args[0]!)
      if (base === 'sup') return each((e) => along.supremum(e), args[0]!)
      return undefined
    },
  }
}

/**
 * The velocities of the inputs in the time t, at learning rate 1: w_u′ of the normalisation, and with G_u = Σ p_a ∂d_a/∂w_u
 *
 *     s′ = Σ G_uᵀw_u′,  L′ = −L s′,  m_i′ = ∂m_i/∂w · w′,  q_i′ = q_i (s′ − m_i′),
 *     p_a′ = p_a (s′ − d_a′ + L Σ_b p_b d_b′)  (cross-entropy, the sum over the differences of one point),
 *     θ_u′ = −⟨w_u′, perp(w_u, z)⟩/(‖w_u‖ ‖perp(w_u, z)‖).
 */
function velocities(F: Trace, c: DynamicsCase): ReadonlyMap<Expr, Expr> {
  const { nodes } = wiring(c.net)
  const { radial } = normalizations[c.normalization]
  const inputs = (letter: string, u: number): Expr[] =>
    Array.from({ length: nodes[u]!.fanIn }, (_, i) => F.input(`${letter}_${u + 1}_${i + 1}`))
  const trained = nodes.flatMap((node, u) => (node.frozen ? [] : [u]))
  const [L, one] = [F.input('L'), F.constant('1')]
  const [w, G] = ['w', 'G'].map((letter) => (u: number) => inputs(letter, u)) as [Vectors, Vectors]
  const moves = new Map<Expr, Expr>()
  for (const u of trained) {
    const square = dot(F, w(u), w(u))
    const factor = radial === undefined ? L : F.mul(L, square)
    // SWN: the radial part moves at rate 1 instead of ‖w_u‖².
    const radially =
      radial === 'gamma'
        ? F.mul(L, F.mul(F.sub(F.div(one, square), one), dot(F, w(u), G(u))))
        : F.constant('0')
    w(u).forEach((e, i) => moves.set(e, F.add(F.mul(factor, G(u)[i]!), F.mul(radially, e))))
  }
  const moved = (e: Expr): Expr => derivative(F, e, moves)

  const clock = sum(
    F,
    trained.map((u) => dot(F, G(u), w(u).map(moved))),
  )
  const { differences, losses, pull } = relativeLosses(F, c)
  const turns = differences.map((own) => own.map(moved))
  const margins = differences.map((own) => moved(margin(F, own)))
  moves.set(L, F.neg(F.mul(L, clock)))
  moves.set(F.input('s'), clock)
  moves.set(F.input('t'), one)
  margins.forEach((e, i) => moves.set(F.input(`m_${i + 1}`), e))
  losses.forEach((own, i) => {
    const shift = c.loss === 'exponential' ? clock : F.add(clock, F.mul(L, dot(F, own, turns[i]!)))
    own.forEach((p, a) => moves.set(p, F.mul(p, F.sub(shift, turns[i]![a]!))))
  })
  trained.forEach((u, k) => G(u).forEach((e, i) => moves.set(e, moved(pull[k]![i]!))))
  const z = c.data[0]!.x.map((e) => F.constant(e))
  for (const u of trained) {
    if (nodes[u]!.fanIn !== z.length) continue
    const square = dot(F, w(u), w(u))
    const along = F.div(dot(F, w(u), z), square)
    const across = z.map((e, i) => F.sub(e, F.mul(along, w(u)[i]!)))
    const turn = dot(F, w(u).map(moved), across)
    moves.set(F.input(`theta_${u + 1}`), F.neg(F.div(turn, F.mul(F.sqrt(square), norm(F, across)))))
  }
  return moves
}

type Vectors = (u: number) => Expr[]

/**
 * The differences d_a of each point as functions of the weights, the inputs of their relative losses p_a = −(∂L/∂d_a)/L
 * (`q_i` for the exponential loss), and G_u = Σ p_a ∂d_a/∂w_u of the
 * trained nodes.
 */
export function relativeLosses(
  F: Trace,
  c: DynamicsCase,
): {
  readonly differences: readonly (readonly Expr[])[]
  readonly losses: readonly (readonly Expr[])[]
  readonly trained: readonly number[]
  readonly pull: readonly (readonly Expr[])[]
} {
  const { nodes } = wiring(c.net)
  const w = nodes.map(({ fanIn, frozen }, u) =>
    Array.from({ length: fanIn }, (_, i) =>
      frozen ? F.constant(c.nodes[u]!.vector[i]!) : F.input(`w_${u + 1}_${i + 1}`),
    ),
  )
  const d = differences(
    F,
    systemOf(c),
    w,
    c.data.map(({ x }) => x.map((e) => F.constant(e))),
  )
  const losses = d.map((own, i) =>
    own.map((_, a) => F.input(c.loss === 'exponential' ? `q_${i + 1}` : `p_${i + 1}_${a + 1}`)),
  )
  const trained = nodes.flatMap((node, u) => (node.frozen ? [] : [u]))
  const leaves = trained.flatMap((u) => w[u]!)
  const flat = gradient(F, dot(F, losses.flat(), d.flat()), leaves)
  let next = 0
  const pull = trained.map((u) => flat.slice(next, (next += w[u]!.length)))
  return { differences: d, losses, trained, pull }
}
