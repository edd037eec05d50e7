/** Certify: the certificate of a refuted or proved claim. */
import { advance, verify } from '../certify/verify.ts'
import {
  sealed,
  type CheckedAssumption,
  type Claimed,
  type Identity,
  type Proof,
  type Refutation,
  type RefutationStatement,
  type UncheckedAssumption,
} from '../certify/certificate.ts'
import type { Claim } from '../claim/claim.ts'
import { compileRelations, type Evidence } from '../claim/decide.ts'
import { prune, type Generalized } from '../claim/generalize.ts'
import { seeded } from '../claim/random.ts'
import type { Setting } from '../claim/setting.ts'
import { NotExact } from '../number/conventions.ts'
import { endpoints, interval, type Interval } from '../number/interval.ts'
import { rational, type Rational } from '../number/rational.ts'
import { canonical as canonicalNumber, parseRatio, printRatio } from '../program/constant.ts'
import { parseFormula } from '../program/formula.ts'
import { text } from '../program/print.ts'
import { newTrace, select, type Op, type Program } from '../program/program.ts'
import { run } from '../program/run.ts'
import { assumedIn } from './arbitrary.ts'
import { effortOf } from './check.ts'
import { judgeOf } from './judge.ts'
import { prove } from './prove.ts'

/** Bounds are claimed at the first precision and confirmed at the second, where they leave room for other arithmetics. */
const [CLAIMED_BITS, BITS] = [128, 192]
/** Significant digits of the slack that are claimed, and fewer along a motion, where each costs time. */
const [DIGITS, MOVING_DIGITS] = [16, 8]
const ERROR_BITS = 100

const NAMED = 'structural: the Programs are built for it'

/** What a case says under the names of a claim's inputs, as far as some Programs read them. */
interface Instance {
  readonly setting: Setting<unknown>
  readonly c: unknown
  readonly values: ReadonlyMap<string, string>
}

/**
 * The certificate of a violation that a case of a claim is.
 * @throws RangeError if the case does not certainly violate the claim, or no certificate of it is accepted.
 */
export function refutationOf(claim: Claim, json: unknown): Refutation {
  const { given } = claim
  const c = given.parse(json)
  const judgement = judgeOf(claim).judge(c)
  if (judgement.status !== 'violated')
    throw new RangeError(`certify ${claim.id}: expected a case that violates it, got ${judgement.status}`)
  const instance: Instance = { setting: given, c, values: given.values(c) }
  const assumptions = assumptionsOf(claim, instance)
  const field = given.motion?.(c)
  const reasons: string[] = []
  for (const conclusion of conclusionsOf(claim, instance, judgement.worst)) {
    const programs = [conclusion.program, ...assumptions.checked.map(({ program }) => program)]
    const read = [...new Set([...programs, ...(field ? [field] : [])].flatMap(({ inputs }) => inputs))]
    const known = field ? [...read, ...moving(field).map((name) => `${name}(t_0)`)] : read
    const inputs = Object.fromEntries(
      [...instance.values]
        .filter(([name]) => known.includes(name))
        .map(([name, value]) => [name, canonicalNumber(value)]),
    )
    const statement: RefutationStatement = {
      ...{ kind: 'refutation', claim: claim.id, says: claim.says },
      ...conclusion,
      assumptions: assumptions.checked,
      positive: field ? [] : positiveInputs(claim, instance).filter((name) => name in inputs),
      unchecked: assumptions.unchecked,
      ...(field && { field }),
    }
    for (const moment of field
      ? moments(instance, field, inputs)
      : [{ state: new Map<string, Interval>() }]) {
      const { state, ...motion } = moment
      const found = sealed<Refutation>({
        ...{ statement, inputs, bits: BITS },
        ...motion,
        claimed: claimedOf(conclusion.program, inputs, state),
      })
      const answer = verify(found)
      if (answer.accepted) return found
      reasons.push(answer.reason)
    }
  }
  throw new RangeError(`certify ${claim.id}: expected a certificate to be accepted, got: ${reasons.at(-1)}`)
}

/** The relations of a claim that fail at the place of the evidence: one, or each component of vectors. */
function conclusionsOf(
  claim: Claim,
  { setting, c }: Instance,
  { formula, indices }: Evidence,
): Pick<RefutationStatement, 'formula' | 'at' | 'relation' | 'program'>[] {
  const { program, relations } = compileRelations(setting, claim.shows, c)
  const n = relations.length
  return relations.flatMap((found, r) =>
    found.formula === formula && JSON.stringify(found.indices) === JSON.stringify(indices)
      ? [
          {
            ...{ formula: text(claim.shows[formula]!), at: indices, relation: found.relation },
            program: prune(select(program, [r, n + r, 2 * n + r])),
          },
        ]
      : [],
  )
}

/** The assumptions that exact rationals or intervals confirm in a case, and the others. */
function assumptionsOf(
  { assume }: Claim,
  { setting, c, values }: Instance,
): { readonly checked: readonly CheckedAssumption[]; readonly unchecked: readonly UncheckedAssumption[] } {
  const [checked, unchecked]: [CheckedAssumption[], UncheckedAssumption[]] = [[], []]
  for (const { id, says, formula } of assume) {
    if (formula === undefined) {
      unchecked.push({ id, says, why: NAMED })
      continue
    }
    const parsed = parseFormula(formula)
    const { program, relations } = compileRelations(setting, [parsed], c)
    const slacks = prune(
      select(
        program,
        relations.map((_, r) => r),
      ),
    )
    const equations = relations.flatMap(({ relation }, r) => (relation === '=' ? [r] : []))
    const exact =
      slacks.inputs.every((name) => values.has(name)) && equations.every((r) => isZero(slacks, r, values))
    if (equations.length > 0 && !exact)
      unchecked.push({ id, says, why: `${text(parsed)} holds by an identity test, not in rationals` })
    else
      checked.push({
        ...{ id, formula: text(parsed), program: slacks },
        relations: relations.map(({ relation }) => relation),
      })
  }
  return { checked, unchecked }
}

/** Whether an output is exactly 0 in rationals. */
function isZero(program: Program, output: number, values: ReadonlyMap<string, string>): boolean {
  const found = valuesOf(program, rationalInputs(program, values))
  return found !== undefined && found[output]!.num === 0n
}

const rationalInputs = (program: Program, values: ReadonlyMap<string, string>): Rational[] =>
  program.inputs.map((name) => parseRatio(values.get(name)!))

/** The outputs in rationals; `undefined` where one is irrational. */
function valuesOf(program: Program, x: readonly Rational[]): Rational[] | undefined {
  try {
    return run(program, rational, x)
  } catch (error) {
    if (error instanceof NotExact) return undefined
    throw error
  }
}

/** The inputs that are positive in every case: the chart of the setting names them so. */
function positiveInputs({ assume }: Claim, { setting, c }: Instance): string[] {
  const F = newTrace()
  const { inputs } = setting.chart(F, c, assumedIn(assume))
  const { inputs: names, ops, outputs } = F.program([...inputs.values()])
  return [...inputs.keys()].filter((name, i) => {
    const op = ops[outputs[i]!]!
    return op[0] === 'input' && names[op[1]] === `+${name}`
  })
}

/* Claimed bounds */

/** Bounds of the slack and both sides: the exact values, or decimals that leave room around an enclosure. */
function claimedOf(
  program: Program,
  inputs: Readonly<Record<string, string>>,
  state: ReadonlyMap<string, Interval>,
): Refutation['claimed'] {
  const values = new Map(Object.entries(inputs))
  const exact = state.size === 0 ? valuesOf(program, rationalInputs(program, values)) : undefined
  const F = interval(CLAIMED_BITS)
  const bounds = exact
    ? exact.map((value): Claimed => [printRatio(value), printRatio(value)])
    : outward(
        run(
          program,
          F,
          program.inputs.map((name) => state.get(name) ?? F.constant(values.get(name)!)),
        ),
        state.size === 0 ? DIGITS : MOVING_DIGITS,
      )
  return { slack: bounds[0]!, left: bounds[1]!, right: bounds[2]! }
}

/** Decimals around each of some enclosures, with so many significant digits of the first. */
function outward(enclosures: readonly Interval[], digits: number): Claimed[] {
  const size = Math.abs(rational.toNumber(endpoints(enclosures[0]!).lo))
  const places = Math.max(digits, digits - Math.ceil(Math.log10(size)))
  const unit = 10n ** BigInt(places)
  const floor = ({ num, den }: Rational): bigint => {
    const q = (num * unit) / den
    return q * den > num * unit ? q - 1n : q
  }
  return enclosures.map((a) => {
    const { lo, hi } = endpoints(a)
    const below = floor(lo) - 1n
    const above = -floor({ num: -hi.num, den: hi.den }) + 1n
    return [decimalText(below, places), decimalText(above, places)]
  })
}

/** n/10^places as a decimal. */
function decimalText(n: bigint, places: number): string {
  const digits = `${n < 0n ? -n : n}`.padStart(places + 1, '0')
  return `${n < 0n ? '-' : ''}${digits.slice(0, -places)}.${digits.slice(-places)}`
}

/* Trajectories */

const ORDER = 12
const MOST_STEPS = 256
/** The moment is sought among multiples of powers of two, down to this part of it. */
const FINEST = 2 ** -8

const moving = ({ inputs, outputs }: Program): readonly string[] => inputs.slice(0, outputs.length)

/** States along the motion near the moment of a case, simple moments first, each reached in as few equal steps as do. */
function* moments(
  { setting, c }: Instance,
  field: Program,
  inputs: Readonly<Record<string, string>>,
): Iterable<{
  readonly motion: Refutation['motion'] & object
  readonly state: ReadonlyMap<string, Interval>
}> {
  const enclosed = setting.enclosures!(c, 64)
  if ('reason' in enclosed) return
  const near = interval(64).toNumber(enclosed.get('t')!)
  const F = interval(CLAIMED_BITS)
  const names = moving(field)
  const motion = {
    ...{ program: field, F },
    still: field.inputs.slice(names.length).map((name) => F.constant(inputs[name]!)),
  }
  const tried = new Set<string>()
  for (let unit = 2 ** Math.floor(Math.log2(near)); unit >= near * FINEST; unit /= 2) {
    const [num, den] = [Math.round(near / unit) * Math.max(1, unit), Math.max(1, 1 / unit)]
    const end = printRatio({ num: BigInt(num), den: BigInt(den) })
    if (tried.has(end)) continue
    tried.add(end)
    for (let n = 1; n <= MOST_STEPS; n *= 2) {
      const step = printRatio({ num: parseRatio(end).num, den: parseRatio(end).den * BigInt(n) })
      const steps = Array.from({ length: n }, () => step)
      try {
        const x = steps.reduce(
          (at: readonly Interval[], h) => advance(motion, at, F.constant(h), ORDER),
          names.map((name) => F.constant(inputs[`${name}(t_0)`]!)),
        )
        if (x.some((a) => !isNarrow(a))) continue
        const state = new Map(names.map((name, i) => [name, x[i]!]))
        yield { motion: { steps, order: ORDER }, state: state.set('t', F.constant(end)) }
        break
      } catch {
        continue
      }
    }
  }
}

/** Whether an enclosure is known to more digits than are claimed. */
function isNarrow(a: Interval): boolean {
  const { lo, hi } = endpoints(a)
  return rational.toNumber(rational.sub(hi, lo)) < 10 ** -(MOVING_DIGITS + 4)
}

/* Proofs */

/**
 * The certificate of a proved claim: every identity that `check` tests, to be tested again.
 * @throws RangeError if the claim is not proved, or its certificate is not accepted.
 */
export function proofOf(claim: Claim): Proof {
  const { seed, casesPerStructure } = effortOf(claim, {})
  const identities: Identity[] = []
  const { gap } = prove(claim, {
    ...{ seed, casesPerStructure, identitiesOnly: false },
    onIdentity: (g, c) => identities.push(identityOf(g, claim.given.describe(c))),
  })
  if (gap) throw new RangeError(`certify ${claim.id}: expected a proof, got a gap: ${gap.reason}`)
  const unchecked = claim.assume.map(({ id, says, formula }): UncheckedAssumption => {
    return { id, says, why: formula === undefined ? NAMED : 'the free variables are chosen so that it holds' }
  })
  const found = sealed<Proof>({
    statement: {
      ...{ kind: 'proof', claim: claim.id, says: claim.says, formulas: claim.shows.map(text) },
      ...{ unchecked, identities },
    },
    errorBits: ERROR_BITS,
  })
  const answer = verify(found)
  if (!answer.accepted)
    throw new RangeError(`certify ${claim.id}: expected an accepted proof, got: ${answer.reason}`)
  return found
}

/** A generalised Program with the values of all its square roots: candidates of the chart, or constants. */
function identityOf({ program, outputs, roots }: Generalized, kind: string): Identity {
  const square = program.ops.flatMap((op, e) => (op[0] === 'sqrt' ? [e] : []))
  const candidates = program.outputs.slice(outputs + roots)
  const random = seeded(0, kind)
  const x = program.inputs.map((): Rational => ({ num: BigInt(random.integer(2 ** 20, 2 ** 30)), den: 1n }))
  const at = run({ ...program, outputs: [...square, ...candidates] }, rational, x)
  const ops: Op[] = [...program.ops]
  const values = square.map((_, r) => {
    const same = candidates.findIndex((_, i) => rational.sub(at[square.length + i]!, at[r]!).num === 0n)
    return same >= 0 ? candidates[same]! : ops.push(['const', printRatio(at[r]!)]) - 1
  })
  return {
    case: kind,
    program: { ...program, ops, outputs: [...program.outputs.slice(0, outputs), ...square, ...values] },
    lastZero: outputs - 1,
    roots: square.map((_, r) => [outputs + r, outputs + square.length + r] as const),
  }
}
