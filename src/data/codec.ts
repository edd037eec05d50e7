/** Codec: data sets as JSON and CSV text, exact both ways. */
import { parseRatio, printRatio } from '../program/constant.ts'
import type { Rational } from '../number/rational.ts'
import { checkDataset, describeLabels, findFault, type Dataset, type Labels, type Point } from './dataset.ts'
import { plainText, readJson, type Json } from './json.ts'

/** A point as read, and the lines where its parts stand. */
interface Row {
  readonly point: Point
  readonly lines: { readonly x: number; readonly y: number }
}

/**
 * The data set in a JSON text: `{ "data": [{ "x": ["5/4", "0.5"], "y": 1 }, …] }`, or the bare list.
 * Coordinates are strings (decimals or fractions, read exactly) or JSON integers; a JSON float is refused,
 * because other readers would round it. @throws SyntaxError `data: line n: …` at the first thing amiss.
 */
export function parseJson(text: string, labels?: Labels): Dataset {
  if (text.trim() === '') refuse(1, 'expected a data set, got an empty file')
  const root = readJson(text)
  const list = root.kind === 'object' ? root.entries.get('data') : root
  if (list?.kind !== 'list')
    return refuse(
      list?.line ?? root.line,
      'expected a list of points, or an object with the list as its "data"',
    )
  return assemble(list.items.map(jsonRow), list.line, labels)
}

/** The JSON text of a data set, one point a line. @throws RangeError if it is not a data set. */
export function printJson(data: Dataset): string {
  const lines = checkDataset(data).map(
    ({ x, y }) => `    { "x": [${x.map((c) => `"${printRatio(c)}"`).join(', ')}], "y": ${y} }`,
  )
  return `{\n  "data": [\n${lines.join(',\n')}\n  ]\n}\n`
}

/**
 * The data set in a CSV text: the header `x1,…,xd,y`, then one point a line, in decimals or fractions.
 * Blanks around a cell, either kind of line end, a byte order mark and empty last lines do not matter.
 * @throws SyntaxError `data: line n: …` at the first thing amiss.
 */
export function parseCsv(text: string, labels?: Labels): Dataset {
  const lines = plainText(text).split('\n')
  while (lines.at(-1)?.trim() === '') lines.pop()
  if (lines.length === 0) refuse(1, 'expected a data set, got an empty file')
  const [header = [], ...rows] = lines.map((line) => line.split(',').map((cell) => cell.trim()))
  const names = csvHeader(Math.max(header.length - 1, 1))
  if (header.join() !== names.join())
    refuse(1, `expected the header ${names.length > 2 ? names.join() : 'x1,…,y'}, got "${header.join()}"`)
  return assemble(
    rows.map((cells, i) => csvRow(cells, names, i + 2)),
    1,
    labels,
  )
}

/** The CSV text of a data set, with its header. @throws RangeError if it is not a data set. */
export function printCsv(data: Dataset): string {
  const rows = checkDataset(data).map(({ x, y }) => [...x.map(printRatio), `${y}`])
  return [csvHeader(data[0]!.x.length), ...rows].map((cells) => `${cells.join()}\n`).join('')
}

function csvHeader(d: number): string[] {
  return [...Array.from({ length: d }, (_, k) => `x${k + 1}`), 'y']
}

function csvRow(cells: readonly string[], names: readonly string[], line: number): Row {
  if (cells.length !== names.length) {
    const got = cells.join() === '' ? 'an empty line' : `${cells.length}`
    refuse(line, `expected ${names.length} cells (${names.join()}), got ${got}`)
  }
  const empty = cells.indexOf('')
  if (empty >= 0) refuse(line, `${names[empty]}: expected a number, got an empty cell`)
  const x = cells.slice(0, -1).map((cell, k) => coordinate(cell, k, line))
  return { point: { x, y: label(cells.at(-1)!, line) }, lines: { x: line, y: line } }
}

function jsonRow(json: Json): Row {
  if (json.kind !== 'object') return refuse(json.line, 'expected a point { "x": […], "y": … }')
  for (const [name, { line }] of json.entries)
    if (name !== 'x' && name !== 'y')
      refuse(line, `expected a point { "x": […], "y": … }, got the name "${name}"`)
  const [x, y] = [json.entries.get('x'), json.entries.get('y')]
  if (x?.kind !== 'list')
    return refuse(x?.line ?? json.line, 'expected a list of coordinates as "x" of the point')
  if (y?.kind !== 'number' && y?.kind !== 'string')
    return refuse(y?.line ?? json.line, 'expected a label as "y" of the point')
  const point = { x: x.items.map(jsonCoordinate), y: label(y.text, y.line) }
  return { point, lines: { x: x.line, y: y.line } }
}

function jsonCoordinate(json: Json, k: number): Rational {
  if (json.kind !== 'number' && json.kind !== 'string')
    return refuse(json.line, `x${k + 1}: expected a number written as a string, such as "3/8"`)
  if (json.kind === 'number' && !/^-?\d+$/.test(json.text))
    return refuse(
      json.line,
      `x${k + 1}: expected an exact number, got the float ${json.text}; write it as a string, "${json.text}"`,
    )
  return coordinate(json.text, k, json.line)
}

function coordinate(text: string, k: number, line: number): Rational {
  try {
    return parseRatio(text)
  } catch (error) {
    return refuse(line, `x${k + 1}: ${(error as Error).message.replace(/^number: /, '')}`)
  }
}

function label(text: string, line: number): number {
  return /^[+-]?\d+$/.test(text)
    ? Number(text) + 0
    : refuse(line, `expected ${describeLabels()}, got "${text}"`)
}

function assemble(rows: readonly Row[], line: number, labels?: Labels): Dataset {
  const data = rows.map(({ point }) => point)
  const fault = findFault(data, labels)
  if (fault !== undefined) refuse(rows[fault.point]?.lines[fault.part] ?? line, fault.reason)
  return data
}

function refuse(line: number, reason: string): never {
  throw new SyntaxError(`data: line ${line}: ${reason}`)
}
