/** Setting: the cases that a claim speaks about, and what its symbols mean in each of them. */
import type { Interval } from '../number/interval.ts'
import type { Formula } from '../program/formula.ts'
import type { Scope } from '../program/indices.ts'
import type { Expr, Program, Trace } from '../program/program.ts'
import type { Assumption } from './claim.ts'
import type { Curve, Outcome } from './decide.ts'
import type { Definition } from './definitions.ts'
import type { Random } from './random.ts'

/**
 * A way to write the inputs of a case as rational functions of free variables, all norms rational. Free
 * variables are inputs of the trace; those whose name starts with `+` take positive values only.
 */
export interface Chart {
  /** Each input of the case. */
  readonly inputs: ReadonlyMap<string, Expr>
  /** Values for the exponentials of some inputs, positive; any other exponential is a free positive. */
  readonly exponentials: ReadonlyMap<Expr, Expr>
  /** Positive rational functions that square roots in the claim may equal. */
  readonly roots: readonly Expr[]
}

/** A label of a case and the share of the cases that must carry it, lest the generator sit in a corner. */
export type Coverage = Readonly<Record<string, number>>

/** The assumptions that generated cases must satisfy: the objects, as an id says nothing on what it stands for. */
export type Assumed = ReadonlySet<Assumption>

/** Thrown for what is no case because its numbers together break the premise of the setting. */
export class PremiseFails extends SyntaxError {
  override readonly name = 'PremiseFails'
}

/** A symbol of a setting, with its index letters, and what it means in words. */
export interface SymbolEntry {
  readonly name: string
  readonly means: string
}

/** A space of cases of type `C` (plain JSON). Only `values` looks at the numbers of a case. */
export interface Setting<C> {
  readonly name: string
  /** The assumptions that generator, family or chart build in where they are made; no other may have the id of one. */
  readonly builtIn?: readonly Assumption[]
  /** A relation that every case satisfies, in exact inputs, and those of its inputs that `values` does not give. */
  readonly premise?: { readonly formula: string; inputs(c: C): ReadonlyMap<string, string> }
  /** What formulas may speak of. */
  readonly symbols?: readonly SymbolEntry[]
  /** Equal keys mean equal symbols: two such cases differ in their numbers only. */
  structure(c: C): string
  scope(F: Trace, c: C): Scope
  /** The outputs of a Program in symbols of `scope`, traced from the inputs of `values`, where they are not the same. */
  unroll?(F: Trace, program: Program, c: C): readonly Expr[]
  /** Index letters whose elements the case itself chooses; the others range over their sets. */
  chosen(c: C): Readonly<Record<string, number>>
  /** The exact value of each input, as text. */
  values(c: C): ReadonlyMap<string, string>
  /** A random case with the assumptions built in as far as the setting knows them. */
  generate(random: Random, assumed: Assumed): C
  /** Whether the family is all there is, and no sample of it: then one structure is enough for a proof. */
  readonly wholeFamily?: boolean
  /** One generator per member of the family over which identities are proved. */
  family(assumed: Assumed): Iterable<(random: Random) => C>
  /** A chart around the case, which supplies structure and signs; the assumptions hold throughout it. */
  chart(F: Trace, c: C, assumed: Assumed): Chart
  /**
   * Simpler cases, the greatest simplification first, the assumptions kept as far as the setting knows
   * them.
   */
  simpler(c: C, assumed: Assumed): Iterable<C>
  /** How large a case is, the most important number first: of two forms, the smaller one is simpler. */
  size?(c: C): readonly number[]
  labels(c: C): readonly string[]
  coverage(assumed: Assumed): Coverage
  /** Why claims of this setting do not speak of a case, though it is one, or of one that comes from another: a search does not go there. */
  refuses?(c: C, from?: C): string | undefined
  /** One readable line on the kind of case. */
  describe(c: C): string
  /** The case of a parsed JSON value. @throws SyntaxError if it is none, `PremiseFails` if it breaks the premise. */
  parse(json: unknown): C
  /**
   * Inputs that are no exact numbers, enclosed in intervals of so many binary digits; or why they cannot be. Absent
   * if there are none.
   */
  enclosures?(c: C, bits: number): ReadonlyMap<string, Interval> | { readonly reason: string }
  /**
   * Where inputs are enclosed because they move: their velocities in the time `t`, as a Program of these inputs and then
   * of others; each starts at the value of the input `name(t_0)`. None where the velocities read the time.
   */
  motion?(c: C): Program | undefined
  /**
   * All inputs in doubles, where some are enclosed: a search passes over cases that are clearly no violation in
   * doubles, and over those that are hard to follow (`undefined`); `easily` means all but the easiest.
   */
  rough?(c: C, easily?: boolean): ReadonlyMap<string, number> | undefined
  /** How many random cases a check draws if nobody says; 200 if absent. */
  readonly cases?: number
  /** At most how many cases are judged in search of a simpler counterexample; no bound if absent. */
  readonly shrinks?: number
  /** The same runs beside other flows of their weights, for statements on `path(w_u, velocity)`. */
  paths?(): Setting<C>
  /** Present if formulas are decided numerically, by `decide`: what holds is supported, and no more. */
  readonly numerical?: Numerical<C>
}

/** How a setting decides formulas that are no relations between numbers of one case. */
export interface Numerical<C> {
  /** Evaluations of a hunt if nobody says: each of them may take long. */
  readonly evaluations: number
  /**
   * With `assumed`, for searches, which find what is misread: a case counts as violated only if it is on a longer run
   * too, on which these formulas hold.
   */
  decide(c: C, formulas: readonly Formula[], assumed?: readonly Formula[]): Outcome
  /** What of a case is worth drawing. */
  curve?(c: C, formulas: readonly Formula[]): Curve | undefined
  /** The same setting with more cases to draw from, followed further. */
  full?(): Setting<unknown>
  /** The same with defined names; a setting without it takes no definitions. */
  defining?(definitions: readonly Definition[]): Numerical<C>
}
