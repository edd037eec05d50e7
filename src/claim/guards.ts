/** Guards: where the values of a formula exist. A trace simplifies x/x, log x − log x and 0·√x; their guards stay. */
import type { Sign } from '../number/field.ts'
import type { Expr, Trace } from '../program/program.ts'

/** What must hold of a value for another to exist: a divisor is not 0, a logarithm's argument positive, a radicand >= 0. */
export type Need = 'not 0' | 'positive' | 'not negative'

/** A value and what must hold of it. */
export interface Guard {
  readonly value: Expr
  readonly need: Need
}

/** A trace that notes what each division, logarithm and square root asks for, before anything is simplified away. */
export function guarded(F: Trace): {
  readonly F: Trace
  readonly guards: () => readonly Guard[]
  readonly forget: () => void
} {
  const noted = new Map<string, Guard>()
  const note = (value: Expr, need: Need): void => {
    const op = F.ops[value]!
    const constant = op[0] === 'const'
    if (constant && (need === 'not negative' ? !op[1].startsWith('-') : op[1] !== '0')) {
      if (need !== 'positive' || !op[1].startsWith('-')) return
    }
    noted.set(`${value} ${need}`, { value, need })
  }
  const watching: Trace = {
    ...F,
    div: (a, b) => (note(b, 'not 0'), F.div(a, b)),
    log: (a) => (note(a, 'positive'), F.log(a)),
    sqrt: (a) => (note(a, 'not negative'), F.sqrt(a)),
    root: (a, q) => (q > 1 && note(a, 'not negative'), F.root(a, q)),
  }
  return { F: watching, guards: () => [...noted.values()], forget: () => noted.clear() }
}

/** Whether a value of that sign meets a need; `undefined` if its sign is not known. */
export function meetsNeed(need: Need, sign: Sign): boolean | undefined {
  if (sign === undefined) return undefined
  return need === 'not 0' ? sign !== 0 : need === 'positive' ? sign > 0 : sign >= 0
}
