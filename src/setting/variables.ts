/** Variables: the free numbers, angles and vectors of a claim, beside its net and data. */
import type { Value } from '../program/indices.ts'
import { sum } from '../program/field.ts'
import type { Expr, Trace } from '../program/program.ts'
import { parseRatio } from '../program/constant.ts'
import type { Assumption } from '../claim/claim.ts'
import { pick, type Random } from '../claim/random.ts'
import type { Assumed } from '../claim/setting.ts'
import { nonZeroVector, positiveNumber, rationalVector, smallNumber, unitVector } from './draw.ts'
import { unitVectors } from './unit.ts'
import { hasNorm, simplerNumbers, simplerVectors } from './simpler.ts'

/**
 * The kind of a variable. A `unit` vector is of norm 1 where `unitVectors` of all of them is assumed, else
 * any. An angle φ in (0, 2π) is written as tan(φ/4) > 0: an order-preserving rational
 * coordinate in which cos φ is rational (`angleValue`).
 */
export type Kind = 'real' | 'positive' | 'angle' | 'unit' | 'vector'

/** The variables of a setting and their kinds. */
export type Variables = Readonly<Record<string, Kind>>

/** Exact values: a number or a list of numbers for each variable. */
export type Values = Readonly<Record<string, string | readonly string[]>>

const isVector = (kind: Kind): boolean => kind === 'unit' || kind === 'vector'

/** @throws RangeError for a name that an input of the problem or an entry of a vector may have. */
export function checkNames(variables: Variables): void {
  const taken = Object.keys(variables).find((name) => name === 'eta' || !/^[A-Za-z]+$/.test(name))
  if (taken !== undefined)
    throw new RangeError(`variables: expected names of letters other than eta, got "${taken}"`)
}

/** The assumption on all `unit` vectors among variables, as a list that is empty if there are none. */
export function unitsAmong(variables: Variables): readonly Assumption[] {
  const names = Object.keys(variables).filter((name) => variables[name] === 'unit')
  return names.length > 0 ? [unitVectors(...names)] : []
}

const areUnits = (variables: Variables, assumed: Assumed): boolean =>
  unitsAmong(variables).some((assumption) => assumed.has(assumption))

/** Random values; vectors get the given dimension. */
export function drawValues(
  random: Random,
  variables: Variables,
  dimension: number,
  assumed: Assumed,
): Values {
  const unit = areUnits(variables, assumed)
  const draw: Record<Kind, () => string | string[]> = {
    real: () => smallNumber(random),
    positive: () => positiveNumber(random),
    angle: () => pick(random, ['1/8', '1/4', '1/3', '2/5', '1/2', '2/3', '3/4', '1', '3/2', '2', '3']),
    unit: () => (unit ? unitVector : rationalVector)(random, dimension),
    vector: () => nonZeroVector(random, dimension),
  }
  return Object.fromEntries(Object.entries(variables).map(([name, kind]) => [name, draw[kind]()]))
}

/** The inputs of the variables with their exact values: `name`, or `name_1`, `name_2`, … */
export function variableInputs(values: Values): [string, string][] {
  return Object.entries(values).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[name, value]] : value.map((entry, i) => [`${name}_${i + 1}`, entry]),
  )
}

/** The traced variable of that name; `undefined` if there is none. */
export function variableValue(F: Trace, values: Values, name: string): Value | undefined {
  const value = Object.hasOwn(values, name) ? values[name]! : undefined
  if (value === undefined) return undefined
  return typeof value === 'string' ? F.input(name) : value.map((_, i) => F.input(`${name}_${i + 1}`))
}

/** How angles are written, where there are any. */
export function angleNote(variables: Variables): string {
  return Object.values(variables).includes('angle') ? ', angles φ as tan(φ/4)' : ''
}

/**
 * The coordinate tan(φ/4) of an angle variable φ, and of `pi`, which is 1. A formula may compare angles with each other
 * and with 0, and take their cosines; anything else it says of them is refused by name (`program/formula.ts`).
 */
export function angleValue(F: Trace, variables: Variables, name: string): Expr | undefined {
  if (Object.hasOwn(variables, name)) return variables[name] === 'angle' ? F.input(name) : undefined
  return name === 'pi' && Object.values(variables).includes('angle') ? F.constant('1') : undefined
}

/** Values with one variable simplified, for each way to do so. */
export function* simplerValues(variables: Variables, values: Values): Iterable<Values> {
  for (const [name, value] of Object.entries(values)) {
    const kind = variables[name]!
    const positive = kind === 'positive' || kind === 'angle'
    const candidates: readonly (string | readonly string[])[] =
      typeof value === 'string'
        ? simplerNumbers(value).filter((s) => !positive || (s !== '0' && !s.startsWith('-')))
        : simplerVectors(value, kind === 'unit' && hasNorm(value, 'unit') ? 'unit' : 'any')
    for (const candidate of candidates) yield { ...values, [name]: candidate }
  }
}

/**
 * A unit vector of free variables: (t₀² − |t|², 2t₀t)/(t₀² + |t|²) as its integral numerator and its
 * denominator; in one dimension the sign of the given number.
 */
export function stereographic(
  F: Trace,
  name: string,
  entries: readonly string[],
): { readonly numerator: readonly Expr[]; readonly denominator: Expr } {
  if (entries.length === 1)
    return {
      numerator: [F.constant(entries[0]!.startsWith('-') ? '-1' : '1')],
      denominator: F.constant('1'),
    }
  // (t₀, t) and (−t₀, −t) are one vector, so that t₀ may be positive.
  const [first, ...rest] = entries.map((_, i) => F.input(i === 0 ? `+${name}.0` : `${name}.${i}`))
  const lead = F.pow(first!, 2)
  const square = sum(
    F,
    rest.map((t) => F.pow(t, 2)),
  )
  const twice = F.add(first!, first!)
  return {
    numerator: [F.sub(lead, square), ...rest.map((t) => F.mul(twice, t))],
    denominator: F.add(lead, square),
  }
}

/** The chart of the variables: every one free within its kind. */
export function variableChart(
  F: Trace,
  variables: Variables,
  values: Values,
  assumed: Assumed,
): [string, Expr][] {
  const unit = areUnits(variables, assumed)
  return Object.entries(values).flatMap(([name, value]): [string, Expr][] => {
    const kind = variables[name]!
    if (typeof value === 'string')
      return [[name, F.input(`${kind === 'positive' || kind === 'angle' ? '+' : ''}${name}`)]]
    if (kind === 'vector' || !unit)
      return value.map((_, i) => [`${name}_${i + 1}`, F.input(`${name}_${i + 1}`)])
    const { numerator, denominator } = stereographic(F, name, value)
    return numerator.map((n, i) => [`${name}_${i + 1}`, F.div(n, denominator)])
  })
}

/** The squares of the norms of the variables, which are positive as no vector is 0. */
export function variableSquares(F: Trace, variables: Variables, inputs: ReadonlyMap<string, Expr>): Expr[] {
  return Object.entries(variables).flatMap(([name, kind]) => {
    if (!isVector(kind)) return []
    const entries = [...inputs].flatMap(([key, e]) =>
      /^_\d+$/.test(key.slice(name.length)) && key.startsWith(name) ? [e] : [],
    )
    return [
      sum(
        F,
        entries.map((e) => F.pow(e, 2)),
      ),
    ]
  })
}

/**
 * The values in a parsed JSON object, vectors of the given dimension.
 * @throws SyntaxError naming the variable that does not fit.
 */
export function parseValues(variables: Variables, json: unknown, dimension: number): Values {
  const given = (json ?? {}) as Record<string, unknown>
  return Object.fromEntries(
    Object.entries(variables).map(([name, kind]) => {
      const value = given[name]
      const fail = (what: string): never => {
        throw new SyntaxError(`case: expected "${name}" to be ${what}, got ${JSON.stringify(value)}`)
      }
      const exact = (v: unknown): v is string => typeof v === 'string' && isLiteral(v)
      if (isVector(kind)) {
        const fits = Array.isArray(value) && value.length === dimension && value.every(exact)
        return fits && hasNorm(value, 'any')
          ? [name, value]
          : fail(`a non-zero vector of dimension ${dimension}`)
      }
      if (!exact(value)) return fail('an exact number')
      return kind === 'real' || parseRatio(value).num > 0n ? [name, value] : fail('positive')
    }),
  )
}

function isLiteral(text: string): boolean {
  try {
    parseRatio(text)
    return true
  } catch {
    return false
  }
}
