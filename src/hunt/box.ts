/** Box: how far the inputs of a counterexample may move while the claim certainly stays false. */
import type { Claim } from '../claim/claim.ts'
import { compileRelations, type Compiled } from '../claim/decide.ts'
import type { Setting } from '../claim/setting.ts'
import type { Box, Counterexample } from '../claim/verdict.ts'
import { Undefined } from '../number/conventions.ts'
import type { NumberField } from '../number/field.ts'
import { interval, type Interval } from '../number/interval.ts'
import { rational } from '../number/rational.ts'
import { fold, parseRatio } from '../program/constant.ts'
import { parseFormula } from '../program/formula.ts'
import { text } from '../program/print.ts'
import { select, type Program } from '../program/program.ts'
import { run } from '../program/run.ts'
import { closed, stepOf } from './step.ts'

const BITS = 96
/** Ends are multiples of 1/UNITS of the size of an input, or of 1 where it is 0; of a finer one if the first is too coarse. */
const UNITS = [64n, 4096n, 262_144n] as const
/** No end is looked for further away than this many times that size. */
const REACH = 16n
/** A box is cut into at most this many pieces, each decided alone. */
const PIECES = 64
/** Along a motion a box is taken whole, in so many steps of this order. */
const MOST_STEPS = [2, 4, 8, 16, 32, 64]
const ORDER = 8

type Range = readonly [lo: string, hi: string]
type Inputs = ReadonlyMap<string, Interval>

/**
 * A box around a counterexample, and the range of each input alone, on all of which one relation of the claim is
 * certainly false and the assumptions with a formula certainly hold. Inputs of assumed equations stay where they are, as
 * do signs. Along a motion the claim is false at one moment, the same all over the box. `undefined` where the relation
 * fails by nothing, or an input cannot be enclosed.
 */
export function boxAround({ given, assume, shows }: Claim, found: Counterexample): Box | undefined {
  const c = found.case
  const values = given.values(c)
  const compiled = compileRelations(given, shows, c)
  const { indices, formula } = found.evidence
  const at = compiled.relations.findIndex(
    (one) => one.formula === formula && JSON.stringify(one.indices) === JSON.stringify(indices),
  )
  const claimed: Compiled = {
    program: select(compiled.program, [at]),
    relations: [compiled.relations[at]!],
    needs: [],
    silent: [],
  }
  const assumed = assume.flatMap(({ formula: source }) =>
    source === undefined ? [] : [compileRelations(given, [parseFormula(source)], c)],
  )
  const equations = assumed.filter(({ relations }) => relations.some(({ relation }) => relation === '='))
  const bounds = assumed.filter((one) => !equations.includes(one))
  const programs = [claimed, ...bounds].map(({ program }) => program)
  const field = given.motion?.(c)
  const read = [...programs, ...equations.map(({ program }) => program)].flatMap(({ inputs }) => inputs)
  if (!field && read.some((name) => !values.has(name))) return undefined
  const held = new Set(equations.flatMap(({ program }) => program.inputs))
  const moving = field ? [...startsOf(field), ...field.inputs] : []
  const free = [...new Set([...programs.flatMap(({ inputs }) => inputs), ...moving])].filter(
    (name) => values.has(name) && !held.has(name),
  )

  const F = interval(BITS)
  const most = field ? 1 : PIECES
  const enclose = ([lo, hi]: Range): Interval => ({ lo: F.constant(lo).lo, hi: F.constant(hi).hi })
  const points = new Map([...values].map(([name, value]): [string, Range] => [name, [value, value]]))
  const moment = field ? momentOf(given, c) : '0'
  /** The inputs, and the state at the moment where it is one of them. */
  let later: (x: Inputs) => Inputs | undefined = (x) => x
  const stays = (moved: ReadonlyMap<string, Range>): boolean => {
    let pieces = 0
    const decided = (box: ReadonlyMap<string, Range>): boolean => {
      if (pieces++ >= most) return false
      const x = later(new Map([...points, ...box].map(([name, range]) => [name, enclose(range)])))
      if (x && fails(F, claimed, x) && bounds.every((one) => holds(F, one, x))) return true
      if (pieces >= most) return false
      const [name, [lo, hi]] = [...box].reduce((a, b) => (relativeWidth(b[1]) > relativeWidth(a[1]) ? b : a))
      if (lo === hi) return false
      const middle = fold('div', fold('add', lo, hi)!, '2')!
      return decided(new Map(box).set(name, [lo, middle])) && decided(new Map(box).set(name, [middle, hi]))
    }
    return decided(moved)
  }
  const around = (name: string, below: bigint, above: bigint, unit: bigint): Range => {
    const value = values.get(name)!
    const size = value === '0' ? '1' : value.replace('-', '')
    const step = fold('div', size, `${unit}`)!
    return [
      fold('sub', value, fold('mul', `${below}`, step)!)!,
      fold('add', value, fold('mul', `${above}`, step)!)!,
    ]
  }
  /** The most steps n below `limit` for which `good(n)`, given that fewer steps are better. */
  const furthest = (limit: bigint, good: (n: bigint) => boolean): bigint => {
    if (good(limit)) return limit
    let [yes, no] = [0n, limit]
    while (no - yes > 1n) {
      const n = (yes + no) / 2n
      if (good(n)) yes = n
      else no = n
    }
    return yes
  }
  /** The farthest of each side at the coarsest unit that shows any room. */
  const side = (name: string, below: boolean): [bigint, bigint] => {
    const value = values.get(name)!
    const towardsZero = value !== '0' && value.startsWith('-') !== below
    for (const unit of UNITS) {
      const limit = towardsZero ? unit - 1n : unit * REACH
      const n = furthest(limit, (k) =>
        stays(new Map([[name, around(name, below ? k : 0n, below ? 0n : k, unit)]])),
      )
      if (n > 0n) return [n, unit]
    }
    return [0n, 1n]
  }
  const here = new Map(free.map((name) => [name, points.get(name)!]))
  const steps = field ? MOST_STEPS.find((n) => ((later = follow(F, field, moment, n)), stays(here))) : 0
  if (free.length === 0 || steps === undefined || !stays(here)) return undefined

  const alone = free.map((name) => {
    const [below, fine] = side(name, true)
    const [above, coarse] = side(name, false)
    return {
      name,
      value: values.get(name)!,
      lo: around(name, below, 0n, fine)[0],
      hi: around(name, 0n, above, coarse)[1],
    }
  })
  const together = UNITS.map((unit) => ({
    unit,
    n: furthest(unit - 1n, (k) => stays(new Map(free.map((name) => [name, around(name, k, k, unit)])))),
  })).find(({ n }) => n > 0n)
  return {
    relation: text(shows[formula]!),
    ...(field && { moment }),
    radius: together ? fold('div', `${together.n}`, `${together.unit}`)! : '0',
    inputs: alone,
    held: [...held].toSorted(),
  }
}

/** The inputs of a motion that tell where it starts. */
const startsOf = ({ inputs, outputs }: Program): string[] =>
  inputs.slice(0, outputs.length).map((name) => `${name}(t_0)`)

/** A short moment near that of a case. */
function momentOf(given: Setting<unknown>, c: unknown): string {
  const enclosed = given.enclosures!(c, 64)
  if ('reason' in enclosed) return '0'
  const time = interval(64).toNumber(enclosed.get('t')!)
  const power = 3 - Math.floor(Math.log2(time))
  const n = `${Math.round(time * 2 ** power)}`
  return fold('mul', n, power < 0 ? `${2 ** -power}` : `1/${2 ** power}`)!
}

/** The inputs with the state of a motion at a moment, by rigorous steps; `undefined` where these fail. */
const follow =
  (F: ReturnType<typeof interval>, program: Program, moment: string, steps: number) =>
  (x: Inputs): Inputs | undefined => {
    const names = program.inputs.slice(0, program.outputs.length)
    const still = program.inputs.slice(names.length).map((name) => x.get(name)!)
    const h = F.div(F.constant(moment), F.constant(`${steps}`))
    try {
      let state = [...startsOf(program).map((name) => x.get(name)!), ...still]
      for (let i = 0; i < steps; i++) state = stepOf(F, closed(program), state, h, ORDER)
      return new Map([...x, ...names.map((name, i) => [name, state[i]!] as const), ['t', F.constant(moment)]])
    } catch {
      return undefined
    }
  }

const relativeWidth = ([lo, hi]: Range): number => {
  const [a, b] = [lo, hi].map((end) => rational.toNumber(parseRatio(end))) as [number, number]
  return (b - a) / Math.max(1, Math.abs(a), Math.abs(b))
}

function valuesAt(F: NumberField<Interval>, program: Program, x: Inputs): Interval[] | undefined {
  try {
    return run(
      program,
      F,
      program.inputs.map((name) => x.get(name)!),
    )
  } catch (error) {
    if (error instanceof Undefined) return undefined
    throw error
  }
}

/** Whether the one relation certainly fails on a box. */
function fails(F: NumberField<Interval>, { program, relations }: Compiled, x: Inputs): boolean {
  const [slack] = valuesAt(F, program, x) ?? []
  if (slack === undefined) return false
  const sign = F.sign(slack)
  return sign === -1 || (relations[0]!.relation === '=' && sign === 1)
}

/** Whether all relations, none of them an equation, certainly hold on a box. */
function holds(F: NumberField<Interval>, { program, relations }: Compiled, x: Inputs): boolean {
  const values = valuesAt(F, program, x)
  return (
    values !== undefined &&
    relations.every(({ relation }, r) => (relation === '>' ? values[r]!.lo.m > 0n : values[r]!.lo.m >= 0n))
  )
}
