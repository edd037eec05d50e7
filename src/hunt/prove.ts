/** Prove: identities decided for every structure of a family, pattern by pattern. */
import type { Claim } from '../claim/claim.ts'
import type { IdentityProof } from '../claim/verdict.ts'
import { exactPattern, PRECISIONS, type Compiled } from '../claim/decide.ts'
import {
  generalize,
  patternAt,
  withAbsoluteValues,
  type Generalized,
  type Pattern,
} from '../claim/generalize.ts'
import { testIdentity } from '../claim/identity.ts'
import { seeded } from '../claim/random.ts'
import { interval } from '../number/interval.ts'
import { Undefined } from '../number/conventions.ts'
import type { Formula } from '../program/formula.ts'
import { select, type Program } from '../program/program.ts'
import { run } from '../program/run.ts'
import { assumedIn } from './arbitrary.ts'
import { judgeOf, type Judgement } from './judge.ts'

/** What a proof attempt found. */
export interface Proof extends IdentityProof {
  /** The first structure and pattern for which no proof was found, with a case of it. */
  readonly gap?: { readonly case: unknown; readonly reason: string }
}

/** How many cases are drawn of one structure in search of one that meets the assumptions. */
const MOST_DRAWS = 60

/** Options of a proof attempt. */
export interface ProofOptions {
  readonly seed: number
  /** Cases drawn per structure; each new activation pattern among them is proved. */
  readonly casesPerStructure: number
  /** Leave out the evaluation in intervals, so that the identity test stands alone. */
  readonly identitiesOnly?: boolean
  /** Called for each case drawn. */
  onCase?(c: unknown, judgement: Judgement): void
  /** Called for each identity that was tested and holds, with a case of it. */
  onIdentity?(g: Generalized, c: unknown): void
}

/**
 * Tests the relations, all of them equations, as rational identities on every structure of the claim's
 * family and every activation pattern that the drawn cases visit; stops at the first gap. One case per
 * structure is also evaluated as it stands, in intervals, which must contain 0.
 */
export function prove(claim: Claim, options: ProofOptions, shows: readonly Formula[] = claim.shows): Proof {
  const assumed = assumedIn(claim.assume)
  const judge = judgeOf(claim, shows)
  const random = seeded(options.seed, claim.id)
  const proof = { structures: 0, patterns: 0, trials: 0, degree: 0, errorBits: Infinity }
  const family = new Set<string>()
  for (const make of claim.given.family(assumed)) {
    const seen = new Set<string>()
    const programs = new Map<string, Program>()
    const gap = (c: unknown, reason: string): Proof => ({
      ...proof,
      family: [...family],
      gap: { case: c, reason },
    })
    let accepted = 0
    for (let drawn = 0; accepted < options.casesPerStructure && drawn < MOST_DRAWS; drawn++) {
      const c = make(random)
      const discarded = judge.discard(c)
      if (discarded) {
        options.onCase?.(c, discarded)
        if (drawn >= options.casesPerStructure && accepted > 0) break
        if (drawn === MOST_DRAWS - 1 && accepted === 0)
          return gap(c, 'no case of a structure met the assumptions')
        continue
      }
      if (accepted === 0 && !options.identitiesOnly && judge.judge(c, true).status === 'violated')
        return gap(c, 'a case violates it')
      if (accepted === 0 && !isDefined(judge.compiled(c).program, claim.given.values(c)))
        return gap(c, 'a side is undefined in a case')
      const structure = claim.given.structure(c)
      const slacks = programs.get(structure) ?? slacksOf(judge.compiled(c))
      programs.set(structure, slacks)
      const pattern = patternOf(slacks, claim.given.values(c))
      if (pattern === undefined) return gap(c, 'a case is undefined, or its activation pattern stays open')
      options.onCase?.(c, { status: 'holds', arithmetic: 'identity test' })
      accepted++
      const g = generalize(slacks, pattern, (t) => claim.given.chart(t, c, assumed))
      const key = JSON.stringify(g.program)
      if (seen.has(key)) continue
      seen.add(key)
      const test = testIdentity(g, random)
      if (test.holds === false) return gap(c, 'it fails as an identity in free variables')
      if (test.holds === undefined) return gap(c, test.reason)
      options.onIdentity?.(g, c)
      proof.patterns++
      proof.trials = Math.max(proof.trials, test.trials)
      proof.degree = Math.max(proof.degree, test.degree)
      proof.errorBits = Math.min(proof.errorBits, test.bits)
      family.add(claim.given.describe(c))
    }
    proof.structures++
  }
  return { ...proof, family: [...family] }
}

/** The slacks alone, with their kinks in the open. */
function slacksOf({ program, relations }: Compiled): Program {
  return withAbsoluteValues(
    select(
      program,
      relations.map((_, r) => r),
    ),
  )
}

/** Whether all values of a Program certainly exist at a point. */
function isDefined(program: Program, values: ReadonlyMap<string, string>): boolean {
  return PRECISIONS.some((bits) => {
    const F = interval(bits)
    try {
      const x = program.inputs.map((name) => F.constant(values.get(name)!))
      return run(program, F, x).length > 0
    } catch (error) {
      if (error instanceof Undefined) return false
      throw error
    }
  })
}

/** The exact activation pattern of a case; `undefined` if a sign stays open or a value is undefined. */
function patternOf(slacks: Program, values: ReadonlyMap<string, string>): Pattern | undefined {
  for (const bits of [128, 512]) {
    const F = interval(bits)
    const x = slacks.inputs.map((name) => F.constant(values.get(name)!))
    try {
      const pattern = patternAt(slacks, F, x)
      return pattern.includes(undefined) ? exactPattern(slacks, values) : (pattern as Pattern)
    } catch (error) {
      if (!(error instanceof Undefined)) throw error
    }
  }
  return undefined
}
