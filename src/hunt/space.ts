/** Space: all cases of a claim to move in, by the choices of its generator and by the numbers of a case. */
import type { Claim } from '../claim/claim.ts'
import { seeded, type Random } from '../claim/random.ts'
import type { Assumed } from '../claim/setting.ts'
import { fold } from '../program/constant.ts'
import { assumedIn } from './arbitrary.ts'
import {
  caseAt,
  doublesOf,
  isUnit,
  layoutOf,
  numbersIn,
  originAt,
  valuesAt,
  withNumbers,
  type Kind,
  type Layout,
  type Leaf,
  type Origin,
} from './coordinates.ts'
import { placesOf, tag } from './places.ts'
import { gaugeOf } from './gauge.ts'
import { NOWHERE, slackOf, type Energy, type Slack, type Tightest } from './slack.ts'
import { play, type Tape } from './tape.ts'

/** A case with the choices that led to it; `at` moves its numbers away from those that the generator chose. */
export interface Point {
  readonly structure: string
  readonly case: unknown
  readonly tape: Tape
  /** Numbers and coordinates, once something asks for them. */
  readonly moved?: { readonly origin: Origin; readonly at: Float64Array }
}

/** The cases of a claim, and the energy of each (`slack.ts`). */
export interface Space {
  /** The case that the generator makes from a tape, and by chance beyond its end. */
  draw(random: Random, tape?: Tape): Point
  /** The point with coordinates, at its case unless it has moved. */
  charted(point: Point): Point & Required<Pick<Point, 'moved'>>
  energy(point: Point): Energy
  /** The exact case of a point, `undefined` if the setting does not accept it. */
  caseOf(point: Point): unknown
  tightest(point: Point): Tightest | undefined
}

/** What one structure has: its slack (none in a numerical setting), where its inputs sit, and its coordinates. */
interface Structure {
  readonly slack: Slack | undefined
  /** For each input the place of its number; `undefined` if some input is no number of the case. */
  readonly places: readonly number[] | undefined
  readonly values: Float64Array
  readonly inputs: Float64Array
  layout: Layout | undefined
}

const KEPT = 3000
/** Draws that show which numbers the generator never varies, and which it keeps positive. */
const SAMPLES = 64
const RETRIES = 20

/** The space of the cases of a claim. */
export function spaceOf(claim: Claim): Space {
  const { given } = claim
  const assumed = assumedIn(claim.assume)
  const roles = rolesOf(claim, assumed)
  const slackIn = slackOf(claim)
  const gauge = given.numerical && gaugeOf(claim)
  const known = new Map<string, Structure>()

  const structureOf = (key: string, c: unknown): Structure => {
    const found = known.get(key)
    if (found) return found
    if (known.size >= KEPT) known.delete(known.keys().next().value!)
    const slack = gauge ? undefined : slackIn(c)
    const { texts } = numbersIn(c)
    const made: Structure = {
      slack,
      places: slack && placesOf(given.values(withNumbers(c, texts.map(tag))), slack.inputs, texts.length),
      values: new Float64Array(texts.length),
      inputs: new Float64Array(slack?.inputs.length ?? 0),
      layout: undefined,
    }
    known.set(key, made)
    return made
  }

  const gathered = ({ places, inputs }: Structure, values: Float64Array): Float64Array => {
    for (let k = 0; k < inputs.length; k++) inputs[k] = values[places![k]!]!
    return inputs
  }

  const layoutIn = (structure: Structure, c: unknown): Layout => {
    if (structure.layout) return structure.layout
    const { texts, leaves } = numbersIn(c)
    const unequal = (changed: readonly string[]): number =>
      structure.places && structure.slack?.constrained
        ? structure.slack.unequal(gathered(structure, doublesOf(changed)))
        : 0
    const stuck = (changed: readonly string[]): boolean => within(c, withNumbers(c, changed)) === undefined
    return (structure.layout = layoutOf(groupsOf(texts, leaves, roles, unequal, gauge && stuck)))
  }

  const parsed = (c: unknown): unknown => {
    try {
      return given.parse(c)
    } catch (error) {
      if (error instanceof SyntaxError || error instanceof RangeError) return undefined
      throw error
    }
  }
  /** The case with other numbers, unless that leads out of what the claim speaks of. */
  const within = (c: unknown, json: unknown): unknown => {
    const moved = parsed(json)
    const left =
      moved !== undefined && given.refuses?.(moved, c) !== undefined && given.refuses(c) === undefined
    return left ? undefined : moved
  }
  const caseOf = ({ case: c, moved }: Point): unknown =>
    moved ? within(c, caseAt(moved.origin, moved.at)) : c

  /** What the setting gives in doubles; `undefined` where the case is too extreme for it. */
  const followed = (c: unknown): ReadonlyMap<string, number> | undefined => {
    try {
      return given.rough?.(c)
    } catch (error) {
      if (error instanceof RangeError) return undefined
      throw error
    }
  }

  /** The inputs of the slack at a point, in doubles; `undefined` if there are none. */
  const inputsAt = (point: Point, structure: Structure, slack: Slack): Float64Array | undefined => {
    if (structure.places) {
      const { moved } = point
      const values = moved
        ? valuesAt(moved.origin, moved.at, structure.values)
        : doublesOf(numbersIn(point.case).texts)
      return gathered(structure, values)
    }
    const c = caseOf(point)
    const rough = c === undefined ? undefined : followed(c)
    return rough && Float64Array.from(slack.inputs, (name) => rough.get(name) ?? NaN)
  }

  const inDoubles = <T>(point: Point, read: (slack: Slack, x: Float64Array) => T): T | undefined => {
    const structure = structureOf(point.structure, point.case)
    const x = inputsAt(point, structure, structure.slack!)
    return x && read(structure.slack!, x)
  }
  const measured = <T>(point: Point, read: (c: unknown) => T): T | undefined => {
    const c = caseOf(point)
    return c === undefined ? undefined : read(c)
  }

  return {
    draw(random, tape) {
      for (let left = RETRIES; ; left--) {
        try {
          const { made, tape: played } = play(
            (r) => given.generate(r, assumed),
            random,
            left === RETRIES ? tape : [],
          )
          return { structure: given.structure(made), case: made, tape: played }
        } catch (error) {
          if (!(error instanceof RangeError) || left === 0) throw error
        }
      }
    },
    charted(point) {
      if (point.moved) return { ...point, moved: point.moved }
      const layout = layoutIn(structureOf(point.structure, point.case), point.case)
      const origin = originAt(layout, point.case, numbersIn(point.case).texts)
      return { ...point, moved: { origin, at: origin.at } }
    },
    energy(point) {
      if (!point.moved && claim.assume.some(({ failure }) => failure?.(point.case as never) !== undefined))
        return NOWHERE
      if (gauge) return measured(point, gauge.energy) ?? NOWHERE
      return inDoubles(point, (slack, x) => slack.energy(x)) ?? NOWHERE
    },
    caseOf,
    tightest: (point) =>
      gauge ? measured(point, gauge.tightest) : inDoubles(point, (slack, x) => slack.tightest(x)),
  }
}

/** What the generator does with the numbers of one role. */
interface Role {
  readonly varies: boolean
  readonly positive: boolean
  readonly zero: boolean
}

/**
 * The space keeps to what the generator shows: a number that it never varies stays as it is, and one that it only
 * draws positive, or other than 0, stays so, even where no assumption says it.
 */
function rolesOf({ given, id }: Claim, assumed: Assumed): ReadonlyMap<string, Role> {
  const random = seeded(0, `roles ${id}`)
  const first = new Map<string, string>()
  const roles = new Map<string, Role>()
  for (let i = 0; i < SAMPLES; i++) {
    const { texts, leaves } = numbersIn(given.generate(random, assumed))
    leaves.forEach(({ role }, k) => {
      const text = texts[k]!
      if (!first.has(role)) first.set(role, text)
      const before = roles.get(role) ?? { varies: false, positive: true, zero: false }
      roles.set(role, {
        varies: before.varies || text !== first.get(role),
        positive: before.positive && text !== '0' && !text.startsWith('-'),
        zero: before.zero || text === '0',
      })
    })
  }
  return roles
}

const larger = (text: string): string => (text === '0' ? '1/4' : fold('mul', text, '5/4')!)

/**
 * The numbers of a case by the lists they are in. Where an equation is assumed that breaks when a number moves, the
 * number stays, unless its list is a unit vector and the equation survives rotations.
 */
function groupsOf(
  texts: readonly string[],
  leaves: readonly Leaf[],
  roles: ReadonlyMap<string, Role>,
  unequal: (texts: readonly string[]) => number,
  stuck: (texts: readonly string[]) => boolean = () => false,
): { kind: Kind; role: string; zero: boolean; leaves: number[] }[] {
  const before = unequal(texts)
  const breaks = (changes: ReadonlyMap<number, string>): boolean =>
    !(unequal(texts.map((text, i) => changes.get(i) ?? text)) <= before + 1e-9)
  const lists = new Map<string, number[]>()
  leaves.forEach(({ group }, i) => lists.set(group, [...(lists.get(group) ?? []), i]))
  return [...lists.values()].flatMap((list) => {
    const { role } = leaves[list[0]!]!
    const known = roles.get(role) ?? { varies: true, positive: false, zero: true }
    const { zero } = known
    const scaledAll = texts.map((text, i) => (list.includes(i) ? larger(text) : text))
    if (!known.varies || stuck(scaledAll)) return [{ kind: 'fixed' as const, role, zero, leaves: list }]
    const entries = list.map((i) => texts[i]!)
    const unit = isUnit(entries)
    const scaled = new Map(list.map((i) => [i, larger(texts[i]!)]))
    if (unit && breaks(scaled)) {
      const axis = new Map(
        list.map((i, k) => [i, k === (entries[0] === '1' ? list.length - 1 : 0) ? '1' : '0']),
      )
      const kind: Kind = list.length > 1 && !breaks(axis) ? 'sphere' : 'fixed'
      return [{ kind, role, zero, leaves: list }]
    }
    const own = known.positive ? ('positive' as const) : ('free' as const)
    const fixed = list.filter((i) => breaks(new Map([[i, larger(texts[i]!)]])))
    const moving = list.filter((i) => !fixed.includes(i))
    return [
      ...(moving.length > 0 ? [{ kind: own as Kind, role, zero, leaves: moving }] : []),
      ...(fixed.length > 0 ? [{ kind: 'fixed' as const, role, zero, leaves: fixed }] : []),
    ]
  })
}
