/** `lakatos drop`: what becomes of claims without an assumption. */
import { counterexampleLines } from '../report/counterexample.ts'
import { flags, nameOf, outcomeText, shown, stands, tally, type Tried } from '../report/drops.ts'
import type { DropEntry } from '../report/record.ts'
import { align } from '../report/table.ts'
import { EXIT, UsageError } from './exit.ts'
import { readRecord } from './paths.ts'
import { indented, say, sayJson } from './print.ts'
import { dropAll, dropsOf, type Dropped } from './run.ts'
import { select, type Selected } from './select.ts'
import type { Options } from './arguments.ts'

/** Drops one assumption of a claim, or each in turn; without arguments, each of every claim. */
export async function drop([id, assumption]: readonly string[], options: Options): Promise<number> {
  const selected = await select(id === undefined ? [] : [id], readRecord())
  const dropped = selected.flatMap((one) => dropsOf(one, assumption))
  if (assumption !== undefined && dropped.length === 0) {
    const known = [...new Set(selected.flatMap(({ claim }) => claim.assume.map((made) => made.id)))]
    throw new UsageError(
      `drop: expected an assumption of ${id} (${known.join(', ') || 'it makes none'}), got "${assumption}"`,
    )
  }
  const results = await dropAll(dropped, options)
  const tried = selected.map((one) =>
    triedOf(
      one,
      results.filter((_, i) => dropped[i]!.selected === one),
    ),
  )
  if (options.json)
    sayJson({
      drops: results.map((result, i) => ({
        ...{ id: dropped[i]!.selected.claim.id, assumption: result.assumption },
        ...{ says: saysOf(dropped[i]!), ...result },
      })),
    })
  else if (id === undefined) say([...matrixLines(tried), '', ...flaggedLines(tried)].join('\n'))
  else if (results.length === 0) say(`${id} makes no assumption`)
  else
    say(
      results
        .map((result, i) => dropText(dropped[i]!, tried[selected.indexOf(dropped[i]!.selected)]!, result))
        .join('\n\n'),
    )
  return EXIT.agreed
}

const triedOf = ({ claim, expected }: Selected, drops: readonly DropEntry[]): Tried => ({
  ...{ claim, verdict: expected, drops },
})

const saysOf = ({ selected, assumption, weaker }: Dropped): string => {
  const dropped = selected.claim.assume.find(({ id }) => id === assumption)!
  return (dropped.weaker?.find(({ id }) => id === weaker) ?? dropped).says
}

/** The matrix: each claim, and under it each assumption with what it turned out to be. */
function matrixLines(all: readonly Tried[]): string[] {
  const lines = all
    .filter(({ drops }) => drops.length > 0)
    .flatMap((tried) => [
      `${tried.claim.id}${stands(tried) ? '' : ` (${tried.verdict ?? 'no recorded verdict'})`}`,
      ...align(tried.drops.map((one) => [`  ${nameOf(one)}`, outcomeText(tried, one)])),
    ])
  const counts = [false, true].map((weakened) => {
    const found = Object.entries(tally(all, weakened)).map(([outcome, n]) => `${n} ${outcome}`)
    return `claims that stand, assumptions ${weakened ? 'weakened' : 'dropped'}: ${found.join(', ')}`
  })
  return [...lines, '', ...counts]
}

function flaggedLines(all: readonly Tried[]): string[] {
  const { everywhere, here, weaken } = flags(all)
  return [
    ...[...everywhere].map(
      ([says, list]) =>
        `superfluous wherever enough cases were tried: ${says}: ${list.map(({ claim, drop }) => `${claim.id} (${shown(drop)})`).join(', ')}`,
    ),
    ...here.map(({ claim, drop }) => `superfluous in ${shown(drop)} cases: ${claim.id}: ${nameOf(drop)}`),
    ...weaken.map(({ claim, drop }) => `enough in ${shown(drop)} cases: ${claim.id}: ${nameOf(drop)}`),
  ]
}

function dropText(dropped: Dropped, tried: Tried, result: DropEntry): string {
  const { claim } = tried
  const what = result.weaker === undefined ? 'without' : `with ${result.weaker} in place of`
  const head = `${claim.id} ${what} ${result.assumption} (${saysOf(dropped)}): ${outcomeText(tried, result)}`
  const { failure, counterexample } = result
  if (!counterexample) return head
  return [
    head,
    `  the assumption excludes this case (${failure}), in which the claim ${claim.given.numerical ? 'fails' : 'is false'}:`,
    indented(counterexampleLines(claim, counterexample)),
  ].join('\n')
}
