/** Readings: what is read off a state of a flow, as one Program for every arithmetic. */
import { activation } from '../net/activation.ts'
import { wiring } from '../net/architecture.ts'
import { network } from '../net/network.ts'
import { Undefined } from '../number/conventions.ts'
import type { NumberField } from '../number/field.ts'
import { byRelu, dot, norm, type Field } from '../program/field.ts'
import { gradient } from '../program/grad.ts'
import { newTrace, select, type Expr, type Program } from '../program/program.ts'
import { run } from '../program/run.ts'
import type { ClockedField, GradientFlow } from './clock.ts'
import { reluOnly, switches } from './jet.ts'
import { differences } from './objective.ts'
import { observed, sides } from './smooth.ts'

/** What is read off a state; `null` where it does not exist. Nodes count from 1, in the order of the wiring. */
export interface Reading<T> {
  readonly logLoss: T
  /** log t, for t > 0. */
  readonly logTime: T | null
  /** L·t, with digits that log t + log L would lose. */
  readonly lossByTime: T
  /** All weight vectors, frozen ones included. */
  readonly weights: readonly (readonly T[])[]
  /** The trained nodes. */
  readonly nodes: readonly NodeReading<T>[]
}

/** Of a trained node u, with G_u = −∇_{w_u} log L. */
export interface NodeReading<T> {
  readonly id: number
  /** The first layer that uses it, from 1. */
  readonly layer: number
  /** ‖w_u‖. */
  readonly norm: T
  /** ‖∇_{w_u} L‖ = L ‖G_u‖. */
  readonly gradientNorm: T | null
  /** w_uᵀG_u/(‖w_u‖ ‖G_u‖). */
  readonly cosine: T | null
  /** w_uᵀG_u/s, with s = −log L. */
  readonly share: T | null
}

/** Reads states of a flow in its weights, `clockedField(flow, clock)`, in any arithmetic. */
export interface Reader {
  read<T>(F: NumberField<T>, state: readonly T[]): Reading<T>
}

/** The reader of the states of a field that is followed in the weights. */
export function reader(flow: GradientFlow, { field, weights, logTime }: ClockedField): Reader {
  const wired = wiring(flow.system.net).nodes
  const trained = wired.flatMap(({ frozen, layer }, u) => (frozen ? [] : [{ u, layer: layer + 1 }]))
  const F = newTrace()
  const state = field.inputs.map((name) => F.input(name))
  const w = vectors(flow, run(weights, F, state))
  const lambda = F.input('lambda')
  const d = differences(
    F,
    flow.system,
    w,
    flow.data.map((x) => x.map((c) => F.constant(c))),
  )
  const p = d.map((own, i) =>
    own.map((_, j) => F.input(flow.system.loss === 'exponential' ? `p_${i + 1}` : `p_${i + 1}_${j + 1}`)),
  )
  const leaves = trained.flatMap(({ u }) => w[u]!)
  const pull = gradient(F, dot(F, p.flat(), d.flat()), leaves)
  let next = 0
  const ofNodes = trained.flatMap(({ u }) => {
    const G = pull.slice(next, (next += wired[u]!.fanIn))
    const [length, slope, along] = [norm(F, w[u]!), norm(F, G), dot(F, w[u]!, G)]
    return [
      length,
      F.mul(F.exp(lambda), slope),
      F.div(along, F.mul(length, slope)),
      F.div(along, F.neg(lambda)),
    ]
  })
  const all = F.program(
    [lambda, F.input('q'), ...run(logTime, F, state), ...w.flat(), ...ofNodes],
    field.inputs,
  )
  return {
    read<T>(field: NumberField<T>, at: readonly T[]): Reading<T> {
      const [logLoss, lossByTime, logTime, ...values] = whereDefined(onPiece(all, field, at), field, at)
      const weights = vectors(flow, values) as T[][]
      let next = weights.flat().length
      const nodes = trained.map(({ u, layer }): NodeReading<T> => {
        const [length, gradientNorm, cosine, share] = values.slice(next, (next += 4))
        return {
          ...{ id: u + 1, layer, norm: length!, gradientNorm: gradientNorm! },
          ...{ cosine: cosine!, share: share! },
        }
      })
      return { logLoss: logLoss!, lossByTime: lossByTime!, logTime: logTime!, weights, nodes }
    },
  }
}

/** A Program without what its inactive kinks switch off, where the signs of all their arguments are certain. */
function onPiece<T>(program: Program, F: NumberField<T>, x: readonly T[]): Program {
  const wanted = switches(program)
  if (wanted.length === 0) return program
  try {
    const signs = run(sides(program), F, x).map(F.sign)
    if (signs.includes(undefined)) return program
    const piece = observed(program, new Map(wanted.map((e, i) => [e, signs[i] === 1])))
    return { ...piece, outputs: piece.outputs.slice(0, program.outputs.length) }
  } catch (error) {
    if (error instanceof Undefined) return program
    throw error
  }
}

/** The outputs of a Program, `null` for each that has no value. */
function whereDefined<T>(program: Program, F: Field<T>, x: readonly T[]): (T | null)[] {
  const attempt = (own: Program): readonly T[] | undefined => {
    try {
      return run(own, F, x)
    } catch (error) {
      if (error instanceof Undefined) return undefined
      throw error
    }
  }
  return [...(attempt(program) ?? program.outputs.map((_, k) => attempt(select(program, [k]))?.[0] ?? null))]
}

/** A pre-activation with a kink; point, layer and unit count from 1. */
export interface KinkPlace {
  readonly point: number
  readonly layer: number
  readonly unit: number
}

/** Where each argument of a `relu` or `step` of the field stands: several places where units share it. */
export function kinkPlaces(flow: GradientFlow, { field, weights }: ClockedField): Map<number, KinkPlace[]> {
  const { net } = flow.system
  const F = newTrace()
  const state = field.inputs.map((name) => F.input(name))
  const found = switches(field)
  const places = new Map<number, KinkPlace[]>(found.map((e) => [e, []]))
  const at = new Map(run({ ...field, outputs: found }, F, state).map((e, k) => [e, places.get(found[k]!)!]))
  const w = vectors(flow, run(weights, F, state))
  const units = wiring(net).layers.flatMap((own, l) => {
    const { ops } = reluOnly(activation(net.layers[l]!.activation))
    const kinks = ops.filter(([op]) => op === 'relu' || op === 'step')
    return own.flatMap((_, u) => kinks.map(() => ({ layer: l + 1, unit: u + 1 })))
  })
  flow.data.forEach((x, i) => {
    let calls = 0
    const note = (z: Expr): Expr => {
      const place = { point: i + 1, ...units[calls++]! }
      const known = at.get(z)
      if (known?.every(({ point, layer, unit }) => `${[point, layer, unit]}` !== `${Object.values(place)}`))
        known.push(place)
      return z
    }
    const noting = { ...F, relu: (z: Expr) => F.relu(note(z)), step: (z: Expr) => F.step(note(z)) }
    network(
      { ...noting, ...byRelu(noting) },
      net,
      w,
      x.map((c) => F.constant(c)),
    )
  })
  return places
}

/** One vector per node, from all weights in a row. */
function vectors<T>({ system }: GradientFlow, flat: readonly T[]): T[][] {
  let next = 0
  return wiring(system.net).nodes.map(({ fanIn }) => flat.slice(next, (next += fanIn)))
}
