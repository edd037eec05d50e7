/** Losses: sums over the data of a function of the margins (a sum, not a mean). */
import { min, sum, type Field } from '../program/field.ts'

/** One loss, from the outputs of a network at each data point. */
export interface Loss {
  readonly name: 'exponential' | 'cross-entropy' | 'squared'
  /** Whether ℓ falls to 0 as the margins grow, so that log 1/L is a clock of gradient flow. */
  readonly separates: boolean
  /** Labels ±1 with one output, or class indices with one output per class. */
  readonly labels: 'sign' | 'class'
  /** The differences whose smallest is the margin: yΦ, or Φ_y − Φ_j over the other classes j. */
  differences<T>(F: Field<T>, outputs: readonly T[], label: number): T[]
  /** ℓ as a function of the differences of one point. */
  term<T>(F: Field<T>, differences: readonly T[]): T
}

/** The one difference yΦ of a loss with labels y = ±1. */
function signed(name: Loss['name']): Loss['differences'] {
  return (F, outputs, label) => {
    if (outputs.length !== 1 || (label !== 1 && label !== -1))
      throw new RangeError(
        `${name}: expected one output and a label ±1, got ${outputs.length} outputs and label ${label}`,
      )
    return [label === 1 ? outputs[0]! : F.neg(outputs[0]!)]
  }
}

/** ℓ = e^{−yΦ}, y ∈ {+1, −1}. */
export const exponential: Loss = {
  name: 'exponential',
  separates: true,
  labels: 'sign',
  differences: signed('exponential'),
  term: (F, differences) => F.exp(F.neg(differences[0]!)),
}

/** ℓ = ½(Φ − y)² = ½(yΦ − 1)², y ∈ {+1, −1}. */
export const squared: Loss = {
  name: 'squared',
  separates: false,
  labels: 'sign',
  differences: signed('squared'),
  term: (F, differences) => F.mul(F.constant('1/2'), F.pow(F.sub(differences[0]!, F.constant('1')), 2)),
}

/** ℓ = log(1 + Σ_{j≠y} e^{−(Φ_y − Φ_j)}), y a class index. */
export const crossEntropy: Loss = {
  name: 'cross-entropy',
  separates: true,
  labels: 'class',
  differences(F, outputs, label) {
    if (outputs.length < 2 || outputs[label] === undefined)
      throw new RangeError(
        `cross-entropy: expected at least 2 outputs and a label among them, got ${outputs.length} outputs and label ${label}`,
      )
    return outputs.flatMap((other, j) => (j === label ? [] : [F.sub(outputs[label]!, other)]))
  },
  term: (F, differences) =>
    F.log(
      F.add(
        F.constant('1'),
        sum(
          F,
          differences.map((d) => F.exp(F.neg(d))),
        ),
      ),
    ),
}

/** The losses by name. */
export const losses: Readonly<Record<Loss['name'], Loss>> = {
  exponential,
  'cross-entropy': crossEntropy,
  squared,
}

/** The losses along whose gradient flow log 1/L is a clock. */
export const separating: readonly Loss['name'][] = Object.values(losses).flatMap(({ name, separates }) =>
  separates ? [name] : [],
)

/** The margin m_i: the smallest of the differences. */
export function margin<T>(F: Field<T>, differences: readonly T[]): T {
  return differences.reduce((a, b) => min(F, a, b))
}
