/** Evidence: what stands behind a verdict, as parts of a page. */
import type { Claim } from '../claim/claim.ts'
import type { VerdictEvidence } from '../claim/verdict.ts'
import { fileOf, pictureOf } from './corpus.ts'
import { caseLines, counterexampleLines, numberLines } from './counterexample.ts'
import { block, bullets, code, escape, folded, link, markdownTable } from './markdown.ts'
import { arithmetics, percent } from './meaning.ts'
import { FALSE, type DropEntry, type Entry } from './record.ts'
import { runParts } from './runs.ts'
import { sidesPlot } from './sides.ts'
import { xml } from './svg.ts'

/** The family of an identity proof, or the cases with their labels. */
export function evidenceParts(entry: Entry): string[] {
  const { evidence, verdict, cases, discarded } = entry
  if (evidence.outcomes) return [escape(sentence(evidence.summary)), ...runParts(entry)]
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

/** The counterexample of a refuted claim, or the case that contradicts one: readable, and how to replay it. */
export function counterexampleParts(claim: Claim, { counterexample, verdict }: Entry): string[] {
  if (!counterexample) return []
  const file = fileOf(claim.id)
  const numbers = [block(caseLines(claim, counterexample.case)), block(numberLines(counterexample))]
  const replay = code(`lakatos replay ${claim.id}`)
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
    ...(sidesPlot(claim, counterexample) === undefined
      ? []
      : [`![Both sides of the violated relation against the learning rate](${pictureOf(claim.id)})`]),
    `Stored in ${link(`${file}.json`, `../../properties/corpus/${file}.json`)}; judged again by ${replay}.`,
  ]
}

/** What becomes of the claim without each of its assumptions. */
export function dropParts(claim: Claim, { verdict, drops = [] }: Entry): string[] {
  if (drops.length === 0) return []
  const found = claim.given.numerical ? 'a contradicting case' : 'a counterexample'
  const rows = drops.map(({ assumption, cases, failure, counterexample }) => [
    code(assumption),
    counterexample ? found : `none in ${cases} cases`,
    failure === undefined ? '' : escape(failure),
  ])
  return [
    '## Without an assumption',
    `Cases that fail one assumption and meet all others. ${
      FALSE.includes(verdict)
        ? `The claim is ${verdict === 'refuted' ? 'false' : 'contradicted'} already with all of them.`
        : `Where there is ${found}, the assumption is ${claim.given.numerical ? 'seen to be ' : ''}needed.`
    }`,
    markdownTable(['dropped', 'found', 'how the case fails the assumption'], rows),
    ...drops.flatMap((drop) => dropCase(claim, drop)),
  ]
}

function dropCase(claim: Claim, { assumption, counterexample }: DropEntry): string[] {
  if (!counterexample) return []
  return [
    folded(
      `The ${claim.given.numerical ? 'contradicting case' : 'counterexample'} without <code>${xml(assumption)}</code>`,
      block(counterexampleLines(claim, counterexample)),
    ),
  ]
}
