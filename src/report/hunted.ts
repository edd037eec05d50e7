/** Hunted: what a guided search found, for the page of a claim. */
import type { Claim } from '../claim/claim.ts'
import { caseLines, numberLines } from './counterexample.ts'
import { block, code } from './markdown.ts'
import type { Entry } from './record.ts'
import type { Site } from './site.ts'

/** The budget of a hunt without a find, if there is one. */
export const huntInBrief = ({ hunt }: Entry): string[] =>
  hunt && !hunt.found ? [`no violation in ${hunt.evaluations} guided evaluations`] : []

/** The hunt of a claim that has one: how near it came to a violation, or the most violated case. */
export function huntParts(site: Site, claim: Claim, { hunt }: Entry): string[] {
  if (!hunt) return []
  const { evaluations, seed, strategies, slack, found, mostViolated } = hunt
  const budget = `${evaluations} evaluations of ${strategies.join(' and ')}, seed ${seed}`
  const again = `Hunted again, with any budget and seed, by ${code(`lakatos hunt ${site.asked(claim.id)}`)}.`
  const relative = slack?.replace('-', '−').replace('e+', 'e').replace('e-', 'e−')
  if (!found || !mostViolated)
    return [
      '## Hunt',
      relative === undefined
        ? `${budget}: no case met the assumptions. ${again}`
        : `${budget}: no violation; the smallest relative slack is ${relative}, in doubles. ${again}`,
    ]
  return [
    '## Hunt',
    `${budget}: ${found.strategy} met a violation at evaluation ${found.evaluation}. The most violated case, with the relative slack ${relative}:`,
    block(caseLines(claim, mostViolated.case)),
    block(numberLines(mostViolated)),
    again,
  ]
}
