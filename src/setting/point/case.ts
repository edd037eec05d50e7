/** A case of a point setting, as plain JSON: one state, and the elements and formulas that are chosen in it. */
import { lossOf, type Loss } from '../../model/loss.ts'
import type { Architecture } from '../../net/architecture.ts'
import { isOf, type Exact } from './kinds.ts'

/** Exact numbers and vectors by name. */
export type Values = Readonly<Record<string, Exact>>

/** A labelled point; the label is ±1, a class, or an exact number. */
export interface LabelledPoint {
  readonly x: readonly string[]
  readonly y: number | string
}

/** A net on data, if the model has one. */
export interface Training {
  readonly net: Architecture
  /** The name of the loss, or its formula. */
  readonly loss: string
  readonly data: readonly LabelledPoint[]
}

/** The moment of a run: a time, a log-loss, or the one that the last of so many steps leaves. */
export type Until = { readonly t: string } | { readonly s: string } | { readonly steps: number }

/** The number of steps of a run of steps; `undefined` for other cases. */
export const stepsOf = ({ until }: PointCase): number | undefined =>
  until !== undefined && 'steps' in until ? until.steps : undefined

/** One exact state: of a run, the one at its start. */
export interface PointCase extends Partial<Training> {
  readonly version: 2
  /** The length of vectors that belong to no node. */
  readonly dimension: number
  /** The node, from 0, that a chosen letter stands for. */
  readonly chosen: Readonly<Record<string, number>>
  /** Which formula each unknown function is, and each rate or rule of which there are several. */
  readonly formulas: Readonly<Record<string, string>>
  /** Parameters and state of each node of a net; the weights `w` of a frozen one. */
  readonly nodes: readonly Values[]
  /** Weights or parameters of an objective, variables, state without a node, and the rate `eta` where it is drawn. */
  readonly values: Values
  /** Of a run: the moment at which it is looked at. */
  readonly until?: Until
  /** Of a run of steps: the values after 1, 2, … of them that no formula gives. */
  readonly later?: readonly Values[]
  /** The points, from 0, that each step sees. */
  readonly batches?: readonly (readonly number[])[]
  /** Whole variables, which say what sums over steps run over. */
  readonly counts?: Readonly<Record<string, number>>
  /** What the population fixes, by name: `net`, `loss`, `data` or inputs. Neither a proof nor a search varies it. */
  readonly held?: readonly string[]
}

const NAMES: readonly (readonly [name: string, formula: string])[] = [
  ['exponential', 'exp(-m)'],
  ['cross-entropy', 'log(1 + sum(j, exp(-m_j)))'],
  ['logistic', 'log(1 + exp(-m))'],
  ['squared', '(m - 1)^2/2'],
]

/** The name of a loss in cases: that of a usual one, else its formula. */
export const lossName = (formula: string): string =>
  NAMES.find(([, usual]) => usual === formula)?.[0] ?? formula

/** The loss of a case. @throws SyntaxError if it has none of that name. */
export const lossIn = ({ loss }: Pick<PointCase, 'loss'>): Loss =>
  lossOf(NAMES.find(([name]) => name === loss)?.[1] ?? loss!)

/** Whether a point may have a label under a loss. */
export function isLabel(y: unknown, labels: Loss['labels'], outputs: number): y is number | string {
  if (labels === 'real') return isOf(y, { kind: 'real', dimension: 1 })
  return labels === 'sign'
    ? y === 1 || y === -1
    : Number.isInteger(y) && 0 <= Number(y) && Number(y) < outputs
}

/** Whether a letter stands for a node: for the chosen one, or, if none is chosen for it, for all that no other letter has. */
export const speaksOf = (chosen: PointCase['chosen'], letter: string, node: number): boolean =>
  Object.hasOwn(chosen, letter) ? chosen[letter] === node : !Object.values(chosen).includes(node)

/** The inputs of the Programs of a value: its name, or its name with the number of each entry. */
export const namesOf = (name: string, value: Exact): readonly string[] =>
  typeof value === 'string' ? [name] : value.map((_, i) => `${name}_${i + 1}`)

/** The input of a name after so many steps. */
export const momentName = (name: string, step: number): string => (step === 0 ? name : `${name}(${step})`)

/** Whether the population fixes values of nodes or by name, and so their shapes. */
export const holdsValues = (c: PointCase): boolean =>
  c.held?.some((name) => !['net', 'loss', 'data'].includes(name)) ?? false

/** The numbers that the population fixes, as text. */
export function heldIn(c: PointCase): string {
  if (c.held === undefined) return ''
  const inputs = [...inputsOfCase(c)]
  return c.held
    .map((name) => (name === 'data' ? 'x' : name))
    .flatMap((name) =>
      inputs.filter(([key]) => key === name || key.startsWith(`${name}_`) || key.startsWith(`${name}(`)),
    )
    .map(([key, value]) => `${key} = ${value}`)
    .join(', ')
}

/** What a case is but for the numbers that are free: cases of one structure have the same Programs. */
export const structureOf = (c: PointCase): string =>
  JSON.stringify([
    ...[c.net, c.loss, c.data?.map(({ y }) => y), c.dimension, c.chosen, c.formulas, heldIn(c)],
    ...(c.until ? [stepsOf(c) ?? Object.keys(c.until), c.batches, c.counts] : []),
    Object.entries(c.values).map(([key, value]) => [key, typeof value === 'string' ? 0 : value.length]),
  ])

/** Every input of the Programs of a case with its exact value. */
export function inputsOfCase(c: PointCase): Map<string, string> {
  const all = new Map<string, string>()
  const put = (name: string, value: Exact): void =>
    namesOf(name, value).forEach((key, i) => all.set(key, typeof value === 'string' ? value : value[i]!))
  c.nodes.forEach((node, u) => {
    for (const [name, value] of Object.entries(node)) put(`${name}_${u + 1}`, value)
  })
  c.data?.forEach(({ x }, i) => put(`x_${i + 1}`, x))
  for (const [name, value] of Object.entries(c.values)) put(name, value)
  c.later?.forEach((values, m) => {
    for (const [name, value] of Object.entries(values))
      namesOf(name, value).forEach((key, i) =>
        all.set(momentName(key, m + 1), typeof value === 'string' ? value : value[i]!),
      )
  })
  return all
}
