/** The functions of the formula language: what each computes and how it prints. */
import { dot, min, norm, scale } from './field.ts'
import type { Value } from './indices.ts'
import { rootOf } from './power.ts'
import type { Expr, Trace } from './program.ts'

type Scalar = (i: number) => Expr
type Vector = (i: number) => readonly Expr[]

/** One function: its arity, its value (from scalar or vector arguments) and its two printed forms. */
export interface Known {
  readonly arity: number
  /** Of a vector: the function of each entry. */
  readonly entrywise?: true
  /** With one argument, a vector: the function of all its entries. */
  readonly ofEntries?: true
  value(F: Trace, s: Scalar, v: Vector): Value
  tex(...args: string[]): string
  text(...args: string[]): string
}

const call = (name: string, tex: string, f: (F: Trace, s: Scalar) => Expr, arity = 1): Known => ({
  arity,
  ...(arity === 1 ? { entrywise: true } : { ofEntries: true }),
  value: f,
  tex: (...args) => `${tex}\\left(${args.join(', ')}\\right)`,
  text: (...args) => `${name}(${args.join(', ')})`,
})

/** (vᵀg / vᵀv) v, the part of g along v. */
function along(F: Trace, v: readonly Expr[], g: readonly Expr[]): Expr[] {
  return scale(F, F.div(dot(F, v, g), dot(F, v, v)), v)
}

const TABLE: Readonly<Record<string, Known>> = {
  exp: { ...call('exp', '\\exp', (F, s) => F.exp(s(0))), tex: (a) => `e^{${a}}` },
  log: call('log', '\\log', (F, s) => F.log(s(0))),
  sqrt: { ...call('√', '\\sqrt', (F, s) => rootOf(F, s(0), 2)), tex: (a) => `\\sqrt{${a}}` },
  relu: call('relu', '\\operatorname{relu}', (F, s) => F.relu(s(0))),
  step: call('step', '\\operatorname{step}', (F, s) => F.step(s(0))),
  tanh: call('tanh', '\\tanh', (F, s) => F.tanh(s(0))),
  sign: call('sign', '\\operatorname{sign}', (F, s) => {
    const twice = F.step(s(0))
    return F.sub(F.add(twice, twice), F.constant('1'))
  }),
  abs: {
    arity: 1,
    entrywise: true,
    value: (F, s) => F.abs(s(0)),
    tex: (a) => `\\left|${a}\\right|`,
    text: (a) => `|${a}|`,
  },
  max: call('max', '\\max', (F, s) => F.max(s(0), s(1)), 2),
  min: call('min', '\\min', (F, s) => min(F, s(0), s(1)), 2),
  dot: {
    arity: 2,
    value: (F, _, v) => dot(F, v(0), v(1)),
    tex: (a, b) => `\\langle ${a}, ${b}\\rangle`,
    text: (a, b) => `⟨${a}, ${b}⟩`,
  },
  norm: {
    arity: 1,
    value: (F, _, v) => norm(F, v(0)),
    tex: (a) => `\\lVert ${a}\\rVert`,
    text: (a) => `‖${a}‖`,
  },
  along: {
    arity: 2,
    value: (F, _, v) => along(F, v(0), v(1)),
    tex: (a, b) => `P_{${a}}\\,${b}`,
    text: (a, b) => `P_{${a}} ${b}`,
  },
  perp: {
    arity: 2,
    value: (F, _, v) => {
      const part = along(F, v(0), v(1))
      return v(1).map((e, i) => F.sub(e, part[i]!))
    },
    tex: (a, b) => `\\left(I - \\tfrac{${a}${a}^\\top}{\\lVert ${a}\\rVert^2}\\right) ${b}`,
    text: (a, b) => `(I − ${a}${a}ᵀ/‖${a}‖²) ${b}`,
  },
  ddt: {
    arity: 1,
    value: () => [],
    tex: (a) => `\\tfrac{d}{dt} ${a}`,
    text: (a) => `d/dt ${a}`,
  },
}

/** Every function of the formula language by its name. */
export const FUNCTIONS: ReadonlyMap<string, Known> = new Map(Object.entries(TABLE))

/** Names that mean something in every setting: no symbol and no definition has one of them. */
export const RESERVED: ReadonlySet<string> = new Set([
  ...FUNCTIONS.keys(),
  ...['all', 'at', 'batch', 'grad', 'inf', 'pi', 'sum', 't', 'theta'],
])
