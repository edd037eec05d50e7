/** `lakatos symbols`: what the symbols of a claim's setting mean, each with its value in a drawn case. */
import type { Claim } from '../claim/claim.ts'
import { seeded } from '../claim/random.ts'
import type { SymbolEntry } from '../claim/setting.ts'
import { assumedIn } from '../hunt/arbitrary.ts'
import { valuesIn } from '../hunt/values.ts'
import { align } from '../report/table.ts'
import type { Options } from './arguments.ts'
import { EXIT } from './exit.ts'
import { closing, errorsOf, say, sayJson } from './print.ts'
import { select } from './select.ts'

/** Shows the symbols of a claim, or of each case of it. */
export async function symbols([id]: readonly string[], { json, seed = 1 }: Options): Promise<number> {
  const { selected, failures } = await select([id!])
  const found = selected.map(({ claim }) => ({ claim, ...seen(claim, seed) }))
  if (json)
    sayJson({
      claims: found.map(({ claim, drawn, rows }) => ({
        ...{ id: claim.id, setting: claim.given.name, case: drawn },
        symbols: rows.map(({ name, means, value }) => ({ name, means, ...(value && { value }) })),
      })),
      errors: errorsOf(failures),
    })
  else
    for (const { claim, drawn, rows } of found)
      say(
        [
          `${claim.id}: ${claim.given.name}`,
          `a case: ${claim.given.describe(drawn)}`,
          '',
          ...align(rows.map(({ name, means, value }) => [name, means, value ? `= ${value}` : ''])).map(
            (line) => `  ${line}`,
          ),
          '',
        ].join('\n'),
      )
  return closing(EXIT.agreed, failures)
}

function seen(
  { given, assume }: Claim,
  seed: number,
): { readonly drawn: unknown; readonly rows: readonly (SymbolEntry & { readonly value?: string })[] } {
  const drawn = given.generate(seeded(seed, 'symbols'), assumedIn(assume))
  const rows = (given.symbols ?? []).map((entry) => {
    const value = valuesIn(given, drawn, entry.name)
    return { ...entry, ...(value !== undefined && { value }) }
  })
  return { drawn, rows }
}
