/** SHA-256 of texts (FIPS 180-4), which a browser has only asynchronously. */

const SMALL = Array.from({ length: 310 }, (_, n) => n + 2)
/** The first 64 primes. */
export const PRIMES: readonly number[] = SMALL.filter((n) => !SMALL.some((d) => d * d <= n && n % d === 0))
/** Binary digits 1 to 32 after the point: a double has 53 of them all right, as no root is larger than 18. */
const digits = (root: number): number => (root * 2 ** 32) | 0
const ROUNDS = Int32Array.from(PRIMES, (p) => digits(Math.cbrt(p) % 1))
const START = PRIMES.slice(0, 8).map((p) => digits(Math.sqrt(p) % 1))
const turned = (x: number, n: number): number => (x >>> n) | (x << (32 - n))

/** The hash of a text in UTF-8, in hexadecimal digits. */
export function sha256(message: string): string {
  const bytes = new TextEncoder().encode(message)
  const padded = new DataView(new ArrayBuffer((bytes.length + 72) & ~63))
  new Uint8Array(padded.buffer).set(bytes)
  padded.setUint8(bytes.length, 0x80)
  padded.setBigUint64(padded.byteLength - 8, 8n * BigInt(bytes.length))
  const [w, state] = [new Int32Array(64), Int32Array.from(START)]
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
        const low = turned(x, 7) ^ turned(x, 18) ^ (x >>> 3)
        w[t] = w[t - 16]! + low + w[t - 7]! + (turned(y, 17) ^ turned(y, 19) ^ (y >>> 10))
      }
      const choice = (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g))
      const one = (h + choice + ROUNDS[t]! + w[t]!) | 0
      const two = (turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))
      h = g
      g = f
      f = e
      e = (d + one) | 0
      d = c
      c = b
      b = a
      a = (one + two) | 0
    }
    ;[a, b, c, d, e, f, g, h].forEach((word, i) => (state[i]! += word))
  }
  return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('')
}
