/** Verify: whether a certificate holds. Of this package it needs Programs, rationals and intervals, and nothing else. */
import { endpoints, hull, interval, type Interval } from '../number/interval.ts'
import { rational, type Rational } from '../number/rational.ts'
import { parseProgram, type Program } from '../program/program.ts'
import { run } from '../program/run.ts'

/** Whose statement is accepted, by its hash, and the assumptions in it that nothing checks; or why it is rejected. */
export type Answer =
  | { accepted: true; claim: string; kind: string; statementHash: string; unchecked: readonly string[] }
  | { accepted: false; reason: string }

export const FORMAT = 'lakatos-certificate-1'
type Json = Readonly<Record<string, unknown>>
type Field<T> = Parameters<typeof run<T>>[1]
type Bounds = { readonly lo: Rational; readonly hi: Rational }

/** The answer to a parsed JSON value; it never throws. */
export function verify(json: unknown): Answer {
  try {
    const { hash, ...sealed } = object(json)
    const statement = object(sealed['statement'])
    const [claim, kind] = [text(statement['claim']), text(statement['kind'])]
    const statementHash = sha256(canonical(statement))
    demand(sealed['format'] === FORMAT, `expected the format ${FORMAT}`)
    demand(sealed['statementHash'] === statementHash, 'the statement is not the one of "statementHash"')
    demand(hash === sha256(canonical(sealed)), 'the content is not the one of "hash"')
    demand(kind === 'refutation' || kind === 'proof', 'expected a refutation or a proof')
    ;(kind === 'proof' ? checkProof : checkRefutation)(statement, sealed)
    const unchecked = list(statement['unchecked']).map((one) => text(object(one)['id']))
    return { accepted: true, claim, kind, statementHash, unchecked }
  } catch (error) {
    return { accepted: false, reason: error instanceof Error ? error.message : String(error) }
  }
}

function demand(condition: boolean, reason: string): asserts condition {
  if (!condition) throw new Error(reason)
}
const checked = <T>(what: string, is: (v: unknown) => boolean) => {
  return (v: unknown): T => {
    demand(is(v), `expected ${what}, got ${JSON.stringify(v)?.slice(0, 60)}`)
    return v as T
  }
}
const object = checked<Json>('an object', (v) => typeof v === 'object' && v !== null && !Array.isArray(v))
const list = checked<readonly unknown[]>('a list', Array.isArray)
const text = checked<string>('a text', (v) => typeof v === 'string')
const natural = (most: number): ((v: unknown) => number) =>
  checked(`an integer from 0 to ${most}`, (v) => Number.isInteger(v) && 0 <= Number(v) && Number(v) <= most)
const literal = checked<string>('an exact number', (v) => /^-?\d+(\.\d+|\/\d+)?$/.test(text(v)))
const exact = (v: unknown): Rational => rational.constant(literal(v))
const sign = (a: Rational, b: Rational): number => rational.sign(rational.sub(a, b))!
const within = (a: Bounds, b: Bounds): boolean => sign(a.lo, b.lo) >= 0 && sign(a.hi, b.hi) <= 0

function programOf(json: unknown): Program {
  const program = parseProgram(json)
  for (const op of program.ops)
    demand((op[0] !== 'pow' && op[0] !== 'root') || op[2] <= 64, 'expected exponents up to 64')
  return program
}
const ZERO = rational.constant('0')
const MEETS: ReadonlyMap<unknown, (slack: Bounds) => boolean> = new Map([
  ['=', ({ lo, hi }) => sign(lo, ZERO) === 0 && sign(hi, ZERO) === 0],
  ['>=', ({ lo }) => sign(lo, ZERO) >= 0],
  ['>', ({ lo }) => sign(lo, ZERO) > 0],
])
const FAILS: typeof MEETS = new Map([
  ['=', ({ lo, hi }) => sign(lo, ZERO) > 0 || sign(hi, ZERO) < 0],
  ['>=', ({ hi }) => sign(hi, ZERO) < 0],
  ['>', ({ hi }) => sign(hi, ZERO) <= 0],
])

/** The slack certainly fails its relation, within the bounds claimed, and every assumption certainly holds. */
function checkRefutation(statement: Json, { bits, inputs, claimed, motion }: Json): void {
  const F = interval(natural(2048)(bits))
  const given = new Map(Object.entries(object(inputs)).map(([name, v]) => [name, literal(v)]))
  const known = (name: string): string => given.get(name) ?? literal(`no input ${name}`)
  const positive = list(statement['positive']).map(text)
  demand(!positive.some((name) => sign(exact(known(name)), ZERO) <= 0), `expected ${positive.join(', ')} > 0`)
  const point = (name: string): Interval => F.constant(known(name))
  const state = new Map<string, Interval>()
  if (statement['field'] !== undefined) {
    const program = programOf(statement['field'])
    const moving = program.inputs.slice(0, program.outputs.length)
    const field = { program, F, still: program.inputs.slice(moving.length).map(point) }
    const { steps, order } = object(motion)
    const start = moving.map((name) => point(`${name}(t_0)`))
    const lengths = list(steps).map((h) => F.constant(literal(h)))
    const end = lengths.reduce((x, h) => advance(field, x, h, natural(60)(order)), start)
    moving.forEach((name, i) => state.set(name, end[i]!))
    state.set('t', lengths.reduce(F.add))
    demand(![...state.keys()].some((name) => given.has(name)), 'expected no state among the inputs')
  }
  const evaluate = (json: unknown): Bounds[] => {
    const program = programOf(json)
    try {
      if (!program.inputs.some((name) => state.has(name))) {
        const x = program.inputs.map((name) => exact(known(name)))
        return run(program, rational, x).map((value) => ({ lo: value, hi: value }))
      }
    } catch (error) {
      if ((error as Error).name !== 'NotExact') throw error
    }
    const x = program.inputs.map((name) => state.get(name) ?? point(name))
    return run(program, F, x).map(endpoints)
  }
  for (const { id, relations, program } of list(statement['assumptions']).map(object)) {
    const slacks = evaluate(program)
    const met = list(relations).map((relation, i) => MEETS.get(relation)!(slacks[i]!))
    demand(met.length === slacks.length && !met.includes(false), `${text(id)} does not certainly hold`)
  }
  const found = evaluate(statement['program'])
  const bounds = ['slack', 'left', 'right'].map((name): Bounds => {
    const [lo, hi] = list(object(claimed)[name]).map(exact)
    return { lo: lo!, hi: hi! }
  })
  bounds.forEach((b, i) => demand(within(found[i]!, b), 'a value is not certainly where it is claimed'))
  demand(FAILS.get(statement['relation'])!(bounds[0]!), 'the claimed slack does not violate the relation')
}
type Vector = readonly Interval[]
/** A vector field with its constants, and the arithmetic in which it is followed. */
export type Motion = { program: Program; F: ReturnType<typeof interval>; still: Vector }
/**
 * Encloses x(h), where x' = f(x) starts at X. If X + [0,h] f(B) ⊆ B, the solution exists and stays in B, and with
 * its Taylor coefficients x_k(·) as functions of where it is, x(h) ∈ Σ_{k≤p} x_k(X) h^k + x_{p+1}(B) h^{p+1}.
 * @throws Error where no such B is found, or f is not certainly analytic on it.
 */
export function advance(motion: Motion, start: Vector, h: Interval, order: number): Interval[] {
  const { program, F, still } = motion
  demand(order > 0 && F.sign(h) === 1, 'expected steps forward in time, of order 1 or more')
  const [span, quarter] = [hull(F.constant('0'), h), F.constant('1/4')]
  const reach = (box: Vector): Interval[] =>
    run(program, F, [...box, ...still]).map((v, i) => F.add(start[i]!, F.mul(span, v)))
  let box = reach(start)
  for (let [tries, found] = [0, false]; !found; tries++) {
    demand(tries < 20, 'no box was found that holds the solution during a step')
    const wider = box.map((b) => F.add(b, F.mul(quarter, F.sub(b, b))))
    box = reach(wider)
    found = box.every((b, i) => within(endpoints(b), endpoints(wider[i]!)))
  }
  const [near, far] = [jet(motion, start), jet(motion, box)]
  return near.map((x, i) => {
    let sum = far[i]!(order + 1)
    for (let k = order; k >= 0; k--) sum = F.add(x(k), F.mul(h, sum))
    return sum
  })
}

/** The Taylor coefficients, by power, of a function of time. */
type Series = (k: number) => Interval
/** The solution of x' = f(x) through a point, or through any point of a box. */
function jet({ program, F, still }: Motion, start: Vector): Series[] {
  const whole = (k: number): Interval => F.constant(`${k}`)
  const once = (coefficient: Series): Series => {
    const known: Interval[] = []
    return (k) => (known[k] ??= coefficient(k))
  }
  const constant = (a: Interval): Series => once((k) => (k === 0 ? a : whole(0)))
  const slope = (a: Series): Series => once((k) => F.mul(whole(k + 1), a(k + 1)))
  const total = (most: number, term: Series): Interval =>
    Array.from({ length: most + 1 }, (_, j) => term(j)).reduce(F.add, whole(0))
  const times = (a: Series, b: Series): Series => once((k) => total(k, (j) => F.mul(a(j), b(k - j))))
  const over = (a: Series, b: Series): Series => {
    const quotient: Series = once((k) => F.div(F.sub(a(k), earlier(k)), b(0)))
    const earlier: Series = (k) => total(k - 1, (j) => F.mul(quotient(j), b(k - j)))
    return quotient
  }
  const power = (a: Series, n: number): Series => {
    if (n < 2) return n === 1 ? a : constant(whole(1))
    const half = power(a, n >> 1)
    const product = n % 2 === 0 ? times(half, half) : times(a, times(half, half))
    return once((k) => (k === 0 ? F.pow(a(0), n) : product(k)))
  }
  /** The function c with c' = rate(c) that starts at f(a). */
  const integral = (f: (a: Interval) => Interval, a: Series, rate: (c: Series) => Series): Series => {
    const c: Series = once((k) => (k === 0 ? f(a(0)) : F.div(speed(k - 1), whole(k))))
    const speed = rate(c)
    return c
  }
  const nothing = constant(whole(0))
  const piece = (a: Series, positive: Series, tie = nothing, negative = nothing): Series =>
    once((k) => {
      const sign = F.sign(a(0))
      demand(sign !== undefined, 'the sign of an argument of relu, step, abs or max is open during a step')
      return (sign === 1 ? positive : sign === 0 ? tie : negative)(k)
    })
  const series: Field<Series> = {
    constant: (number) => constant(F.constant(number)),
    add: (a, b) => once((k) => F.add(a(k), b(k))),
    sub: (a, b) => once((k) => F.sub(a(k), b(k))),
    neg: (a) => once((k) => F.neg(a(k))),
    ...{ mul: times, div: over, pow: power },
    exp: (a) => integral(F.exp, a, (c) => times(slope(a), c)),
    log: (a) => integral(F.log, a, () => over(slope(a), a)),
    sqrt: (a) => integral(F.sqrt, a, (c) => over(slope(a), times(constant(whole(2)), c))),
    // q a c' = a' c, in powers: a_0 c_k = (1/k) Σ_j j a_j c_{k−j} (1 + q)/q − Σ_j a_j c_{k−j}
    root: (a, q) => {
      const c: Series = once((k) => (k === 0 ? F.root(a(0), q) : F.div(F.sub(moved(k), rest(k)), a(0))))
      const moved = (k: number): Interval =>
        F.mul(
          F.constant(`${1 + q}/${q * k}`),
          total(k - 1, (j) => F.mul(F.mul(whole(k - j), a(k - j)), c(j))),
        )
      const rest = (k: number): Interval => total(k - 1, (j) => F.mul(a(k - j), c(j)))
      return c
    },
    tanh: (a) => integral(F.tanh, a, (c) => times(slope(a), series.sub(constant(whole(1)), times(c, c)))),
    relu: (a) => piece(a, a),
    step: (a) => piece(a, constant(whole(1)), constant(F.constant('1/2'))),
    abs: (a) => piece(a, a, a, series.neg(a)),
    max: (a, b) => piece(series.sub(a, b), a, a, b),
  }
  const x = start.map((value, i) => once((k) => (k === 0 ? value : F.div(v[i]!(k - 1), whole(k)))))
  const v: Series[] = run(program, series, [...x, ...still.map(constant)])
  return x
}

/** Each Program vanishes identically, but for a chance of 2^-errorBits over points that its own hash fixes. */
function checkProof(statement: Json, { errorBits }: Json): void {
  const found = natural(1000)(errorBits) >= 100 && list(statement['identities']).length > 0
  demand(found, 'expected an identity, and "errorBits" of at least 100')
  for (const identity of list(statement['identities']).map(object)) {
    const program = programOf(identity['program'])
    const output = natural(program.outputs.length - 1)
    const zeros = output(identity['lastZero']) + 1
    const roots = list(identity['roots']).map((pair) => list(pair).map(output))
    const known = new Set(roots.map(([root]) => program.outputs[root!]))
    const missing = program.ops.findIndex(([name], e) => name === 'sqrt' && !known.has(e))
    demand(missing < 0, `expected the value of the square root ${missing}`)
    const positive = program.inputs.map((name) => name.startsWith('+'))
    const never = run(program, neverNegative, positive)
    demand(!roots.some(([, value]) => !never[value!]), 'the value of a square root may be negative')
    const seed = sha256(canonical(identity))
    const trials = trialsFor(program, Number(errorBits))
    for (let trial = 0; trial < trials; trial++) {
      const x = positive.map((above, i): Rational => {
        const n = BigInt(`0x${sha256(`${seed} ${trial} ${i}`).slice(0, 32)}`)
        return { num: above ? n + 1n : n - 2n ** 127n, den: 1n }
      })
      const values = run(program, rational, x)
      demand(!values.slice(0, zeros).some(({ num }) => num !== 0n), 'an identity fails')
      for (const [root, value] of roots)
        demand(sign(values[root!]!, values[value!]!) === 0, 'a square root has another value')
    }
  }
}
const both = (a: boolean, b: boolean): boolean => a && b
const none = (): never => exact('a rational function') as never
const irrational = {
  ...{ root: none, exp: none, log: none, tanh: none, relu: none, step: none, abs: none, max: none },
}
/** Whether a rational function is never negative, by its form alone. */
const neverNegative: Field<boolean> = {
  ...{ ...irrational, add: both, mul: both, div: both, sub: () => false, neg: () => false, sqrt: () => true },
  constant: (number) => !number.startsWith('-'),
  pow: (a, n) => a || n % 2 === 0,
}
type Degree = { readonly num: number; readonly den: number }
/**
 * The least m with (n/(2^128 − d))^m ≤ 2^-bits (Schwartz 1980, Zippel 1979), where n bounds the degrees of the
 * outputs and of A − c² for a root √A and its value c, and d those of all divisors together; nothing is cancelled.
 */
function trialsFor(program: Program, bits: number): number {
  let divisors = 0
  const degree = (num: number, den: number): Degree => ({ num, den })
  const sum = (a: Degree, b: Degree): Degree => degree(Math.max(a.num + b.den, b.num + a.den), a.den + b.den)
  const degrees: Field<Degree> = {
    ...{ ...irrational, add: sum, sub: sum, neg: (a: Degree) => a, constant: () => degree(0, 0) },
    mul: (a, b) => degree(a.num + b.num, a.den + b.den),
    div: (a, b) => ((divisors += b.num), degree(a.num + b.den, a.den + b.num)),
    pow: (a, n) => degree(n * a.num, n * a.den),
    // If N/D is the square of c, then cD is a polynomial, of half the degree of ND.
    sqrt: (a) => degree((a.num + a.den) / 2, a.den),
  }
  const x = program.inputs.map(() => degree(1, 0))
  const most = run(program, degrees, x).reduce((all, { num, den }) => Math.max(all, 4 * (num + den)), 1)
  demand(most + divisors < 2 ** 50, 'a degree is too large')
  const [n, room] = [BigInt(Math.ceil(most)), 2n ** 128n - BigInt(Math.ceil(divisors))]
  for (let m = 1n; ; m++) if (2n ** BigInt(bits) * n ** m <= room ** m) return Number(m)
}

/** JSON without space, the keys of objects in order, of numbers only integers. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value === 'string' || Number.isSafeInteger(value)) return JSON.stringify(value)
  const fields = Object.entries(object(value)).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${canonical(field)}`).join(',')}}`
}
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
