/** Form: a value that an author wrote is refused with its place, what was expected and what stands there. */
import { describe, expect, test } from 'vitest'
import {
  aFunction,
  aText,
  fields,
  listOf,
  oneOf,
  optional,
  recordOf,
  type Check,
} from '../../src/claim/form.ts'

const answer = (check: Check, value: unknown): string => {
  try {
    check('here', value)
    return 'passes'
  } catch (error) {
    expect(error).toBeInstanceOf(TypeError)
    return (error as Error).message
  }
}

describe('what stands there is said in a few words', () => {
  test.each<[unknown, string]>([
    [undefined, 'nothing'],
    [3, '3'],
    [null, 'null'],
    [() => 1, 'a function'],
    [[], 'an empty list'],
    [[1], 'a list'],
    [{}, 'an object'],
    [Promise.resolve(1), 'a promise'],
  ])('%s is %s', (value, words) => {
    expect(answer(aText, value)).toBe(`here: expected a text, got ${words}`)
  })

  test('a text is cut after 39 characters', () => {
    const got = (n: number): string => answer(aFunction, 'x'.repeat(n))
    expect(got(40)).toBe(`here: expected a function, got "${'x'.repeat(40)}"`)
    expect(got(41)).toBe(`here: expected a function, got "${'x'.repeat(39)}…"`)
  })
})

test.each<[string, Check, readonly unknown[], readonly unknown[]]>([
  ['a text', aText, ['', 'x'], [1, null, []]],
  ['a function', aFunction, [() => 1], ['x', {}]],
  ['one of some names', oneOf(['a', 'b']), ['a', 'b'], ['c', undefined]],
  ['nothing or a text', optional(aText), [undefined, 'x'], [null, 1]],
  [
    'a list of texts',
    listOf('texts', aText),
    [[], ['a', 'b']],
    ['ab', [1], ['a', 1], new Array(1), undefined],
  ],
  ['a record of texts', recordOf('texts', aText), [{}, { a: 'x' }], [[], null, 'x', { a: 1 }]],
  [
    'an object with fields',
    fields('it', { a: aText, b: optional(aText) }),
    [{ a: 'x' }, { a: 'x', b: 'y' }],
    [{}, { b: 'y' }, { a: 'x', c: 1 }, [], null],
  ],
])('%s passes, and nothing else', (_, check, good, bad) => {
  expect(good.map((value) => answer(check, value))).toEqual(good.map(() => 'passes'))
  expect(bad.map((value) => answer(check, value)).filter((words) => !words.startsWith('here'))).toEqual([])
})

test('what is refused inside is named with its place', () => {
  expect(answer(listOf('texts', aText), ['a', 1])).toBe('here[1]: expected a text, got 1')
  expect(answer(recordOf('texts', aText), { a: 'x', b: 2 })).toBe('here.b: expected a text, got 2')
  expect(answer(fields('it', { a: aText }), { a: 3 })).toBe('here: a: expected a text, got 3')
  expect(answer(fields('it', { a: aText, b: aText }), { a: '', c: 3 })).toBe(
    'here: unknown field "c"; expected a, b',
  )
})
