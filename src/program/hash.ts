/** Hash: SHA-256, which seals certificates and from which sample points follow that nobody can choose. */

const SMALL = Array.from({ length: 310 }, (_, n) => n + 2)
/** The first 64 primes. */
export const PRIMES: readonly number[] = SMALL.filter((n) => !SMALL.some((d) => d * d <= n && n % d === 0))
/** The first 32 bits of the fractional parts of the cube roots, and of the square roots, of the first primes. */
const ROUNDS = Int32Array.from(PRIMES, (p) => (Math.cbrt(p) * 2 ** 32) | 0)
const START = Uint32Array.from(PRIMES.slice(0, 8), (p) => Math.sqrt(p) * 2 ** 32)
const turned = (x: number, n: number): number => (x >>> n) | (x << (32 - n))

/** The eight words of SHA-256 of a text in UTF-8 (FIPS 180-4). */
export function sha256Words(message: string): Uint32Array {
  const bytes = new TextEncoder().encode(message)
  const padded = new DataView(new ArrayBuffer((bytes.length + 72) & ~63))
  new Uint8Array(padded.buffer).set(bytes)
  padded.setUint8(bytes.length, 0x80)
  padded.setBigUint64(padded.byteLength - 8, 8n * BigInt(bytes.length))
  const w = new Int32Array(64)
  const state = START.slice()
  for (let block = 0; block < padded.byteLength; block += 64) {
    let [a, b, c, d, e, f, g, h] = state as unknown as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ]
    for (let t = 0; t < 64; t++) {
      if (t < 16) w[t] = padded.getInt32(block + 4 * t)
      else {
        const [x, y] = [w[t - 15]!, w[t - 2]!]
        const zero = turned(x, 7) ^ turned(x, 18) ^ (x >>> 3)
        const one = turned(y, 17) ^ turned(y, 19) ^ (y >>> 10)
        w[t] = w[t - 16]! + zero + w[t - 7]! + one
      }
      const first =
        (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + ROUNDS[t]! + w[t]!) | 0
      const second = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0
      h = g
      g = f
      f = e
      e = (d + first) | 0
      d = c
      c = b
      b = a
      a = (first + second) | 0
    }
    for (const [i, word] of [a, b, c, d, e, f, g, h].entries()) state[i]! += word
  }
  return state
}

/** SHA-256 of a text in UTF-8, in hexadecimal digits. */
export function sha256(message: string): string {
  return Array.from(sha256Words(message), (word) => word.toString(16).padStart(8, '0')).join('')
}
