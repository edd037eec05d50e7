/** `lakatos replay`: stored counterexamples and recorded contradicting cases, judged again from their exact values. */
import { dirname, resolve } from 'node:path'
import type { Claim } from '../claim/claim.ts'
import { addressOf } from '../claim/paper.ts'
import { judgeOf } from '../hunt/judge.ts'
import { caseLines, numberLines } from '../report/counterexample.ts'
import { parseStored } from '../report/corpus.ts'
import { refutation, type Refutation } from '../report/record.ts'
import { text } from '../program/print.ts'
import { readIfThere } from '../report/write.ts'
import { EXIT, messageOf, UsageError } from './exit.ts'
import { lastFind } from './find.ts'
import type { Failure } from './guard.ts'
import { absolute, BUILT_IN, failureText, loadClaims, shownPath } from './load.ts'
import { paperOfFile } from './paths.ts'
import { closing, errorsOf, indented, say, sayJson } from './print.ts'
import { checkAll } from './run.ts'
import { askedAs, select } from './select.ts'
import type { Options } from './arguments.ts'

interface Replay {
  readonly claim: Claim
  /** The stored case. */
  readonly json: unknown
  /** The numbers found now, if the case still refutes the claim. */
  readonly found?: Refutation
  readonly status: string
}

/** Replays the counterexamples of claims, or the one in a file. */
export async function replay([target]: readonly string[], { json }: Options): Promise<number> {
  const { replays, failures } = target!.endsWith('.json')
    ? { replays: [await replayFile(target!)], failures: [] }
    : await replayClaims(target!)
  if (json)
    sayJson({
      counterexamples: replays.map(({ claim, status, found, json: c }) => ({
        ...{ id: claim.id, status, refutes: found !== undefined, ...(found ?? { case: c }) },
      })),
      errors: errorsOf(failures),
    })
  else if (replays.length > 0) say(replays.map(replayText).join('\n\n'))
  return closing(replays.every(({ found }) => found) ? EXIT.agreed : EXIT.differs, failures)
}

async function replayFile(path: string): Promise<Replay> {
  const source = readIfThere(absolute(path))
  if (source === undefined) throw new UsageError(`replay: no such file: ${path}`)
  const stored = asUsage(path, () => parseStored(source))
  const origin = stored.file === undefined ? BUILT_IN : resolve(dirname(absolute(path)), stored.file)
  const { claims, failures } = await loadClaims(origin)
  const claim =
    origin === BUILT_IN ? await ourClaim(path, stored.claim) : claims.find(({ id }) => id === stored.claim)
  if (claim) return asUsage(path, () => rejudge(claim, stored.case))
  const failure = failures.find(({ id }) => id === stored.claim)
  if (failure) throw new UsageError(failureText(failure))
  const where = origin === BUILT_IN ? 'this package' : shownPath(origin)
  throw new UsageError(`replay: ${path}: no claim "${stored.claim}" in ${where}`)
}

/** The claim of the package that a file names: by its address, or by its id in the folder of its paper or elsewhere. */
async function ourClaim(path: string, name: string): Promise<Claim | undefined> {
  const { claims } = await loadClaims(BUILT_IN)
  const key = paperOfFile(absolute(path))
  const own = claims.find(({ id, of }) => id === name && of?.paper.key === key)
  const found = own ? [own] : claims.filter((claim) => claim.id === name || addressOf(claim) === name)
  if (found.length > 1)
    throw new UsageError(
      `replay: ${path}: expected the claim of one paper, got "${name}", which are ${found.map(addressOf).join(' and ')}; write one of them as its "claim"`,
    )
  return found[0]
}

/**
 * Replays what is stored of the claims that are asked for: in the corpus, on record, or as the last find. A claim of
 * one's own without any is checked for one.
 */
async function replayClaims(
  asked: string,
): Promise<{ readonly replays: Replay[]; readonly failures: readonly Failure[] }> {
  const { selected, failures } = await select([asked])
  const stored = new Map(selected.map((one) => [one, one.known ?? lastFind(one)]))
  const without = selected.filter((one) => one.origin !== BUILT_IN && stored.get(one) === undefined)
  const checked = await checkAll({ selected: without, failures }, {})
  checked.selected.forEach((one, i) => stored.set(one, checked.entries[i]!.counterexample?.case))
  const replays = selected.flatMap((one) => {
    const json = stored.get(one)
    return json === undefined ? [] : [asUsage(askedAs(one), () => rejudge(one.claim, json))]
  })
  if (replays.length === 0 && checked.failures.length === 0) {
    const verdicts = selected.map((one) => {
      const found = checked.entries[checked.selected.indexOf(one)]?.verdict
      return `${one.claim.id}: ${found ?? one.expected ?? 'not recorded'}`
    })
    throw new UsageError(`replay: no counterexample is stored (${verdicts.join(', ')})`)
  }
  return { replays, failures: checked.failures }
}

function asUsage<T>(path: string, action: () => T): T {
  try {
    return action()
  } catch (error) {
    throw new UsageError(`replay: ${path}: ${messageOf(error)}`, { cause: error })
  }
}

/** Judges a stored case again. @throws SyntaxError if it is no case of the claim's setting. */
function rejudge(claim: Claim, json: unknown): Replay {
  const c = claim.given.parse(json)
  const judgement = judgeOf(claim).judge(c)
  if (judgement.status === 'violated') {
    const { arithmetic, worst } = judgement
    const formula = text(claim.shows[worst.formula]!)
    const found = refutation({ case: json, formula, arithmetic, evidence: worst })
    return { claim, json, found, status: claim.given.numerical ? 'contradicts' : 'refutes' }
  }
  if (judgement.status === 'discarded')
    return { claim, json, status: `fails the assumption ${judgement.assumption}: ${judgement.reason}` }
  return { claim, json, status: judgement.status === 'holds' ? 'holds' : judgement.reason }
}

function replayText({ claim, json, found, status }: Replay): string {
  const { numerical } = claim.given
  const outcome = `${found ? 'still' : 'no longer'} ${numerical ? 'contradicted' : 'refuted'} by`
  const remark = found ? (numerical ? ', in doubles and without a certificate' : '') : ` (${status})`
  return [
    `${claim.id} is ${outcome} this case${remark}:`,
    indented([...caseLines(claim, json), '', ...(found ? numberLines(found) : [])]).trimEnd(),
  ].join('\n')
}
