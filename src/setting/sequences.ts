/** The setting of finite sequences: exact terms a_0, …, a_{n−1} and states b_0, …, b_n between them. */
import { aFunction, aText, listOf, optional } from '../claim/form.ts'
import type { Random } from '../claim/random.ts'
import type { Assumed, Coverage, Setting } from '../claim/setting.ts'
import { parseRatio, printRatio } from '../program/constant.ts'
import type { Value } from '../program/formula.ts'
import type { Expr, Trace } from '../program/program.ts'
import { nextValue } from './moves.ts'
import { checkOptions, someKinds } from './options.ts'
import { hasNorm, simplerNumbers, simplerVectors } from './simpler.ts'
import {
  angleNote,
  angleValue,
  checkNames,
  drawValues,
  fewerDimensions,
  parseValues,
  simplerValues,
  variableChart,
  unitsAmong,
  variableInputs,
  variableValue,
  type Values,
  type Variables,
} from './variables.ts'

/** Exact sequences of numbers and of vectors, the index k₁ at which the late terms start, and variables. */
export interface SequenceCase {
  readonly sequences: Readonly<Record<string, readonly string[]>>
  /** Sequences of vectors of one dimension, where the setting has some. */
  readonly vectors?: Readonly<Record<string, readonly (readonly string[])[]>>
  readonly start: number
  readonly variables: Values
}

/** What a claim about sequences fixes. */
export interface SequenceOptions {
  /** Sequences with one term per step: a_0, …, a_{n−1}. */
  readonly terms: readonly string[]
  /** Sequences that a step moves on: b_0, …, b_n. */
  readonly states?: readonly string[]
  /** Those of the terms and states that are vectors; the first sequence is one of numbers. */
  readonly vectors?: readonly string[]
  /** Variables; vectors have the dimension of those of the sequences. */
  readonly variables?: Variables
  /** A case that meets the assumptions as far as possible, from random values of the variables. */
  draw(random: Random, assumed: Assumed, variables: Values): SequenceCase | undefined
}

const MOST_DIMENSIONS = 4

const TRIES = 200
const NAMES = listOf('a list of names', aText)

/** The integers from one number up to, and without, another. */
const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i)

/**
 * The setting of finite sequences. Late steps are `j` >= k₁, early ones `i` < k₁, and `k` = 1, …, n counts steps done;
 * `l in j` are the steps up to j, and `j in k` those before k. `b_j(t + 1)` is b_{j+1}.
 */
export function sequence(options: SequenceOptions): Setting<SequenceCase> {
  checkOptions('sequence', options, {
    ...{
      terms: NAMES,
      states: optional(NAMES),
      vectors: optional(NAMES),
      variables: optional(someKinds),
      draw: aFunction,
    },
  })
  const { terms, states = [], vectors = [], variables = {}, draw } = options
  checkNames(variables)
  checkNames(Object.fromEntries([...terms, ...states].map((name) => [name, 'real'] as const)))
  const steps = ({ sequences }: SequenceCase): number => sequences[terms[0]!]!.length
  const names = [...terms, ...states]
  const numbers = names.filter((name) => !vectors.includes(name))
  const dimensionOf = (c: SequenceCase): number => c.vectors?.[vectors[0]!]?.[0]!.length ?? 1
  const inputs = (c: SequenceCase): [string, string][] => [
    ...numbers.flatMap((name) =>
      c.sequences[name]!.map((value, at): [string, string] => [`${name}_${at}`, value]),
    ),
    ...vectors.flatMap((name) =>
      c.vectors![name]!.flatMap((v, at) =>
        v.map((value, i): [string, string] => [`${name}_${at}_${i + 1}`, value]),
      ),
    ),
  ]
  const scopeOf = (F: Trace, c: SequenceCase) => {
    const n = steps(c)
    const known = new Set(inputs(c).map(([name]) => name))
    const coordinates = range(1, dimensionOf(c) + 1)
    const term = (name: string): Value | undefined => {
      if (known.has(name)) return F.input(name)
      return known.has(`${name}_1`) ? coordinates.map((i) => F.input(`${name}_${i}`)) : undefined
    }
    const later = new Map(
      states.flatMap((name) =>
        range(0, n).flatMap((at) => {
          const suffixes = vectors.includes(name) ? coordinates.map((i) => `_${i}`) : ['']
          return suffixes.map((i): [Expr, Expr] => [
            F.input(`${name}_${at}${i}`),
            F.input(`${name}_${at + 1}${i}`),
          ])
        }),
      ),
    )
    const fixed = new Set(variableInputs(c.variables).map(([name]) => name))
    const still = (name: string): boolean => fixed.has(name)
    return {
      F,
      sets: { i: range(0, c.start), j: range(c.start, n), k: range(1, n + 1), l: range(0, n) },
      members: (letter: string, group: string, at: number): readonly number[] | undefined => {
        if (letter === 'l' && group === 'j') return range(0, at + 1)
        return letter === 'j' && group === 'k' ? range(0, at) : undefined
      },
      value: (base: string, index: readonly number[]) =>
        index.length > 1
          ? undefined
          : (term([base, ...index].join('_')) ??
            (index.length === 0 ? variableValue(F, c.variables, base) : undefined)),
      name: setting.name,
      next: (e: Expr) => nextValue(F, e, later, still, setting.name),
      angle: (name: string) => angleValue(F, variables, name),
    }
  }
  const setting: Setting<SequenceCase> = {
    name: `sequences ${names.join(', ')}`,
    builtIn: unitsAmong(variables),
    structure: (c) => `${steps(c)} steps, late from ${c.start}, dimension ${dimensionOf(c)}`,
    scope: scopeOf,
    chosen: () => ({}),
    values: (c) => new Map([...inputs(c), ...variableInputs(c.variables)]),
    generate(random, assumed) {
      for (let i = 0; i < TRIES; i++) {
        const dimension = vectors.length > 0 ? random.integer(1, MOST_DIMENSIONS) : 1
        const c = draw(random, assumed, drawValues(random, variables, dimension, assumed))
        if (c) return c
      }
      throw new RangeError(`${setting.name}: no case met the assumptions in ${TRIES} tries; widen the draw`)
    },
    family: (assumed) => [(random) => setting.generate(random, assumed)],
    chart: (F, c, assumed) => ({
      inputs: new Map([
        ...inputs(c).map(([name]): [string, Expr] => [name, F.input(name)]),
        ...variableChart(F, variables, c.variables, assumed),
      ]),
      exponentials: new Map(),
      roots: [F.constant('1')],
    }),
    *simpler(c) {
      const n = steps(c)
      for (const at of n > 1 ? range(0, n).toReversed() : []) {
        // Without its first or its last step, what is left of a recursion still is one.
        const left = <T>(list: readonly T[]): readonly T[] =>
          list.toSpliced(at === n - 1 ? list.length - 1 : at, 1)
        const start = Math.min(c.start - (at < c.start ? 1 : 0), n - 2)
        yield {
          ...{ ...c, start, sequences: shortened(c.sequences, left) },
          ...(c.vectors && { vectors: shortened(c.vectors, left) }),
        }
      }
      const all = { ...c.variables, ...entries(c) }
      for (const fewer of fewerDimensions(all, dimensionOf(c)))
        yield {
          ...c,
          variables: Object.fromEntries(Object.keys(c.variables).map((name) => [name, fewer[name]!])),
          vectors: mapped(c.vectors!, (name, at) => fewer[`${name}_${at}`] as readonly string[]),
        }
      if (c.start > 0) yield { ...c, start: c.start - 1 }
      for (const [name, list] of Object.entries(c.sequences))
        for (const [at, value] of list.entries())
          for (const simple of simplerNumbers(value))
            yield { ...c, sequences: { ...c.sequences, [name]: list.with(at, simple) } }
      for (const [name, list] of Object.entries(c.vectors ?? {}))
        for (const [at, v] of list.entries())
          for (const simple of simplerVectors(v, hasNorm(v, 'unit') ? 'unit' : 'any'))
            yield { ...c, vectors: { ...c.vectors, [name]: list.with(at, simple) } }
      for (const values of simplerValues(variables, c.variables)) yield { ...c, variables: values }
    },
    size: (c) => [steps(c), dimensionOf(c)],
    labels: (c) => [
      ...(steps(c) > 2 ? ['three steps or more'] : []),
      ...(dimensionOf(c) > 2 ? ['three dimensions or more'] : []),
      ...(c.start > 0 ? ['early steps'] : []),
      ...(inputs(c).some(([, value]) => value.includes('/')) ? ['fractions'] : []),
    ],
    coverage: (): Coverage => ({
      ...{ 'three steps or more': 0.2, fractions: 0.1 },
      ...(vectors.length > 0 && { 'three dimensions or more': 0.2 }),
    }),
    describe: (c) =>
      `${names.join(', ')} over ${stepsOf(steps(c), c.start)}${vectors.length > 0 ? ` in dimension ${dimensionOf(c)}` : ''}${angleNote(variables)}`,
    parse(json) {
      const { sequences, vectors: given, start, variables: values } = (json ?? {}) as Partial<SequenceCase>
      const n = sequences?.[terms[0]!]?.length ?? 0
      const fail = (what: string, got: unknown): never => {
        throw new SyntaxError(`case: expected ${what}, got ${JSON.stringify(got)}`)
      }
      if (n < 1) fail(`"${terms[0]}" to have at least one term`, sequences)
      if (!Number.isInteger(start) || start! < 0 || start! >= n)
        fail(`"start" to be an integer between 0 and ${n - 1}`, start)
      const listOf = (name: string, list: unknown): readonly unknown[] => {
        const length = terms.includes(name) ? n : n + 1
        return Array.isArray(list) && list.length === length
          ? list
          : fail(`${length} terms of "${name}"`, list)
      }
      const dimension = given?.[vectors[0]!]?.[0]?.length ?? 1
      const exact = (value: unknown): string => printRatio(parseRatio(`${String(value)}`))
      const vector = (name: string, v: unknown): string[] =>
        Array.isArray(v) && v.length === dimension && dimension > 0
          ? v.map(exact)
          : fail(`the terms of "${name}" to be vectors of dimension ${dimension}`, v)
      return {
        sequences: Object.fromEntries(
          numbers.map((name) => [name, listOf(name, sequences![name]).map(exact)]),
        ),
        ...(vectors.length > 0 && {
          vectors: Object.fromEntries(
            vectors.map((name) => [name, listOf(name, given?.[name]).map((v) => vector(name, v))]),
          ),
        }),
        start: start!,
        variables: parseValues(variables, values, dimension),
      }
    },
  }
  return setting
}

/** The vectors of a case by name and index. */
const entries = ({ vectors = {} }: SequenceCase): Values =>
  Object.fromEntries(
    Object.entries(vectors).flatMap(([name, list]) => list.map((v, at) => [`${name}_${at}`, v])),
  )

const mapped = (
  vectors: NonNullable<SequenceCase['vectors']>,
  f: (name: string, at: number) => readonly string[],
): NonNullable<SequenceCase['vectors']> =>
  Object.fromEntries(Object.entries(vectors).map(([name, list]) => [name, list.map((_, at) => f(name, at))]))

const shortened = <T>(
  lists: Readonly<Record<string, readonly T[]>>,
  shorten: (list: readonly T[]) => readonly T[],
): Record<string, readonly T[]> =>
  Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, shorten(list)]))

const stepsOf = (n: number, start: number): string =>
  `${n} ${n === 1 ? 'step' : 'steps'}${start > 0 ? `, late from step ${start}` : ''}`
