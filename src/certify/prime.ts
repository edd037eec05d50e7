/** Prime: a prime of 256 binary digits that a seed fixes, and inverses modulo it. */
import { PRIMES, sha256 } from '../program/hash.ts'

/** The first of the numbers hashed from a seed and 0, 1, 2, … that passes Miller's test for 64 bases. */
export function primeFrom(seed: string): bigint {
  for (let i = 0; ; i++) {
    const p = BigInt(`0x${sha256(`${seed} prime ${i}`)}`) | (1n << 255n) | 1n
    if (PRIMES.every((base) => passes(p, BigInt(base)))) return p
  }
}

/** Whether p > 2 is a prime or a strong pseudoprime to the base (Miller 1976, Rabin 1980). */
export function passes(p: bigint, base: bigint): boolean {
  let odd = p - 1n
  while (odd % 2n === 0n) odd /= 2n
  let x = power(base, odd, p)
  if (x === 1n) return true
  for (; odd !== p - 1n; odd *= 2n) {
    if (x === p - 1n) return true
    x = (x * x) % p
  }
  return false
}

/** a^n modulo p. */
export function power(a: bigint, n: bigint, p: bigint): bigint {
  let x = 1n
  for (const digit of n.toString(2)) x = (x * x * (digit === '1' ? a : 1n)) % p
  return x
}

/** An inverse modulo p, of either sign, by Euclid's algorithm. @throws Error if there is none. */
export function inverse(a: bigint, p: bigint): bigint {
  let [r, s, x, y] = [((a % p) + p) % p, p, 1n, 0n]
  while (r > 1n) [r, s, x, y] = [s % r, r, y - (s / r) * x, x]
  if (r === 0n) throw new Error('a division by 0')
  return x
}
