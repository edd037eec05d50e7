/** Certificate: a refutation or a proof as plain JSON that `verify` accepts, sealed by its hashes. */
import type { Program } from '../program/program.ts'
import { canonical, FORMAT, sha256 } from './verify.ts'

/** A relation that a slack meets: it is 0, at least 0, or positive. */
export type Relation = '=' | '>=' | '>'

/** An assumption that is decided: its slacks as a Program, and what each of them meets. */
export interface CheckedAssumption {
  readonly id: string
  readonly formula: string
  readonly relations: readonly Relation[]
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

/** What a refutation refutes: under the assumptions, a slack meets its relation. */
export interface RefutationStatement extends StatementOf<'refutation'> {
  readonly formula: string
  /** The element that each index letter of the formula takes, from 0. */
  readonly at: Readonly<Record<string, number>>
  readonly relation: Relation
  /** Outputs: the slack, the left and the right side. */
  readonly program: Program
  readonly assumptions: readonly CheckedAssumption[]
  /** Inputs that are positive. */
  readonly positive: readonly string[]
  /**
   * Along a trajectory: the velocities in time of the inputs that come first, as functions of these and the
   * others. The motion starts where `name(t_0)` says; the Programs above see the state at a later time `t`.
   */
  readonly field?: Program
}

/** A Program of free variables (a name with + takes positive values only) that vanishes identically. */
export interface Identity {
  /** The kind of case. */
  readonly case: string
  readonly program: Program
  /** The outputs from 0 to this one vanish. */
  readonly lastZero: number
  /** Pairs of outputs: a square root, and the positive rational function that it is. Every square root is in one. */
  readonly roots: readonly (readonly [number, number])[]
}

/** What a proof proves: the formulas, as identities on each structure and activation pattern. */
export interface ProofStatement extends StatementOf<'proof'> {
  readonly formulas: readonly string[]
  readonly identities: readonly Identity[]
}

/** Bounds of a value, exact. */
export type Claimed = readonly [lo: string, hi: string]

interface Sealed<S> {
  readonly format: typeof FORMAT
  readonly statement: S
  /** SHA-256 of the statement, and of everything but this hash: both of canonical JSON. */
  readonly statementHash: string
  readonly hash: string
}

/** Exact inputs at which a claim fails, and bounds of the slack and of both sides there. */
export interface Refutation extends Sealed<RefutationStatement> {
  readonly inputs: Readonly<Record<string, string>>
  /** The precision of the intervals that confirm the bounds, where exact rationals do not. */
  readonly bits: number
  readonly claimed: { readonly slack: Claimed; readonly left: Claimed; readonly right: Claimed }
  /** The time steps to the moment at which the claim fails, and the order of the Taylor series. */
  readonly motion?: { readonly steps: readonly string[]; readonly order: number }
}

/** Identities, each false with a probability below 2^-errorBits. */
export interface Proof extends Sealed<ProofStatement> {
  readonly errorBits: number
}

export type Certificate = Refutation | Proof

/** The certificate with its hashes. */
export function sealed<C extends Certificate>(content: Omit<C, 'format' | 'statementHash' | 'hash'>): C {
  const { statement } = content as unknown as { statement: unknown }
  const all = { format: FORMAT, statementHash: sha256(canonical(statement)), ...content }
  return { ...all, hash: sha256(canonical(all)) } as unknown as C
}

/** Whether a JSON value is meant as a certificate, sound or not. */
export function isCertificate(json: unknown): json is { readonly format: string } {
  return typeof json === 'object' && json !== null && (json as { format?: unknown }).format === FORMAT
}
