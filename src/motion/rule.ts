/** Rules: how the state moves, as formulas: a velocity in time, or the next state of a step. */
import { parseFormula, type Formula } from '../program/formula.ts'

/** Whether time flows or passes in steps. */
export type Time = 'flow' | 'steps'

/** A formula, or several of which each case has one, the simplest first. */
export type Formulas = string | readonly [string, ...string[]]

/** Stochastic descent: each step sees so many points, taken in this order. */
export interface Batch {
  readonly size: number
  readonly order: 'cyclic' | 'shuffled' | 'random'
}

/** Extra state of a rule, and its value at the start, which gives its shape: `{ p_u: '0*w_u' }`. */
export type State = Readonly<Record<string, string>>

/** Options of a rule; an absent rate is a positive number, drawn. */
export interface RuleOptions {
  readonly state?: State
  readonly rate?: Formulas
}

/** How the state moves: a formula for each parameter, variable or extra state that does; `theta` is every parameter in turn. */
export interface Rule<T extends Time = Time> {
  readonly time: T
  readonly moves: ReadonlyMap<string, readonly Formula[]>
  readonly state: ReadonlyMap<string, Formula>
  readonly rate?: readonly Formula[]
  readonly batch?: Batch
  /** Whether it is gradient flow, along which L falls. */
  readonly isGradient?: boolean
  /** What takes any value at each step, by name. */
  readonly sequences?: ReadonlyMap<string, SequenceKind>
}

/** What the terms of a sequence are. */
export type SequenceKind = 'real' | 'positive' | 'fraction' | 'whole' | 'vector'

const listed = (formulas: Formulas): readonly string[] =>
  typeof formulas === 'string' ? [formulas] : formulas

function parsed(at: string, formulas: Formulas): Formula[] {
  const texts = listed(formulas)
  if (!Array.isArray(texts) || texts.length === 0)
    throw new TypeError(`${at}: expected a formula, or a list of formulas, got ${JSON.stringify(formulas)}`)
  return texts.map((text) => {
    try {
      return parseFormula(text)
    } catch (error) {
      throw new SyntaxError(`${at}: ${(error as Error).message}`, { cause: error })
    }
  })
}

const KEY = /^[A-Za-z][A-Za-z]*(_u)?$/

function rule<T extends Time>(
  time: T,
  name: string,
  moves: Readonly<Record<string, Formulas>>,
  { state = {}, rate, batch }: RuleOptions & { readonly batch?: Batch },
): Rule<T> {
  const keys = [...Object.keys(moves), ...Object.keys(state)]
  const strange = keys.find((key) => !KEY.test(key))
  if (strange !== undefined)
    throw new TypeError(
      `${name}: expected names such as "w", "w_u" (of each node) or "theta" (of every parameter), got "${strange}"`,
    )
  if (batch !== undefined && !(Number.isSafeInteger(batch.size) && batch.size > 0))
    throw new TypeError(`${name}: batch: expected a positive "size", got ${JSON.stringify(batch.size)}`)
  if ('theta' in moves && Object.keys(state).length > 0)
    throw new TypeError(
      `${name}: expected extra state to move beside named parameters, got "theta"; write the rule for w_u, alpha_u, v_u, …`,
    )
  return Object.freeze({
    time,
    moves: new Map(Object.entries(moves).map(([key, text]) => [key, parsed(`${name}: ${key}`, text)])),
    state: new Map(
      Object.entries(state).map(([key, text]) => [key, parsed(`${name}: state ${key}`, text)[0]!]),
    ),
    ...(rate !== undefined && { rate: parsed(`${name}: rate`, rate) }),
    ...(batch && { batch }),
  })
}

/** Time flows: d/dt of each name is its formula; what has none stands still. */
export function velocity(moves: Readonly<Record<string, Formulas>>, options: RuleOptions = {}): Rule<'flow'> {
  return rule('flow', 'velocity', moves, options)
}

/** Time passes in steps: the next value of each name is its formula, which may read others at `(t+1)`. */
export function next(
  moves: Readonly<Record<string, Formulas>>,
  options: RuleOptions & { readonly batch?: Batch } = {},
): Rule<'steps'> {
  return rule('steps', 'next', moves, options)
}

const SEQUENCE_KINDS: readonly string[] = ['real', 'positive', 'fraction', 'whole', 'vector']

/**
 * Any values at each step: a run of n steps has the terms a(0), …, a(n) of each sequence, and the assumptions say what is
 * known of them. All vectors have one dimension.
 */
export function anySequence(kinds: Readonly<Record<string, SequenceKind>>): Rule<'steps'> {
  const entries = Object.entries(kinds)
  const wrong = entries.find(([name, kind]) => !/^[A-Za-z]+$/.test(name) || !SEQUENCE_KINDS.includes(kind))
  if (entries.length === 0 || wrong !== undefined)
    throw new TypeError(
      `anySequence: expected names of letters, each with one of ${SEQUENCE_KINDS.join(', ')}, got ${JSON.stringify(kinds)}`,
    )
  return Object.freeze({
    ...{ time: 'steps' as const, moves: new Map(), state: new Map(), sequences: new Map(entries) },
  })
}

/** Gradient flow in the parameters: dθ/dt = −η ∇_θ L. */
export function gradientFlow(options: { readonly rate?: Formulas } = {}): Rule<'flow'> {
  return { ...velocity({ theta: '-(eta*grad(L, theta))' }, options), isGradient: true }
}

/** Gradient descent in the parameters, θ(t+1) = θ − η ∇_θ L; with a batch, stochastic descent. */
export function gradientDescent(
  options: { readonly rate?: Formulas; readonly batch?: Batch } = {},
): Rule<'steps'> {
  return next({ theta: 'theta - eta*batch(grad(L, theta))' }, options)
}
