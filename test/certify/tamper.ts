/** Tamper: one random change of a certificate, of each kind that a forger or a flipped bit may make. */
import { canonical, type Json as Read } from '../../src/certify/format.ts'
import { sha256 } from '../../src/program/hash.ts'
import { pick, type Random } from '../../src/claim/random.ts'

export type Json = string | number | Json[] | { [key: string]: Json }

/** A leaf of a JSON value: the keys that lead to it. */
type Path = readonly (string | number)[]

function leaves(json: Json, path: Path = []): Path[] {
  if (typeof json !== 'object') return [path]
  const entries: [string | number, Json][] = Array.isArray(json) ? [...json.entries()] : Object.entries(json)
  return entries.flatMap(([key, value]) => leaves(value, [...path, key]))
}

export const at = (json: Json, path: Path): Json =>
  path.reduce<Json>((inner, key) => (inner as { [key: string]: Json })[key]!, json)

/** The value with another leaf at a path. */
export function changed(json: Json, path: Path, leaf: Json): Json {
  const copy = structuredClone(json)
  const holder = at(copy, path.slice(0, -1)) as { [key: string]: Json }
  holder[path.at(-1)!] = leaf
  return copy
}

/** The certificate with both hashes made to fit what it says. */
export function resealed(json: Json): Json {
  const { hash: _, statement, ...beside } = json as { [key: string]: Json }
  const rest = { ...beside, statementHash: sha256(canonical(statement as Read)) }
  return { statement: statement!, ...rest, hash: sha256(canonical(rest as Read)) }
}

const SAME_ARITY = [
  ['add', 'sub', 'mul', 'div'],
  ['neg', 'sqrt', 'exp', 'log', 'relu', 'step'],
]
const RELATIONS = ['==', '>=', '>', '<=', '<']

/** The text with one character replaced by another of the same kind. */
function otherCharacter(random: Random, text: string, kind: RegExp, choices: string): string {
  const places = [...text].flatMap((c, i) => (kind.test(c) ? [i] : []))
  const place = pick(random, places)
  const choice = pick(
    random,
    [...choices].filter((c) => c !== text[place]),
  )
  return text.slice(0, place) + choice + text.slice(place + 1)
}

interface Kind {
  readonly name: string
  fits(path: Path, leaf: Json): boolean
  change(random: Random, leaf: Json): Json
}

const isNumber = (leaf: Json): leaf is string =>
  typeof leaf === 'string' && /^-?\d+(\.\d+|\/\d+)?$/.test(leaf)
const under = (path: Path, key: string): boolean => path.includes(key)

/** The kinds of change: what they change, and into what. */
export const KINDS: readonly Kind[] = [
  {
    name: 'digit',
    fits: (_, leaf) => isNumber(leaf),
    change: (random, leaf) => otherCharacter(random, leaf as string, /\d/, '0123456789'),
  },
  {
    name: 'weight',
    fits: (path) => path[0] === 'inputs' && path[2] === 1,
    change: (random, leaf) =>
      pick(
        random,
        ['0', '1', '-1', '1/2', '-3', '7/5'].filter((value) => value !== leaf),
      ),
  },
  {
    name: 'operation',
    fits: (path, leaf) => under(path, 'ops') && SAME_ARITY.some((names) => names.includes(leaf as string)),
    change: (random, leaf) =>
      pick(
        random,
        SAME_ARITY.find((names) => names.includes(leaf as string))!.filter((name) => name !== leaf),
      ),
  },
  {
    name: 'operand',
    fits: (path, leaf) =>
      (under(path, 'ops') || under(path, 'outputs')) && typeof leaf === 'number' && leaf > 0,
    change: (random, leaf) => random.integer(0, (leaf as number) - 1),
  },
  {
    name: 'inequality',
    fits: (path) => under(path, 'relation') || under(path, 'relations'),
    change: (random, leaf) =>
      pick(
        random,
        RELATIONS.filter((relation) => relation !== leaf),
      ),
  },
  {
    name: 'formula',
    fits: (path, leaf) =>
      ['formula', 'says', 'id', 'claim', 'why', 'case'].includes(`${path.at(-1)}`) && leaf !== '',
    change: (random, leaf) => otherCharacter(random, leaf as string, /./su, 'abcxyz<>=+-'),
  },
  {
    name: 'hash',
    fits: (path) => ['hash', 'statementHash'].includes(`${path[0]}`),
    change: (random, leaf) => otherCharacter(random, leaf as string, /./, '0123456789abcdef'),
  },
  {
    name: 'step',
    fits: (path) => path[0] === 'motion',
    change: (random, leaf) =>
      typeof leaf === 'number'
        ? leaf + pick(random, [-1, 1, 2, 17])
        : pick(random, ['1/3', '2', '-1/64', '0']),
  },
]

/** A certificate with one change, of a kind that fits it. */
export function tampered(
  random: Random,
  json: Json,
  kinds: readonly Kind[] = KINDS,
): { readonly kind: string; readonly json: Json } {
  for (;;) {
    const kind = pick(random, kinds)
    const paths = leaves(json).filter((path) => kind.fits(path, at(json, path)))
    if (paths.length === 0) continue
    const path = pick(random, paths)
    return { kind: kind.name, json: changed(json, path, kind.change(random, at(json, path))) }
  }
}
