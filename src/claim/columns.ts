/** Columns: the values of traced expressions at all samples of a run, each operation computed once. */
import { bounded, type Bounded } from '../number/bounded.ts'
import { operands, type Expr, type Trace } from '../program/program.ts'
import { applied } from '../program/run.ts'

/** Why there is no value: the error of the input or operation that comes first, inputs before operations. */
export class Failure {
  readonly rank: number
  readonly error: Error
  constructor(rank: number, error: Error) {
    this.rank = rank
    this.error = error
  }
}

/** A value, or why there is none. */
export type Cell = Bounded | Failure

/** An expression at all samples: in the run, and in the less accurate one, which may not have come as far. */
export interface Column {
  readonly values: readonly Cell[]
  readonly rough: readonly (Cell | undefined)[]
}

/** The values of inputs. */
export interface Inputs {
  /** Whether the value of an input depends on the way in which it is asked for, as that of a limit does. */
  isTied(name: string): boolean
  /** `undefined` where the less accurate run did not come so far. @throws Undefined, Unknown and what else has to be said */
  value(name: string, sample: number, rough: boolean): Bounded | undefined
}

/** Columns by expression; those that are tied to a way of asking are kept apart. */
export type Store = Map<Expr, Column>

/** Inputs come before all operations. */
const BEFORE = 2 ** 40

/** The columns of some expressions, and of all that they are made of. */
export function columnsOf(
  { F, samples, free }: { readonly F: Trace; readonly samples: number; readonly free: Store },
  of: readonly Expr[],
  inputs: Inputs,
  tied: Store,
): (e: Expr) => Column {
  const column = (e: Expr): Column | undefined => free.get(e) ?? tied.get(e)
  const missing = new Set<Expr>()
  const open = [...of]
  for (let e = open.pop(); e !== undefined; e = open.pop()) {
    if (missing.has(e) || column(e)) continue
    missing.add(e)
    open.push(...(operands(F.ops[e]!) as readonly Expr[]))
  }
  // An operation comes after its operands.
  for (const e of [...missing].toSorted((a, b) => a - b)) {
    const op = F.ops[e]!
    const name = F.nameOf(e)
    const needs = operands(op).map((a) => column(a as Expr)!)
    const depends = name === undefined ? operands(op).some((a) => tied.has(a as Expr)) : inputs.isTied(name)
    const at: Bounded[] = []
    const cell = (j: number, rough: boolean): Cell | undefined => {
      let failure: Failure | undefined
      for (const [k, a] of operands(op).entries()) {
        const value = rough ? needs[k]!.rough[j] : needs[k]!.values[j]!
        if (value === undefined) return undefined
        if (!(value instanceof Failure)) at[a] = value
        else if (failure === undefined || value.rank < failure.rank) failure = value
      }
      if (failure) return failure
      try {
        return op[0] === 'input' ? inputs.value(name!, j, rough) : applied(bounded, op, at)
      } catch (error) {
        return new Failure(op[0] === 'input' ? e - BEFORE : e, error as Error)
      }
    }
    const cells = (rough: boolean): (Cell | undefined)[] =>
      Array.from({ length: samples }, (_, j) => cell(j, rough))
    const made = { values: cells(false) as Cell[], rough: cells(true) }
    ;(depends ? tied : free).set(e, made)
  }
  return (e) => column(e)!
}

/** The first failure among the cells of some expressions at one sample. */
export function failureIn(cells: readonly (Cell | undefined)[]): Failure | undefined {
  const failures = cells.filter((cell): cell is Failure => cell instanceof Failure)
  return failures.reduce<Failure | undefined>((a, b) => (a && a.rank <= b.rank ? a : b), undefined)
}
