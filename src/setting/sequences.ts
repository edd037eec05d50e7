/** The setting of finite sequences: exact terms a_0, …, a_{n−1} and states b_0, …, b_n between them. */
import { aFunction, aText, listOf, optional } from '../claim/form.ts'
import type { Random } from '../claim/random.ts'
import type { Assumed, Coverage, Setting } from '../claim/setting.ts'
import { parseRatio, printRatio } from '../program/constant.ts'
import { substitute } from '../program/grad.ts'
import type { Expr, Trace } from '../program/program.ts'
import { checkOptions, someKinds } from './options.ts'
import { simplerNumbers } from './simpler.ts'
import {
  angleNote,
  checkNames,
  cosine,
  drawValues,
  parseValues,
  simplerValues,
  variableChart,
  variableInputs,
  variableValue,
  type Values,
  type Variables,
} from './variables.ts'

/** Exact sequences, the index k₁ at which the late terms start, and variables. */
export interface SequenceCase {
  readonly sequences: Readonly<Record<string, readonly string[]>>
  readonly start: number
  readonly variables: Values
}

/** What a claim about sequences fixes. */
export interface SequenceOptions {
  /** Sequences with one term per step: a_0, …, a_{n−1}. */
  readonly terms: readonly string[]
  /** Sequences that a step moves on: b_0, …, b_n. */
  readonly states?: readonly string[]
  /** Scalar variables. */
  readonly variables?: Variables
  /** A case that meets the assumptions as far as possible, from random values of the variables. */
  draw(random: Random, assumed: Assumed, variables: Values): SequenceCase | undefined
}

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
    ...{ terms: NAMES, states: optional(NAMES), variables: optional(someKinds), draw: aFunction },
  })
  const { terms, states = [], variables = {}, draw } = options
  checkNames(variables)
  checkNames(Object.fromEntries([...terms, ...states].map((name) => [name, 'real'] as const)))
  const steps = ({ sequences }: SequenceCase): number => sequences[terms[0]!]!.length
  const names = [...terms, ...states]
  const inputs = ({ sequences }: SequenceCase): [string, string][] =>
    names.flatMap((name) => sequences[name]!.map((value, at): [string, string] => [`${name}_${at}`, value]))
  const scopeOf = (F: Trace, c: SequenceCase) => {
    const n = steps(c)
    const known = new Set(inputs(c).map(([name]) => name))
    const term = (name: string): Expr | undefined => (known.has(name) ? F.input(name) : undefined)
    const later = new Map(
      states.flatMap((name) =>
        range(0, n).map((at): [Expr, Expr] => [F.input(`${name}_${at}`), F.input(`${name}_${at + 1}`)]),
      ),
    )
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
      next: (e: Expr) => substitute(F, e, later),
      apply: (base: string, _: readonly number[], [a]: readonly (Expr | readonly Expr[])[]) =>
        base === 'cos' ? cosine(F, variables, a) : undefined,
    }
  }
  const setting: Setting<SequenceCase> = {
    name: `sequences ${names.join(', ')}`,
    structure: (c) => `${steps(c)} steps, late from ${c.start}`,
    scope: scopeOf,
    chosen: () => ({}),
    values: (c) => new Map([...inputs(c), ...variableInputs(c.variables)]),
    generate(random, assumed) {
      for (let i = 0; i < TRIES; i++) {
        const c = draw(random, assumed, drawValues(random, variables, 1, assumed))
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
        const left = Object.entries(c.sequences).map(([name, list]) => [
          name,
          list.toSpliced(at === n - 1 ? list.length - 1 : at, 1),
        ])
        const start = Math.min(c.start - (at < c.start ? 1 : 0), n - 2)
        yield { ...c, sequences: Object.fromEntries(left), start }
      }
      if (c.start > 0) yield { ...c, start: c.start - 1 }
      for (const [name, list] of Object.entries(c.sequences))
        for (const [at, value] of list.entries())
          for (const simple of simplerNumbers(value))
            yield { ...c, sequences: { ...c.sequences, [name]: list.with(at, simple) } }
      for (const values of simplerValues(variables, c.variables)) yield { ...c, variables: values }
    },
    labels: (c) => [
      ...(steps(c) > 2 ? ['three steps or more'] : []),
      ...(c.start > 0 ? ['early steps'] : []),
      ...(inputs(c).some(([, value]) => value.includes('/')) ? ['fractions'] : []),
    ],
    coverage: (): Coverage => ({ 'three steps or more': 0.2, fractions: 0.1 }),
    describe: (c) => `${names.join(', ')} over ${stepsOf(steps(c), c.start)}${angleNote(variables)}`,
    parse(json) {
      const { sequences, start, variables: values } = (json ?? {}) as Partial<SequenceCase>
      const n = sequences?.[terms[0]!]?.length ?? 0
      const fail = (what: string, got: unknown): never => {
        throw new SyntaxError(`case: expected ${what}, got ${JSON.stringify(got)}`)
      }
      if (n < 1) fail(`"${terms[0]}" to have at least one term`, sequences)
      if (!Number.isInteger(start) || start! < 0 || start! >= n)
        fail(`"start" to be an integer between 0 and ${n - 1}`, start)
      const parsed = names.map((name): [string, string[]] => {
        const list: unknown = sequences![name]
        const length = terms.includes(name) ? n : n + 1
        if (!Array.isArray(list) || list.length !== length) return fail(`${length} terms of "${name}"`, list)
        return [name, list.map((value) => printRatio(parseRatio(`${value}`)))]
      })
      return {
        sequences: Object.fromEntries(parsed),
        start: start!,
        variables: parseValues(variables, values, 1),
      }
    },
  }
  return setting
}

const stepsOf = (n: number, start: number): string =>
  `${n} ${n === 1 ? 'step' : 'steps'}${start > 0 ? `, late from step ${start}` : ''}`
