/** `lakatos hunt`: a guided search for a violation of a claim, with the best so far kept at any moment. */
import type { Claim } from '../claim/claim.ts'
import { DEFAULT_SEED } from '../hunt/check.ts'
import { hunt as huntFor, type HuntResult, type Progress } from '../hunt/hunt.ts'
import { judgeOf } from '../hunt/judge.ts'
import { simplest } from '../hunt/shrink.ts'
import { counterexampleLines } from '../report/counterexample.ts'
import { refutation, type Refutation } from '../report/record.ts'
import { align } from '../report/table.ts'
import { EXIT, messageOf, UsageError } from './exit.ts'
import { writeFind } from './find.ts'
import type { Failure } from './guard.ts'
import { again } from './interrupt.ts'
import { BUILT_IN, shownPath } from './load.ts'
import { closing, errorsOf, indented, say, sayJson } from './print.ts'
import { select, type Selected } from './select.ts'
import type { Options } from './arguments.ts'

/** The result of one hunt, with the counterexample in its simplest form and where it was written. */
interface Hunted {
  readonly selected: Selected
  readonly result: HuntResult
  readonly simplest?: Refutation
  readonly file?: string
}

/** Hunts each claim asked for. */
export async function hunt([asked]: readonly string[], options: Options): Promise<number> {
  if (options.evaluations !== undefined && options.seconds !== undefined)
    throw new UsageError('hunt: expected --evaluations or --seconds, got both')
  const { selected, failures: malformed } = await select([asked!])
  if (selected.length > 1 && options.out !== undefined)
    throw new UsageError(
      `hunt: --out: expected one claim to hunt, got ${selected.map(({ claim }) => claim.id).join(', ')}`,
    )
  const hunted: Hunted[] = []
  const failures: Failure[] = [...malformed]
  const interruption = interruptible()
  try {
    for (const one of selected)
      if (!interruption.heard())
        try {
          hunted.push(await huntOne(one, options, interruption.heard))
        } catch (error) {
          if (one.origin === BUILT_IN || error instanceof UsageError) throw error
          failures.push({ file: one.origin, id: one.claim.id, message: messageOf(error) })
        }
  } finally {
    interruption.end()
  }
  if (options.json)
    sayJson({
      ...{ interrupted: interruption.heard(), hunts: hunted.map(documentOf) },
      errors: errorsOf(failures),
    })
  else if (hunted.length > 0) say(hunted.map(textOf).join('\n\n'))
  closing(0, interruption.heard() ? failures : [])
  if (interruption.heard()) return EXIT.interrupted
  const news = hunted.some(
    ({ selected: { claim, expected }, result }) => result.found && expected !== fallen(claim),
  )
  return closing(news ? EXIT.differs : EXIT.agreed, failures)
}

/** The verdict that a violation brings. */
const fallen = ({ given }: Claim): 'refuted' | 'contradicted' =>
  given.numerical ? 'contradicted' : 'refuted'

/** Hears the first interruption instead of ending the process; a second one ends it. */
function interruptible(): { heard(): boolean; end(): void } {
  const others = process.listeners('SIGINT')
  let heard = false
  const hear = (): void => {
    heard = true
    process.stderr.write(
      `\nlakatos: interrupted: the best so far follows; a hunt is not resumed: begin anew with: ${again()}\n`,
    )
    end()
  }
  const end = (): void => {
    process.off('SIGINT', hear)
    for (const other of others) if (!process.listeners('SIGINT').includes(other)) process.on('SIGINT', other)
  }
  process.removeAllListeners('SIGINT')
  process.on('SIGINT', hear)
  return { heard: () => heard, end }
}

async function huntOne(selected: Selected, options: Options, heard: () => boolean): Promise<Hunted> {
  const { claim } = selected
  const { seed = DEFAULT_SEED, seconds } = options
  const begun = performance.now()
  const meter = huntMeter(claim.id, process.stderr)
  const result = await huntFor(claim, {
    seed,
    ...(seconds !== undefined
      ? { evaluations: Infinity }
      : options.evaluations !== undefined && { evaluations: options.evaluations }),
    onProgress: meter.show,
    stop: () => heard() || (seconds !== undefined && performance.now() - begun > 1000 * seconds),
  })
  meter.end()
  if (!result.found) return { selected, result }
  const found = result.found.counterexample
  const simple = heard() ? found : simplest(claim, judgeOf(claim), found.case)
  return {
    selected,
    result,
    simplest: refutation(simple),
    file: writeFind(selected, refutation(simple), options.out),
  }
}

const PATIENCE = 2000

/** Progress on a terminal's one line, or elsewhere as a line now and then. */
function huntMeter(id: string, stream: NodeJS.WriteStream): { show(progress: Progress): void; end(): void } {
  let printed = performance.now()
  return {
    show({ evaluations, slack, met, accepted, found }) {
      const now = performance.now()
      if (now - printed < (stream.isTTY ? 100 : PATIENCE)) return
      printed = now
      const line = [
        `${id}: ${evaluations} evaluations`,
        `best slack ${slack === undefined ? 'none yet' : sized(slack)}`,
        `${percent(met)} meet the assumptions`,
        `${percent(accepted)} of moves accepted`,
        ...(found ? ['counterexample found'] : []),
      ].join(', ')
      stream.write(stream.isTTY ? `\r\u001B[2K${line.slice(0, (stream.columns || 80) - 1)}` : `${line}\n`)
    },
    end: () => void (stream.isTTY && stream.write('\r\u001B[2K')),
  }
}

const percent = (part: number): string => `${Math.round(100 * part)} %`
const sized = (slack: number): string => slack.toExponential(2).replace('-', '−').replace('e-', 'e−')

function documentOf({ selected, result, simplest: simple, file }: Hunted): object {
  const { found, mostViolated, board, ...rest } = result
  const shown = (find: NonNullable<typeof found>): object => {
    const { counterexample, ...about } = find
    return { ...about, ...refutation(counterexample) }
  }
  return {
    ...rest,
    expected: selected.expected,
    board: board.map((miss) => ({ ...miss, kind: selected.claim.given.describe(miss.case) })),
    ...(found && { found: shown(found), simplest: simple, mostViolated: shown(mostViolated!), file }),
  }
}

function textOf({ selected: { claim, expected }, result, simplest: simple, file }: Hunted): string {
  const { found, mostViolated, board, strategies, seed, evaluations, unconfirmed } = result
  const reports = strategies.map((s) => [
    ...[
      s.name,
      `${s.evaluations}`,
      percent(s.met),
      percent(s.accepted),
      s.slack === undefined ? 'none' : sized(s.slack),
    ],
    s.found === undefined ? '' : `${s.found}`,
  ])
  const misses = board.map(({ slack, formula, case: c, strategy }) => [
    sized(slack),
    formula,
    claim.given.describe(c),
    strategy,
  ])
  const lines = [
    `${claim.id}: ${evaluations} evaluations, seed ${seed}, recorded as ${expected ?? 'nothing'}`,
    '',
    ...align([['strategy', 'evaluations', 'met', 'accepted', 'best slack', 'found at'], ...reports]),
    ...(unconfirmed > 0
      ? [
          '',
          `${unconfirmed} cases look like violations in doubles and are not seen to be any: ties, or rounding errors.`,
        ]
      : []),
    '',
    ...(misses.length > 0
      ? ['Near misses, by relative slack, one of each kind of case:', indented(align(misses))]
      : ['No case met the assumptions with a slack to speak of.']),
    '',
  ]
  if (!found || !mostViolated || !simple)
    return [...lines, 'No violation was found; this proves nothing.'].join('\n')
  const form = (title: string, refuted: Refutation): string[] => [
    title,
    indented(counterexampleLines(claim, refuted)),
    '',
  ]
  return [
    ...lines,
    ...form(
      `${fallen(claim) === 'refuted' ? 'Refuted' : 'Contradicted in doubles'}, as found by ${found.strategy} at evaluation ${found.evaluation}:`,
      refutation(found.counterexample),
    ),
    ...form('In its simplest form:', simple),
    ...form(
      `Most violated, with relative slack ${sized(mostViolated.slack)}:`,
      refutation(mostViolated.counterexample),
    ),
    `Written to ${shownPath(file!)}; again: lakatos replay ${shownPath(file!)}`,
  ].join('\n')
}
