/** Counterexample: a case and the numbers with which it refutes a claim, as lines of text. */
import type { Claim } from '../claim/claim.ts'
import type { Box, OpenCase } from '../claim/verdict.ts'
import { rational } from '../number/rational.ts'
import { parseRatio } from '../program/constant.ts'
import { parseFormula } from '../program/formula.ts'
import { text } from '../program/print.ts'
import { STEP_LETTERS } from '../program/syntax.ts'
import type { Refutation } from './record.ts'
import { align } from './table.ts'

/** A named number or vector of a case, with exact entries. */
export interface Quantity {
  readonly name: string
  readonly entries: readonly string[]
  readonly vector: boolean
}

/** The inputs of a case; entries that are numbered from 1 in a row are gathered into a vector. */
export function quantities(values: ReadonlyMap<string, string>): Quantity[] {
  const groups = new Map<string, { name: string; at: number; entry: string }[]>()
  for (const [name, entry] of values) {
    const [, root, at = '0', moment = ''] = /^(.*)_(\d+)(\(\d+\))?$/.exec(name) ?? [undefined, name]
    const base = `${root!}${moment}`
    groups.set(base, [...(groups.get(base) ?? []), { name, at: Number(at), entry }])
  }
  return [...groups].flatMap(([base, members]): Quantity[] =>
    members.every(({ at }, i) => at === i + 1)
      ? [{ name: base, entries: members.map(({ entry }) => entry), vector: true }]
      : members.map(({ name, entry }) => ({ name, entries: [entry], vector: false })),
  )
}

const symbolText = (name: string): string => text(parseFormula(name))
const minus = (number: string): string => number.replaceAll('-', '−')

const LONGEST_NUMBER = 48

/** A number as it is, or rounded if it is an exact one that fills more than half a line. */
function shortNumber(number: string): string {
  if (number.length <= LONGEST_NUMBER || !/^-?\d+(\/\d+)?$/.test(number)) return minus(number)
  return `≈ ${minus(rational.toNumber(parseRatio(number)).toPrecision(12))}`
}

/** The labels of the points, where a case has such. */
function labels(json: unknown): readonly unknown[] {
  const { data } = json as { readonly data?: unknown }
  return Array.isArray(data) ? data.map((point: { readonly y?: unknown }) => point.y) : []
}

/** The case in readable lines: what it is, then every exact value. */
export function caseLines(claim: Claim, json: unknown): string[] {
  const { given } = claim
  const c = given.parse(json)
  const found = quantities(given.values(c)).map(({ name, entries, vector }) => [
    symbolText(name),
    vector ? `= (${entries.map(minus).join(', ')})` : `= ${minus(entries[0]!)}`,
  ])
  const y = labels(json)
  const chosen = Object.entries(given.chosen(c)).map(([letter, at]) => [letter, `= ${at + 1}`])
  return [
    given.describe(c),
    ...align([
      ...found,
      ...(y.length > 0 ? [['y', `= (${y.map((label) => minus(String(label))).join(', ')})`]] : []),
      ...chosen,
    ]),
  ]
}

/** The numbers of a refutation: the formula, where it fails, both sides, and the slack. */
export function numberLines(found: Refutation): string[] {
  const at = Object.entries(found.at).map(
    ([letter, i]) => `${letter === 'p' ? "l'" : letter} = ${STEP_LETTERS.includes(letter) ? i : i + 1}`,
  )
  return align([
    ['formula', found.formula],
    ...(at.length > 0 ? [['fails at', at.join(', ')]] : []),
    ['left', shortNumber(found.left)],
    ['right', shortNumber(found.right)],
    ...(found.slack === '' ? [] : [['slack', shortNumber(found.slack)]]),
    ['decided in', found.arithmetic],
  ])
}

/** How far each input may move alone, the tightest first, and how far all together. */
export function boxLines({ moment, radius, inputs, held }: Box): string[] {
  const at = moment === undefined ? '' : `at t = ${moment} `
  const number = (text: string): number => rational.toNumber(parseRatio(text))
  const room = ({ lo, hi, value }: Box['inputs'][number]): number =>
    (number(hi) - number(lo)) / (Math.abs(number(value)) || 1)
  const alone = inputs.toSorted((a, b) => room(a) - room(b))
  return [
    ...(radius === '0' ? [] : [`${at}stays false with all of these moved by up to ${radius} of their size`]),
    `${at}stays false with one of them moved alone:`,
    ...align(alone.map(({ name, lo, hi }) => [symbolText(name), `from ${minus(lo)}`, `to ${minus(hi)}`])),
    ...(held.length > 0 ? [`bound by an assumed equation: ${held.map(symbolText).join(', ')}`] : []),
  ]
}

/** So many open cases are shown with all their values. */
export const MOST_OPEN = 3

/** An open case in readable lines: all its values, and why nothing decided it. */
export const openLines = (claim: Claim, { case: json, reason }: OpenCase): string[] => [
  ...caseLines(claim, json),
  '',
  `open: ${reason}`,
]

/** The whole counterexample in readable lines. */
export function counterexampleLines(claim: Claim, found: Refutation): string[] {
  const box = found.box ? ['', ...boxLines(found.box)] : []
  return [...caseLines(claim, found.case), '', ...numberLines(found), ...box]
}
