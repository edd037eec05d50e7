/** Losses as formulas: of the margin m of one output, of the differences m_j of several, or of the residual r. */
import type { Field } from '../program/field.ts'
import { evaluate, parseFormula, symbolsIn, type Formula } from '../program/formula.ts'
import { freeIndices } from '../program/indices.ts'
import { trace, type Expr, type Program } from '../program/program.ts'
import { run } from '../program/run.ts'

/** What the labels are: y = ±1, a class, or any number. */
export type Labels = 'sign' | 'class' | 'real'

/** A loss L = Σ_i ℓ_i: ℓ as a formula of what it reads at one point. */
export interface Loss {
  readonly formula: Formula
  readonly labels: Labels
  /** yΦ; Φ_y − Φ_j over the other classes j; or the residual Φ − y. @throws RangeError if outputs and label do not fit. */
  differences<T>(F: Field<T>, outputs: readonly T[], label: string): T[]
  /** ℓ of one point. */
  term<T>(F: Field<T>, differences: readonly T[]): T
}

/** ℓ = e^{−yΦ}, y = ±1. */
export const exponential = 'exp(-m)'
/** ℓ = log(1 + e^{−yΦ}), y = ±1. */
export const logistic = 'log(1 + exp(-m))'
/** ℓ = log(1 + Σ_{j≠y} e^{−(Φ_y − Φ_j)}), y a class. */
export const crossEntropy = 'log(1 + sum(j, exp(-m_j)))'
/** ℓ = (Φ − y)²/2, y any number. */
export const squared = 'r^2/2'

const known = new Map<string, Loss>()

/** The loss of a formula. @throws SyntaxError if it reads anything but m, m_j or r, or more than one of them. */
export function lossOf(text: string): Loss {
  let loss = known.get(text)
  if (loss === undefined) known.set(text, (loss = made(text)))
  return loss
}

function made(text: string): Loss {
  const formula = parseFormula(text)
  const labels = labelsOf(formula)
  const programs = new Map<number, Program>()
  /** ℓ of n differences. */
  const programOf = (n: number): Program => {
    let program = programs.get(n)
    if (program === undefined) {
      const names = Array.from({ length: n }, (_, j) => `m_${j + 1}`)
      program = trace(names, (F, at) => {
        const value = evaluate(formula, {
          ...{ F, name: 'a loss', sets: { j: at.map((_, j) => j) } },
          value: (base, index) =>
            labels === 'class' ? (base === 'm' && index.length === 1 ? at[index[0]!] : undefined) : at[0],
        })
        if (typeof value !== 'number')
          throw new SyntaxError(`loss: expected a number for each point, got the vector "${text}"`)
        return [value as Expr]
      })
      programs.set(n, program)
    }
    return program
  }
  programOf(labels === 'class' ? 2 : 1)
  return {
    ...{ formula, labels },
    differences: (F, outputs, label) => differencesOf(F, labels, text, outputs, label),
    term: (F, differences) => run(programOf(differences.length), F, differences)[0]!,
  }
}

const KINDS: Readonly<Record<string, Labels>> = { m: 'sign', m_j: 'class', r: 'real' }

function labelsOf(formula: Formula): Labels {
  const read = [...symbolsIn(formula)].filter((name) => name !== 'j')
  const kinds = read.map((name) => (Object.hasOwn(KINDS, name) ? KINDS[name]! : undefined))
  if (read.length !== 1 || kinds[0] === undefined || freeIndices(formula, { sets: { j: [] } }).length > 0)
    throw new SyntaxError(
      `loss: expected a formula of the margin m, of the margins sum(j, … m_j …) of several classes, or of the residual r, got "${formula.source}"`,
    )
  return kinds[0]
}

function differencesOf<T>(
  F: Field<T>,
  labels: Labels,
  name: string,
  outputs: readonly T[],
  label: string,
): T[] {
  if (labels === 'class') {
    const own = outputs[Number(label)]
    if (outputs.length < 2 || own === undefined)
      throw new RangeError(
        `${name}: expected at least 2 outputs and a label among them, got ${outputs.length} outputs and label ${label}`,
      )
    return outputs.flatMap((other, j) => (j === Number(label) ? [] : [F.sub(own, other)]))
  }
  const fits = outputs.length === 1 && (labels === 'real' || label === '1' || label === '-1')
  if (!fits)
    throw new RangeError(
      `${name}: expected one output and a label ${labels === 'real' ? 'that is a number' : '±1'}, got ${outputs.length} outputs and label ${label}`,
    )
  if (labels === 'real') return [F.sub(outputs[0]!, F.constant(label))]
  return [label === '1' ? outputs[0]! : F.neg(outputs[0]!)]
}
