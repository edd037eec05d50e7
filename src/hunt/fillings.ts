/** Fillings: a case with its numbers left open, and other numbers for them by rising price. */
import { parseRatio, printRatio } from '../program/constant.ts'

/** A value that a slot may take. */
export type Leaf = string | number

/** A place of a number in a case: of an exact one, or of an index or label; `vector` tells which share a vector. */
export interface Slot {
  readonly kind: 'number' | 'index'
  readonly vector?: number
  /** The data point that it belongs to. */
  readonly point?: number
}

/** A form: a case, and what sits in its slots. Slots are ordered as their keys are. */
export interface Form {
  readonly slots: readonly Slot[]
  readonly values: readonly Leaf[]
  /** The case with other values in its slots. */
  fill(values: readonly Leaf[]): unknown
}

/** Numbers up to this size. */
const LARGEST = 3

/** The case as a form. */
export function formIn(c: unknown): Form {
  const slots: Slot[] = []
  const values: Leaf[] = []
  replaced(c, (slot, value) => {
    slots.push(slot)
    values.push(value)
    return value
  })
  return {
    slots,
    values,
    fill(others) {
      let i = 0
      return replaced(c, () => others[i++]!)
    },
  }
}

/** A case without its numbers: equal for cases of one form. */
export function formOf(c: unknown): string {
  return JSON.stringify(replaced(c, ({ kind }) => kind))
}

/** The JSON value with each number replaced, in order. */
function replaced(json: unknown, replace: (slot: Slot, value: Leaf) => Leaf): unknown {
  let vectors = 0
  const walk = (value: unknown, key: string, within: Pick<Slot, 'vector' | 'point'>): unknown => {
    if (typeof value === 'string' && isNumber(value)) return replace({ kind: 'number', ...within }, value)
    if (typeof value === 'number' && key === 'index') return replace({ kind: 'index', ...within }, value)
    if (Array.isArray(value)) {
      const isVector = value.every((entry) => typeof entry === 'string')
      if (isVector) vectors++
      return value.map((entry, i) =>
        walk(entry, '', {
          ...within,
          ...(isVector && { vector: vectors }),
          ...(key === 'data' && { point: i }),
        }),
      )
    }
    if (typeof value !== 'object' || value === null) return value
    const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
    const walked = new Map(
      entries.map(([name, inner]) => [
        name,
        walk(inner, name === 'y' || key === 'chosen' ? 'index' : name, within),
      ]),
    )
    return Object.fromEntries(Object.keys(value).map((name) => [name, walked.get(name)]))
  }
  return walk(json, '', {})
}

function isNumber(value: string): boolean {
  if (!/^[+-]?\d/.test(value)) return false
  try {
    parseRatio(value)
    return true
  } catch {
    return false
  }
}

/** A value and its price: cheap ones are tried first. */
interface Choice {
  readonly value: Leaf
  readonly price: number
}

const INDICES: readonly Choice[] = [0, 1, -1, 2, 3].map((value, price) => ({ value, price }))

/** |p| + (q − 1) for p/q > 0, and one more below 0. */
function numbersUpTo(denominator: number): Choice[] {
  const found: Choice[] = [{ value: '0', price: 0 }]
  for (let q = 1; q <= denominator; q++)
    for (let p = 1; p <= LARGEST * q; p++) {
      if (
        denominator % q !== 0 ||
        printRatio({ num: BigInt(p), den: BigInt(q) }) !== (q === 1 ? `${p}` : `${p}/${q}`)
      )
        continue
      const value = q === 1 ? `${p}` : `${p}/${q}`
      found.push({ value, price: p + q - 1 }, { value: `-${value}`, price: p + q })
    }
  return found.toSorted((a, b) => a.price - b.price)
}

/** Which fillings to visit. */
export interface FillingOptions {
  /** Of denominators the divisors of this one are used, and this one at least once. */
  readonly denominator: number
  /** At most so many fillings are looked at. */
  readonly most: number
  /** Whether the form takes a filling, asked for one slot at a time. */
  accepts(json: unknown): boolean
  /** A look at the numbers alone: what it turns down is not made into a case. */
  plausible(values: Float64Array): boolean
  /** Whether a case is the one looked for; `undefined` ends the search without one. */
  wanted(json: unknown): boolean | undefined
}

/**
 * The first filling that `wanted` takes, by rising price. A number that the form refuses alone, such as 0 or −1, is left
 * out of its slot; no vector is 0; and of two orders of the data points only one is looked at.
 */
export function firstFilling(
  form: Form,
  { denominator, most, accepts, plausible, wanted }: FillingOptions,
): unknown {
  const { slots } = form
  const own = choicesOf(form, denominator, accepts)
  const sizes = own.map((choices) => choices.map(({ value }) => toDouble(value)))
  const isFine = ({ value }: Choice): boolean => denominator === 1 || `${value}`.endsWith(`/${denominator}`)
  const priceOf = (choices: readonly Choice[], is: (choice: Choice) => boolean): number =>
    choices.find(is)?.price ?? Infinity
  /** From each slot on: the highest price in all, the lowest of the vectors that begin there, none of them 0, and the
   * lowest of one number with the denominator. */
  const [highest, lowest, finest] = [[0], [0], [Infinity]]
  for (let at = slots.length - 1; at >= 0; at--) {
    const { vector } = slots[at]!
    const begins = vector !== undefined && slots[at - 1]?.vector !== vector
    const entries = own.filter((_, i) => slots[i]!.vector === vector)
    const nonZero = Math.min(...entries.map((choices) => priceOf(choices, ({ value }) => value !== '0')))
    highest.unshift(highest[0]! + (own[at]!.at(-1)?.price ?? 0))
    lowest.unshift(lowest[0]! + (begins ? nonZero : 0))
    finest.unshift(Math.min(finest[0]!, priceOf(own[at]!, isFine)))
  }
  /** The slots of the vector, or of the data point and the one before it, that end at a slot. */
  const ends = slots.map(({ vector }, at) =>
    vector === undefined || slots[at + 1]?.vector === vector
      ? []
      : placesWhere(slots, (s) => s.vector === vector),
  )
  const pairs = slots.map(({ point }, at) =>
    !point || slots[at + 1]?.point === point
      ? undefined
      : ([
          placesWhere(slots, (s) => s.point === point - 1),
          placesWhere(slots, (s) => s.point === point),
        ] as const),
  )
  const values = new Float64Array(slots.length)
  const picked = new Int32Array(slots.length)
  const stands = (at: number): boolean => {
    if (ends[at]!.length > 0 && ends[at]!.every((i) => values[i] === 0)) return false
    const pair = pairs[at]
    if (!pair) return true
    const [before, after] = pair
    const k = after.findIndex((place, i) => picked[place] !== picked[before[i]!])
    return k < 0 || picked[before[k]!]! < picked[after[k]!]!
  }
  let left = most
  let found: unknown
  /** Whether the search is over. */
  const from = (at: number, price: number, fine: boolean): boolean => {
    if (price > highest[at]! || price < lowest[at]! || (!fine && price < finest[at]!)) return false
    if (at === slots.length) {
      if (left-- <= 0) return true
      if (!plausible(values)) return false
      const json = form.fill(own.map((choices, i) => choices[picked[i]!]!.value))
      const answer = wanted(json)
      if (answer === true) found = json
      return answer !== false
    }
    for (const [k, choice] of own[at]!.entries()) {
      if (choice.price > price) break
      picked[at] = k
      values[at] = sizes[at]![k]!
      if (stands(at) && from(at + 1, price - choice.price, fine || isFine(choice))) return true
    }
    return false
  }
  for (let price = lowest[0]!; price <= highest[0]!; price++) if (from(0, price, denominator === 1)) break
  return found
}

function placesWhere(slots: readonly Slot[], is: (slot: Slot) => boolean): number[] {
  return slots.flatMap((slot, i) => (is(slot) ? [i] : []))
}

/** The double nearest to the value of a slot. */
export function toDouble(value: Leaf): number {
  if (typeof value === 'number') return value
  const [num, den] = value.split('/')
  return Number(num) / Number(den ?? 1)
}

/** What may stand in each slot. */
function choicesOf(
  { slots, values, fill }: Form,
  denominator: number,
  accepts: (json: unknown) => boolean,
): Choice[][] {
  const ones = values.map((value, i) => (slots[i]!.kind === 'number' ? '1' : value))
  const bases = [values, ones].filter((base) => accepts(fill(base)))
  const takes = (at: number, value: Leaf): boolean =>
    bases.some((base) => accepts(fill(base.with(at, value))))
  const numbers = numbersUpTo(denominator)
  return slots.map(({ kind }, at): Choice[] => {
    if (kind === 'index') return cheapest(INDICES.filter(({ value }) => takes(at, value)))
    if (!takes(at, '2') && !takes(at, '1/2')) {
      const found = cheapest(numbers.filter(({ value }) => takes(at, value)))
      return found.length > 0 ? found : [{ value: values[at]!, price: 0 }]
    }
    const [zero, negative] = [takes(at, '0'), takes(at, '-1')]
    return cheapest(
      numbers.filter(({ value }) => (value === '0' ? zero : negative || !(value as string).startsWith('-'))),
    )
  })
}

/** Choices by price, the cheapest for nothing. */
function cheapest(choices: readonly Choice[]): Choice[] {
  const [first] = choices
  return choices.map(({ value, price }) => ({ value, price: price - first!.price }))
}
