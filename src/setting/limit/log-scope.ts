/** What the symbols mean along a flow that is followed in the clock s = log 1/L, and how fast they move. */
import type { Along } from '../../claim/asymptotic.ts'
import { differences } from '../../flow/objective.ts'
import { margin } from '../../loss/loss.ts'
import { wiring } from '../../net/architecture.ts'
import { exactOrder, homogeneousPart } from '../../net/order.ts'
import { printRatio } from '../../program/constant.ts'
import { dot, norm, scale, sum } from '../../program/field.ts'
import { evaluate } from '../../program/formula.ts'
import { derivative, gradient } from '../../program/grad.ts'
import type { Scope, Value } from '../../program/indices.ts'
import { parseProgram, type Expr, type Program, type Trace } from '../../program/program.ts'
import { run } from '../../program/run.ts'
import { atStart, isStill, limitsIn } from './observables.ts'
import { systemOf } from './system.ts'
import { inputsOf, timeDerivative } from '../moves.ts'
import type { PointCase } from '../point/case.ts'
import { outputAt } from '../point/output.ts'
import { nameOf } from '../point/scope.ts'
import type { Spec } from '../point/spec.ts'

/**
 * The scope of a long run: the inputs of formulas are the sampled weights, L, t, s, the margins m_i, the shares q_i and
 * G_u = −∇_{w_u} log L, so that nothing underflows; g_u = −L G_u. `angle(a, b)` is the angle between two vectors.
 */
export function logScope(F: Trace, c: PointCase, spec: Spec, along: Along): Scope {
  const net = c.net!
  const data = c.data!
  const { nodes, outputs } = wiring(net)
  const trained = nodes.flatMap((node, u) => (node.frozen ? [] : [u]))
  const layers = [...new Set(trained.map((u) => nodes[u]!.layer))]
  const inLayer = (l: number): number[] => trained.filter((u) => nodes[u]!.layer === l)
  const points = data.map((_, i) => i)
  const nominal = homogeneousPart(net)
  const number = (n: number): Expr => F.constant(`${n}`)
  const orderOf = (layer?: number): Expr | undefined => {
    const H = exactOrder(nominal, layer)
    return 'reason' in H ? undefined : F.constant(printRatio(H))
  }
  const [L, t, s] = [F.input('L'), F.input('t'), F.input('s')]
  const { w: all, G } = weightsIn(F, c)
  const g = (u: number): Expr[] => scale(F, F.neg(L), G(u))
  const w = (u: number): readonly Expr[] => all[u]!
  const row = (of: (u: number) => readonly Expr[]): Expr[] => trained.flatMap(of)
  const q = (i: number): Expr => F.input(`q_${i + 1}`)

  const scalars: Readonly<Record<string, () => Value | undefined>> = {
    ...{ L: () => L, t: () => t, t_0: () => number(0), s: () => s, w: () => row(w), g: () => row(g) },
    ...{ k: () => number(trained.length), H: () => orderOf(), eta: () => number(1) },
    L_sep: () => (c.loss === 'exponential' ? number(1) : F.log(number(2))),
    Ent: () =>
      F.neg(
        sum(
          F,
          points.map((i) => F.mul(q(i), F.log(q(i)))),
        ),
      ),
  }
  const families: Readonly<
    Record<string, readonly [letter: 'u' | 'i' | 'l', of: (at: number) => Value | undefined]>
  > = {
    ...{ w: ['u', w], G: ['u', G], g: ['u', g], a: ['u', (u) => dot(F, w(u), G(u))] },
    m: ['i', (i) => F.input(`m_${i + 1}`)],
    q: ['i', q],
    x: ['i', (i) => data[i]!.x.map((e) => F.constant(e))],
    y: ['i', (i) => (c.loss === 'exponential' ? F.constant(`${data[i]!.y}`) : undefined)],
    H: ['l', (l) => orderOf(l)],
    k: ['l', (l) => number(inLayer(l).length)],
  }
  /** A node that moves, a point or a layer of that number; a frozen node has weights alone. */
  const member = (base: string, at: number): Value | undefined => {
    const family = own(families, base)
    if (family === undefined) return undefined
    const known = { u: base === 'w' ? nodes.map((_, u) => u) : trained, i: points, l: layers }[family[0]]
    return known.includes(at) ? family[1](at) : undefined
  }
  const own = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
    Object.hasOwn(table, name) ? table[name] : undefined
  let moves: Map<Expr, Expr> | undefined
  const moving = (): Map<Expr, Expr> => (moves ??= velocities(F, c, spec, scope))
  const scope: Scope = {
    ...{ F, name: `${nameOf(spec)} in the limit`, counts: true },
    sets: {
      ...{ u: trained, v: trained, l: layers, p: layers, i: points },
      j: Array.from({ length: outputs }, (_, j) => j),
    },
    symbols: [
      ...Object.keys(scalars),
      ...Object.entries(families).map(([name, [letter]]) => `${name}_${letter}`),
    ],
    members: (letter, group, at) =>
      (letter === 'u' || letter === 'v') && (group === 'l' || group === 'p') ? inLayer(at) : undefined,
    value: (base, index) =>
      index.length === 0 ? own(scalars, base)?.() : index.length === 1 ? member(base, index[0]!) : undefined,
    ddt: (e) => timeDerivative(F, e, withAngles(F, e, moving()), isStill, scope.name!),
    initially: (e) => atStart(F, e),
    apply(base, index, args) {
      const output = outputAt(F, net, all, base, index, args)
      if (output !== undefined) return output
      if (index.length > 0) return undefined
      return base === 'angle' ? angleBetween(F, args) : limitsIn(along, base, args)
    },
  }
  return scope
}

/** The weights of all nodes, frozen ones as constants, and G_u of the trained ones. */
function weightsIn(
  F: Trace,
  c: PointCase,
): { readonly w: readonly (readonly Expr[])[]; G(u: number): readonly Expr[] } {
  const { nodes } = wiring(c.net!)
  const inputs = (letter: string, u: number): Expr[] =>
    Array.from({ length: nodes[u]!.fanIn }, (_, i) => F.input(`${letter}_${u + 1}_${i + 1}`))
  return {
    w: nodes.map(({ frozen }, u) =>
      frozen ? (c.nodes[u]!['w'] as readonly string[]).map((e) => F.constant(e)) : inputs('w', u),
    ),
    G: (u) => inputs('G', u),
  }
}

const ANGLE = /^angle\((.*)\)$/

/** The angle between two vectors of a trace: an input whose name is the Program of their entries. */
function angleBetween(F: Trace, args: readonly Value[]): Expr {
  const [a, b] = args
  if (args.length !== 2 || !Array.isArray(a) || !Array.isArray(b) || a.length !== b.length)
    throw new SyntaxError('angle: expected two vectors of one length')
  const entries = [...a, ...b] as Expr[]
  return F.input(
    `angle(${JSON.stringify(F.program(entries, [...new Set(entries.flatMap((e) => inputsOf(F, e)))]))})`,
  )
}

/** The Program of the two vectors of an angle, one after the other; `undefined` for another input. */
export function vectorsOfAngle(name: string): Program | undefined {
  const [, program] = ANGLE.exec(name) ?? []
  return program === undefined ? undefined : parseProgram(JSON.parse(program))
}

/** The velocities with those of the angles in a value: θ′ = −⟨a′, b_⊥a/‖b_⊥a‖⟩/‖a‖ for b at rest, and likewise for b. */
function withAngles(F: Trace, e: Expr, moves: Map<Expr, Expr>): ReadonlyMap<Expr, Expr> {
  for (const name of inputsOf(F, e)) {
    const program = vectorsOfAngle(name)
    if (program === undefined || moves.has(F.input(name))) continue
    const entries = run(
      program,
      F,
      program.inputs.map((input) => F.input(input)),
    )
    const [a, b] = [entries.slice(0, entries.length / 2), entries.slice(entries.length / 2)]
    const turning = (a: readonly Expr[], b: readonly Expr[]): Expr => {
      const square = dot(F, a, a)
      const along = F.div(dot(F, a, b), square)
      const across = b.map((e, i) => F.sub(e, F.mul(along, a[i]!)))
      const moved = a.map((e) => derivative(F, e, moves))
      return F.div(dot(F, moved, across), F.mul(F.sqrt(square), norm(F, across)))
    }
    moves.set(F.input(name), F.neg(F.add(turning(a, b), turning(b, a))))
  }
  return moves
}

/**
 * The velocities of the inputs in the time t: w_u′ by the rule, and with G_u = Σ p_a ∂d_a/∂w_u
 *
 *     s′ = Σ G_uᵀw_u′,  L′ = −L s′,  m_i′ = ∂m_i/∂w · w′,  q_i′ = q_i s′ − Σ_b p_b d_b′ (over the differences of one point),
 *     p_a′ = p_a (s′ − d_a′ + L Σ_b p_b d_b′) (cross-entropy; for the exponential loss p = q).
 */
function velocities(F: Trace, c: PointCase, spec: Spec, scope: Scope): Map<Expr, Expr> {
  const { nodes } = wiring(c.net!)
  const trained = nodes.flatMap((node, u) => (node.frozen ? [] : [u]))
  const L = F.input('L')
  const { w, G } = weightsIn(F, c)
  const moves = new Map<Expr, Expr>()
  const { ddt: _, initially: __, ...here } = scope
  const [[key, [formula]]] = [...spec.rule!.moves] as [[string, readonly [Parameters<typeof evaluate>[0]]]]
  for (const u of trained) {
    const reading: Scope = {
      ...here,
      value: (base, index) =>
        key === 'theta' && base === 'theta' && index.length === 0 ? w[u] : scope.value(base, index),
      // ∇_{w_u} L, the one gradient that a rule of gradient flow reads.
      apply: (base, index, args) =>
        base === 'grad' && args[0] === L && args[1] === w[u]
          ? scope.value('g', [u])
          : base === 'grad'
            ? undefined
            : scope.apply?.(base, index, args),
    }
    const moved = evaluate(formula, reading, { u }) as readonly Expr[]
    w[u]!.forEach((e, i) => moves.set(e, moved[i]!))
  }
  const moved = (e: Expr): Expr => derivative(F, e, moves)

  const clock = sum(
    F,
    trained.map((u) => dot(F, G(u), w[u]!.map(moved))),
  )
  const { differences, losses, pull } = relativeLosses(F, c)
  const turns = differences.map((own) => own.map(moved))
  const margins = differences.map((own) => moved(margin(F, own)))
  moves.set(L, F.neg(F.mul(L, clock)))
  moves.set(F.input('s'), clock)
  moves.set(F.input('t'), F.constant('1'))
  margins.forEach((e, i) => moves.set(F.input(`m_${i + 1}`), e))
  losses.forEach((own, i) => {
    const turn = dot(F, own, turns[i]!)
    const share = F.input(`q_${i + 1}`)
    if (c.loss !== 'exponential') {
      const shift = F.add(clock, F.mul(L, turn))
      own.forEach((p, a) => moves.set(p, F.mul(p, F.sub(shift, turns[i]![a]!))))
    }
    moves.set(share, F.sub(F.mul(share, clock), turn))
  })
  trained.forEach((u, k) => G(u).forEach((e, i) => moves.set(e, moved(pull[k]![i]!))))
  return moves
}

/**
 * The differences d_a of each point as functions of the weights, the inputs of their relative losses p_a = −(∂L/∂d_a)/L
 * (`q_i` for the exponential loss), and G_u = Σ p_a ∂d_a/∂w_u of the trained nodes.
 */
export function relativeLosses(
  F: Trace,
  c: PointCase,
): {
  readonly differences: readonly (readonly Expr[])[]
  readonly losses: readonly (readonly Expr[])[]
  readonly trained: readonly number[]
  readonly pull: readonly (readonly Expr[])[]
} {
  const { nodes } = wiring(c.net!)
  const { w } = weightsIn(F, c)
  const d = differences(
    F,
    systemOf(c),
    w,
    c.data!.map(({ x }) => x.map((e) => F.constant(e))),
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
