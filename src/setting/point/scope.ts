/** What symbols mean at a state: the core table over any model, parameterisation and rule. */
import { weightGradientAt, differencesAt, lossAt } from '../../model/objective.ts'
import { wiring } from '../../net/architecture.ts'
import { network } from '../../net/network.ts'
import { exactOrder, homogeneousPart } from '../../net/order.ts'
import { printRatio } from '../../program/constant.ts'
import { dot, min, scale, sum } from '../../program/field.ts'
import { evaluate, formulaProgram, type Formula } from '../../program/formula.ts'
import type { Scope, Value } from '../../program/indices.ts'
import { grad, gradient } from '../../program/grad.ts'
import { newTrace, type Expr, type Trace } from '../../program/program.ts'
import { run } from '../../program/run.ts'
import { nextValue, timeDerivative } from '../moves.ts'
import { lossIn, namesOf, type PointCase, type Values } from './case.ts'
import { movesIn, type Moves } from './moves.ts'
import { outputAt } from './output.ts'
import { partsOf, type Spec } from './spec.ts'

const own = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined

export const lazy = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined
  return () => (made ??= { value: make() }).value
}

/** The traced inputs of a value. */
export const inputsAt = (F: Trace, name: string, value: Values[string]): Value =>
  typeof value === 'string' ? F.input(name) : namesOf(name, value).map((key) => F.input(key))

/** A function of one variable, or its derivative, at a value. */
function unknownFunction(F: Trace, text: string, of: string, derivative: boolean, at: Expr): Expr {
  const program = formulaProgram(text, [of])
  return run(derivative ? grad(program) : program, F, [at])[0]!
}

/** What a model makes of weights and data: the loss, its gradient, and all that is read off the net. */
interface ModelScope {
  readonly sets: Scope['sets']
  readonly scalars: Readonly<Record<string, () => Value | undefined>>
  readonly families: Readonly<
    Record<string, readonly [letter: string, of: (at: number) => Value | undefined]>
  >
  readonly members?: NonNullable<Scope['members']>
  readonly norm?: NonNullable<Scope['norm']>
  readonly apply?: NonNullable<Scope['apply']>
  readonly kinks?: () => readonly Expr[]
}

/** A moment of a run: its time, and the points that the step sees that leaves it. */
export interface At {
  readonly t: Expr
  readonly batch?: readonly number[]
}

/** The scope of one state, at a moment of a run if one is given. */
export function pointScope(F: Trace, c: PointCase, spec: Spec, moment?: At): Scope {
  const model =
    spec.model?.kind === 'nets'
      ? netScope(F, c, spec)
      : spec.model?.kind === 'objective'
        ? objectiveScope(F, c, spec)
        : NO_MODEL
  const values = (name: string): Value | undefined => {
    const value = own(c.values, name)
    const count = own(c.counts ?? {}, name)
    if (count !== undefined) return F.constant(`${count}`)
    return value === undefined ? undefined : inputsAt(F, name, value)
  }
  const rate = (): Value | undefined =>
    Object.hasOwn(c.formulas, 'eta')
      ? evaluate(parsedRate(spec, c.formulas['eta']!), { ...scope, name: `the rate of ${scope.name}` })
      : values('eta')
  const scalars: ModelScope['scalars'] = {
    ...model.scalars,
    eta: rate,
    ...(moment && { t: () => moment.t, t_0: () => F.constant('0') }),
  }
  const families: ModelScope['families'] = {
    ...model.families,
    ...Object.fromEntries(
      [...partsOf(spec).nodeState.keys()].map((name) => [
        name,
        ['u', (u: number) => nodeInput(F, c, name, u)] as const,
      ]),
    ),
  }
  const moves: () => Moves = lazy(() => movesIn(F, c, spec, scope))
  const setting = nameOf(spec)
  const scope: Scope = {
    ...{ F, name: setting, sets: model.sets, counts: true },
    symbols: [
      ...Object.keys(scalars),
      ...Object.entries(families).map(([name, [letter]]) => `${name}_${letter}`),
      ...Object.keys(c.values),
    ],
    value: (base, index) => {
      if (index.length === 0) return values(base) ?? own(scalars, base)?.()
      return index.length === 1 ? own(families, base)?.[1](index[0]!) : undefined
    },
    angle: (name) => {
      const kind = own(spec.variables, name)
      if (kind !== undefined) return kind === 'angle' ? F.input(name) : undefined
      return name === 'pi' && Object.values(spec.variables).includes('angle') ? F.constant('1') : undefined
    },
    ...(model.members && { members: model.members }),
    ...(model.norm && { norm: model.norm }),
    ...(model.kinks && { model: model.kinks }),
    ...(spec.rule?.time === 'flow' && {
      ddt: (e: Expr) => timeDerivative(F, e, withTime(F, moves().moving(), moment), moves().still, setting),
    }),
    ...(spec.rule?.time === 'steps' && {
      next: (e: Expr) => nextValue(F, e, moves().moving(), moves().still, setting),
    }),
    ...(spec.rule?.batch && { batch: batchScope(F, c, spec, moment) }),
    apply(base, index, args) {
      if (base === 'grad') return partial(F, args)
      const name = base.endsWith('prime') ? base.slice(0, -5) : base
      const kind = own(spec.functions, name)
      if (kind !== undefined && index.length === 0 && args.length === 1 && typeof args[0] === 'number')
        return unknownFunction(F, c.formulas[name]!, kind.of, name !== base, args[0] as Expr)
      return model.apply?.(base, index, args)
    },
  }
  return scope
}

/** The velocities, with that of time itself. */
const withTime = (
  F: Trace,
  moving: ReadonlyMap<Expr, Expr>,
  moment: At | undefined,
): ReadonlyMap<Expr, Expr> =>
  moment === undefined ? moving : new Map([...moving, [moment.t, F.constant('1')]])

/** The scope of the batch: the same state on some points of the data; on the first ones, which are any points, at a state. */
function batchScope(F: Trace, c: PointCase, spec: Spec, moment: At | undefined): Scope {
  const { batch, ...rule } = spec.rule!
  const { batch: seen, ...at } = moment ?? {}
  const points = seen ?? c.data!.slice(0, batch!.size).map((_, i) => i)
  const own: Trace = {
    ...F,
    input(name) {
      const [, i, entry] = /^x_(\d+)_(\d+)$/.exec(name) ?? []
      return F.input(i === undefined ? name : `x_${points[Number(i) - 1]! + 1}_${entry!}`)
    },
  }
  const data = points.map((i) => c.data![i]!)
  return pointScope(seen ? own : F, { ...c, data }, { ...spec, rule }, moment && (at as At))
}

/** ∇ of a value in inputs; `undefined` where what it is taken in is no input. */
function partial(F: Trace, [y, by]: readonly Value[]): Value | undefined {
  if ([by!].flat().some((e) => F.ops[e as Expr]![0] !== 'input')) return undefined
  return typeof by === 'number'
    ? gradient(F, y as Expr, [by as Expr])[0]
    : gradient(F, y as Expr, by as readonly Expr[])
}

/** The rate of a case among those of its rule. */
function parsedRate({ rule }: Spec, text: string): Formula {
  return rule!.rate!.find(({ source }) => source === text)!
}

/** A parameter or the state of a node. */
export const nodeInput = (F: Trace, c: PointCase, name: string, u: number): Value | undefined => {
  const value = c.nodes[u] && own(c.nodes[u], name)
  return value === undefined ? undefined : inputsAt(F, `${name}_${u + 1}`, value)
}

const NO_MODEL: ModelScope = { sets: {}, scalars: {}, families: {} }

/** How a setting is called in messages. */
export function nameOf({ model, weights: own, followed, rule }: Spec): string {
  const weights = followed ?? own
  const of = model === undefined ? 'variables' : model.kind === 'nets' ? 'nets' : 'an objective'
  const weight = weights && ` with ${weights.perNode ? 'w_u' : 'w'} = ${weights.weight.source}`
  const moved = rule && `, ${rule.time === 'flow' ? 'a flow' : 'steps'}`
  return `${of}${weight ?? ''}${moved ?? ''}`
}

/** The weights by their formula, whose symbols are parameters and unknown functions. */
function weightOf(F: Trace, c: PointCase, spec: Spec, u?: number): Value {
  const { weight, parameters, perNode } = spec.weights!
  return evaluate(
    weight,
    {
      ...{ F, name: 'a parameterization', sets: perNode ? { u: [u!] } : {} },
      value: (base, index) => {
        if (!parameters.has(base) || index.length !== (perNode ? 1 : 0)) return undefined
        return perNode ? nodeInput(F, c, base, u!) : inputsAt(F, base, c.values[base]!)
      },
      apply(base, _, [at]) {
        const name = base.endsWith('prime') ? base.slice(0, -5) : base
        const kind = own(spec.functions, name)
        if (kind === undefined || typeof at !== 'number') return undefined
        return unknownFunction(F, c.formulas[name]!, kind.of, name !== base, at as Expr)
      },
    },
    perNode ? { u: u! } : {},
  )
}

/** |c| for a weight c·v/‖v‖. */
function closedNorm(F: Trace, c: PointCase, spec: Spec, u?: number): Expr | undefined {
  const radius = spec.weights?.radius
  if (radius === undefined) return undefined
  const e = weightOf(F, c, { ...spec, weights: { ...spec.weights!, weight: radius.formula } }, u) as Expr
  return F.isNonNegative(e) ? e : F.sqrt(F.pow(e, 2))
}

function netScope(F: Trace, c: PointCase, spec: Spec): ModelScope {
  const { net, data } = c as PointCase & Required<Pick<PointCase, 'net' | 'data'>>
  const { nodes, outputs } = wiring(net)
  const loss = lossIn(c)
  const trained = nodes.flatMap((node, u) => (node.frozen ? [] : [u]))
  const layers = [...new Set(trained.map((u) => nodes[u]!.layer))]
  const inLayer = (l: number): number[] => trained.filter((u) => nodes[u]!.layer === l)
  const labels = data.map(({ y }) => `${y}`)
  const x = data.map((_, i) => inputsAt(F, `x_${i + 1}`, data[i]!.x) as readonly Expr[])
  const w = nodes.map(({ frozen }, u) =>
    frozen ? (nodeInput(F, c, 'w', u) as readonly Expr[]) : (weightOf(F, c, spec, u) as readonly Expr[]),
  )
  const L = lazy(() => lossAt(F, net, loss, labels, w, x))
  const g = lazy(() => weightGradientAt(F, net, loss, labels, w, x))
  const d = lazy(() => differencesAt(F, net, loss, labels, w, x))
  const margins = lazy(() => d().map((own) => own.reduce((a, b) => min(F, a, b))))
  const shares = lazy(() => d().map((own) => F.div(loss.term(F, own), L())))
  const number = (n: number): Expr => F.constant(`${n}`)
  const orderOf = (layer?: number): Expr | undefined => {
    const H = exactOrder(homogeneousPart(net), layer)
    return 'reason' in H ? undefined : F.constant(printRatio(H))
  }
  const separates = loss.labels !== 'real'
  const outputsAt: Expr[] = []
  const parameters = [...(spec.weights?.parameters.keys() ?? [])].filter((name) => name !== 'w')
  return {
    sets: {
      ...{ u: trained, v: trained, l: layers, p: layers, i: data.map((_, i) => i) },
      j: Array.from({ length: outputs }, (_, j) => j),
    },
    scalars: {
      L,
      // The least loss of a point that is not classified: one difference is 0, all others are great.
      L_sep: () => (separates ? loss.term(F, [number(0)]) : undefined),
      s: () => F.neg(F.log(L())),
      Ent: () =>
        separates
          ? F.neg(
              sum(
                F,
                shares().map((q) => F.mul(q, F.log(q))),
              ),
            )
          : undefined,
      k: () => number(trained.length),
      H: () => orderOf(),
      w: () => trained.flatMap((u) => w[u]!),
      g: () => trained.flatMap((u) => g()[u]!),
    },
    families: {
      ...Object.fromEntries(
        parameters.map((name) => [name, ['u', (u: number) => nodeInput(F, c, name, u)] as const]),
      ),
      w: ['u', (u) => w[u]],
      g: ['u', (u) => g()[u]],
      G: ['u', (u) => scale(F, F.neg(F.div(number(1), L())), g()[u]!)],
      a: ['u', (u) => F.neg(F.div(dot(F, w[u]!, g()[u]!), L()))],
      x: ['i', (i) => x[i]],
      y: ['i', (i) => (loss.labels === 'class' ? undefined : F.constant(labels[i]!))],
      m: ['i', (i) => (separates ? margins()[i] : undefined)],
      q: ['i', (i) => (separates ? shares()[i] : undefined)],
      H: ['l', (l) => orderOf(l)],
      k: ['l', (l) => number(inLayer(l).length)],
    },
    members: (letter, group, at) =>
      (letter === 'u' || letter === 'v') && (group === 'l' || group === 'p') ? inLayer(at) : undefined,
    norm: (base, index) =>
      base === 'w' && index.length === 1 ? closedNorm(F, c, spec, index[0]!) : undefined,
    kinks: () => [...x.flatMap((point) => network(F, net, w, point)), ...outputsAt],
    apply(base, index, args) {
      const value = outputAt(F, net, w, base, index, args)
      if (value !== undefined) outputsAt.push(...[value].flat())
      return value
    },
  }
}

/** The gradient of an objective in its weights: traced with weights for variables, whatever they are made of. */
function objectiveScope(F: Trace, c: PointCase, spec: Spec): ModelScope {
  const model = spec.model as Extract<Spec['model'], { readonly kind: 'objective' }>
  const names = Object.keys(model.weights)
  const weights = lazy(() =>
    Object.fromEntries(
      names.map((name): [string, Value] => [
        name,
        spec.weights && name === 'w' ? weightOf(F, c, spec) : inputsAt(F, name, c.values[name]!),
      ]),
    ),
  )
  const inTrace = (T: Trace, at: (name: string) => Value | undefined): Expr => {
    const value = evaluate(model.L, {
      ...{ F: T, name: 'an objective', sets: {} },
      value: (base, index) =>
        index.length > 0
          ? undefined
          : (at(base) ?? (Object.hasOwn(c.values, base) ? inputsAt(T, base, c.values[base]!) : undefined)),
    })
    if (typeof value === 'number') return value as Expr
    throw new SyntaxError(`objective: expected L to be a number, got the vector "${model.L.source}"`)
  }
  const L = lazy(() => inTrace(F, (name) => own(weights(), name)))
  const gradientOf = (name: string): Value => {
    const T = newTrace()
    const inputs = Object.fromEntries(
      names.map((other): [string, Value] => {
        const value = weights()[other]!
        return [
          other,
          typeof value === 'number'
            ? T.input(`=${other}`)
            : value.map((_, i) => T.input(`=${other}_${i + 1}`)),
        ]
      }),
    )
    const y = inTrace(T, (base) => own(inputs, base))
    const by = [inputs[name]!].flat() as Expr[]
    const program = T.program(gradient(T, y, by))
    const at = new Map<string, Expr>()
    for (const other of names)
      [inputs[other]!].flat().forEach((e, i) => {
        at.set(T.nameOf(e as Expr)!, ([weights()[other]!].flat() as Expr[])[i]!)
      })
    const found = run(
      program,
      F,
      program.inputs.map((key) => at.get(key) ?? F.input(key)),
    )
    return typeof inputs[name] === 'number' ? found[0]! : found
  }
  const parameters = [...(spec.weights?.parameters.keys() ?? [])]
  const ofWeight = names.includes('w')
  return {
    sets: {},
    scalars: {
      L,
      s: () => F.neg(F.log(L())),
      ...Object.fromEntries(names.map((name) => [name, () => weights()[name]])),
      ...Object.fromEntries(parameters.map((name) => [name, () => inputsAt(F, name, c.values[name]!)])),
      ...(ofWeight && { g: lazy(() => gradientOf('w')) }),
    },
    families: {},
    norm: (base, index) => (base === 'w' && index.length === 0 ? closedNorm(F, c, spec) : undefined),
  }
}
