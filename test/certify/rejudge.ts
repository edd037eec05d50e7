/** Rejudge: whether the exact inputs of a certificate violate the claim, by the claim's own means and not by a verifier. */
import type { Refutation } from '../../src/certify/certificate.ts'
import type { Claim } from '../../src/claim/claim.ts'
import { compileRelations, decide } from '../../src/claim/decide.ts'
import { clockedField } from '../../src/flow/clock.ts'
import { enclose } from '../../src/flow/enclose.ts'
import type { System } from '../../src/flow/objective.ts'
import { judgeOf } from '../../src/hunt/judge.ts'
import { interval } from '../../src/number/interval.ts'
import { rational } from '../../src/number/rational.ts'
import { parseRatio, printRatio } from '../../src/program/constant.ts'
import { parseFormula } from '../../src/program/formula.ts'
import type { PointCase } from '../../src/setting/point/case.ts'
import { at, changed, type Json } from './tamper.ts'

const MARK = '7919/7907'

/** Where in the JSON of a case the number of each input stands. */
function places(claim: Claim, json: Json): Map<string, (string | number)[]> {
  const before = claim.given.values(json)
  const walk = (value: Json, path: (string | number)[]): (string | number)[][] =>
    typeof value !== 'object'
      ? [path]
      : Object.keys(value).flatMap((key) => walk((value as { [key: string]: Json })[key]!, [...path, key]))
  const found = new Map<string, (string | number)[]>()
  for (const path of walk(json, [])) {
    if (typeof at(json, path) !== 'string' || !/^-?\d+(\/\d+)?$/.test(at(json, path) as string)) continue
    const after = claim.given.values(changed(json, path, MARK))
    for (const [name, value] of after) if (value === MARK && before.get(name) !== MARK) found.set(name, path)
  }
  return found
}

/** `violated` if the certificate's inputs, put into the stored case, certainly violate the claim; else what they do. */
export function rejudged(claim: Claim, stored: Json, { inputs, motion }: Refutation): string {
  const where = places(claim, stored)
  let json = stored
  for (const [name, value] of inputs) json = changed(json, where.get(name)!, value)
  const { given } = claim
  if (!motion) {
    try {
      return judgeOf(claim).judge(given.parse(json)).status
    } catch {
      return 'no case'
    }
  }
  // By the polynomial field that was made for these flows by hand, which the general one is not.
  const { net, loss, data, nodes } = json as unknown as Required<PointCase>
  const system: System = {
    net,
    loss: loss as System['loss'],
    normalization: given.name.includes('gamma_u') ? 'swn' : 'ewn',
    labels: data.map(({ y }) => y as number),
  }
  const until = printRatio(motion.steps.map(parseRatio).reduce((a, b) => rational.add(a, b)))
  const values = given.values(json)
  const enclosures = (bits: number) => {
    const flow = {
      system,
      nodes: nodes.map(({ w }) => ({ vector: w as readonly string[] })),
      data: data.map(({ x }) => x),
    }
    const { field, start } = clockedField(flow, 't')
    const { state, reason, detail } = enclose({ field, start }, { until, bits: bits + 32 })
    if (reason !== 'end') return { reason: detail }
    const weights = field.inputs.flatMap((name, i) =>
      name.startsWith('w_') ? [[name, state[i]!] as const] : [],
    )
    return new Map([...weights, ['t', interval(bits).constant(until)] as const])
  }
  const decided = (formulas: Claim['shows']): string =>
    decide(compileRelations(given, formulas, json), values, { enclosures }).status
  for (const { formula } of claim.assume)
    if (formula !== undefined && decided([parseFormula(formula)]) !== 'holds') return 'discarded'
  return decided(claim.shows)
}
