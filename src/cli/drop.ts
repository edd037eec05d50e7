/** `lakatos drop`: what becomes of a claim without an assumption. */
import { counterexampleLines } from '../report/counterexample.ts'
import type { DropEntry } from '../report/record.ts'
import { EXIT, UsageError } from './exit.ts'
import { BUILT_IN, looksLikeFile } from './load.ts'
import { readRecord } from './paths.ts'
import { indented, say, sayJson } from './print.ts'
import { dropAll, type Dropped } from './run.ts'
import { select } from './select.ts'
import type { Options } from './arguments.ts'

/** Drops one assumption of a claim, or each in turn. */
export async function drop([id, assumption]: readonly string[], options: Options): Promise<number> {
  const selected = await select([id!], readRecord())
  const dropped = selected.flatMap((one) =>
    one.claim.assume
      .filter((made) => assumption === undefined || made.id === assumption)
      .map((made): Dropped => ({ selected: one, assumption: made.id })),
  )
  if (assumption !== undefined && dropped.length === 0) {
    const known = [...new Set(selected.flatMap(({ claim }) => claim.assume.map((made) => made.id)))]
    throw new UsageError(
      `drop: expected an assumption of ${id} (${known.join(', ') || 'it makes none'}), got "${assumption}"`,
    )
  }
  const results = await dropAll(dropped, options)
  if (options.json)
    sayJson({
      drops: results.map((result, i) => ({
        ...{ id: dropped[i]!.selected.claim.id, assumption: result.assumption },
        ...{ says: saysOf(dropped[i]!), ...result },
      })),
    })
  else if (results.length === 0) say(`${id} makes no assumption`)
  else say(results.map((result, i) => dropText(dropped[i]!, result)).join('\n\n'))
  return EXIT.agreed
}

const saysOf = ({ selected, assumption }: Dropped): string =>
  selected.claim.assume.find(({ id }) => id === assumption)!.says

function dropText(dropped: Dropped, { assumption, cases, failure, counterexample }: DropEntry): string {
  const { claim, origin } = dropped.selected
  const found = claim.given.numerical ? 'contradicting case' : 'counterexample'
  const head = `${claim.id} without ${assumption} (${saysOf(dropped)})`
  if (!counterexample)
    return `${head}\n  ${found}: none in ${cases} case${cases === 1 ? '' : 's'} that fail it and meet the rest${cases === 0 ? ': nothing was tried' : ''}`
  const name = origin === BUILT_IN || !looksLikeFile(origin) ? 'the claim' : claim.id
  return [
    head,
    `  ${found}: the assumption excludes this case (${failure}), in which ${name} ${claim.given.numerical ? 'fails' : 'is false'}:`,
    indented(counterexampleLines(claim, counterexample)),
  ].join('\n')
}
