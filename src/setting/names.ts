/** Names: each symbol of a setting means one thing, so that no choice may hide what another brings. */
import { RESERVED } from '../program/functions.ts'
import { STEP_LETTERS } from '../program/syntax.ts'
import type { SymbolEntry } from '../claim/setting.ts'
import { OF_NETS, OF_OBJECTIVES } from './symbols.ts'
import { partsOf, type Spec } from './point/spec.ts'

/** The names in a table of symbols, without letters and arguments. */
const namesIn = (table: readonly SymbolEntry[]): ReadonlySet<string> =>
  new Set(table.map(({ name }) => name.split(/[_(]/)[0]!))

/** What is wrong with the names of a setting; `undefined` if each means one thing. */
export function clashIn(spec: Spec): string | undefined {
  const { model, weights, variables, functions } = spec
  const { node, named, nodeState, state } = partsOf(spec)
  const itself = model?.kind === 'objective' ? named.has('w') && !weights : weights?.weight.source === 'w_u'
  const brought = model === undefined ? [] : namesIn(model.kind === 'nets' ? OF_NETS : OF_OBJECTIVES)
  const meanings = new Map<string, string>(
    [...RESERVED, 'eta'].map((name) => [name, 'means something everywhere']),
  )
  if (spec.moment && spec.rule?.time === 'steps')
    for (const letter of STEP_LETTERS) meanings.set(letter, 'stands for a step of a run')
  for (const name of brought) if (!(name === 'w' && itself)) meanings.set(name, 'is a symbol of every model')
  const given: [name: string, as: string][] = [
    ...[...node.keys(), ...named.keys()].map((name): [string, string] => [name, 'is a parameter or weight']),
    ...[...nodeState.keys(), ...state.keys()].map((name): [string, string] => [name, 'is extra state']),
    ...Object.keys(variables).map((name): [string, string] => [name, 'is a variable']),
    ...Object.keys(functions)
      .flatMap((name) => [name, `${name}prime`])
      .map((name): [string, string] => [name, 'is an unknown function or its derivative']),
  ]
  for (const [name, as] of given) {
    const before = meanings.get(name)
    if (before !== undefined)
      return `expected a name for each thing; "${name}" ${as} and ${before}; choose another name`
    meanings.set(name, as)
  }
  return undefined
}
