/** Meaning: what each verdict says in one sentence, and the evidence behind one in a few words. */
import type { Status } from '../claim/verdict.ts'
import type { Entry } from './record.ts'

/** Every verdict, the strongest first. */
export const STATUSES: readonly Status[] = [
  ...(['proved', 'certified', 'supported', 'undecided', 'vacuous', 'contradicted', 'refuted'] as const),
]

/** What a verdict says, and no more; `docs/guarantee.md` has the long form. */
export const MEANING: Readonly<Record<Status, string>> = {
  proved:
    'Tested exactly on every structure of the family and every branch listed, up to the stated error bound.',
  certified:
    'Decided exactly, in intervals or as an identity for the cases or structures listed, and for no others.',
  supported:
    'Seen to hold in at least 80 % of the judged cases and to fail in none, numerically; evidence, and no proof.',
  undecided: 'Neither shown nor refuted, for the reason that is given.',
  vacuous:
    'Too few of the generated cases met the assumptions or their required variety: the run says nothing.',
  contradicted:
    'A run in doubles and a longer one contradict it, beyond their measured errors; evidence, and no certificate.',
  refuted: 'False: an exact case meets every assumption and violates the conclusion; it can be replayed.',
}

/** A share in percent, to one decimal. */
export const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`

/** Such as `1 case` or `3 cases`. */
export const plural = (n: number, noun: string, many = `${noun}s`): string => `${n} ${n === 1 ? noun : many}`

/** Such as `12 proved, 1 refuted`, verdicts that do not occur left out. */
export function counts(statuses: readonly Status[]): string {
  return STATUSES.map((status) => [statuses.filter((s) => s === status).length, status] as const)
    .filter(([n]) => n > 0)
    .map(([n, status]) => `${n} ${status}`)
    .join(', ')
}

/** How many wrong variants were refuted, such as `5 of 5 wrong variants refuted`. */
export const variantCount = (entry: Entry): string => variantCounts([entry])

/** The same over several claims. */
export function variantCounts(entries: readonly Entry[]): string {
  const variants = entries.flatMap(({ evidence }) => evidence.variants)
  const refuted = variants.filter((variant) => variant.refuted).length
  const implied = variants.filter((variant) => !variant.refuted && variant.implied !== undefined).length
  const rest = implied === 0 ? '' : `, ${implied} implied`
  return `${refuted} of ${plural(variants.length, 'wrong variant')} refuted${rest}`
}

/** What the evidence is, in a few words. */
export function evidenceInBrief(entry: Entry): string {
  const { verdict, evidence, counterexample } = entry
  const { identity } = evidence
  if (verdict === 'refuted' && counterexample) return `counterexample (${counterexample.arithmetic})`
  if (identity && (verdict === 'proved' || verdict === 'certified'))
    return `identity on ${plural(identity.structures, 'structure')}, ${plural(identity.patterns, 'branch', 'branches')}, error < 2^-${identity.errorBits}`
  if (verdict === 'certified') return `each case decided: ${arithmetics(entry)}`
  if (evidence.outcomes && verdict !== 'vacuous') {
    const { holds, fails, open } = evidence.outcomes
    const out = entry.discarded > 0 ? `; ${entry.discarded} discarded` : ''
    return `holds in ${holds}, fails in ${fails}, open in ${open} of ${plural(entry.cases, 'case')}${out}`
  }
  return evidence.summary
}

/** How many cases each arithmetic decided, the most first, such as `150 rational, 50 interval(64)`. */
export function arithmetics({ evidence }: Entry): string {
  return Object.entries(evidence.arithmetic)
    .toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([arithmetic, n]) => `${n} ${arithmetic}`)
    .join(', ')
}
