/** Options: what an author asks of a setting, met by checks with the names of the options. */
import { fields, listOf, oneOf, recordOf, such, type Check } from '../claim/form.ts'
import { normalizations } from '../normalization/normalization.ts'
import type { Kind } from './variables.ts'

const KINDS: Record<Kind, true> = { real: true, positive: true, angle: true, unit: true, vector: true }

export const aNormalization: Check = oneOf(Object.keys(normalizations))
/** A loss under which the loss vanishes in the limit. */
export const aLoss: Check = oneOf(['exponential', 'cross-entropy'])
export const someLetters: Check = listOf('a list of index letters', oneOf(['u', 'v']))
export const someKinds: Check = recordOf(
  'an object of kinds by name, such as { x: "real" }',
  oneOf(Object.keys(KINDS)),
)
export const aNet: Check = such('a net { inputs, layers }', (value) =>
  Array.isArray((value as { readonly layers?: unknown } | null)?.layers),
)
export const aSwitch: Check = such('true or false', (value) => typeof value === 'boolean')
export const someHorizons: Check = listOf(
  'a list of numbers',
  such('a positive number', (value) => Number.isFinite(value) && Number(value) > 0),
)

/** Checks the options of a setting: each by its own check, and no others. @throws TypeError naming the option. */
export function checkOptions<O extends object>(
  setting: string,
  options: O,
  checks: Record<keyof O & string, Check>,
): void {
  fields(`options such as { ${Object.keys(checks)[0]} }`, checks)(setting, options)
}
