/** Evidence: what stands behind a verdict, as parts of a page. */
import type { Claim } from '../claim/claim.ts'
import type { VerdictEvidence } from '../claim/verdict.ts'
import { fileOf } from './corpus.ts'
import { caseLines, counterexampleLines, numberLines } from './counterexample.ts'
import { block, bullets, code, escape, folded, link, markdownTable } from './markdown.ts'
import { arithmetics } from './meaning.ts'
import type { DropEntry, Entry } from './record.ts'
import { sidesPlot } from './sides.ts'
import { xml } from './svg.ts'

/** The family of an identity proof, or the cases with their labels. */
export function evidenceParts(entry: Entry): string[] {
  const { evidence, verdict, cases, discarded } = entry
  const { identity, labels, seed } = evidence
  const shares = Object.entries(labels).map(([label, share]) => [escape(label), percent(share)])
  const drawn = `${cases} cases judged${discarded > 0 ? `, ${discarded} more failed an assumption` : ''}; seed ${seed}.`
  return [
    `${escape(sentence(evidence.summary))}`,
    ...(verdict === 'proved' && identity ? identityParts(identity) : []),
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
const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`

function identityParts(identity: NonNullable<VerdictEvidence['identity']>): string[] {
  const { structures, patterns, trials, degree, errorBits, family } = identity
  return [
    markdownTable(
      ['structures', 'activation patterns', 'greatest degree', 'most trials', 'error on each below'],
      [[structures, patterns, degree, trials, `2<sup>−${errorBits}</sup>`].map(String)],
    ),
    folded(`The family: ${family.length} kinds of case`, bullets(family.map(escape))),
  ]
}

/** The counterexample of a refuted claim: readable, exact, and how to replay it. */
export function counterexampleParts(claim: Claim, { counterexample }: Entry): string[] {
  if (!counterexample) return []
  const file = fileOf(claim.id)
  return [
    '## Counterexample',
    block(caseLines(claim, counterexample.case)),
    block(numberLines(counterexample)),
    ...(sidesPlot(claim, counterexample) === undefined
      ? []
      : [`![Both sides of the violated relation against the learning rate](${file}.svg)`]),
    `Stored in ${link(`${file}.json`, `../../properties/corpus/${file}.json`)}; judged again by ${code(`lakatos replay ${claim.id}`)}.`,
  ]
}

/** What becomes of the claim without each of its assumptions. */
export function dropParts(claim: Claim, { verdict, drops = [] }: Entry): string[] {
  if (drops.length === 0) return []
  const rows = drops.map(({ assumption, cases, failure, counterexample }) => [
    code(assumption),
    counterexample ? 'a counterexample' : `none in ${cases} cases`,
    failure === undefined ? '' : escape(failure),
  ])
  return [
    '## Without an assumption',
    `Cases that fail one assumption and meet all others. ${
      verdict === 'refuted'
        ? 'The claim is false already with all of them.'
        : 'Where there is a counterexample, the assumption is needed.'
    }`,
    markdownTable(['dropped', 'found', 'how the case fails the assumption'], rows),
    ...drops.flatMap((drop) => dropCase(claim, drop)),
  ]
}

function dropCase(claim: Claim, { assumption, counterexample }: DropEntry): string[] {
  if (!counterexample) return []
  return [
    folded(
      `The counterexample without <code>${xml(assumption)}</code>`,
      block(counterexampleLines(claim, counterexample)),
    ),
  ]
}
