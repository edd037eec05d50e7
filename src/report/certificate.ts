/** Certificate: where the certificate of a claim is, what checking it shows, and what it takes for granted. */
import type { Claim } from '../claim/claim.ts'
import { fileOf } from './corpus.ts'
import { code, link } from './markdown.ts'
import type { Entry } from './record.ts'
import { below, fromPage, type Site } from './site.ts'

/** One paragraph on the certificate of a claim, where one is kept. */
export function certificateParts(site: Site, claim: Claim, { certificate, verdict }: Entry): string[] {
  if (certificate === undefined) return []
  const file = `${fileOf(claim.id)}.json`
  const path = below(site.certificates, file)
  const structural = claim.assume.filter(({ formula }) => formula === undefined).map(({ id }) => code(id))
  const shows =
    verdict === 'proved'
      ? 'every identity in it vanishes at exact points that its own hash fixes'
      : 'these exact inputs meet the assumptions that have a formula and violate the relation'
  const granted =
    structural.length > 0 ? `that ${structural.join(', ')} hold${structural.length > 1 ? '' : 's'}, and ` : ''
  return [
    `Certificate: ${link(file, fromPage(site, path))}, statement ${code(certificate)}. ` +
      `${code(`lakatos verify ${path}${site.record}`)} and, in another language and arithmetic, ` +
      `${code(`python3 ${site.verifier} ${path}`)} check that ${shows}. They take for granted ` +
      `${granted}that its Programs are the formulas, which the tests trace again.`,
  ]
}
