/** Certify: the certificate of a refuted or proved claim, which a checker must accept; it is given as an argument. */
import {
  sealed,
  type Certificate,
  type CheckedAssumption,
  type Identity,
  type Proof,
  type Refutation,
  type RefutationStatement,
  type RelationName,
  type UncheckedAssumption,
} from '../certify/certificate.ts'
import type { Claim } from '../claim/claim.ts'
import { withWhere } from '../claim/definitions.ts'
import type { Evidence } from '../claim/decide.ts'
import type { Kept } from '../claim/branching.ts'
import { prune } from '../claim/generalize.ts'
import { seeded } from '../claim/random.ts'
import type { Setting } from '../claim/setting.ts'
import { NotExact } from '../number/conventions.ts'
import { endpoints, interval, type Interval } from '../number/interval.ts'
import { rational, type Rational } from '../number/rational.ts'
import { canonical as canonicalNumber, parseRatio, printRatio } from '../program/constant.ts'
import { parseFormula, type Formula } from '../program/formula.ts'
import type { Indices } from '../program/indices.ts'
import { slacks } from '../program/slacks.ts'
import { newTrace, operands, reading, type Expr, type Op, type Program } from '../program/program.ts'
import { run } from '../program/run.ts'
import { assumedIn } from './arbitrary.ts'
import { effortOf } from './check.ts'
import { judgeOf } from './judge.ts'
import { prove } from './prove.ts'
import { closed, stepOf } from './step.ts'

/** Why a certificate is not accepted; `undefined` if it is. */
export type Checker = (certificate: Certificate) => string | undefined

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
export function refutationOf(claim: Claim, json: unknown, check: Checker): Refutation {
  const { given } = claim
  const c = given.parse(json)
  const judgement = judgeOf(claim).judge(c)
  if (judgement.status !== 'violated')
    throw new RangeError(`certify ${claim.id}: expected a case that violates it, got ${judgement.status}`)
  const instance: Instance = { setting: given, c, values: given.values(c) }
  const assumptions = assumptionsOf(claim, instance)
  const field = given.motion?.(c)
  if (given.enclosures && !field)
    throw new RangeError(
      `certify ${claim.id}: expected velocities that do not read the time t, as the checkers follow none that do`,
    )
  const signs = signsOf(given, json)
  const positive = new Set([...(field ? [] : positiveInputs(claim, instance)), ...signs.positive])
  let reason: string | undefined
  for (const conclusion of conclusionsOf(claim, instance, judgement.worst)) {
    const programs = [conclusion, ...assumptions.checked].map(({ program }) => program)
    const state = field ? [...moving(field), 't'] : []
    const read = new Set([
      ...programs.flatMap(({ inputs }) => inputs).filter((name) => !state.includes(name)),
      ...(field ? [...moving(field).map((name) => `${name}(t_0)`), ...still(field)] : []),
    ])
    const inputs = [...instance.values]
      .filter(([name]) => read.has(name))
      .map(([name, value]) => [name, canonicalNumber(value)] as const)
    const statement: RefutationStatement = {
      ...{ kind: 'refutation', claim: claim.id, says: claim.says },
      ...conclusion,
      assumptions: assumptions.checked,
      positive: [...read].filter((name) => positive.has(name)),
      nonzero: signs.nonzero.filter((name) => read.has(name) && !positive.has(name)),
      unchecked: assumptions.unchecked,
      ...(field && { field }),
    }
    for (const motion of field ? motionsOf(instance, field, new Map(inputs)) : [undefined]) {
      const found = sealed<Refutation>({ ...{ statement, inputs }, ...(motion && { motion }) })
      reason = check(found)
      if (reason === undefined) return found
    }
  }
  throw new RangeError(`certify ${claim.id}: expected a certificate to be accepted, got: ${reason}`)
}

interface Side {
  readonly left: Expr
  readonly right: Expr
  readonly relation: RelationName
  readonly formula: number
  readonly indices: Indices
}

/** The relations of formulas in a case, each between two sides, and the Programs of such sides. */
function relationsOf({ setting, c }: Instance, formulas: readonly Formula[]) {
  const F = newTrace()
  const scope = setting.scope(F, c)
  const relations = formulas.flatMap((formula, f) =>
    slacks(formula, scope, setting.chosen(c)).map(({ relation, slack, left, right, indices }): Side => {
      const name = relation === '=' ? '==' : relation
      // The slack of a >= b is a − b, that of a <= b is b − a; equal operations of a trace are the same.
      const turned = slack !== F.sub(left, right)
      const turn = { '>=': '<=', '>': '<', '==': '==' } as const
      return { left, right, relation: turned ? turn[name] : name, formula: f, indices }
    }),
  )
  const programOf = (some: readonly Side[]): Program => {
    const program = prune(F.program(some.flatMap(({ left, right }) => [left, right])))
    if (!setting.unroll) return program
    const T = newTrace()
    return reading(T, setting.unroll(T, program, c))
  }
  return { relations, programOf }
}

/** The relations of a claim that fail at the place of the evidence: one, or each component of vectors. */
function conclusionsOf(
  { shows, where }: Claim,
  instance: Instance,
  { formula, indices }: Evidence,
): Pick<RefutationStatement, 'formula' | 'at' | 'relation' | 'program'>[] {
  const { relations, programOf } = relationsOf(instance, shows)
  return relations
    .filter((one) => one.formula === formula && JSON.stringify(one.indices) === JSON.stringify(indices))
    .map((one) => ({
      ...{ formula: withWhere(shows[formula]!, where), at: Object.entries(indices) },
      ...{ relation: one.relation, program: programOf([one]) },
    }))
}

/** The assumptions that exact rationals or intervals confirm in a case, and the others. */
function assumptionsOf(
  { assume, where }: Claim,
  instance: Instance,
): { readonly checked: readonly CheckedAssumption[]; readonly unchecked: readonly UncheckedAssumption[] } {
  const [checked, unchecked]: [CheckedAssumption[], UncheckedAssumption[]] = [[], []]
  for (const { id, says, formula } of assume) {
    if (formula === undefined) {
      unchecked.push({ id, says, why: NAMED })
      continue
    }
    const parsed = parseFormula(formula)
    const { relations, programOf } = relationsOf(instance, [parsed])
    if (relations.length === 0) {
      unchecked.push({
        id,
        says,
        why: `${withWhere(parsed, where)} speaks of no element or step of this case`,
      })
      continue
    }
    const equations = relations.filter(({ relation }) => relation === '==')
    if (equations.every((one) => isExact(programOf([one]), instance.values)))
      checked.push({
        ...{ id, formula: withWhere(parsed, where), program: programOf(relations) },
        relations: relations.map(({ relation }) => relation),
      })
    else
      unchecked.push({
        id,
        says,
        why: `${withWhere(parsed, where)} holds by an identity test, not in rationals`,
      })
  }
  return { checked, unchecked }
}

/** Whether both sides of an equation are rational. */
function isExact(program: Program, values: ReadonlyMap<string, string>): boolean {
  try {
    const x = program.inputs.map((name) => values.get(name))
    return (
      !x.includes(undefined) &&
      run(
        program,
        rational,
        x.map((one) => parseRatio(one!)),
      ).length > 0
    )
  } catch (error) {
    if (error instanceof NotExact) return false
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

/** A number that no case has. */
const MARK = '7919/7907'

/** The inputs that are not 0 in any case, and those that are positive: the setting refuses a case where one is not. */
function signsOf(setting: Setting<unknown>, json: unknown): { nonzero: string[]; positive: string[] } {
  const valuesWith = (path: readonly string[], leaf: string): ReadonlyMap<string, string> | undefined => {
    const copy = structuredClone(json) as Nested
    const holder = path.slice(0, -1).reduce((inner, key) => inner[key] as Nested, copy)
    holder[path.at(-1)!] = leaf
    try {
      return setting.values(setting.parse(copy))
    } catch (error) {
      if (error instanceof SyntaxError || error instanceof RangeError) return undefined
      throw error
    }
  }
  const [nonzero, positive]: [string[], string[]] = [[], []]
  const values = setting.values(setting.parse(json))
  for (const path of leaves(json)) {
    const marked = [...(valuesWith(path, MARK) ?? [])].filter(([, value]) => value === MARK)
    const names = marked.map(([name]) => name)
    if (valuesWith(path, '0')) continue
    const either = valuesWith(path, `-${MARK}`) || names.some((name) => values.get(name)!.startsWith('-'))
    ;(either ? nonzero : positive).push(...names)
  }
  return { nonzero, positive }
}
interface Nested {
  [key: string]: unknown
}
/** The ways to the numbers in a case. */
const leaves = (value: unknown): string[][] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => leaves(inner).map((path) => [key, ...path]))
    : typeof value === 'string' && /^-?[0-9]/.test(value)
      ? [[]]
      : []

/* Trajectories */

const ORDER = 12
const MOST_STEPS = 256
/** The moment is sought among multiples of powers of two, down to this part of it. */
const FINEST = 2 ** -8
const BITS = 128
/** Along a motion the state is known to so many digits at least. */
const DIGITS = 12

const moving = ({ inputs, outputs }: Program): readonly string[] => inputs.slice(0, outputs.length)
const still = ({ inputs, outputs }: Program): readonly string[] => inputs.slice(outputs.length)

/** Motions to moments near that of a case, simple moments first, each reached in as few equal steps as do. */
function* motionsOf(
  { setting, c }: Instance,
  field: Program,
  inputs: ReadonlyMap<string, string>,
): Iterable<Refutation['motion'] & object> {
  const enclosed = setting.enclosures!(c, 64)
  if ('reason' in enclosed) return
  const near = interval(64).toNumber(enclosed.get('t')!)
  const F = interval(BITS)
  const starts = [...moving(field).map((name) => `${name}(t_0)`), ...still(field)]
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
          (at: readonly Interval[], h) => stepOf(F, closed(field), at, F.constant(h), ORDER),
          starts.map((name) => F.constant(inputs.get(name)!)),
        )
        if (!x.every(isNarrow)) continue
        yield { steps, order: ORDER }
        break
      } catch {
        continue
      }
    }
  }
}

/** Whether an enclosure is known to enough digits. */
function isNarrow(a: Interval): boolean {
  const { lo, hi } = endpoints(a)
  return rational.toNumber(rational.sub(hi, lo)) < 10 ** -DIGITS
}

/* Proofs */

/**
 * The certificate of a proved claim: every identity that `check` tests, to be tested again.
 * @throws RangeError if the claim is not proved, or its certificate is not accepted.
 */
export function proofOf(claim: Claim, check: Checker): Proof {
  const { seed, casesPerStructure } = effortOf(claim, {})
  const identities: Identity[] = []
  const { gap } = prove(claim, {
    ...{ seed, casesPerStructure, identitiesOnly: false },
    onIdentity: (g, where, c) =>
      identities.push(identityOf(g, [claim.given.describe(c), ...where].join(', '))),
  })
  if (gap) throw new RangeError(`certify ${claim.id}: expected a proof, got a gap: ${gap.reason}`)
  const unchecked = claim.assume.map(({ id, says, formula }): UncheckedAssumption => {
    return { id, says, why: formula === undefined ? NAMED : 'the free variables are chosen so that it holds' }
  })
  const found = sealed<Proof>({
    statement: {
      ...{
        kind: 'proof',
        claim: claim.id,
        says: claim.says,
        formulas: claim.shows.map((one) => withWhere(one, claim.where)),
      },
      ...{ unchecked, identities },
    },
  })
  const reason = check(found)
  if (reason !== undefined)
    throw new RangeError(`certify ${claim.id}: expected an accepted proof, got: ${reason}`)
  return found
}

/** A generalised Program with the values of all its square roots before them: candidates of the chart, or constants. */
function identityOf({ program, outputs, roots, sides, needs = [] }: Kept, kind: string): Identity {
  const square = program.ops.flatMap((op, e) => (op[0] === 'sqrt' ? [e] : []))
  const candidates = program.outputs.slice(outputs + roots)
  const random = seeded(0, kind)
  const x = program.inputs.map((): Rational => ({ num: BigInt(random.integer(2 ** 20, 2 ** 30)), den: 1n }))
  let kink = 0
  const nought = rational.constant('0')
  const taken = {
    ...rational,
    relu: (a: Rational) => (sides[kink++]! > 0 ? a : nought),
    step: () => rational.constant(sides[kink++]! > 0 ? '1' : '0'),
  }
  const at = run({ ...program, outputs: [...square, ...candidates] }, taken, x)
  const sideOf = new Map(
    program.ops
      .flatMap(([name], e) => (name === 'relu' || name === 'step' ? [e] : []))
      .map((e, i) => [e, sides[i]!]),
  )
  const same = (r: number, i: number): boolean => rational.sub(at[square.length + i]!, at[r]!).num === 0n

  const valueOf = new Map(
    square.map((e, r) => [e, candidates.find((_, i) => same(r, i)) ?? printRatio(at[r]!)]),
  )
  const zeroOutputs = program.outputs.slice(0, outputs - needs.length)
  const needed = new Set([...zeroOutputs, ...valueOf.values()])
  for (let e = program.ops.length - 1; e >= 0; e--)
    if (needed.has(e)) for (const a of operands(program.ops[e]!)) needed.add(a)

  const ops: Op[] = []
  const values: number[] = []
  const branch: (0 | 1)[] = []
  const places = new Map<number, number>()
  const entered = new Set<number>()
  const place = (e: number): number => {
    const known = places.get(e)
    if (known !== undefined) return known
    if (entered.has(e)) throw new RangeError('certify: expected a root that is not in its own value')
    entered.add(e)
    const op = program.ops[e]!
    const [a, b] = operands(op).map(place)
    const value = valueOf.get(e)
    if (typeof value === 'number') values.push(place(value))
    if (typeof value === 'string') values.push(ops.push(['const', value]) - 1)
    const put = ops.push((a === undefined ? op : [op[0], a, b ?? op[2]].slice(0, op.length)) as Op) - 1
    const side = sideOf.get(e)
    if (side !== undefined) branch.push(side > 0 ? 1 : 0)
    places.set(e, put)
    return put
  }
  program.ops.forEach((_, e) => needed.has(e) && place(e))
  const zeros = zeroOutputs.map(place)
  return {
    ...{ case: kind, program: prune({ inputs: program.inputs, ops, outputs: zeros }) },
    ...{ branch, roots: values, logs: [] },
  }
}
