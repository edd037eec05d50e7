/** `lakatos drop`: what becomes of claims without an assumption. */
import type { Claim } from '../claim/claim.ts'
import { addressOf } from '../claim/paper.ts'
import { counterexampleLines } from '../report/counterexample.ts'
import { flags, nameOf, outcomeOf, outcomeText, shown, stands, tally, type Tried } from '../report/drops.ts'
import type { DropEntry } from '../report/record.ts'
import { align } from '../report/table.ts'
import { EXIT, UsageError } from './exit.ts'
import { closing, errorsOf, indented, say, sayJson } from './print.ts'
import { checkAll, dropAll, dropsOf, type Dropped } from './run.ts'
import { askedAs, paperOf, select, type Selected } from './select.ts'
import type { Options } from './arguments.ts'

/** Drops one assumption of a claim, or each in turn; without arguments, each of every claim. */
export async function drop([asked, assumption]: readonly string[], options: Options): Promise<number> {
  const selection = await select(asked === undefined ? [] : [asked])
  const { selected } = selection
  const dropped = selected.flatMap((one) => dropsOf(one, assumption))
  if (assumption !== undefined && selected.length > 0 && dropped.length === 0) {
    const known = [...new Set(selected.flatMap(({ claim }) => claim.assume.map((made) => made.id)))]
    throw new UsageError(
      `drop: expected an assumption of ${asked} (${known.join(', ') || 'it makes none'}), got "${assumption}"`,
    )
  }
  // What is needed can be said of a claim that stands only: those on no record are judged first.
  const unknown = selected.filter((one) => one.expected === null && dropped.some((d) => d.selected === one))
  const checked = await checkAll({ ...selection, selected: unknown }, options)
  const verdicts = new Map(checked.selected.map((one, i) => [one, checked.entries[i]!.verdict]))
  const judged = dropped.filter(({ selected: one }) => !unknown.includes(one) || verdicts.has(one))
  const { done, failures: more } = await dropAll(judged, options)
  const failures = [...checked.failures, ...more]
  const tried = new Map(
    selected.map((one): [Selected, Tried] => [
      one,
      {
        ...{ claim: one.claim, verdict: verdicts.get(one) ?? one.expected },
        drops: done.filter(({ of }) => of.selected === one).map(({ result }) => result),
      },
    ]),
  )
  if (options.json)
    sayJson({
      drops: done.map(({ of, result }) => ({
        ...(paperOf(of.selected) && { paper: paperOf(of.selected) }),
        ...{ id: of.selected.claim.id, verdict: tried.get(of.selected)!.verdict },
        ...{ says: saysOf(of), outcome: outcomeOf(result), ...result },
      })),
      errors: errorsOf(failures),
    })
  else if (asked === undefined)
    say(
      [
        ...matrixLines([...tried.values()], nameIn(selected)),
        '',
        ...flaggedLines([...tried.values()], nameIn(selected)),
      ].join('\n'),
    )
  else if (dropped.length === 0 && selected.length > 0) say(`${asked} makes no assumption`)
  else if (done.length > 0)
    say(done.map(({ of, result }) => dropText(of, tried.get(of.selected)!, result)).join('\n\n'))
  return closing(EXIT.agreed, failures)
}

const saysOf = ({ selected, assumption, weaker }: Dropped): string => {
  const dropped = selected.claim.assume.find(({ id }) => id === assumption)!
  return (dropped.weaker?.find(({ id }) => id === weaker) ?? dropped).says
}

/** How a claim is named among some: by its id, or by its address if they are of several papers. */
const nameIn = (selected: readonly Selected[]): ((claim: Claim) => string) =>
  new Set(selected.map(paperOf)).size > 1 ? addressOf : ({ id }) => id

/** The matrix: each claim, and under it each assumption with what it turned out to be. */
function matrixLines(all: readonly Tried[], named: (claim: Claim) => string): string[] {
  const lines = all
    .filter(({ drops }) => drops.length > 0)
    .flatMap((tried) => [
      `${named(tried.claim)}${stands(tried) ? '' : ` (${tried.verdict ?? 'no recorded verdict'})`}`,
      ...align(tried.drops.map((one) => [`  ${nameOf(one)}`, outcomeText(tried, one)])),
    ])
  const counts = [false, true].map((weakened) => {
    const found = Object.entries(tally(all, weakened)).map(([outcome, n]) => `${n} ${outcome}`)
    return `claims that stand, assumptions ${weakened ? 'weakened' : 'dropped'}: ${found.join(', ')}`
  })
  return [...lines, '', ...counts]
}

function flaggedLines(all: readonly Tried[], named: (claim: Claim) => string): string[] {
  const { everywhere, here, weaken } = flags(all)
  return [
    ...[...everywhere].map(
      ([says, list]) =>
        `superfluous wherever enough cases were tried: ${says}: ${list.map(({ claim, drop }) => `${named(claim)} (${shown(drop)})`).join(', ')}`,
    ),
    ...here.map(({ claim, drop }) => `superfluous in ${shown(drop)} cases: ${named(claim)}: ${nameOf(drop)}`),
    ...weaken.map(({ claim, drop }) => `enough in ${shown(drop)} cases: ${named(claim)}: ${nameOf(drop)}`),
  ]
}

function dropText(dropped: Dropped, tried: Tried, result: DropEntry): string {
  const { claim } = tried
  const what = result.weaker === undefined ? 'without' : `with ${result.weaker} in place of`
  const head = `${claim.id} ${what} ${result.assumption} (${saysOf(dropped)}): ${outcomeText(tried, result)}`
  const { failure, counterexample } = result
  if (!counterexample) return head
  const again = `lakatos drop ${askedAs(dropped.selected)} ${result.assumption}`
  return [
    head,
    `  the assumption excludes this case (${failure}), in which the claim ${claim.given.numerical ? 'fails' : 'is false'}:`,
    indented([...counterexampleLines(claim, counterexample), '', `again: ${again}`]),
  ].join('\n')
}
