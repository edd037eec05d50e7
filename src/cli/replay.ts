/** `lakatos replay`: stored counterexamples, judged again from their exact values. */
import type { Claim } from '../claim/claim.ts'
import { judgeOf } from '../hunt/judge.ts'
import { caseLines, numberLines } from '../report/counterexample.ts'
import { fileOf, parseStored, type StoredCounterexample } from '../report/corpus.ts'
import { refutation, type Refutation } from '../report/record.ts'
import { text } from '../program/print.ts'
import { readIfThere } from '../report/write.ts'
import { EXIT, UsageError } from './exit.ts'
import { absolute, BUILT_IN, loadClaims, messageOf } from './load.ts'
import { corpusPath, readRecord } from './paths.ts'
import { indented, say, sayJson } from './print.ts'
import { selectById } from './select.ts'
import type { Options } from './arguments.ts'

interface Replay {
  readonly claim: Claim
  readonly stored: StoredCounterexample
  /** The numbers found now, if the case still refutes the claim. */
  readonly found?: Refutation
  readonly status: string
}

/** Replays the counterexamples of a claim, or the one in a file. */
export async function replay([target]: readonly string[], { json }: Options): Promise<number> {
  const replays = target!.endsWith('.json') ? [await replayFile(target!)] : await replayClaim(target!)
  if (json)
    sayJson({
      counterexamples: replays.map(({ claim, status, found, stored }) => ({
        ...{ id: claim.id, status, refutes: found !== undefined, ...(found ?? { case: stored.case }) },
      })),
    })
  else say(replays.map(replayText).join('\n\n'))
  return replays.every(({ found }) => found) ? EXIT.agreed : EXIT.differs
}

async function replayFile(path: string): Promise<Replay> {
  const source = readIfThere(absolute(path))
  if (source === undefined) throw new UsageError(`replay: no such file: ${path}`)
  const stored = asUsage(path, () => parseStored(source))
  const claim = (await loadClaims(BUILT_IN)).find(({ id }) => id === stored.claim)
  if (!claim) throw new UsageError(`replay: ${path}: no claim "${stored.claim}" in this package`)
  return asUsage(path, () => rejudge(claim, stored))
}

async function replayClaim(id: string): Promise<Replay[]> {
  const selected = await selectById(id, readRecord())
  const replays = selected.flatMap(({ claim }) => {
    const path = corpusPath(fileOf(claim.id))
    const source = readIfThere(path)
    return source === undefined ? [] : [asUsage(path, () => rejudge(claim, parseStored(source)))]
  })
  if (replays.length === 0) {
    const verdicts = selected.map(({ claim, expected }) => `${claim.id}: ${expected ?? 'not recorded'}`)
    throw new UsageError(`replay: no counterexample is stored (${verdicts.join(', ')})`)
  }
  return replays
}

function asUsage<T>(path: string, action: () => T): T {
  try {
    return action()
  } catch (error) {
    throw new UsageError(`replay: ${path}: ${messageOf(error)}`, { cause: error })
  }
}

/** Judges a stored case again. @throws SyntaxError if it is no case of the claim's setting. */
function rejudge(claim: Claim, stored: StoredCounterexample): Replay {
  const c = claim.given.parse(stored.case)
  const judgement = judgeOf(claim).judge(c)
  if (judgement.status === 'violated') {
    const { arithmetic, worst } = judgement
    const formula = text(claim.shows[worst.formula]!)
    const found = refutation({ case: stored.case, formula, arithmetic, evidence: worst })
    return { claim, stored, found, status: 'refutes' }
  }
  if (judgement.status === 'discarded')
    return { claim, stored, status: `fails the assumption ${judgement.assumption}: ${judgement.reason}` }
  return { claim, stored, status: judgement.status === 'holds' ? 'holds' : judgement.reason }
}

function replayText({ claim, stored, found, status }: Replay): string {
  const outcome = found ? 'still refuted by' : `no longer refuted by`
  return [
    `${claim.id} is ${outcome} this case${found ? '' : ` (${status})`}:`,
    indented([...caseLines(claim, stored.case), '', ...(found ? numberLines(found) : [])]).trimEnd(),
  ].join('\n')
}
