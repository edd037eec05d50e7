/** Arguments: the command line as data, wrong usage refused in one clear line. */
import { parseArgs } from 'node:util'
import type { Profile } from '../hunt/check.ts'
import { UsageError } from './exit.ts'
import { nearest } from './nearest.ts'

/** The options that commands take. */
export interface Options {
  readonly seed?: number
  readonly cases?: number
  readonly workers?: number
  readonly profile?: Profile
  readonly evaluations?: number
  readonly seconds?: number
  readonly out?: string
  readonly record?: string
  readonly json: boolean
  readonly csv: boolean
  readonly svg: boolean
  readonly accept: boolean
}

/** What a command accepts. */
export interface Grammar {
  readonly options: readonly (keyof Options)[]
  /** The least and the most arguments. */
  readonly count: readonly [number, number]
}

type NumberOption = 'seed' | 'cases' | 'workers' | 'evaluations' | 'seconds'
const NUMBERS: Readonly<Record<NumberOption, readonly [number, number]>> = {
  seed: [-(2 ** 31), 2 ** 31 - 1],
  cases: [1, 1_000_000],
  workers: [1, 256],
  evaluations: [1, 1_000_000_000],
  seconds: [1, 1_000_000],
}
const PROFILES: readonly string[] = ['default', 'full'] satisfies Profile[]
const isNumber = (name: string): name is keyof typeof NUMBERS => name in NUMBERS
const isPath = (name: string): name is 'out' | 'record' => name === 'out' || name === 'record'
const takesText = (name: string): boolean => isNumber(name) || name === 'profile' || isPath(name)

/**
 * The arguments and options of a command.
 * @throws UsageError for an unknown option, a value that is no number in range, or too few or many arguments.
 */
export function parseArguments(
  command: string,
  argv: readonly string[],
  grammar: Grammar,
): { readonly positionals: readonly string[]; readonly options: Options } {
  const { tokens } = parseArgs({
    args: [...argv],
    options: Object.fromEntries(
      grammar.options.map((name) => [
        name,
        { type: takesText(name) ? ('string' as const) : ('boolean' as const) },
      ]),
    ),
    allowPositionals: true,
    strict: false,
    tokens: true,
  })
  const options: Record<string, number | boolean | string> = {
    json: false,
    csv: false,
    svg: false,
    accept: false,
  }
  const positionals: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value)
    if (token.kind !== 'option') continue
    const { name, value, rawName } = token
    if (!(grammar.options as readonly string[]).includes(name))
      throw new UsageError(`${command}: unknown option ${rawName}${suggestion(rawName, grammar.options)}`)
    if (isNumber(name)) options[name] = numberOf(command, name, value)
    else if (name === 'profile') options[name] = profileOf(command, value)
    else if (isPath(name)) options[name] = pathOf(command, name, value)
    else if (value !== undefined) throw new UsageError(`${command}: ${rawName} takes no value, got ${value}`)
    else options[name] = true
  }
  const [least, most] = grammar.count
  if (positionals.length < least || positionals.length > most)
    throw new UsageError(
      `${command}: expected ${countText(least, most)}, got ${positionals.length || 'none'}; see \`lakatos help\``,
    )
  return { positionals, options: options as unknown as Options }
}

function numberOf(command: string, name: keyof typeof NUMBERS, text: string | undefined): number {
  const [least, most] = NUMBERS[name]
  const n = Number(text)
  if (text === undefined || !/^[+-]?\d+$/.test(text) || n < least || n > most)
    throw new UsageError(
      `${command}: --${name}: expected an integer from ${least} to ${most}, got ${text === undefined ? 'nothing' : `"${text}"`}`,
    )
  return n
}

function profileOf(command: string, text: string | undefined): string {
  if (text === undefined || !PROFILES.includes(text))
    throw new UsageError(
      `${command}: --profile: expected ${PROFILES.join(' or ')}, got ${text === undefined ? 'nothing' : `"${text}"`}`,
    )
  return text
}

function pathOf(command: string, name: 'out' | 'record', text: string | undefined): string {
  if (text === undefined || text === '')
    throw new UsageError(
      `${command}: --${name}: expected ${name === 'out' ? 'a file to write' : 'a file to read'}, got nothing`,
    )
  return text
}

function suggestion(wrong: string, known: readonly string[]): string {
  if (known.length === 0) return '; it takes none'
  const names = nearest(
    wrong,
    known.map((name) => `--${name}`),
    known.length,
  )
  return `; expected ${names.join(', ')}`
}

function countText(least: number, most: number): string {
  if (most === 0) return 'no argument'
  if (least === most) return `${least} argument${least === 1 ? '' : 's'}`
  return most === Infinity ? `at least ${least}` : `${least} to ${most} arguments`
}
