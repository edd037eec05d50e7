/**
 * Definitions: names for parts of a statement, as in "where ε = min_i m_i(t₀)". A defined name is a symbol of the claim's
 * scope whose value is that of its formula: evaluated with its own letters bound, so that no letter is captured.
 */
import { RESERVED } from '../program/functions.ts'
import { evaluate, nodesOf, parseFormula, type Formula, type Node } from '../program/formula.ts'
import type { Scope } from '../program/indices.ts'
import { text } from '../program/print.ts'
import { aText, recordOf } from './form.ts'
import type { Setting } from './setting.ts'

/** One definition: the name and its letters, and what it stands for. */
export interface Definition {
  readonly name: string
  readonly base: string
  readonly letters: readonly string[]
  readonly formula: Formula
}

const NAME = /^[A-Za-z]+(_[a-z])*$/
const asRecord = recordOf('an object of formulas by name, such as { eps: "min(i, m_i(t_0))" }', aText)

/**
 * The definitions in an object; each may use those before it.
 * @throws TypeError, SyntaxError naming the definition that is none.
 */
export function definitionsIn(at: string, where: Readonly<Record<string, string>>): Definition[] {
  asRecord(`${at}: where`, where)
  return Object.entries(where).map(([name, text]) => {
    const [base, ...letters] = name.split('_') as [string, ...string[]]
    if (!NAME.test(name))
      throw new SyntaxError(
        `${at}: where: expected a name of letters, with its index letters behind _ as in "xi_u", got "${name}"`,
      )
    if (RESERVED.has(base))
      throw new SyntaxError(`${at}: where: expected a name that means nothing yet, got "${base}"`)
    try {
      return { name, base, letters, formula: parseFormula(text) }
    } catch (error) {
      throw new SyntaxError(`${at}: where ${name}: ${(error as Error).message}`, { cause: error })
    }
  })
}

/** The scope with defined names. @throws SyntaxError where the setting has such a symbol, or a letter is not bound. */
export function withDefinitions(scope: Scope, definitions: readonly Definition[]): Scope {
  return definitions.reduce(
    (inner, { name, base, letters, formula }): Scope => ({
      ...inner,
      ...(inner.start && { start: withDefinitions(inner.start, [{ name, base, letters, formula }]) }),
      ...(inner.moment && {
        moment(step: number) {
          const there = inner.moment!(step)
          return there && withDefinitions(there, [{ name, base, letters, formula }])
        },
      }),
      ...(inner.batch && { batch: withDefinitions(inner.batch, [{ name, base, letters, formula }]) }),
      ...(inner.symbols && { symbols: [...inner.symbols, name] }),
      value(other, index) {
        if (other !== base || index.length !== letters.length) return inner.value(other, index)
        if (inner.value(base, index) !== undefined)
          throw new SyntaxError(
            `where: expected a name that ${inner.name ?? 'the setting'} does not have, got "${name}"; choose another`,
          )
        return evaluate(formula, inner, Object.fromEntries(letters.map((letter, i) => [letter, index[i]!])))
      },
    }),
    scope,
  )
}

/** The setting in which these names are defined; itself if there are none. */
export function defining<C>(setting: Setting<C>, definitions: readonly Definition[]): Setting<C> {
  if (definitions.length === 0) return setting
  const { numerical } = setting
  if (numerical && !numerical.defining)
    throw new TypeError(
      `where: expected no definitions in the setting ${setting.name}, got ${definitions.map(({ name }) => name).join(', ')}`,
    )
  return {
    ...setting,
    scope: (F, c) => withDefinitions(setting.scope(F, c), definitions),
    ...(numerical && { numerical: numerical.defining!(definitions) }),
  }
}

/** The definitions that formulas use, by themselves or through others, in their order. */
export function usedIn(definitions: readonly Definition[], formulas: readonly Formula[]): Definition[] {
  const used = new Set<Definition>()
  const note = (root: Node): void => {
    for (const node of nodesOf(root)) {
      const name = node.type === 'FunctionNode' && typeof node.fn === 'object' ? node.fn.name : node.name
      const base = name?.split('_')[0]
      for (const one of definitions) {
        if (one.base !== base || used.has(one)) continue
        used.add(one)
        note(one.formula.root)
      }
    }
  }
  for (const { root } of formulas) note(root)
  return definitions.filter((one) => used.has(one))
}

/** Definitions as one text, `eps = min(i, m_i(t_0)) and …`; none if there are none. */
export function printed(definitions: readonly Definition[]): string[] {
  const lines = definitions.map(({ name, formula }) => `${text(parseFormula(name))} = ${text(formula)}`)
  return lines.length === 0 ? [] : [lines.join(' and ')]
}

/** A formula as text, with what the names in it stand for. */
export const withWhere = (formula: Formula, definitions: readonly Definition[]): string =>
  [text(formula), ...printed(usedIn(definitions, [formula]))].join(', where ')
