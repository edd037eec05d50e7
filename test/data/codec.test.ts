/** Data files: exact round trips, and every malformed file refused with its line and reason. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseCsv, parseJson, printCsv, printJson } from '../../src/data/codec.ts'
import { checkDataset, point } from '../../src/data/dataset.ts'
import { datasets, fraction, sign } from './arbitrary.ts'

const anyData = fc.oneof(datasets(fraction, sign), datasets(fraction, fc.nat({ max: 9 })))
const lineEnd = fc.constantFrom('\n', '\r\n', '\r')

test('json and csv give back the data set they print, also with other line ends and a byte order mark', () => {
  fc.assert(
    fc.property(anyData, lineEnd, fc.constantFrom('', '\uFEFF'), (data, end, mark) => {
      const disguise = (text: string): string => mark + text.replaceAll('\n', end)
      expect(parseJson(disguise(printJson(data)))).toEqual(data)
      expect(parseCsv(disguise(printCsv(data)))).toEqual(data)
    }),
  )
})

test('printed json is what JSON.parse reads, too', () => {
  fc.assert(
    fc.property(anyData, (data) => {
      const plain = JSON.parse(printJson(data)) as { data: { x: string[]; y: number }[] }
      expect(plain.data.map(({ x, y }) => point(x, y))).toEqual(data)
    }),
  )
})

test('decimals, fractions and integers of any length are read exactly', () => {
  const expected = [
    point(['5/4', '1/2'], 1),
    point(['123456789012345678901234567890', -7], -1),
    point(['1/1000', 0], 1),
  ]
  const list = `[ {"x": ["5/4", "0.50"], "y": 1},
    {"y": -1, "x": [123456789012345678901234567890, "-7"]}, {"x": ["1e-3", -0], "y": "+1"} ]`
  expect(parseJson(list)).toEqual(expected)
  expect(
    parseJson(`{ "name": "\\u0041 \\"test\\"", "ok": [true, false, null, {}, []], "data": ${list} }`),
  ).toEqual(expected)
  expect(
    parseCsv('x1 , x2,y\n 10/8,0.50, +1\n123456789012345678901234567890,-7,-1\n1e-3,-0,1\n \n\n'),
  ).toEqual(expected)
})

test('one point without its line end is a csv file', () => {
  expect(parseCsv('x1,y\n3,0')).toEqual([point([3], 0)])
})

test('a data set that is none is not printed', () => {
  expect(() => printJson([])).toThrow('data: expected at least one point, got none')
  expect(() => printCsv([point([1], 1), point([1, 2], 1)])).toThrow('data: point 2')
})

const badJson: [name: string, text: string, message: string][] = [
  ['empty file', '', 'line 1: expected a data set, got an empty file'],
  ['blank file', '\uFEFF \r\n', 'line 1: expected a data set, got an empty file'],
  [
    'no list',
    '{\n"points": []}',
    'line 1: expected a list of points, or an object with the list as its "data"',
  ],
  ['data not a list', '{\n"data": 3}', 'line 2: expected a list of points, or an object with'],
  ['no points', '{\n "data": [] }', 'line 2: expected at least one point, got none'],
  ['no coordinates', '[\n{"x":[],"y":1}]', 'line 2: expected at least one coordinate, got none'],
  ['a point that is a list', '[\n[1, 2]]', 'line 2: expected a point { "x": […], "y": … }'],
  [
    'an unknown name',
    '[{"x":["1"],\n"label":1}]',
    'line 2: expected a point { "x": […], "y": … }, got the name "label"',
  ],
  ['no coordinates list', '[\n{"y":1}]', 'line 2: expected a list of coordinates as "x" of the point'],
  ['no label', '[\n{"x":["1"]}]', 'line 2: expected a label as "y" of the point'],
  ['null label', '[{"x":["1"],\n"y":null}]', 'line 2: expected a label as "y" of the point'],
  [
    'a float',
    '[\r\n{"x":["1",\r\n0.1],"y":1}]',
    'line 3: x2: expected an exact number, got the float 0.1; write it as a string, "0.1"',
  ],
  [
    'an exponent',
    '[{"x":[1e2],"y":1}]',
    'line 1: x1: expected an exact number, got the float 1e2; write it as',
  ],
  [
    'not a number',
    '[{"x":["1",\n"abc"],"y":1}]',
    'line 2: x2: expected an exact literal such as 3, -0.125 or 3/8, got "abc"',
  ],
  ['nothing', '[{"x":[""],"y":1}]', 'line 1: x1: expected an exact literal'],
  ['null', '[{"x":[\nnull],"y":1}]', 'line 2: x1: expected a number written as a string, such as "3/8"'],
  ['a zero denominator', '[{"x":["1/0"],"y":1}]', 'line 1: x1: expected an exact literal'],
  [
    'unequal columns',
    '[{"x":["1"],"y":1},\n\n{"x":["1","2"],"y":1}]',
    'line 3: expected as many coordinates as before, 1, got 2',
  ],
  [
    'a fractional label',
    '[{"x":["1"],\n"y":0.5}]',
    'line 2: expected a label +1 or -1, or a class index 0, 1, 2, …, got "0.5"',
  ],
  [
    'a word as label',
    '[{"x":["1"],\n"y":"cat"}]',
    'line 2: expected a label +1 or -1, or a class index 0, 1, 2, …, got "cat"',
  ],
  ['mixed labels', '[{"x":["1"],"y":-1},\n{"x":["1"],\n"y":2}]', 'line 3: expected a label +1 or -1, got 2'],
  ['a missing comma', '[{"x":["1"],"y":1}\n{"x":["1"],"y":1}]', 'line 2: expected "," or "]", got {'],
  ['a trailing comma', '[{"x":["1"],"y":1},\n]', 'line 2: expected a value, got ]'],
  [
    'a trailing comma in a point',
    '[{"x":["1"],"y":1,\n}]',
    'line 2: expected a name in double quotes, got }',
  ],
  ['a missing colon', '[{"x"\n["1"]}]', 'line 2: expected ":", got ['],
  ['a cut file', '[{"x":["1"],\n"y":1\n', 'line 3: expected "," or "}", got the end'],
  ['text after the end', '[]\n[]', 'line 2: expected the end, got ['],
  ['a comment', '[\n// two points\n]', 'line 2: expected JSON, got //'],
  ['single quotes', "[{\n'x': []}]", "line 2: expected JSON, got 'x':"],
  ['an odd separator', '[\n\u2028]', 'line 2: expected JSON, got \u2028'],
  ['an open string', '[\n"x]', 'line 2: expected JSON, got "x'],
  ['a name twice', '[{"x":["1"],"y":1,\n"y":1}]', 'line 2: expected every name once, got "y"'],
  ['too many brackets', '['.repeat(100_000), 'line 1: expected at most 100 nested brackets, got ['],
]

test.each(badJson)('json with %s: refused with line and reason', (_, text, message) => {
  expect(() => parseJson(text)).toThrow(SyntaxError)
  expect(() => parseJson(text)).toThrow(`data: ${message}`)
})

const badCsv: [name: string, text: string, message: string][] = [
  ['empty file', '', 'line 1: expected a data set, got an empty file'],
  ['blank file', '\uFEFF\r\n\r\n', 'line 1: expected a data set, got an empty file'],
  ['no header', '1,2,1\n3,4,-1\n', 'line 1: expected the header x1,x2,y, got "1,2,1"'],
  ['another header', 'x1,x3,y\n', 'line 1: expected the header x1,x2,y, got "x1,x3,y"'],
  ['another separator', 'x1;x2;y\n1;2;1\n', 'line 1: expected the header x1,…,y, got "x1;x2;y"'],
  ['only labels', 'y\n1\n', 'line 1: expected the header x1,…,y, got "y"'],
  ['no points', 'x1,y\n', 'line 1: expected at least one point, got none'],
  ['too few cells', 'x1,x2,y\r\n1,2,1\r\n1,1\r\n', 'line 3: expected 3 cells (x1,x2,y), got 2'],
  ['too many cells', 'x1,y\n1,2,1', 'line 2: expected 2 cells (x1,y), got 3'],
  ['an empty line', 'x1,y\n1,1\n\n2,1', 'line 3: expected 2 cells (x1,y), got an empty line'],
  ['an empty cell', 'x1,x2,y\n1, ,1', 'line 2: x2: expected a number, got an empty cell'],
  ['an empty label', 'x1,y\n1,1\n1,\n', 'line 3: y: expected a number, got an empty cell'],
  [
    'not a number',
    'x1,y\n1,1\nabc,1',
    'line 3: x1: expected an exact literal such as 3, -0.125 or 3/8, got "abc"',
  ],
  ['a zero denominator', 'x1,y\n1/0,1', 'line 2: x1: expected an exact literal'],
  [
    'an unknown label',
    'x1,y\n1,1\n1,yes',
    'line 3: expected a label +1 or -1, or a class index 0, 1, 2, …, got "yes"',
  ],
  ['mixed labels', 'x1,y\n1,-1\n1,1\n1,0', 'line 4: expected a label +1 or -1, got 0'],
]

test.each(badCsv)('csv with %s: refused with line and reason', (_, text, message) => {
  expect(() => parseCsv(text)).toThrow(SyntaxError)
  expect(() => parseCsv(text)).toThrow(`data: ${message}`)
})

test('the labels asked for are checked at their line', () => {
  expect(() => parseCsv('x1,y\n1,1\n1,3\n', 3)).toThrow(
    'data: line 3: expected a class index from 0 to 2, got 3',
  )
  expect(() => parseJson('[{"x":[1],\n"y":0}]', 'sign')).toThrow(
    'data: line 2: expected a label +1 or -1, got 0',
  )
})

test('the json reader accepts and refuses the texts that JSON.parse does', () => {
  const edit = fc.tuple(
    fc.nat(),
    fc.constantFrom('', '"', ',', '[', ']', '{', '}', ':', '\\', '1', '0', '.', '-', 'e', ' '),
  )
  const seen = { read: 0, refused: 0 }
  fc.assert(
    fc.property(datasets(fraction, sign), edit, (data, [where, insert]) => {
      const text = printJson(data)
      const at = where % text.length
      const changed = text.slice(0, at) + insert + text.slice(at + 1)
      const valid = succeeds(() => JSON.parse(changed))
      const read = succeeds(() => parseJson(changed))
      seen[read ? 'read' : 'refused']++
      if (read) {
        expect(valid).toBe(true)
        const plain = JSON.parse(changed) as { data: { x: (string | number)[]; y: number }[] }
        expect(checkDataset(plain.data.map(({ x, y }) => point(x, Number(y) + 0)))).toEqual(
          parseJson(changed),
        )
      } else expect(() => parseJson(changed)).toThrow(/^data: line \d+: (x\d+: )?expected /)
    }),
    { numRuns: 1000 },
  )
  expect(Math.min(seen.read, seen.refused)).toBeGreaterThan(100)
})

function succeeds(action: () => unknown): boolean {
  try {
    action()
    return true
  } catch {
    return false
  }
}
