/** `lakatos list`: every claim of the package, or those asked for, with their recorded verdicts. */
import { counts } from '../report/meaning.ts'
import { statementOf } from '../report/record.ts'
import { align } from '../report/table.ts'
import { EXIT } from './exit.ts'
import { BUILT_IN, shownPath } from './load.ts'
import { readRecord } from './paths.ts'
import { closing, errorsOf, say, sayJson } from './print.ts'
import { select } from './select.ts'
import type { Options } from './arguments.ts'

/** Lists the claims by section. */
export async function list(asked: readonly string[], { json }: Options): Promise<number> {
  const { selected: all, failures } = await select(asked, readRecord())
  if (json) {
    sayJson({
      claims: all.map(({ claim, origin, expected }) => ({
        ...{ id: claim.id, section: claim.section, source: claim.source, says: claim.says },
        ...{ statement: statementOf(claim), assumptions: claim.assume.map(({ id }) => id) },
        ...{ uses: claim.uses.map(({ id }) => id), expected },
        ...(origin !== BUILT_IN && { file: shownPath(origin) }),
      })),
      errors: errorsOf(failures),
    })
    return closing(EXIT.agreed, failures)
  }
  const sections = [...new Set(all.map(({ claim }) => claim.section))]
  const lines = align(all.map(({ claim, expected }) => [claim.id, expected ?? 'not recorded', claim.source]))
  for (const section of sections) {
    say(section)
    all.forEach(({ claim }, i) => claim.section === section && say(`  ${lines[i]}`))
    say('')
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
