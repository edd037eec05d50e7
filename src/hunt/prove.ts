/** Prove: identities decided for every structure of a family, pattern by pattern. */
import type { Claim } from '../claim/claim.ts'
import type { IdentityProof } from '../claim/verdict.ts'
import { exactInputs, type Compiled } from '../claim/decide.ts'
import { generalize, patternAt, withAbsoluteValues, type Pattern } from '../claim/generalize.ts'
import { testIdentity } from '../claim/identity.ts'
import { seeded } from '../claim/random.ts'
import { interval } from '../number/interval.ts'
import { Undefined } from '../number/conventions.ts'
import type { Formula } from '../program/formula.ts'
import { select, type Program } from '../program/program.ts'
import { assumedIn } from './arbitrary.ts'
import { judgeOf, type Judgement } from './judge.ts'

/** What a proof attempt found. */
export interface Proof extends IdentityProof {
  /** The first structure and pattern for which no proof was found, with a case of it. */
  readonly gap?: { readonly case: unknown; readonly reason: string }
}

/** Options of a proof attempt. */
export interface ProofOptions {
  readonly seed: number
  /** Cases drawn per structure; each new activation pattern among them is proved. */
  readonly casesPerStructure: number
  /** Leave out the evaluation in intervals, so that the identity test stands alone. */
  readonly identitiesOnly?: boolean
  /** Called for each case drawn. */
  onCase?(c: unknown, judgement: Judgement): void
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
  const F = interval(128)
  const proof = { structures: 0, patterns: 0, trials: 0, degree: 0, errorBits: Infinity }
  const family = new Set<string>()
  for (const make of claim.given.family(assumed)) {
    proof.structures++
    const seen = new Set<string>()
    const programs = new Map<string, Program>()
    for (let i = 0; i < options.casesPerStructure; i++) {
      const c = make(random)
      const discarded = judge.discard(c)
      options.onCase?.(c, discarded ?? { status: 'holds', arithmetic: 'identity test' })
      if (discarded) continue
      if (i === 0 && !options.identitiesOnly && judge.judge(c, true).status === 'violated')
        return { ...proof, family: [...family], gap: { case: c, reason: 'a case violates it' } }
      const structure = claim.given.structure(c)
      const slacks = programs.get(structure) ?? slacksOf(judge.compiled(c))
      programs.set(structure, slacks)
      const pattern = patternOf(() => {
        const values = claim.given.values(c)
        exactInputs(slacks, values)
        return patternAt(
          slacks,
          F,
          slacks.inputs.map((name) => F.constant(values.get(name)!)),
        )
      })
      const g = generalize(slacks, pattern, (t) => claim.given.chart(t, c, assumed))
      const key = JSON.stringify(g.program.ops)
      if (seen.has(key)) continue
      seen.add(key)
      const test = testIdentity(g, random)
      if (test.holds !== true) {
        const reason = test.holds === false ? 'it fails as an identity in free variables' : test.reason
        return { ...proof, family: [...family], gap: { case: c, reason } }
      }
      proof.patterns++
      proof.trials = Math.max(proof.trials, test.trials)
      proof.degree = Math.max(proof.degree, test.degree)
      proof.errorBits = Math.min(proof.errorBits, test.bits)
      family.add(claim.given.describe(c))
    }
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

/** The visited pattern; a sign that intervals cannot tell counts as not positive, which is a pattern too. */
function patternOf(at: () => readonly (boolean | undefined)[]): Pattern {
  try {
    return at().map((sign) => sign === true)
  } catch (error) {
    if (error instanceof Undefined) return []
    throw error
  }
}
