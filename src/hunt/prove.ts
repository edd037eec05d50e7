/** Prove: identities decided for every structure of a family, branch by branch. */
import { withAbsoluteValues } from '../claim/absolute.ts'
import { formsOf, infix, patternAt, switches, type Pattern, type Side } from '../claim/branches.ts'
import { branchesOf, MOST_BRANCHES, type Branch, type Kept, type Traced } from '../claim/branching.ts'
import type { Claim } from '../claim/claim.ts'
import { PRECISIONS, type Compiled } from '../claim/decide.ts'
import { meetsNeed, type Need } from '../claim/guards.ts'
import type { Generalized } from '../claim/generalize.ts'
import { hashOf, pointOf, testIdentity, type IdentityResult } from '../claim/identity.ts'
import { primeField } from '../claim/prime.ts'
import { seeded } from '../claim/random.ts'
import { exactSign, settle } from '../claim/roots.ts'
import type { IdentityProof } from '../claim/verdict.ts'
import type { Sign } from '../number/field.ts'
import { NotExact, Undefined } from '../number/conventions.ts'
import { interval } from '../number/interval.ts'
import type { Formula } from '../program/formula.ts'
import { select, type Program } from '../program/program.ts'
import { run } from '../program/run.ts'
import { assumedIn } from './arbitrary.ts'
import { judgeOf, type Judgement } from './judge.ts'

/** What a proof attempt found. */
export interface Proof extends IdentityProof {
  /** The first structure and branch for which no proof was found, with a case of the structure. */
  readonly gap?: { readonly case: unknown; readonly reason: string }
  /** The structures of which no case met the assumptions. */
  readonly vacuous: readonly string[]
}

/** How many cases are drawn of one structure in search of one that meets the assumptions. */
const MOST_DRAWS = 60
/** How many cases are drawn of a family at least: of so many, chance leaves out no kind of case. */
const LEAST_CASES = 24

/** Options of a proof attempt. */
export interface ProofOptions {
  readonly seed: number
  /** Cases drawn per structure, and more of a family of few; each new pattern of the model's own kinks among them is proved. */
  readonly casesPerStructure: number
  /** Leave out the evaluation in intervals, so that the identity test stands alone. */
  readonly identitiesOnly?: boolean
  /** Called for each case drawn. */
  onCase?(c: unknown, judgement: Judgement): void
  /**
   * Called for each identity that was tested and holds, its selections as operations with their sides (taken where a tie is
   * a branch), with the sides of the claim's own in words and a case of its structure.
   */
  onIdentity?(g: Kept, where: readonly string[], c: unknown): void
}

/**
 * Tests the relations, all of them equations, as rational identities on every structure of the claim's family, every
 * pattern of a model's kinks that the drawn cases visit, and there on every branch of all other kinks that is not shown to
 * be empty; stops at the first gap. One case per structure is also evaluated as it stands, in intervals, which must
 * contain 0.
 */
export function prove(claim: Claim, options: ProofOptions, shows: readonly Formula[] = claim.shows): Proof {
  const assumed = assumedIn(claim.assume)
  const judge = judgeOf(claim, shows)
  const random = seeded(options.seed, claim.id)
  const proof = { structures: 0, patterns: 0, trials: 0, degree: 0, errorBits: Infinity }
  const family = new Set<string>()
  const branches = new Set<string>()
  const vacuous: string[] = []
  const found = (): Proof => ({ ...proof, family: [...family], branches: [...branches], vacuous })
  const makers = [...claim.given.family(assumed)]
  const enough = Math.max(options.casesPerStructure, Math.ceil(LEAST_CASES / makers.length))
  // A structure of which the claim does not speak is none of its family.
  makers: for (const make of makers) {
    const seen = new Set<string>()
    const programs = new Map<string, Traced>()
    const gap = (c: unknown, reason: string): Proof => ({ ...found(), gap: { case: c, reason } })
    let accepted = 0
    let last: unknown
    for (let drawn = 0; accepted < enough && drawn < MOST_DRAWS; drawn++) {
      const c = (last = make(random))
      if (drawn === 0 && !judge.speaks(c)) continue makers
      const discarded = judge.discard(c)
      if (discarded) {
        options.onCase?.(c, discarded)
        if (drawn >= enough && accepted > 0) break
        continue
      }
      if (accepted === 0 && !options.identitiesOnly && judge.judge(c, true).status === 'violated')
        return gap(c, 'a case violates it')
      if (accepted === 0 && !isDefined(judge.compiled(c).program, claim.given.values(c)))
        return gap(c, 'a side is undefined in a case')
      const structure = claim.given.structure(c)
      const traced = programs.get(structure) ?? tracedOf(judge.compiled(c))
      programs.set(structure, traced)
      const visited = patternOf(traced.program, claim.given.values(c))
      if (visited === undefined) return gap(c, 'a case is undefined, or its activation pattern stays open')
      options.onCase?.(c, { status: 'holds', arithmetic: 'identity test' })
      accepted++
      let count = 0
      for (const branch of branchesOf(traced, visited, (t) => claim.given.chart(t, c, assumed))) {
        if (++count > MOST_BRANCHES) return gap(c, `it has more than ${MOST_BRANCHES} branches`)
        const key = JSON.stringify(branch.program)
        if (seen.has(key)) continue
        seen.add(key)
        const { proved, test } = tested(branch)
        if (!test.holds) {
          if (branch.empty()) continue
          const why = test.holds === undefined ? test.reason : 'it fails as an identity in free variables'
          return gap(c, branch.where.length > 0 ? `${why}, where ${branch.where.join(' and ')}` : why)
        }
        const missing = missingAt(proved)
        if (missing !== undefined) return gap(c, missing)
        options.onIdentity?.(
          sideless(branch) ? { ...proved, sides: [] } : branch.kept(proved !== branch),
          branch.where,
          c,
        )
        proof.patterns++
        proof.trials = Math.max(proof.trials, test.trials)
        proof.degree = Math.max(proof.degree, test.degree)
        proof.errorBits = Math.min(proof.errorBits, test.bits)
        family.add(claim.given.describe(c))
        branches.add(nameOf(branch, traced, claim.given.describe(c)))
      }
    }
    if (accepted === 0) vacuous.push(claim.given.describe(last))
    else proof.structures++
  }
  return found()
}

/** The test of a branch; where a square root is no known function, with the roots as variables of their own. */
function tested(branch: Branch): { readonly proved: Generalized; readonly test: IdentityResult } {
  const test = testIdentity(branch)
  if (test.holds !== undefined) return { proved: branch, test }
  const { program, outputs, needs = [] } = branch
  const zeros = outputs - needs.length
  const signs =
    program.inputs.length > 0 ? [] : program.outputs.map((_, i) => exactSign(program, i, new Map()))
  const met = (sign: Sign, i: number): boolean =>
    i < zeros ? sign === 0 : i >= outputs || meetsNeed(needs[i - zeros]!, sign) === true
  if (signs.length > 0 && signs.every(met))
    return { proved: branch, test: { holds: true, trials: 1, degree: 0, bits: 100 } }
  const loose = branch.loose()
  const again = testIdentity(loose)
  return again.holds === true ? { proved: loose, test: again } : { proved: branch, test }
}

/**
 * Why a side may not exist somewhere on a branch; `undefined` if the form of each divisor, radicand and argument of a
 * logarithm says that it does, together with the values that the chart knows to be positive, and their squares.
 */
function missingAt(g: Generalized): string | undefined {
  const { program, outputs, needs = [] } = g
  // Of what has no variables, the needs were decided with the identity.
  if (needs.length === 0 || program.inputs.length === 0) return undefined
  const { positive, nonZero } = knownIn(g)
  const forms = formsOf(program, positive)
  for (const [i, need] of needs.entries()) {
    const at = outputs - needs.length + i
    const form = forms[at]
    const rooted = program.ops.some(([name, a]) => name === 'sqrt' && a === program.outputs[at])
    const met =
      form === '>' ||
      (need === 'not 0' && (form === '<' || nonZero.has(program.outputs[at]!))) ||
      (need === 'not negative' && (form === '>=' || form === '0' || rooted))
    if (!met)
      return `a side is undefined where ${infix(program, program.outputs[at]!)} is ${WITHOUT[need]}, if it is so anywhere`
  }
  return undefined
}

/**
 * The operations of a generalised Program that equal a value which the chart knows to be positive, or its square, and those
 * that are not 0 as their square is one: compared at a point that follows from the Program, in a prime field.
 */
function knownIn({ program, outputs, roots }: Generalized): {
  readonly positive: ReadonlyMap<number, Side>
  readonly nonZero: ReadonlySet<number>
} {
  const positive = new Map<number, Side>()
  const nonZero = new Set<number>()
  const field = primeField(new Map())
  const x = pointOf(`forms ${hashOf(program)}`, program.inputs).map(({ num }) => field.constant(`${num}`))
  const candidates = program.outputs.map((_, i) => i).slice(outputs + roots)
  const square = (c: bigint): bigint => field.pow(c, 2)
  try {
    const known = run(select(program, candidates), field, x)
    const all = { ...program, outputs: program.ops.map((_, e) => e) }
    const values = run(all, primeField(new Map(known.map((c) => [square(c), c]))), x)
    const sure = new Set(known.flatMap((c) => [c, square(c)]))
    // Twice what is not 0 is not 0 either.
    const squares = new Set(known.flatMap((c) => [c, field.mul(c, 4n)]))
    for (const e of program.ops.keys()) {
      if (sure.has(values[e]!)) positive.set(e, 1)
      if (squares.has(square(values[e]!))) nonZero.add(e)
    }
  } catch (error) {
    if (!(error instanceof NotExact) && !(error instanceof Undefined)) throw error
  }
  return { positive, nonZero }
}

const WITHOUT: Readonly<Record<Need, string>> = {
  'not 0': '0',
  positive: 'not positive',
  'not negative': 'negative',
}

const NAMES: Readonly<Record<Side, string>> = { '-1': '−', '0': '0', '1': '+' }

/** Whether a tie is among the sides of a branch: there a selection is neither of its operands. */
const sideless = ({ sides }: Branch): boolean => sides.includes(0)

/** A branch in words: the kind of case, the sides of the model's kinks, and those of all others. */
function nameOf({ sides, where }: Branch, { model }: Traced, kind: string): string {
  const pattern = [...model].map((kink) => NAMES[sides[kink]!]).join('')
  return [kind, ...(pattern === '' ? [] : [`activations ${pattern}`]), ...where].join(', ')
}

/** The slacks and what the sides need to exist, with their kinks in the open. */
function tracedOf({ program, relations, needs }: Compiled): Traced {
  const n = relations.length
  const kept = program.outputs.map((_, i) => i).filter((i) => i < n || i >= 3 * n)
  const open = withAbsoluteValues(select(program, kept))
  const switched = new Set(open.outputs.slice(n + needs.length))
  const model = switches(open).flatMap((value, kink) => (switched.has(value) ? [kink] : []))
  return {
    program: { ...open, outputs: open.outputs.slice(0, n + needs.length) },
    needs,
    model: new Set(model),
  }
}

/** Whether all values of a Program certainly exist at a point. */
function isDefined(program: Program, values: ReadonlyMap<string, string>): boolean {
  const inIntervals = (bits: number): boolean => {
    const F = interval(bits)
    const x = program.inputs.map((name) => F.constant(values.get(name)!))
    return run(program, F, x).length > 0
  }
  const attempts = [
    ...PRECISIONS.map((bits) => () => inIntervals(bits)),
    () => settle(program, values) !== undefined,
  ]
  return attempts.some((attempt) => {
    try {
      return attempt()
    } catch (error) {
      if (error instanceof Undefined) return false
      throw error
    }
  })
}

/** The exact activation pattern of a case; `undefined` if a sign stays open or a value is undefined. */
function patternOf(slacks: Program, values: ReadonlyMap<string, string>): Pattern | undefined {
  try {
    for (const bits of [128, 512]) {
      const F = interval(bits)
      const pattern = patternAt(
        slacks,
        F,
        slacks.inputs.map((name) => F.constant(values.get(name)!)),
      )
      if (!pattern.includes(undefined)) return pattern as Pattern
    }
    return settle(slacks, values).sides
  } catch (error) {
    if (error instanceof Undefined) return undefined
    throw error
  }
}
