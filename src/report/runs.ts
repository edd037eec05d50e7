/** Runs: the evidence of a claim that is decided along long runs, as parts of a page. */
import type { VerdictEvidence } from '../claim/verdict.ts'
import { parseFormula } from '../program/formula.ts'
import { text } from '../program/print.ts'
import { pictureOf } from './corpus.ts'
import { courseOf } from './course.ts'
import { code, escape, folded, markdownTable } from './markdown.ts'
import { arithmetics, percent } from './meaning.ts'
import type { Entry } from './record.ts'

/** How the cases came out, how far they were followed, what fell out and why, and the course of one run. */
export function runParts(entry: Entry): string[] {
  const { evidence, cases, discarded } = entry
  const { outcomes, labels, seed } = evidence
  const drawn = cases + discarded
  return [
    ...(outcomes
      ? [
          markdownTable(
            ['holds', 'fails', 'open', 'cases judged'],
            [[outcomes.holds, outcomes.fails, outcomes.open, cases].map(String)],
          ),
        ]
      : []),
    ...(cases > 0 && arithmetics(entry) !== '' ? [`Decided from: ${escape(arithmetics(entry))}.`] : []),
    ...alternativeParts(evidence),
    `${drawn} cases drawn, of which ${discarded} (${percent(discarded / drawn)}) were discarded; seed ${seed}.`,
    ...premiseParts(entry),
    ...courseParts(entry),
    ...(Object.keys(labels).length > 0
      ? [
          folded(
            'What the judged cases are like',
            markdownTable(
              ['label', 'share of the cases'],
              Object.entries(labels).map(([label, share]) => [escape(label), percent(share)]),
            ),
          ),
        ]
      : []),
  ]
}

function alternativeParts({ alternatives = {} }: VerdictEvidence): string[] {
  const rows = Object.entries(alternatives).map(([formula, n]) => [code(text(parseFormula(formula))), `${n}`])
  return rows.length === 0 ? [] : [markdownTable(['alternative that holds', 'cases'], rows)]
}

function premiseParts({ assumptions, evidence: { discards = {} } }: Entry): string[] {
  if (Object.keys(discards).length === 0) return []
  const rows = [...new Set([...assumptions, ...Object.keys(discards)])].map((id) => {
    const { failed, open } = discards[id] ?? { failed: 0, open: 0 }
    return [code(id), `${failed}`, `${open}`]
  })
  return [
    'A case is discarded under the first premise that is not seen to hold in it.',
    markdownTable(['premise', 'fails', 'open whether it holds'], rows),
  ]
}

/** The picture of one run, with what it shows. */
function courseParts({ id, verdict, evidence: { curve } }: Entry): string[] {
  const course = curve && courseOf(id, curve)
  if (!curve || !course) return []
  const { observable, clock, beside } = course
  const of = verdict === 'contradicted' ? 'the contradicting case' : 'the first case in which the claim holds'
  return [
    `![${escape(observable)} along one run](${pictureOf(id)})`,
    `${code(observable)} against ${escape(clock)}${beside === undefined ? '' : `, dashed: ${code(beside)}`}; from ${code(curve.formula)}, in ${of}: ${escape(curve.case)}. In doubles: a picture, not evidence.`,
  ]
}
