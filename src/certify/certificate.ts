/** Certificate: a refutation or a proof as plain JSON that `verify` accepts, sealed by its hashes. */
import type { Program } from '../program/program.ts'
import { canonical, FORMAT, type Json } from './format.ts'
import { sha256 } from '../program/hash.ts'

/** How the left side of a relation stands to the right one. */
export type RelationName = '>=' | '>' | '<=' | '<' | '=='

/** An assumption that is checked: its relations, and a Program of the left and the right side of each in turn. */
export interface CheckedAssumption {
  readonly id: string
  readonly formula: string
  readonly relations: readonly RelationName[]
  readonly program: Program
}

/** An assumption that is only named, and why nothing checks it here. */
export interface UncheckedAssumption {
  readonly id: string
  readonly says: string
  readonly why: string
}

interface StatementOf<K extends string> {
  readonly kind: K
  readonly claim: string
  /** The claim in words. */
  readonly says: string
  readonly unchecked: readonly UncheckedAssumption[]
}

/** A name and what belongs to it. */
export type Table<T> = readonly (readonly [name: string, value: T])[]

/** What a refutation refutes: under the assumptions, the left side stands so to the right one. */
export interface RefutationStatement extends StatementOf<'refutation'> {
  readonly formula: string
  /** The element that each index letter of the formula takes, from 0. */
  readonly at: Table<number>
  readonly relation: RelationName
  /** Outputs: the left and the right side. What is between them the checkers form. */
  readonly program: Program
  readonly assumptions: readonly CheckedAssumption[]
  /** Inputs that are positive. */
  readonly positive: readonly string[]
  /** Inputs that are not 0. */
  readonly nonzero: readonly string[]
  /**
   * Along a trajectory: the velocities in time of the inputs that come first, as functions of these and the
   * others. The motion starts where `name(t_0)` says; the Programs above see the state at a later time `t`.
   */
  readonly field?: Program
}

/** A Program of free variables (a name with + takes positive values only) whose outputs vanish identically. */
export interface Identity {
  /** The kind of case. */
  readonly case: string
  readonly program: Program
  /** The side of each kink in order: 1 where a of max(a, b), min(a, b) or abs(a), relu(a) = a or step(a) = 1 is taken. */
  readonly branch: readonly (0 | 1)[]
  /** For each square root in order, the earlier operation that is its value, of a form that is never negative. */
  readonly roots: readonly number[]
  /** Operations whose logarithms the formulas take: positive, by their form. */
  readonly logs: readonly number[]
}

/** What a proof proves: the formulas, as identities on each structure and branch. */
export interface ProofStatement extends StatementOf<'proof'> {
  readonly formulas: readonly string[]
  readonly identities: readonly Identity[]
}

interface Sealed<S> {
  readonly format: typeof FORMAT
  readonly statement: S
  /** SHA-256 of the canonical JSON of the statement, and of everything but the statement and this hash. */
  readonly statementHash: string
  readonly hash: string
}

/** Exact inputs at which a claim fails. */
export interface Refutation extends Sealed<RefutationStatement> {
  readonly inputs: Table<string>
  /** The time steps to the moment at which the claim fails, and the order of the Taylor series. */
  readonly motion?: { readonly steps: readonly string[]; readonly order: number }
}

/** Identities, each false with a probability below 2^−100. */
export type Proof = Sealed<ProofStatement>

export type Certificate = Refutation | Proof

/** The certificate with its hashes. */
export function sealed<C extends Certificate>(content: Omit<C, 'format' | 'statementHash' | 'hash'>): C {
  const { statement, ...beside } = content as unknown as { readonly [key: string]: Json }
  const rest = { format: FORMAT, statementHash: sha256(canonical(statement!)), ...beside }
  return { statement, ...rest, hash: sha256(canonical(rest)) } as unknown as C
}

/** The bytes of a certificate, as a file has them. */
export const bytesOf = (certificate: Certificate): Uint8Array =>
  new TextEncoder().encode(JSON.stringify(certificate))
