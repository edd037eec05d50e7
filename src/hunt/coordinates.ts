/** Coordinates: the exact numbers of a case as a vector of doubles to move in, and back. */
import { rational, type Rational } from '../number/rational.ts'
import { parseRatio, printRatio } from '../program/constant.ts'
import { hasNorm } from '../setting/simpler.ts'

/** Where a number sits in a case; indices of lists are written `#` in its role. */
export interface Leaf {
  readonly role: string
  /** The list that it is an entry of, by path. */
  readonly group: string
}

const NUMBER = /^-?\d+(\/\d+)?$/

/** Calls for each exact number of a case, in a fixed order. */
function visit(json: unknown, role: string, path: string, each: (text: string, leaf: Leaf) => void): void {
  if (typeof json === 'string') {
    if (NUMBER.test(json)) each(json, { role, group: path.replace(/\.\d+$/, '') })
  } else if (Array.isArray(json)) json.forEach((e, i) => visit(e, `${role}.#`, `${path}.${i}`, each))
  else if (typeof json === 'object' && json !== null)
    for (const [key, e] of Object.entries(json)) visit(e, `${role}.${key}`, `${path}.${key}`, each)
}

/** The exact numbers of a case, and where each sits. */
export function numbersIn(json: unknown): { readonly texts: string[]; readonly leaves: Leaf[] } {
  const texts: string[] = []
  const leaves: Leaf[] = []
  visit(json, '', '', (text, leaf) => {
    texts.push(text)
    leaves.push(leaf)
  })
  return { texts, leaves }
}

/** The case with other numbers in the same places. */
export function withNumbers(json: unknown, texts: readonly string[]): unknown {
  let next = 0
  const rebuilt = (part: unknown): unknown => {
    if (typeof part === 'string') return NUMBER.test(part) ? texts[next++]! : part
    if (Array.isArray(part)) return part.map(rebuilt)
    if (typeof part !== 'object' || part === null) return part
    return Object.fromEntries(Object.entries(part).map(([key, e]) => [key, rebuilt(e)]))
  }
  return rebuilt(json)
}

/**
 * How the numbers of a group may move: each freely, each among the positive numbers, together on the unit sphere, or
 * not at all.
 */
export type Kind = 'free' | 'positive' | 'sphere' | 'fixed'

/** Numbers of one list, by their places. */
export interface Group {
  readonly kind: Kind
  readonly role: string
  /** Whether the generator ever draws 0 here. */
  readonly zero: boolean
  readonly leaves: readonly number[]
  /** Its first coordinate; a sphere has one fewer than numbers. */
  readonly first: number
  readonly count: number
}

/** The coordinates of the cases of one structure. */
export interface Layout {
  readonly groups: readonly Group[]
  readonly dimension: number
  readonly numbers: number
}

/** The layout of groups of numbers of the given kinds. */
export function layoutOf(groups: readonly Omit<Group, 'first' | 'count'>[]): Layout {
  let [dimension, numbers] = [0, 0]
  const placed = groups.map((group): Group => {
    const { kind, leaves } = group
    const count = kind === 'fixed' ? 0 : kind === 'sphere' ? leaves.length - 1 : leaves.length
    const first = dimension
    dimension += count
    numbers += leaves.length
    return { ...group, first, count }
  })
  return { groups: placed, dimension, numbers }
}

/**
 * A place in the space of cases of one structure: an exact case (the origin) and coordinates, dyadic doubles. Numbers
 * whose coordinates are the origin's are the origin's own, exactly. Coordinates of a unit vector v are stereographic,
 * tᵢ = vᵢ/(1 + |v_p|) with p the largest entry of the origin's, so that every t gives a rational unit vector.
 */
export interface Origin {
  readonly layout: Layout
  readonly case: unknown
  readonly texts: readonly string[]
  readonly values: Float64Array
  readonly at: Float64Array
  /** The pole of each sphere: the place of the entry and its sign. */
  readonly poles: readonly ({ readonly entry: number; readonly sign: number } | undefined)[]
}

const double = (text: string): number => {
  const slash = text.indexOf('/')
  const direct = slash < 0 ? Number(text) : Number(text.slice(0, slash)) / Number(text.slice(slash + 1))
  return Number.isNaN(direct) ? rational.toNumber(parseRatio(text)) : direct
}

/** The doubles nearest to exact numbers. */
export function doublesOf(texts: readonly string[]): Float64Array {
  return Float64Array.from(texts, double)
}

/** The origin at a case. */
export function originAt(layout: Layout, c: unknown, texts: readonly string[]): Origin {
  const values = doublesOf(texts)
  const at = new Float64Array(layout.dimension)
  const poles = layout.groups.map(({ kind, leaves, first }) => {
    if (kind === 'fixed') return undefined
    if (kind !== 'sphere') {
      leaves.forEach((leaf, k) => (at[first + k] = values[leaf]!))
      return undefined
    }
    const entries = leaves.map((leaf) => values[leaf]!)
    const sizes = entries.map(Math.abs)
    const entry = sizes.indexOf(Math.max(...sizes))
    const sign = entries[entry]! < 0 ? -1 : 1
    entries.toSpliced(entry, 1).forEach((e, k) => (at[first + k] = e / (1 + sizes[entry]!)))
    return { entry, sign }
  })
  return { layout, case: c, texts, values, at, poles }
}

const same = (group: Group, origin: Origin, at: Float64Array): boolean => {
  for (let k = group.first; k < group.first + group.count; k++) if (at[k] !== origin.at[k]) return false
  return true
}

/** The numbers at coordinates, as doubles, in `into`. */
export function valuesAt(origin: Origin, at: Float64Array, into: Float64Array): Float64Array {
  into.set(origin.values)
  origin.layout.groups.forEach((group, g) => {
    const { kind, leaves, first, count } = group
    if (count === 0 || same(group, origin, at)) return
    if (kind !== 'sphere') {
      for (let k = 0; k < count; k++) into[leaves[k]!] = at[first + k]!
      return
    }
    const { entry, sign } = origin.poles[g]!
    let square = 0
    for (let k = first; k < first + count; k++) square += at[k]! * at[k]!
    for (let k = 0; k < count; k++) into[leaves[k < entry ? k : k + 1]!] = (2 * at[first + k]!) / (1 + square)
    into[leaves[entry]!] = (sign * (1 - square)) / (1 + square)
  })
  return into
}

/** The exact value of a double. */
export function exactly(x: number): Rational {
  let [num, den] = [x, 1n]
  while (!Number.isInteger(num)) {
    num *= 2
    den *= 2n
  }
  return { num: BigInt(num), den }
}

/** The exact case at coordinates. */
export function caseAt(origin: Origin, at: Float64Array): unknown {
  const texts = [...origin.texts]
  origin.layout.groups.forEach((group, g) => {
    const { kind, leaves, first, count } = group
    if (count === 0) return
    if (kind !== 'sphere') {
      leaves.forEach((leaf, k) => {
        if (at[first + k] !== origin.at[first + k]) texts[leaf] = printRatio(exactly(at[first + k]!))
      })
      return
    }
    if (same(group, origin, at)) return
    const { entry, sign } = origin.poles[g]!
    const t = Array.from(at.subarray(first, first + count), exactly)
    const square = t.reduce((sum, e) => rational.add(sum, rational.mul(e, e)), exactly(0))
    const below = rational.add(exactly(1), square)
    t.forEach((e, k) => {
      texts[leaves[k < entry ? k : k + 1]!] = printRatio(rational.div(rational.add(e, e), below))
    })
    const top = rational.mul(exactly(sign), rational.sub(exactly(1), square))
    texts[leaves[entry]!] = printRatio(rational.div(top, below))
  })
  return withNumbers(origin.case, texts)
}

/** A double rounded to the nearest multiple of 2^−bits. */
export function dyadic(x: number, bits: number): number {
  const unit = 2 ** bits
  return Math.round(x * unit) / unit
}

/** Whether numbers are the entries of a vector of norm 1, exactly. */
export const isUnit = (texts: readonly string[]): boolean => hasNorm(texts, 'unit')
