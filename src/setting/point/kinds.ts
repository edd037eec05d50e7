/** Kinds: what a variable, weight or parameter may be; how it is drawn, read, simplified and made free in a proof. */
import { pick, type Random } from '../../claim/random.ts'
import { parseRatio, printRatio } from '../../program/constant.ts'
import type { Expr, Trace } from '../../program/program.ts'
import { nonZeroVector, positiveNumber, smallNumber, unitVector } from '../draw.ts'
import { hasNorm, simplerNumbers, simplerVectors } from '../simpler.ts'
import { stereographic } from './stereographic.ts'

/**
 * A number, a positive one, one in (0, 1), a whole number ≥ 0, an angle φ in (0, 2π), written as tan(φ/4) > 0 (an
 * order-preserving rational coordinate in which cos φ is rational), or a vector that is not 0.
 */
export type Kind = 'real' | 'positive' | 'fraction' | 'whole' | 'angle' | 'vector'

/** An exact number or vector. */
export type Exact = string | readonly string[]

/** What is asked of a quantity: its kind, its length if it is a vector, and whether that is of norm 1. */
export interface Shape {
  readonly kind: Kind
  readonly dimension: number
  readonly unit?: boolean
}

/** The shape of a value; of the kind of any number or vector, if none is given. */
export const shapeLike = (
  value: Exact,
  kind: Kind = typeof value === 'string' ? 'real' : 'vector',
): Shape => ({
  kind,
  dimension: typeof value === 'string' ? 1 : value.length,
})

const ANGLES = ['1/8', '1/4', '1/3', '2/5', '1/2', '2/3', '3/4', '1', '3/2', '2', '3']

/** A random value. */
export function drawn(random: Random, { kind, dimension, unit }: Shape): Exact {
  switch (kind) {
    case 'real':
      return smallNumber(random)
    case 'positive':
      return positiveNumber(random)
    case 'fraction': {
      const den = random.integer(2, 8)
      return printRatio({ num: BigInt(random.integer(1, den - 1)), den: BigInt(den) })
    }
    case 'whole':
      return `${random.integer(0, 4)}`
    case 'angle':
      return pick(random, ANGLES)
    case 'vector':
      return (unit ? unitVector : nonZeroVector)(random, dimension)
  }
}

const WITHIN: Readonly<Record<Exclude<Kind, 'vector'>, (text: string) => boolean>> = {
  real: () => true,
  positive: (text) => parseRatio(text).num > 0n,
  angle: (text) => parseRatio(text).num > 0n,
  fraction: (text) => parseRatio(text).num > 0n && parseRatio(text).num < parseRatio(text).den,
  whole: (text) => parseRatio(text).num >= 0n && parseRatio(text).den === 1n,
}

const isExact = (value: unknown): value is string => {
  if (typeof value !== 'string') return false
  try {
    parseRatio(value)
    return true
  } catch {
    return false
  }
}

/** Whether an exact value is of a kind; a vector may be 0 where `zero` says so. */
export function isOf(value: unknown, { kind, dimension }: Shape, zero = false): value is Exact {
  if (kind !== 'vector') return isExact(value) && WITHIN[kind](value)
  return (
    Array.isArray(value) &&
    value.length === dimension &&
    value.every(isExact) &&
    (zero || hasNorm(value, 'any'))
  )
}

/** What a value of a kind is, in words. */
export function described({ kind, dimension }: Shape): string {
  return {
    real: 'an exact number',
    positive: 'a positive exact number',
    fraction: 'an exact number between 0 and 1',
    whole: 'a whole number',
    angle: 'the coordinate tan(φ/4) > 0 of an angle',
    vector: `a vector of ${dimension} exact numbers, not all 0`,
  }[kind]
}

/** Simpler values of the kind, the simplest first; a norm that is 1 or rational stays so. */
export function simplerThan(value: Exact, { kind }: Shape): readonly Exact[] {
  if (typeof value === 'string')
    return simplerNumbers(value).filter((text) => kind === 'vector' || WITHIN[kind](text))
  const norm = hasNorm(value, 'unit') ? 'unit' : hasNorm(value, 'rational') ? 'rational' : 'any'
  return simplerVectors(value, kind === 'vector' ? norm : 'any')
}

/** A value in free variables, throughout its kind: positive ones have names that start with `+`. */
export function freeOf(F: Trace, name: string, value: Exact, { kind, unit }: Shape): readonly Expr[] {
  switch (kind) {
    case 'positive':
    case 'angle':
      return [F.input(`+${name}`)]
    case 'fraction': {
      const odds = F.input(`+${name}`)
      return [F.div(odds, F.add(F.constant('1'), odds))]
    }
    case 'vector': {
      const entries = value as readonly string[]
      if (!unit) return entries.map((_, i) => F.input(`${name}_${i + 1}`))
      const { numerator, denominator } = stereographic(F, name, entries)
      return numerator.map((n) => F.div(n, denominator))
    }
    default:
      return [F.input(name)]
  }
}
