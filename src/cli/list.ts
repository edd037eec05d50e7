/** `lakatos list`: every claim of the package with its recorded verdict. */
import { counts } from '../report/meaning.ts'
import { statementOf } from '../report/record.ts'
import { align } from '../report/table.ts'
import { EXIT } from './exit.ts'
import { readRecord } from './paths.ts'
import { say, sayJson } from './print.ts'
import { select } from './select.ts'
import type { Options } from './arguments.ts'

/** Lists the claims by section. */
export async function list(_: readonly string[], { json }: Options): Promise<number> {
  const all = await select([], readRecord())
  if (json) {
    sayJson({
      claims: all.map(({ claim, expected }) => ({
        ...{ id: claim.id, section: claim.section, source: claim.source, says: claim.says },
        ...{ statement: statementOf(claim), assumptions: claim.assume.map(({ id }) => id) },
        ...{ uses: claim.uses.map(({ id }) => id), expected },
      })),
    })
    return EXIT.agreed
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
  say(
    [`${all.length} claims:`, counts(known), fresh > 0 ? `${fresh} not recorded` : '']
      .filter(Boolean)
      .join(' '),
  )
  return EXIT.agreed
}
