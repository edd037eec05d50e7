/** Models: which weights and data there are, and the loss L as a function of them. */
import { parseFormula, type Formula } from '../program/formula.ts'
import { crossEntropy, exponential, lossOf, type Loss } from './loss.ts'

/** What a weight of an objective may be. */
export type WeightKind = 'real' | 'positive' | 'vector'

/** Nets on labelled data, each case with one of the losses; or weights by name with their objective. */
export type Model =
  | { readonly kind: 'nets'; readonly losses: readonly string[]; readonly anyLoss: boolean }
  | {
      readonly kind: 'objective'
      readonly weights: Readonly<Record<string, WeightKind>>
      readonly L: Formula
    }

/**
 * Nets on data with L = Σ_i ℓ_i, a sum over the points. A loss is a formula of the margin m (one output, y = ±1), of the
 * margins m_j = Φ_y − Φ_j of several classes, or of the residual r = Φ − y; of several each case has one.
 * @throws SyntaxError for a loss that is none.
 */
export function nets(options: { readonly loss?: string | readonly [string, ...string[]] } = {}): Model {
  const unknown = Object.keys(options).find((name) => name !== 'loss')
  if (unknown !== undefined) throw new TypeError(`nets: unknown field "${unknown}"; expected loss`)
  const { loss } = options
  const losses = loss === undefined ? [exponential, crossEntropy] : typeof loss === 'string' ? [loss] : loss
  const made: readonly Loss[] = losses.map(lossOf)
  return Object.freeze({ kind: 'nets', losses: made.map(({ formula }) => formula.source), anyLoss: !loss })
}

const KINDS: readonly string[] = ['real', 'positive', 'vector']

/** No net: weights by name, and L as a formula of them and of the variables of the setting. */
export function objective(weights: Readonly<Record<string, WeightKind>>, L: string): Model {
  for (const [name, kind] of Object.entries(weights ?? {})) {
    if (!/^[A-Za-z]+$/.test(name)) throw new TypeError(`objective: expected names of letters, got "${name}"`)
    if (!KINDS.includes(kind))
      throw new TypeError(`objective: ${name}: expected "real", "positive" or "vector", got "${kind}"`)
  }
  if (Object.keys(weights ?? {}).length === 0)
    throw new TypeError('objective: expected weights by name, such as { w: "vector" }, got none')
  return Object.freeze({ kind: 'objective', weights, L: parseFormula(L) })
}
