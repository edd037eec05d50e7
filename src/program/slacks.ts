/** Slacks: the relations of a statement as traced values, one for each assignment of its free letters. */
import { angleOf, entriesOf, map2, onAngles, stepsIn, unwrap, value } from './formula.ts'
import { assignments, ENTRY_LETTERS, freeIndices, type Indices, type Scope } from './indices.ts'
import type { Expr } from './program.ts'
import { fail, isAll, rangeOf, relationOf, RELATIONS, type Formula, type Node } from './syntax.ts'

/** How far a relation holds: the slack is `= 0`, `>= 0` or `> 0` if and only if it does. */
export interface Slack {
  readonly relation: '=' | '>=' | '>'
  readonly slack: Expr
  /** The two sides, for printing; the slack of `a <= b` is b - a. */
  readonly left: Expr
  readonly right: Expr
  readonly indices: Indices
}

/** The assignments of free letters, those of entries last: how many there are depends on the vector that they index. */
function everyIndex(root: Node, letters: readonly string[], scope: Scope, fixed: Indices): Indices[] {
  const isEntry = (letter: string): boolean => !Object.hasOwn(scope.sets, letter)
  const others = letters.filter((letter) => !isEntry(letter))
  return assignments(others, scope, fixed).flatMap((at) =>
    letters
      .filter(isEntry)
      .reduce<Indices[]>(
        (all, letter) =>
          all.flatMap((one) =>
            (entriesOf(root, letter, scope, one) ?? fail(root, `unknown index "${letter}"`))
              .filter((entry) => !ENTRY_LETTERS.some((other) => one[other] === entry))
              .map((entry) => ({ ...one, [letter]: entry })),
          ),
        [at],
      ),
  )
}
/** The coordinates of the sides of a relation between angles, among which 0 may be; `undefined` if none is one. */
function angleSides(sides: readonly Node[], scope: Scope, at: Indices): Expr[] | undefined {
  const angles = sides.filter((side) => angleOf(side, scope) !== undefined)
  if (angles.length === 0) return undefined
  return sides.map((side) => {
    const angle = angleOf(side, scope)
    if (angle !== undefined) return angle
    const plain = unwrap(side)
    if (plain.type === 'ConstantNode' && /^0*\.?0*$/.test(plain.value!.toFixed()))
      return scope.F.constant('0')
    value(side, scope, at)
    const named = angles.map(unwrap).find(({ name }) => name !== 'pi') ?? unwrap(angles[0]!)
    return fail(side, `${onAngles(named.name!)}, got "${side.toString()}"`)
  })
}

/** So many combinations of the parts of alternatives are written out. */
const MOST_CLAUSES = 64

/**
 * One relation that holds if and only if one of several does: the greatest slack, beside strict relations, whose slacks
 * may not be 0, with step(slack) − 1/4 in place of the slack of one that may.
 */
function eitherOf(alternatives: readonly Slack[], { F }: Scope, indices: Indices): Slack {
  const isStrict = alternatives.some(({ relation }) => relation === '>')
  const quarter = F.constant('1/4')
  const [first, ...others] = alternatives.map(({ relation, slack }) => {
    const least = relation === '=' ? F.neg(F.abs(slack)) : slack
    return isStrict && relation !== '>' ? F.sub(F.step(least), quarter) : least
  })
  const slack = others.reduce((a, b) => F.max(a, b), first!)
  return { relation: isStrict ? '>' : '>=', slack, left: slack, right: F.constant('0'), indices }
}

/** The slacks of alternatives: (a ∧ b) ∨ c is (a ∨ c) ∧ (b ∨ c), one slack for each of these. */
function alternativeSlacks(parts: readonly Formula[], scope: Scope, at: Indices, root: Node): Slack[] {
  const clauses = parts.reduce<readonly (readonly Slack[])[]>(
    (all, part) => {
      const more = slacks(part, scope, at)
      if (all.length * more.length > MOST_CLAUSES) fail(root, 'expected alternatives between few numbers')
      return all.flatMap((clause) => more.map((slack) => [...clause, slack]))
    },
    [[]],
  )
  return clauses.map((clause) => eitherOf(clause, scope, at))
}

/**
 * The slacks of a relation (a chain such as a = b <= c has two), one per component and per assignment of
 * the free index letters; two letters of one set take distinct elements unless bound in `indices`.
 * @throws SyntaxError if the formula is no relation, or a symbol has no meaning in the scope.
 */
export function slacks(formula: Formula, scope: Scope, indices: Indices = {}): Slack[] {
  const root = formula.root
  if (isAll(root)) {
    const [range, inner] = root.args as [Node, Node]
    if (!scope.moment)
      return fail(root, `expected a relation, as ${scope.name ?? 'this formula'} has no steps`)
    const steps = rangeOf(range)!
    return stepsIn(steps, scope, indices).flatMap((r) =>
      slacks({ ...formula, root: inner }, scope, { ...indices, [steps.letter]: r }),
    )
  }
  const free = freeIndices(formula, scope).filter((letter) => !(letter in indices))
  if (root.op === 'or') {
    const parts = root.args!.map((part) => ({ ...formula, root: unwrap(part) }))
    return everyIndex(root, free, scope, indices).flatMap((at) => alternativeSlacks(parts, scope, at, root))
  }
  const [sides, kinds] =
    root.type === 'RelationalNode'
      ? [root.params!, root.conditionals!]
      : [root.args ?? [], [relationOf(root)]]
  if (kinds.some((kind) => !RELATIONS.has(kind))) return fail(root, 'expected a relation (==, <=, <, >=, >)')
  return everyIndex(root, free, scope, indices).flatMap((at) => {
    const values = angleSides(sides, scope, at) ?? sides.map((side) => value(side, scope, at))
    return kinds.flatMap((kind, r) => {
      const relation = RELATIONS.get(kind)!
      const [a, b] = [values[r]!, values[r + 1]!]
      const pairs: [Expr, Expr][] = []
      map2(root, (x, y) => (pairs.push([x, y]), x), a, b)
      if (relation !== '=' && typeof a !== 'number') return fail(root, 'expected scalars in an inequality')
      const turned = kind === 'largerEq' || kind === 'larger'
      return pairs.map(([left, right]) => ({
        relation,
        slack: turned ? scope.F.sub(left, right) : scope.F.sub(right, left),
        left,
        right,
        indices: at,
      }))
    })
  })
}
