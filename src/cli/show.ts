/** `lakatos show`: one claim with its recorded verdict and evidence. */
import type { Claim } from '../claim/claim.ts'
import { printed } from '../claim/definitions.ts'
import { namedBy } from '../claim/paper.ts'
import { counterexampleLines, MOST_OPEN, openLines } from '../report/counterexample.ts'
import { evidenceInBrief, MEANING, variantCount } from '../report/meaning.ts'
import { fidelity, originOf } from '../report/origin.ts'
import { statementOf, type Entry } from '../report/record.ts'
import { parseFormula } from '../program/formula.ts'
import { tex, text } from '../program/print.ts'
import { EXIT } from './exit.ts'
import { BUILT_IN, shownPath } from './load.ts'
import { recordedEntries } from './paths.ts'
import { closing, errorsOf, indented, say, sayJson } from './print.ts'
import { askedAs, select, type Selected } from './select.ts'
import type { Options } from './arguments.ts'

/** Shows a claim, or each case of it. */
export async function show([id]: readonly string[], { json }: Options): Promise<number> {
  const { selected, failures } = await select([id!])
  if (json) {
    sayJson({
      claims: selected.map(shownJson),
      errors: errorsOf(failures),
    })
  } else if (selected.length > 0) say(selected.map((one) => shown(one, recordedEntries())).join('\n\n'))
  return closing(EXIT.agreed, failures)
}

function shownJson({ claim, origin, entry }: Selected): unknown {
  return {
    ...(claim.of && origin === BUILT_IN && { paper: claim.of.paper.key }),
    ...{ id: claim.id, section: claim.section, source: claim.source, origin: originOf(claim) },
    ...{ says: claim.says, statement: statementOf(claim), tex: claim.shows.map(tex) },
    assumptions: claim.assume.map(({ id, says, formula }) => ({ id, says, ...(formula && { formula }) })),
    uses: claim.uses.map((used) => namedBy(claim, used)),
    ...(claim.amends && { amends: namedBy(claim, claim.amends.claim) }),
    ...(origin !== BUILT_IN && { file: shownPath(origin) }),
    recorded: entry ?? null,
  }
}

function shown(selected: Selected, recorded: (claim: Claim) => Entry | undefined): string {
  const { claim, origin, entry } = selected
  const parts: [string, readonly string[]][] = [
    ['statement', [...claim.shows.map(text), ...printed(claim.where).map((line) => `where ${line}`)]],
    ['TeX', claim.shows.map(tex)],
    [
      'assumptions',
      claim.assume.map(({ id, says, formula }) =>
        formula === undefined ? `${id}: ${says}` : `${id}: ${says}; ${text(parseFormula(formula))}`,
      ),
    ],
    [
      'uses',
      claim.uses.map((used) => `${namedBy(claim, used)}: ${recorded(used)?.verdict ?? 'not recorded'}`),
    ],
    ['amends', claim.amends ? [`${namedBy(claim, claim.amends.claim)}: ${claim.amends.how}`] : []],
    [
      'verdict',
      entry
        ? [`${entry.verdict}. ${MEANING[entry.verdict]}`]
        : [
            origin === BUILT_IN
              ? 'not recorded'
              : `on no record; judge it with: lakatos check ${askedAs(selected)}`,
          ],
    ],
    ['evidence', entry ? [evidenceInBrief(entry), variantCount(entry)] : []],
    [
      entry?.verdict === 'contradicted' ? 'contradicting case' : 'counterexample',
      entry?.counterexample ? counterexampleLines(claim, entry.counterexample) : [],
    ],
  ]
  const open = entry?.evidence.open ?? []
  open.slice(0, MOST_OPEN).forEach((one, i) => parts.push([`open case ${i + 1}`, openLines(claim, one)]))
  const body = parts.flatMap(([name, lines]) => (lines.length > 0 ? [`${name}\n${indented(lines)}`] : []))
  return [`${claim.id}: ${fidelity(claim)}; section ${claim.section}\n${claim.says}`, ...body].join('\n\n')
}
