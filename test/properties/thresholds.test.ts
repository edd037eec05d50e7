/** The premise of prop-5.gd-step: cases that once stood as counterexamples fail it, and refute what is left without it. */
import { describe, expect, test } from 'vitest'
import { prop5GdStepA, prop5GdStepB } from '../../properties/morwani-ramaswamy-2022/index.ts'
import { judgeOf } from '../../src/hunt/judge.ts'
import { parseFormula } from '../../src/program/formula.ts'

const common = {
  net: {
    inputs: 1,
    layers: [
      { width: 1, activation: 'z^2' },
      { width: 1, activation: 'z' },
    ],
  },
  loss: 'exponential',
  normalization: 'ewn',
  nodes: [
    { radial: '0', vector: ['1'] },
    { radial: '0', vector: ['1'] },
  ],
  data: [{ x: ['1'], y: 1 }],
  eta: '1',
}
const A = { ...common, chosen: { u: 1, v: 0 }, variables: { c: '1/2', epsilon: '1/4', delta: '1/4' } }
const B = { ...common, chosen: { u: 0, v: 1 }, variables: { c: '2', epsilon: '1', delta: '1/4' } }

describe.each([
  [prop5GdStepA, A, 'above'],
  [prop5GdStepB, B, 'below'],
] as const)('$id', (claim, json, premise) => {
  const c = claim.given.parse(json)
  const rest = claim.assume.filter(({ id }) => id !== premise)

  test('the case meets all premises but the threshold', () => {
    expect(judgeOf(claim).discard(c)).toMatchObject({ assumption: premise, certain: true })
    expect(judgeOf(claim, claim.shows, rest).discard(c)).toBeUndefined()
  })

  test('without the threshold it refutes the first inequality of the chain', () => {
    const [whole] = claim.shows
    const first = parseFormula(
      whole!.source
        .split(/ [<>]= /)
        .slice(0, 2)
        .join(premise === 'above' ? ' >= ' : ' <= '),
    )
    expect(judgeOf(claim, [first], rest).judge(c).status).toBe('violated')
  })
})
