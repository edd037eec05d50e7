/** Commands: what `lakatos` can do, and how it is asked. */
import type { Grammar, Options } from './arguments.ts'
import { certify } from './certify.ts'
import { check } from './check.ts'
import { docs } from './docs.ts'
import { drop } from './drop.ts'
import { flow } from './flow.ts'
import { hunt } from './hunt.ts'
import { list } from './list.ts'
import { replay } from './replay.ts'
import { show } from './show.ts'
import { symbols } from './symbols.ts'
import { verify } from './verify.ts'

/** A command. */
export interface Command extends Grammar {
  readonly usage: string
  readonly does: string
  /** Runs it; gives the exit code. */
  run(positionals: readonly string[], options: Options): Promise<number>
}

/** Every command by name. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  list: {
    usage: 'list [claim …] [--json]',
    does: 'every claim of the package, or those asked for, with their recorded verdicts',
    options: ['json'],
    count: [0, Infinity],
    run: list,
  },
  check: {
    usage: 'check [claim …] [--seed N] [--cases N] [--profile full] [--workers N] [--json]',
    does: 'the verdicts of claims, against the record; without arguments, of all of the package',
    options: ['seed', 'cases', 'profile', 'workers', 'json'],
    count: [0, Infinity],
    run: check,
  },
  show: {
    usage: 'show <claim> [--json]',
    does: 'a claim as text and TeX, its assumptions, its recorded verdict and evidence',
    options: ['json'],
    count: [1, 1],
    run: show,
  },
  symbols: {
    usage: 'symbols <claim> [--seed N] [--json]',
    does: "what the symbols of the claim's setting mean, each with its value in a drawn case",
    options: ['seed', 'json'],
    count: [1, 1],
    run: symbols,
  },
  hunt: {
    usage: 'hunt <claim> [--evaluations N | --seconds N] [--seed N] [--out found.json] [--json]',
    does: 'a guided search for a violation: near misses, and the counterexample as found, simplest and worst',
    options: ['evaluations', 'seconds', 'seed', 'out', 'json'],
    count: [1, 1],
    run: hunt,
  },
  drop: {
    usage: 'drop [claim [assumption]] [--seed N] [--cases N] [--workers N] [--json]',
    does: 'what becomes of the claim without the assumption, or without each; without a claim, the matrix of all',
    options: ['seed', 'cases', 'workers', 'json'],
    count: [0, 2],
    run: drop,
  },
  replay: {
    usage: 'replay <claim | found.json> [--json]',
    does: 'a stored counterexample, judged again from its exact values',
    options: ['json'],
    count: [1, 1],
    run: replay,
  },
  verify: {
    usage: 'verify <certificate.json …> [--record verdicts.json] [--json]',
    does: 'certificates checked from their exact numbers, their statements against the record, ours or another',
    options: ['record', 'json'],
    count: [1, Infinity],
    run: verify,
  },
  certify: {
    usage: 'certify <claim>',
    does: 'the certificate of a refuted or proved claim, as JSON',
    options: [],
    count: [1, 1],
    run: certify,
  },
  flow: {
    usage: 'flow <system.json> [--json | --csv | --svg]',
    does: 'the gradient flow of a system file: its end, its trajectory or its picture',
    options: ['json', 'csv', 'svg'],
    count: [1, 1],
    run: flow,
  },
  docs: {
    usage: 'docs [paper … | file.ts … --out folder] [--accept] [--profile full] [--workers N] [--json]',
    does: 'check, drop and hunt everything and write the claim pages, ours or your own; --accept records new verdicts',
    options: ['out', 'accept', 'profile', 'workers', 'json'],
    count: [0, Infinity],
    run: docs,
  },
}

/** The text of `lakatos help`. */
export function helpText(): string {
  const commands = Object.values(COMMANDS).flatMap(({ usage, does }) => [
    `  lakatos ${usage}`,
    `      ${does}`,
  ])
  return [
    'lakatos: proofs and refutations for the theory of deep learning',
    '',
    ...commands,
    '  lakatos help | --help | --version',
    '',
    'A claim is an id (thm-1-ewn), a section by number or name (1), a file of your own (claims.ts), or one claim of it',
    '(claims.ts#my-speed). What several papers have is asked for with the paper (paper/thm-1-ewn, paper/1); a paper alone',
    'asks for all of it. An id that no claim has, such as v-norm, asks for its cases (v-norm:swn, v-norm:ewn).',
    'The profile full draws ten times the cases and follows long runs further. An interrupted check resumes.',
    'Results go to stdout, progress to stderr.',
    '',
    'Exit codes: 0 every verdict is the recorded one, 1 a verdict differs or a wrong variant survived,',
    '2 wrong usage, or a malformed claim (the other claims of its file are checked), 3 undecided, vacuous or without a',
    'wrong variant, a flow that stopped early, or a certificate whose statement is on no record,',
    '4 internal error, 130 interrupted.',
  ].join('\n')
}
