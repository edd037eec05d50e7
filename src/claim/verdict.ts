/** Verdict: what a check found, and no more. */
import type { Curve, Evidence } from './decide.ts'

/** The verdicts of `docs/guarantee.md`. */
export type Status =
  'proved' | 'certified' | 'supported' | 'undecided' | 'contradicted' | 'refuted' | 'vacuous'

/**
 * Where a claim is certainly false around a counterexample: with every input moved by at most `radius` times its size
 * (its distance from 0, or 1 at 0), and with one input alone anywhere in [lo, hi].
 */
export interface Box {
  readonly relation: string
  /** Along a motion: the time at which it is false. */
  readonly moment?: string
  readonly radius: string
  readonly inputs: readonly {
    readonly name: string
    readonly value: string
    readonly lo: string
    readonly hi: string
  }[]
  /** Inputs that stay where they are, as an assumed equation binds them. */
  readonly held: readonly string[]
}

/** A case in which the claim is certainly false. */
export interface Counterexample {
  readonly case: unknown
  readonly formula: string
  readonly arithmetic: string
  readonly evidence: Evidence
  readonly box?: Box
}

/** What the attack with one wrong variant found. */
export interface VariantResult {
  readonly name: string
  readonly formula: readonly string[]
  readonly refuted: boolean
  /** Why no case can refute it, where the claim itself implies it. */
  readonly implied?: string
  /** Cases judged up to the first that refutes it. */
  readonly cases: number
  /** Where all cases are judged: how many refute it, and of how many. */
  readonly rejected?: number
  readonly judged?: number
}

/** How many judged cases came out which way, where all are judged. */
export interface Outcomes {
  readonly holds: number
  readonly fails: number
  readonly open: number
}

/** How many cases failed an assumption, and of how many it stayed open whether they do; neither kind is judged. */
export interface Discards {
  readonly failed: number
  readonly open: number
}

/** An observable along the run of one case, to be drawn. */
export interface DrawnCurve extends Curve {
  /** The formula that asks for it, and the case in words. */
  readonly formula: string
  readonly case: string
}

/** A case that stays undecided: its numbers, itself in words, and why it stays open. */
export interface OpenCase {
  readonly case: unknown
  readonly text: string
  readonly reason: string
}

/** How far an identity was tested: structures, branches, most trials, weakest bound 2^−bits. */
export interface IdentityProof {
  readonly structures: number
  readonly patterns: number
  readonly trials: number
  readonly degree: number
  readonly errorBits: number
  readonly family: readonly string[]
  /** Each branch that was proved: the kind of case, the sides of the net's kinks, and those of all others. */
  readonly branches: readonly string[]
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
  /** The first cases that stay undecided. */
  readonly open?: readonly OpenCase[]
  /** Where all cases are judged: how they came out. */
  readonly outcomes?: Outcomes
  /** In how many cases which of several alternatives held. */
  readonly alternatives?: Readonly<Record<string, number>>
  /** Where all cases are judged: the cases that fell out, under the first assumption that is not seen to hold. */
  readonly discards?: Readonly<Record<string, Discards>>
  readonly variants: readonly VariantResult[]
  readonly seed: number
  readonly curve?: DrawnCurve
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
