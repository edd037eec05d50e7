/** Hash: SHA-256, from which sample points follow that nobody can choose. */

const SMALL = Array.from({ length: 310 }, (_, n) => n + 2)
const PRIMES = SMALL.filter((n) => !SMALL.some((d) => d * d <= n && n % d === 0))
const rotated = (x: number, n: number): number => (x >>> n) | (x << (32 - n))
const mixed = (x: number, i: number, j: number, k: number): number =>
  rotated(x, i) ^ rotated(x, j) ^ (k < 0 ? x >>> -k : rotated(x, k))

/** SHA-256 of a text in UTF-8, in hexadecimal digits (FIPS 180-4). */
export function sha256(message: string): string {
  const bytes = new TextEncoder().encode(message)
  const padded = new DataView(new ArrayBuffer((bytes.length + 72) & ~63))
  bytes.forEach((byte, i) => padded.setUint8(i, byte))
  padded.setUint8(bytes.length, 0x80)
  padded.setBigUint64(padded.byteLength - 8, 8n * BigInt(bytes.length))
  const [w, k] = [new Uint32Array(64), PRIMES.map((p) => (Math.cbrt(p) * 2 ** 32) >>> 0)]
  const state = Uint32Array.from(PRIMES.slice(0, 8), (p) => Math.sqrt(p) * 2 ** 32)
  for (let block = 0; block < padded.byteLength; block += 64) {
    const v = [...state] // the working variables a to h
    for (let t = 0; t < 64; t++) {
      if (t < 16) w[t] = padded.getUint32(block + 4 * t)
      else w[t] = w[t - 16]! + mixed(w[t - 15]!, 7, 18, -3) + w[t - 7]! + mixed(w[t - 2]!, 17, 19, -10)
      const [a, b, c, d, e, f, g, h] = v as [number, number, number, number, number, number, number, number]
      const one = h + mixed(e, 6, 11, 25) + ((e & f) ^ (~e & g)) + k[t]! + w[t]!
      v.unshift((one + mixed(a, 2, 13, 22) + ((a & b) ^ (a & c) ^ (b & c))) | 0)
      v[4] = (d + one) | 0
      v.pop()
    }
    v.forEach((word, i) => (state[i]! += word))
  }
  return Array.from(state, (word) => word.toString(16).padStart(8, '0')).join('')
}
