/** Vectors: values of parts that no certificate tells apart, from their definitions and from other implementations. */
import type * as Certificate from '../../../../src/certify/certificate.ts'
import type * as Prime from '../../../../src/certify/prime.ts'
import type * as Verify from '../../../../src/certify/verify.ts'
import { between } from './good.ts'
import { seal } from './sealed.ts'

export interface Modules {
  readonly 'certificate.ts': typeof Certificate
  readonly 'prime.ts': typeof Prime
  readonly 'verify.ts': typeof Verify
}

/** The strong pseudoprimes below 10^5 to the bases 2 and 3 (OEIS A001262 and A020229, first ones). */
const STRONG: ReadonlyMap<number, readonly number[]> = new Map([
  [
    2,
    [
      2047, 3277, 4033, 4681, 8321, 15841, 29341, 42799, 49141, 52633, 65281, 74665, 80581, 85489, 88357,
      90751,
    ],
  ],
  [
    3,
    [
      121, 703, 1891, 3281, 8401, 8911, 10585, 12403, 16531, 18721, 19345, 23521, 31621, 44287, 47197, 55969,
      63139, 74593, 79003, 82513, 87913, 88573, 97567,
    ],
  ],
])
const isPrime = (n: number): boolean => {
  for (let d = 2; d * d <= n; d++) if (n % d === 0) return false
  return n > 1
}

/** The first prime of the seed "lakatos", which the second checker finds as well. */
export const PRIME = 0x976d00f5cd9c6de3d8f68578f1c725bde0d9d3740826f87db90871b7a376fe49n

/** The name of a vector that fails. */
export function vectors(modules: Modules): string | undefined {
  const { inverse, passes, power, primeFrom } = modules['prime.ts']
  for (const p of [3n, 7n, 97n, 2n ** 127n - 1n])
    for (const a of [1n, 2n, 5n, -4n, 96n, 12345678901234567890n])
      if (a % p !== 0n && (((a * inverse(a, p)) % p) + p) % p !== 1n) return `the inverse of ${a} modulo ${p}`
  if (power(3n, 5n, 1000n) !== 243n || power(3n, 0n, 7n) !== 1n || power(2n, 64n, 97n) !== 2n ** 64n % 97n)
    return 'a power'
  for (const [base, strong] of STRONG)
    for (let n = 5; n < 10_000; n += 2)
      if (n % base !== 0 && passes(BigInt(n), BigInt(base)) !== (isPrime(n) || strong.includes(n)))
        return `Miller's test of ${n} to the base ${base}`
  if (primeFrom('lakatos') !== PRIME) return `the prime ${primeFrom('lakatos')}`
  const content = between('>=', '0')
  const { sealed, bytesOf } = modules['certificate.ts']
  const found = sealed(content as never)
  if (new TextDecoder().decode(bytesOf(found)) !== JSON.stringify(seal(content))) return 'the seal'
  return undefined
}
