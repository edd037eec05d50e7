/** Drafts of point settings. */
import type { Draft } from '../../claim/draft.ts'
import type { Random } from '../../claim/random.ts'
import type { Assumed } from '../../claim/setting.ts'
import { NotExact, Undefined } from '../../number/conventions.ts'
import type { NumberField } from '../../number/field.ts'
import { float64 } from '../../number/float64.ts'
import { rational, type Rational } from '../../number/rational.ts'
import { parseRatio, printRatio } from '../../program/constant.ts'
import { evaluate, parseFormula } from '../../program/formula.ts'
import type { Expr } from '../../program/program.ts'
import { run } from '../../program/run.ts'
import { inputsOfCase, lossIn, speaksOf, stepsOf, type PointCase } from './case.ts'
import type { Exact } from './kinds.ts'
import { programIn } from './programs.ts'
import { startScope } from './flow.ts'
import { outputsInDoubles, scaled } from './scale.ts'
import { pointScope } from './scope.ts'
import { sequencesOf, type Spec } from './spec.ts'
import { stepsScope } from './steps.ts'

const drafts = new WeakMap<Draft, PointCase>()

/** The case of a draft. */
export const caseOf = (draft: Draft): PointCase => drafts.get(draft)!

/** A case as a draft. */
export function draftOf(c: PointCase, spec: Spec, random: Random, assumed: Assumed): Draft {
  const draft: Draft = {
    random,
    assumes: (assumption) => assumed.has(assumption),
    evaluate(formula) {
      try {
        return valueIn(c, spec, formula, float64, (text) => rational.toNumber(parseRatio(text)))
      } catch (error) {
        if (error instanceof Undefined) return [NaN]
        throw error
      }
    },
    labelled: () => draftOf(labelled(c, spec), spec, random, assumed),
    larger: () => draftOf(scaled(c, spec, 'up'), spec, random, assumed),
    set: (values) =>
      draftOf(
        Object.entries(values).reduce((made, [name, value]) => withValue(made, spec, name, value), c),
        ...([spec, random, assumed] as const),
      ),
  }
  drafts.set(draft, c)
  return draft
}

/** The case with the labels that the net itself gives. */
export function labelled(c: PointCase, spec: Spec): PointCase {
  if (c.data === undefined) return c
  const { labels } = lossIn(c)
  const outputs = outputsInDoubles(c, spec)
  const own = (o: readonly number[]): number =>
    labels === 'class' ? o.indexOf(Math.max(...o)) : o[0]! > 0 ? 1 : -1
  return { ...c, data: c.data.map((point, i) => ({ ...point, y: own(outputs[i]!) })) }
}

/** The entries of a formula in a case, in some arithmetic. */
function valueIn<T>(
  c: PointCase,
  spec: Spec,
  text: string,
  field: NumberField<T>,
  number: (text: string) => T,
  at: Readonly<Record<string, number>> = c.chosen,
): T[] {
  const program = programIn(c, spec, `${text} at ${JSON.stringify(at)}`, (F) => {
    const scope =
      stepsOf(c) !== undefined
        ? stepsScope(F, c, spec)
        : spec.moment
          ? startScope(F, c, spec)
          : pointScope(F, c, spec)
    const value = evaluate(parseFormula(text), scope, at)
    return typeof value === 'number' ? [value as Expr] : (value as readonly Expr[])
  })
  const inputs = inputsOfCase(c)
  return run(
    program,
    field,
    program.inputs.map((name) => number(inputs.get(name)!)),
  )
}

const isNumber = (text: string): boolean => {
  try {
    parseRatio(text)
    return true
  } catch {
    return false
  }
}

/** A value as exact numbers: as it is, or that of a formula, rounded where it is irrational. */
function exactly(c: PointCase, spec: Spec, value: Exact, at: Readonly<Record<string, number>>): string[] {
  if (typeof value !== 'string') return [...value]
  if (isNumber(value)) return [value]
  try {
    return valueIn<Rational>(c, spec, value, rational, parseRatio, at).map((q) => printRatio(q))
  } catch (error) {
    if (!(error instanceof NotExact)) throw error
    throw new RangeError(`set: expected a formula of exact value, got "${value}": ${error.message}`, {
      cause: error,
    })
  }
}

/** The step that a name such as `a(2)` or `a(r+1)` speaks of: of a letter every one, in turn. */
function* stepsOfName(c: PointCase, name: string): Iterable<[base: string, step: number, r: number]> {
  const [, base, letter, at] = /^([A-Za-z]+)\((?:([rq])(?:\+)?)?(\d*)\)$/.exec(name.replaceAll(' ', '')) ?? []
  const steps = stepsOf(c)
  if (base === undefined || steps === undefined || (letter === undefined && at === ''))
    throw new RangeError(`set: expected a name such as a, a(2) or a(r+1) on a run of steps, got "${name}"`)
  const shift = Number(at || '0')
  if (letter === undefined) yield [base, shift, shift]
  else for (let r = 0; r + shift <= steps; r++) yield [base, r + shift, r]
}

/** The case with another term of a sequence. */
function withTerm(c: PointCase, spec: Spec, base: string, step: number, r: number, value: Exact): PointCase {
  const values = step === 0 ? c.values : c.later?.[step - 1]
  const old = values && Object.hasOwn(values, base) ? values[base]! : undefined
  if (old === undefined || !sequencesOf(spec).has(base))
    throw new RangeError(
      `set: expected a term of ${[...sequencesOf(spec).keys()].join(', ') || 'a sequence'} up to step ${stepsOf(c)!}, got ${base}(${step})`,
    )
  const entries = exactly(c, spec, value, { ...c.chosen, r, q: r })
  const made = { ...values, [base]: typeof old === 'string' ? entries[0]! : entries }
  return step === 0 ? { ...c, values: made } : { ...c, later: c.later!.with(step - 1, made) }
}

function withValue(c: PointCase, spec: Spec, name: string, value: Exact): PointCase {
  if (name.includes('(')) {
    let made = c
    for (const [base, step, r] of stepsOfName(c, name)) made = withTerm(made, spec, base, step, r, value)
    return made
  }
  if (c.counts !== undefined && Object.hasOwn(c.counts, name))
    return { ...c, counts: { ...c.counts, [name]: Number(exactly(c, spec, value, c.chosen)[0]!) } }
  const base = name.replace(/_u$/, '')
  const shaped = (old: Exact, made: readonly string[]): Exact => (typeof old === 'string' ? made[0]! : made)
  if (base === name) {
    const old = Object.hasOwn(c.values, name) ? c.values[name] : undefined
    if (old === undefined)
      throw new RangeError(
        `set: expected one of ${Object.keys(c.values).join(', ')} or a parameter such as alpha_u, got "${name}"`,
      )
    return { ...c, values: { ...c.values, [name]: shaped(old, exactly(c, spec, value, c.chosen)) } }
  }
  if (!c.nodes.some((node) => Object.hasOwn(node, base)))
    throw new RangeError(`set: expected a parameter of a node, got "${name}"`)
  const nodes = c.nodes.map((node, u) =>
    !Object.hasOwn(node, base) || !speaksOf(c.chosen, 'u', u)
      ? node
      : { ...node, [base]: shaped(node[base]!, exactly(c, spec, value, { ...c.chosen, u })) },
  )
  return { ...c, nodes }
}
