/** Numbers: exact arithmetic and random choices for draws. */
import { parseRatio, printRatio, rational, type Random } from '../../src/index.ts'

type Exactly = (a: string, b: string) => string
const exact =
  (op: 'add' | 'sub' | 'mul' | 'div'): Exactly =>
  (a, b) =>
    printRatio(rational[op](parseRatio(a), parseRatio(b)))
/** a + b. */
export const add: Exactly = exact('add')
/** a − b. */
export const sub: Exactly = exact('sub')
/** a b. */
export const mul: Exactly = exact('mul')
/** a/b. */
export const div: Exactly = exact('div')
/** The nearest double. */
export const double = (a: string): number => rational.toNumber(parseRatio(a))
/** One of a list. */
export const one = (random: Random, list: readonly string[]): string =>
  list[random.integer(0, list.length - 1)]!
/** True once in n on average. */
export const often = (random: Random, n: number): boolean => random.integer(1, n) === 1
/** A positive number. */
export const size = (random: Random): string =>
  div(`${random.integer(1, 8)}`, one(random, ['1', '2', '4', '8']))
/** 0, …, n − 1. */
export const count = (n: number): number[] => Array.from({ length: n }, (_, i) => i)
