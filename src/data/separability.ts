/** Separability: the exact decision whether signed data has a linear separator through the origin. */
import { dot } from '../program/field.ts'
import { gcd } from '../program/constant.ts'
import { rational, type Rational } from '../number/rational.ts'
import { checkDataset, dimension, type Dataset } from './dataset.ts'

/**
 * One of the two sides of Gordan's theorem (1873), with its witness.
 * Separable: `witness` is a w with yᵢ wᵀxᵢ > 0 for all i, and `margin` is min yᵢ wᵀxᵢ.
 * Not separable: `witness` is a λ >= 0, λ ≠ 0, with Σ λᵢ yᵢ xᵢ = 0. It is carried by at most d + 1 points.
 * Witnesses are integer vectors without a common divisor.
 */
export type Separability =
  | { readonly separable: true; readonly witness: readonly Rational[]; readonly margin: Rational }
  | { readonly separable: false; readonly witness: readonly Rational[] }

/** A simplex tableau over the integers: every entry stands for itself divided by `unit` > 0. */
interface Tableau {
  readonly rows: bigint[][]
  /** The variable that is basic in each constraint row. */
  readonly basis: number[]
  unit: bigint
}

/**
 * Decides over Q whether some w has yᵢ wᵀxᵢ > 0 for all i, and proves the answer by a witness.
 * Exact for every data set with labels ±1; it always terminates. @throws RangeError for any other data set.
 *
 * With aᵢ a positive integer multiple of yᵢ xᵢ, the simplex method minimises the infeasibility of
 * { λ >= 0, Σ λᵢ aᵢ = 0, Σ λᵢ = 1 }. If it reaches 0, λ is a witness. If its minimum v is positive, the dual
 * solution (u, v) has uᵀaᵢ + v <= 0 for all i, so w = -u is one.
 */
export function separate(data: Dataset): Separability {
  checkDataset(data, 'sign')
  const [m, d] = [data.length, dimension(data)]
  const signed = data.map(({ x, y }) => clearDenominators(y, x))
  const t = start(signed.map(({ a }) => a))
  minimise(t, m)
  const cost = t.rows[d + 1]!
  if (cost.at(-1) === 0n) {
    const lambda = signed.map(() => 0n)
    for (const [r, j] of t.basis.entries()) if (j < m) lambda[j] = t.rows[r]!.at(-1)! * signed[j]!.by
    return { separable: false, witness: primitive(lambda) }
  }
  // the reduced cost of the artificial variable of row r is 1 - uᵣ
  const witness = primitive(Array.from({ length: d }, (_, r) => cost[m + r]! - t.unit))
  return { separable: true, witness, margin: margin(data, witness) }
}

/** Whether an answer of `separate` is proved by its witness: a few exact sums, whoever gave the answer. */
export function checkWitness(data: Dataset, answer: Separability): boolean {
  checkDataset(data, 'sign')
  const { witness } = answer
  if (answer.separable) {
    if (witness.length !== dimension(data)) return false
    const least = margin(data, witness)
    return least.num > 0n && rational.sub(least, answer.margin).num === 0n
  }
  if (witness.length !== data.length) return false
  const sums = data[0]!.x.map((_, k) =>
    dot(
      rational,
      witness,
      data.map(({ x, y }) => (y === 1 ? x[k]! : rational.neg(x[k]!))),
    ),
  )
  const nonNegative = witness.every(({ num }) => num >= 0n)
  return nonNegative && witness.some(({ num }) => num > 0n) && sums.every(({ num }) => num === 0n)
}

/** The least signed product min yᵢ wᵀxᵢ. */
function margin(data: Dataset, w: readonly Rational[]): Rational {
  return data
    .map(({ x, y }) => (y === 1 ? dot(rational, w, x) : rational.neg(dot(rational, w, x))))
    .reduce((a, b) => (rational.sub(b, a).num < 0n ? b : a))
}

/** The integer vector a = by · y · x, with `by` > 0 the least common denominator of x. */
function clearDenominators(y: number, x: readonly Rational[]): { a: bigint[]; by: bigint } {
  const by = x.reduce((l, { den }) => (l / gcd(l, den)) * den, 1n)
  return { a: x.map(({ num, den }) => BigInt(y) * num * (by / den)), by }
}

/** The integer vector on the same ray whose entries have no common divisor. */
function primitive(v: readonly bigint[]): Rational[] {
  const g = v.reduce(gcd, 0n)
  return v.map((n) => ({ num: n / g, den: 1n }))
}

/** The tableau of λ (columns 0 to m - 1), artificial variables and right side, with the cost as last row. */
function start(a: readonly bigint[][]): Tableau {
  const d = a[0]!.length
  const rows = Array.from({ length: d + 1 }, (_, r) => [
    ...a.map((ai) => (r < d ? ai[r]! : 1n)),
    ...Array.from({ length: d + 1 }, (_, s) => (s === r ? 1n : 0n)),
    r < d ? 0n : 1n,
  ])
  const artificial = (j: number): boolean => a.length <= j && j <= a.length + d
  const cost = rows[0]!.map((_, j) => (artificial(j) ? 0n : -rows.reduce((s, row) => s + row[j]!, 0n)))
  return { rows: [...rows, cost], basis: rows.map((_, r) => a.length + r), unit: 1n }
}

/** Pivots to an optimal tableau; only the first m variables may enter. Bland's rule (1977) excludes cycles. */
function minimise(t: Tableau, m: number): void {
  const cost = t.rows.length - 1
  for (;;) {
    const enter = t.rows[cost]!.findIndex((c, j) => j < m && c < 0n)
    if (enter < 0) return
    let leave = -1
    for (const [r, j] of t.basis.entries()) {
      const row = t.rows[r]!
      if (row[enter]! <= 0n) continue
      const best = t.rows[leave]
      const order = best === undefined ? -1n : row.at(-1)! * best[enter]! - best.at(-1)! * row[enter]!
      if (order < 0n || (order === 0n && j < t.basis[leave]!)) leave = r
    }
    pivot(t, leave, enter)
  }
}

/** Makes column c basic in row r. All divisions are exact: entries are minors of the first tableau (Edmonds). */
function pivot(t: Tableau, r: number, c: number): void {
  const row = t.rows[r]!
  const p = row[c]!
  for (const [i, other] of t.rows.entries()) {
    if (i === r) continue
    const q = other[c]!
    for (let j = 0; j < other.length; j++) other[j] = (other[j]! * p - row[j]! * q) / t.unit
  }
  t.basis[r] = c
  t.unit = p
}
