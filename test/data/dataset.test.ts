/** What is a data set, and what is refused as one. */
import { expect, test } from 'vitest'
import { checkDataset, dimension, point, type Dataset, type Labels } from '../../src/data/dataset.ts'

const refusals: [name: string, data: Dataset, labels: Labels | undefined, message: string][] = [
  ['no points', [], undefined, 'data: expected at least one point, got none'],
  ['no coordinates', [point([], 1)], undefined, 'data: point 1: expected at least one coordinate, got none'],
  [
    'unequal dimensions',
    [point([1, 2], 1), point([1], 1)],
    undefined,
    'data: point 2: expected as many coordinates as before, 2, got 1',
  ],
  [
    'a sign among classes',
    [point([1], 0), point([1], -1)],
    undefined,
    'data: point 1: expected a label +1 or -1, got 0',
  ],
  [
    'a fractional label',
    [point([1], 0.5)],
    undefined,
    'data: point 1: expected a label +1 or -1, or a class index 0, 1, 2, …, got 0.5',
  ],
  [
    'a negative class',
    [point([1], -2)],
    undefined,
    'data: point 1: expected a label +1 or -1, or a class index 0, 1, 2, …, got -2',
  ],
  ['a class as sign', [point([1], 0)], 'sign', 'data: point 1: expected a label +1 or -1, got 0'],
  [
    'a class too high',
    [point([1], 2), point([1], 3)],
    3,
    'data: point 2: expected a class index from 0 to 2, got 3',
  ],
  ['a sign as class', [point([1], -1)], 3, 'data: point 1: expected a class index from 0 to 2, got -1'],
  ['not a label at all', [point([1], NaN)], 2, 'data: point 1: expected a class index from 0 to 1, got NaN'],
  ['one class', [point([1], 0)], 1, "data: expected 'sign' or a number of classes >= 2, got 1"],
]

test.each(refusals)('%s: refused with its reason', (_, data, labels, message) => {
  expect(() => checkDataset(data, labels)).toThrow(new RangeError(message))
})

test('signs and classes are data sets', () => {
  const signs = [point(['5/4', '0.5'], 1), point([0, -3n], -1)]
  expect(checkDataset(signs)).toBe(signs)
  expect(checkDataset(signs, 'sign')).toBe(signs)
  const classes = [point([1], 0), point([1], 2)]
  expect(checkDataset(classes)).toBe(classes)
  expect(checkDataset(classes, 3)).toBe(classes)
  expect(dimension(signs)).toBe(2)
  expect(() => dimension([])).toThrow('expected at least one point')
})

test('a coordinate that is a rounded float is read as the decimal it prints', () => {
  expect(point([0.1], 1).x[0]).toEqual({ num: 1n, den: 10n })
  expect(() => point([Infinity], 1)).toThrow(SyntaxError)
})
