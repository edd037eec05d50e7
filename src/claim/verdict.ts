/** Verdict: what a check found, and no more. */
import type { Curve, Evidence } from './decide.ts'

/** The verdicts of `docs/guarantee.md`. */
export type Status =
  'proved' | 'certified' | 'supported' | 'undecided' | 'contradicted' | 'refuted' | 'vacuous'

/** A case in which the claim is certainly false. */
export interface Counterexample {
  readonly case: unknown
  readonly formula: string
  readonly arithmetic: string
  readonly evidence: Evidence
}

/** What the attack with one wrong variant found. */
export interface VariantResult {
  readonly name: string
  readonly formula: readonly string[]
  readonly refuted: boolean
  /** Cases judged up to the first that refutes it. */
  readonly cases: number
  /** Where all cases are judged: how many refute it, and of how many. */
  readonly rejected?: number
  readonly judged?: number
}

/** How far an identity was tested: structures, activation patterns, most trials, weakest bound 2^−bits. */
export interface IdentityProof {
  readonly structures: number
  readonly patterns: number
  readonly trials: number
  readonly degree: number
  readonly errorBits: number
  readonly family: readonly string[]
}

/** The evidence behind a verdict. */
export interface VerdictEvidence {
  /** One sentence for people. */
  readonly summary: string
  readonly identity?: IdentityProof
  /** How many cases each arithmetic decided. */
  readonly arithmetic: Readonly<Record<string, number>>
  /** The share of the cases with each label. */
  readonly labels: Readonly<Record<string, number>>
  /** How many cases failed each assumption, or may fail it, where all are judged. */
  readonly discards?: Readonly<Record<string, number>>
  readonly variants: readonly VariantResult[]
  readonly seed: number
  /** An observable of one case, to be drawn. */
  readonly curve?: Curve
}

/** The result of checking one claim. */
export interface Verdict {
  readonly id: string
  readonly verdict: Status
  readonly evidence: VerdictEvidence
  /** Cases decided, and cases that failed an assumption. */
  readonly cases: number
  readonly discarded: number
  readonly seconds: number
  readonly counterexample?: Counterexample
}
