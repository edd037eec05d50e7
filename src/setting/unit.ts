/** The assumption that some vectors are of norm 1, which draws and charts build in. */
import type { Assumption } from '../claim/claim.ts'
import { parseFormula } from '../program/formula.ts'
import { text } from '../program/print.ts'

const units = new Map<string, Assumption>()
const vectorsOf = new WeakMap<Assumption, readonly string[]>()

/** The assumption that the vectors of these names are of norm 1: one object for each set of names. */
export function unitVectors(...vectors: readonly string[]): Assumption {
  const names = [...new Set(vectors)].toSorted()
  const formula = [...names.map((name) => `norm(${name})`), '1'].join(' == ')
  const shown = names.map((name) => text(parseFormula(name)))
  const says = `${shown.join(', ')} ${names.length > 1 ? 'are' : 'is'} of norm 1`
  const known = units.get(formula) ?? Object.freeze({ id: 'unit-vectors', says, formula })
  units.set(formula, known)
  vectorsOf.set(known, names)
  return known
}

/** The vectors that an assumption says to be of norm 1, if it is made by `unitVectors`. */
export const unitNames = (assumption: Assumption): readonly string[] | undefined => vectorsOf.get(assumption)
