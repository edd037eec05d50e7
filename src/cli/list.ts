/** `lakatos list`: every claim of the package, or those asked for, with their recorded verdicts. */
import { namedBy } from '../claim/paper.ts'
import { counts } from '../report/meaning.ts'
import { statementOf } from '../report/record.ts'
import { align } from '../report/table.ts'
import { EXIT } from './exit.ts'
import { BUILT_IN, shownPath } from './load.ts'
import { closing, errorsOf, say, sayJson } from './print.ts'
import { paperOf, select } from './select.ts'
import type { Options } from './arguments.ts'

/** Lists the claims by paper and section. */
export async function list(asked: readonly string[], { json }: Options): Promise<number> {
  const { selected: all, failures } = await select(asked)
  if (json) {
    sayJson({
      claims: all.map(({ claim, origin, expected }) => ({
        ...(claim.of && origin === BUILT_IN && { paper: claim.of.paper.key }),
        ...{ id: claim.id, section: claim.section, source: claim.source, says: claim.says },
        ...{ statement: statementOf(claim), assumptions: claim.assume.map(({ id }) => id) },
        ...{ uses: claim.uses.map((used) => namedBy(claim, used)), expected },
        ...(origin !== BUILT_IN && { file: shownPath(origin) }),
      })),
      errors: errorsOf(failures),
    })
    return closing(EXIT.agreed, failures)
  }
  const lines = align(all.map(({ claim, expected }) => [claim.id, expected ?? 'not recorded', claim.source]))
  const keys = new Set(all.map(paperOf))
  for (const key of keys) {
    const within = all.flatMap((one, i) => (paperOf(one) === key ? [{ ...one, line: lines[i]! }] : []))
    const paper = within[0]!.claim.of?.paper
    if (key !== undefined && paper) say(`${key}: ${paper.cite}\n`)
    for (const section of new Set(within.map(({ claim }) => claim.section))) {
      say(section)
      within.filter(({ claim }) => claim.section === section).forEach(({ line }) => say(`  ${line}`))
      say('')
    }
  }
  const known = all.flatMap(({ expected }) => (expected === null ? [] : [expected]))
  const fresh = all.length - known.length
  if (all.length > 0)
    say(
      [
        `${all.length} claim${all.length === 1 ? '' : 's'}:`,
        [counts(known), fresh > 0 ? `${fresh} not recorded` : ''].filter(Boolean).join(', '),
      ].join(' '),
    )
  return closing(EXIT.agreed, failures)
}
