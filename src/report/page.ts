/** Page: one claim with its verdict and evidence, in Markdown. */
import type { Claim } from '../claim/claim.ts'
import { printed } from '../claim/definitions.ts'
import type { VariantResult } from '../claim/verdict.ts'
import { parseFormula } from '../program/formula.ts'
import { tex, text } from '../program/print.ts'
import { certificateParts } from './certificate.ts'
import { pageOf } from './corpus.ts'
import { huntParts } from './hunted.ts'
import { block, bullets, code, escape, link, markdownTable } from './markdown.ts'
import { counterexampleParts, dropParts, evidenceParts, flawParts, openParts } from './evidence.ts'
import { MEANING, plural, variantCount } from './meaning.ts'
import { fidelity } from './origin.ts'
import { amendments, linkWithVerdict, weakFoundations, type Shelf, type Shelved } from './shelf.ts'
import { verdictLink } from './site.ts'

/** The page of a claim; links lead to the pages beside it. */
export function page(shelf: Shelf, { claim, entry }: Shelved): string {
  return `${[
    `# ${escape(claim.id)}`,
    `The formula: ${escape(fidelity(claim))}`,
    [`section ${escape(claim.section)}`, link('all claims', 'index.md'), ...neighbours(shelf, claim)].join(
      ' · ',
    ),
    `**${entry.verdict}**${standing(shelf, claim)}`,
    ...mending(shelf, claim),
    '## Statement',
    escape(claim.says),
    ...claim.shows.map((formula) => `$$\n${tex(formula)}\n$$`),
    ...definitions(claim),
    block([...claim.shows.map(text), ...printed(claim.where).map((line) => `where ${line}`)]),
    ...assumptions(claim),
    ...uses(shelf, claim),
    '## Verdict',
    `${verdictLink(shelf.site, entry.verdict)}: ${escape(MEANING[entry.verdict])}`,
    ...counterexampleParts(shelf.site, claim, entry),
    ...flawParts(shelf, { claim, entry }),
    '## Evidence',
    ...evidenceParts(entry),
    ...openParts(claim, entry),
    ...huntParts(shelf.site, claim, entry),
    ...(entry.verdict === 'proved' ? certificateParts(shelf.site, claim, entry) : []),
    '## Wrong variants',
    ...variants(entry),
    ...dropParts({ claim, entry }),
  ].join('\n\n')}\n`
}

/** What the names in the statement stand for. */
function definitions({ where }: Claim): string[] {
  if (where.length === 0) return []
  const lines = where.map(({ name, formula }) => `$${tex(parseFormula(name))} = ${tex(formula)}$`)
  return [`where ${lines.join(', ')}`]
}

/** The claims before and after this one, in the order of the index. */
function neighbours({ all }: Shelf, claim: Claim): string[] {
  const at = all.findIndex((shelved) => shelved.claim === claim)
  const to = (word: string, other: Shelved | undefined): string[] =>
    other ? [`${word}: ${link(other.claim.id, pageOf(other.claim.id))}`] : []
  return [...to('before', all[at - 1]), ...to('after', all[at + 1])]
}

/** What the claim rests on, if that is weaker than a theorist may want. */
function standing(shelf: Shelf, claim: Claim): string {
  const weak = weakFoundations(shelf, claim)
  if (claim.uses.length === 0) return ''
  if (weak.length === 0) return '; nothing that it uses is refuted or open'
  return `; rests on ${weak.map((used) => linkWithVerdict(shelf, claim, used)).join(', ')}`
}

function mending(shelf: Shelf, claim: Claim): string[] {
  const mended = amendments(shelf, claim).map(
    (other) => `Amended by ${linkWithVerdict(shelf, claim, other.claim)}: ${escape(other.claim.amends!.how)}`,
  )
  const mends = claim.amends
    ? [`Amends ${linkWithVerdict(shelf, claim, claim.amends.claim)}: ${escape(claim.amends.how)}`]
    : []
  return [...mends, ...mended]
}

function assumptions({ assume }: Claim): string[] {
  if (assume.length === 0) return ['## Assumptions', 'None.']
  const rows = assume.map(({ id, says, formula }) => [
    code(id),
    escape(says),
    formula === undefined ? 'structural' : code(text(parseFormula(formula))),
  ])
  return ['## Assumptions', markdownTable(['id', 'in words', 'as decided'], rows)]
}

function uses(shelf: Shelf, claim: Claim): string[] {
  if (claim.uses.length === 0) return []
  return ['## Uses', bullets(claim.uses.map((used) => linkWithVerdict(shelf, claim, used)))]
}

function variants(entry: Shelved['entry']): string[] {
  const rows = entry.evidence.variants.map((variant) => [
    escape(variant.name),
    variant.formula.map(code).join('<br>'),
    outcome(variant),
  ])
  return [`${variantCount(entry)}.`, markdownTable(['what is varied', 'conclusion', 'outcome'], rows)]
}

function outcome({ refuted, implied, cases, rejected, judged }: VariantResult): string {
  const tried = judged ?? cases
  if (refuted)
    return rejected === undefined
      ? `refuted after ${plural(cases, 'case')}`
      : `refuted in ${rejected} of ${plural(tried, 'case')}`
  if (implied !== undefined) return `implied: ${escape(implied)}`
  return tried === 0 ? 'not put to the test' : `**not refuted** in ${plural(tried, 'case')}`
}
