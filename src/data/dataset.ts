/** Datasets: finite sets of labelled points with exact coordinates. */
import { parseRatio } from '../program/constant.ts'
import type { Rational } from '../number/rational.ts'

/** A point x of Q^d with its label: y = ±1 for a sign, or a class index 0, 1, …, C - 1. */
export interface Point {
  readonly x: readonly Rational[]
  readonly y: number
}

/** A data set (x₁, y₁), …, (xₘ, yₘ): m >= 1 points of one dimension d >= 1; a point may occur twice. */
export type Dataset = readonly Point[]

/** Which labels a data set carries: signs, or C >= 2 classes. */
export type Labels = 'sign' | number

/** What is wrong with a data set, and where: the index of the point, and its coordinates x or its label y. */
export interface Fault {
  readonly point: number
  readonly part: 'x' | 'y'
  readonly reason: string
}

/** A point from literals (`5/4`, `-0.5`) or integers. @throws SyntaxError for any other coordinate. */
export function point(x: readonly (string | number | bigint)[], y: number): Point {
  return { x: x.map((c) => parseRatio(String(c))), y }
}

/**
 * The first fault of a data set: no point, no coordinate, unequal dimensions, or a label that does not fit.
 * Without `labels`, either all labels are ±1 or all are class indices >= 0.
 * @throws RangeError if `labels` is a number of classes below 2.
 */
export function findFault(data: Dataset, labels?: Labels): Fault | undefined {
  if (typeof labels === 'number' && !(Number.isSafeInteger(labels) && labels >= 2))
    throw new RangeError(`data: expected 'sign' or a number of classes >= 2, got ${labels}`)
  if (data.length === 0) return { point: 0, part: 'x', reason: 'expected at least one point, got none' }
  const d = data[0]!.x.length
  if (d === 0) return { point: 0, part: 'x', reason: 'expected at least one coordinate, got none' }
  const kind = labels ?? (data.some(({ y }) => y === -1) ? 'sign' : undefined)
  for (const [i, { x, y }] of data.entries()) {
    if (x.length !== d)
      return { point: i, part: 'x', reason: `expected as many coordinates as before, ${d}, got ${x.length}` }
    const fits = kind === 'sign' ? y === 1 || y === -1 : y >= 0 && y < (kind ?? Infinity)
    if (!fits || !Number.isSafeInteger(y))
      return { point: i, part: 'y', reason: `expected ${describeLabels(kind)}, got ${y}` }
  }
  return undefined
}

/** Words for the labels that are allowed. */
export function describeLabels(labels?: Labels): string {
  if (labels === 'sign') return 'a label +1 or -1'
  if (labels === undefined) return 'a label +1 or -1, or a class index 0, 1, 2, …'
  return `a class index from 0 to ${labels - 1}`
}

/**
 * The same data set, known to be one: at least one point, equal dimensions, labels that fit.
 * @throws RangeError naming the first point (counted from 1) that is not as it must be.
 */
export function checkDataset(data: Dataset, labels?: Labels): Dataset {
  const fault = findFault(data, labels)
  if (fault === undefined) return data
  if (data.length === 0) throw new RangeError(`data: ${fault.reason}`)
  throw new RangeError(`data: point ${fault.point + 1}: ${fault.reason}`)
}

/** The dimension d of the points. @throws RangeError for an empty data set. */
export function dimension(data: Dataset): number {
  if (data.length === 0) throw new RangeError('data: expected at least one point, got none')
  return data[0]!.x.length
}
