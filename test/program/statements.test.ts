/** Statements: which relations they ask for, and the same with > in place of ≥; ranges of steps stay as they are. */
import { expect, test } from 'vitest'
import { parseFormula } from '../../src/program/formula.ts'
import { rangeOf, relationsIn, strictText } from '../../src/program/syntax.ts'

test.each([
  ['a >= b', ['largerEq'], 'a > b'],
  ['a <= b < c', ['smallerEq', 'smaller'], 'a < b < c'],
  ['x == y', ['equal'], 'x == y'],
  ['all(k <= r <= t, a(r) <= e)', ['smallerEq'], 'all(k <= r <= t, a(r) < e)'],
  ['sum(r <= t, a(r)) >= min(r < t, b(r))', ['largerEq'], 'sum(r <= t, a(r)) > min(r < t, b(r))'],
  ['a >= b or c <= d', ['largerEq', 'smallerEq'], 'a > b or c < d'],
])('%s', (text, relations, strict) => {
  const { root } = parseFormula(text)
  expect(relationsIn(root)).toEqual(relations)
  expect(parseFormula(strictText(root)).root.toString()).toBe(parseFormula(strict).root.toString())
})

test.each([
  ['r < t', 'r', [false, true]],
  ['r <= t', 'r', [false, false]],
  ['k < q <= t + 1', 'q', [true, false]],
])('%s is a range of steps', (text, letter, open) => {
  expect(rangeOf(parseFormula(text).root)).toMatchObject({ letter, open })
})

test.each(['t < r', 'u < t', 'a < r < b < c', 'r >= t'])('%s is none', (text) => {
  expect(rangeOf(parseFormula(text).root)).toBeUndefined()
})

test.each([
  ['all(u, a > 0)', 'expected a range of steps'],
  ['all(r < t, a) + 1 > 0', 'expected all(range, relation) as a statement'],
  ['all(r < t)', 'expected all(range, relation) as a statement'],
  ['all(r < t, a + 1)', 'a + 1'],
])('%s is refused', (text, message) => {
  const parse = (): unknown => strictText(parseFormula(text).root)
  if (message === 'a + 1') expect(relationsIn(parseFormula(text).root)).toEqual([])
  else expect(parse).toThrow(message)
})
