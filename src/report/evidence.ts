/** Evidence: what stands behind a verdict, as parts of a page. */
import type { Claim } from '../claim/claim.ts'
import type { IdentityProof } from '../claim/verdict.ts'
import { certificateParts } from './certificate.ts'
import { fileOf, pageOf, pictureOf } from './corpus.ts'
import {
  boxLines,
  caseLines,
  counterexampleLines,
  MOST_OPEN,
  numberLines,
  openLines,
} from './counterexample.ts'
import { huntInBrief } from './hunted.ts'
import { block, bullets, code, escape, folded, link, markdownTable } from './markdown.ts'
import { arithmetics, evidenceInBrief, percent, plural, variantCount } from './meaning.ts'
import type { DropEntry, Entry, Refutation } from './record.ts'
import { DROPS_PAGE, headingOf, triedOf } from './drops-page.ts'
import { nameOf, outcomeText, stands } from './drops.ts'
import { originOf, type Origin } from './origin.ts'
import { runParts } from './runs.ts'
import { amendments, type Shelf, type Shelved } from './shelf.ts'
import { sidesOf } from './sides.ts'
import { below, fromPage, type Site } from './site.ts'

/** The family of an identity proof, or the cases with their labels. */
export function evidenceParts(entry: Entry): string[] {
  const { evidence, verdict, cases, discarded } = entry
  if (evidence.outcomes) return [escape(sentence(evidence.summary)), ...runParts(entry)]
  const { identity, labels, seed } = evidence
  const shares = Object.entries(labels).map(([label, share]) => [escape(label), percent(share)])
  const drawn = `${cases} cases judged${discarded > 0 ? `, ${discarded} more failed an assumption` : ''}; seed ${seed}.`
  return [
    `${escape(sentence(evidence.summary))}`,
    ...(identity ? identityParts(identity) : []),
    ...(verdict !== 'refuted' && arithmetics(entry) !== ''
      ? [`Decided by: ${escape(arithmetics(entry))}.`]
      : []),
    drawn,
    ...(shares.length > 0 && verdict !== 'refuted'
      ? [folded('What the cases are like', markdownTable(['label', 'share of the cases'], shares))]
      : []),
  ]
}

const sentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`

function identityParts(identity: IdentityProof): string[] {
  const { structures, patterns, trials, degree, errorBits } = identity
  return [
    markdownTable(
      ['structures', 'branches', 'greatest degree', 'most trials', 'error on each below'],
      [[structures, patterns, degree, trials, `2<sup>−${errorBits}</sup>`].map(String)],
    ),
    ...branchParts(identity),
  ]
}

/** Branches up to this many are named in a sentence, others in a folded list: of each kind of case at most so many. */
const MOST_BRANCHES = { sentence: 4, ofKind: 12 }

/** The kinds of case, and the branches of each on which an identity was proved. */
function branchParts({
  family,
  branches = [],
}: Partial<IdentityProof> & Pick<IdentityProof, 'family'>): string[] {
  if (branches.length === 0)
    return [folded(`The family: ${plural(family.length, 'kind')} of case`, bullets(family.map(escape)))]
  if (branches.length <= MOST_BRANCHES.sentence)
    return [`Proved on these branches: ${branches.map(escape).join('; ')}.`]
  const longestFirst = family.toSorted((a, b) => b.length - a.length)
  const kindOf = (branch: string): string =>
    longestFirst.find((kind) => branch === kind || branch.startsWith(`${kind}, `)) ?? branch
  const byKind = new Map<string, string[]>(family.map((kind) => [kind, []]))
  for (const branch of branches) {
    const kind = kindOf(branch)
    byKind.set(kind, [...(byKind.get(kind) ?? []), branch.slice(kind.length + 2)])
  }
  const items = [...byKind].map(([kind, own]) => {
    const named = own.filter((branch) => branch !== '')
    const rest = named.length - MOST_BRANCHES.ofKind
    const shown = [
      ...named.slice(0, MOST_BRANCHES.ofKind),
      ...(rest > 0 ? [`and ${rest} more in the record`] : []),
    ]
    return escape(shown.length === 0 ? kind : `${kind}: ${shown.join('; ')}`)
  })
  return [
    folded(
      `Proved on these ${branches.length} branches of ${plural(byKind.size, 'kind')} of case`,
      bullets(items),
    ),
  ]
}

/** The first cases that stay open, with all their values. */
export function openParts(claim: Claim, { evidence: { open = [] } }: Entry): string[] {
  if (open.length === 0) return []
  const shown = open.slice(0, MOST_OPEN)
  return [
    '## Open cases',
    `${shown.length === 1 ? 'A case' : `The first ${shown.length} cases`} that nothing decided, with all values:`,
    ...shown.map((one) => block(openLines(claim, one))),
  ]
}

/** The counterexample of a refuted claim, or the case that contradicts one: readable, and how to replay it. */
export function counterexampleParts(site: Site, claim: Claim, entry: Entry): string[] {
  const { counterexample, verdict } = entry
  if (!counterexample) return []
  const file = fileOf(claim.id)
  const { box } = counterexample
  const numbers = [
    block(caseLines(claim, counterexample.case)),
    block(numberLines(counterexample)),
    ...(box ? [block(boxLines(box))] : []),
  ]
  const replay = code(`lakatos replay ${site.asked(claim.id)}`)
  if (verdict === 'contradicted')
    return [
      '## Contradicting case',
      'Numerical evidence, **without a certificate**: the start is exact, but its run is followed in doubles, and a limit is read off finitely many values, with the errors shown.',
      ...numbers,
      `Kept in ${link('verdicts.json', 'verdicts.json')}; followed again by ${replay}.`,
    ]
  return [
    '## Counterexample',
    ...numbers,
    ...sidesParts(claim, counterexample),
    `Stored in ${link(`${file}.json`, fromPage(site, below(site.corpus, `${file}.json`)))}; judged again by ${replay}.`,
    ...certificateParts(site, claim, entry),
  ]
}

/** Both sides of the violated relation on a line of cases through the counterexample: the picture, and numbers. */
function sidesParts(claim: Claim, found: Refutation): string[] {
  const sides = sidesOf(claim, found)
  if (!sides) return []
  const heads = [sides.label, ...(sides.timed ? ['time t'] : []), 'left side', 'right side']
  return [
    `![Both sides of the violated relation, ${sides.title}](${pictureOf(claim.id)})`,
    `Both sides of ${code(found.formula)} in doubles, the counterexample marked: a picture, not evidence.`,
    folded('Both sides in numbers', markdownTable(heads.map(escape), sides.rows)),
  ]
}

const HEAD: Readonly<Record<Origin, string>> = {
  ...{ printed: 'As printed', amended: 'As amended', conjectured: 'As conjectured' },
}

/** Why a claim does not stand: the line, the step that fails, and what stands in its place. */
export function flawParts(shelf: Shelf, { claim, entry }: Shelved): string[] {
  const { flaw } = claim
  if (!flaw) return []
  const mended = amendments(shelf, claim)
  return [
    entry.verdict === 'vacuous' ? '## Why it says nothing' : '## Where it breaks',
    `${HEAD[originOf(claim)]}: ${escape(flaw.printed)}`,
    escape(flaw.breaks),
    mended.length === 0
      ? 'No amended claim is known.'
      : `${entry.verdict === 'vacuous' ? 'What happens instead' : 'What survives the same hunt'}, each with a budget of its own:`,
    ...(mended.length === 0
      ? []
      : [
          markdownTable(
            ['amended claim', 'what is changed', 'verdict', 'budget'],
            mended.map((other) => [
              link(other.claim.id, pageOf(other.claim.id)),
              escape(other.claim.amends!.how),
              other.entry.verdict,
              escape(
                [evidenceInBrief(other.entry), ...huntInBrief(other.entry), variantCount(other.entry)].join(
                  '; ',
                ),
              ),
            ]),
          ),
        ]),
  ]
}

/** What becomes of the claim without each of its assumptions, or with a weaker one. */
export function dropParts(shelved: Shelved): string[] {
  const tried = triedOf(shelved)
  const { claim, verdict, drops } = tried
  if (drops.length === 0) return []
  const rows = drops.map((drop) => [
    code(nameOf(drop)),
    escape(outcomeText(tried, drop)),
    drop.failure === undefined ? '' : escape(drop.failure),
  ])
  return [
    '## Without an assumption',
    `Cases that fail one assumption and meet all others; ${code('A → B')} leaves B of A. ${
      stands(tried)
        ? `All claims: ${link('which assumption is needed', DROPS_PAGE)}.`
        : `The claim is ${verdict === 'refuted' ? 'false' : verdict} already with all of them.`
    }`,
    markdownTable(['dropped', 'outcome', 'how the case fails the assumption'], rows),
    ...drops.flatMap((drop) => dropCase(claim, drop)),
  ]
}

function dropCase(claim: Claim, drop: DropEntry): string[] {
  const { counterexample } = drop
  if (!counterexample) return []
  return [
    `### ${headingOf(drop)}`,
    folded(
      `The ${claim.given.numerical ? 'contradicting case' : 'counterexample'}`,
      block(counterexampleLines(claim, counterexample)),
    ),
  ]
}
