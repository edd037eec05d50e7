/** `lakatos replay`: stored counterexamples and recorded contradicting cases, judged again from their exact values. */
import type { Claim } from '../claim/claim.ts'
import { judgeOf } from '../hunt/judge.ts'
import { caseLines, numberLines } from '../report/counterexample.ts'
import { fileOf, parseStored } from '../report/corpus.ts'
import { refutation, type Refutation } from '../report/record.ts'
import { RECORD } from '../report/publication.ts'
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
  /** The stored case. */
  readonly json: unknown
  /** The numbers found now, if the case still refutes the claim. */
  readonly found?: Refutation
  readonly status: string
}

/** Replays the counterexamples of a claim, or the one in a file. */
export async function replay([target]: readonly string[], { json }: Options): Promise<number> {
  const replays = target!.endsWith('.json') ? [await replayFile(target!)] : await replayClaim(target!)
  if (json)
    sayJson({
      counterexamples: replays.map(({ claim, status, found, json: c }) => ({
        ...{ id: claim.id, status, refutes: found !== undefined, ...(found ?? { case: c }) },
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
  return asUsage(path, () => rejudge(claim, stored.case))
}

async function replayClaim(id: string): Promise<Replay[]> {
  const record = readRecord()
  const selected = await selectById(id, record)
  const replays = selected.flatMap(({ claim }) => {
    const path = corpusPath(fileOf(claim.id))
    const source = readIfThere(path)
    if (source !== undefined) return [asUsage(path, () => rejudge(claim, parseStored(source).case))]
    const entry = record?.claims.find((recorded) => recorded.id === claim.id)
    if (!entry?.counterexample || entry.verdict !== 'contradicted') return []
    return [asUsage(RECORD, () => rejudge(claim, entry.counterexample!.case))]
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
