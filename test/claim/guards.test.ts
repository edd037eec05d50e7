/** Guards: what an operation needs is noted before the trace simplifies it away, and a sign meets a need or does not. */
import { describe, expect, test } from 'vitest'
import { guarded, meetsNeed, type Need } from '../../src/claim/guards.ts'
import { newTrace, type Expr, type Trace } from '../../src/program/program.ts'

const needs = (body: (F: Trace, x: Expr) => Expr): readonly Need[] => {
  const { F, guards } = guarded(newTrace())
  body(F, F.input('x'))
  return guards().map(({ need }) => need)
}
const of = (text: string) => (F: Trace) => F.constant(text)

describe('is noted', () => {
  test.each<[string, readonly Need[], (F: Trace, x: Expr) => Expr]>([
    ['x/x', ['not 0'], (F, x) => F.div(x, x)],
    ['0/x', ['not 0'], (F, x) => F.div(F.constant('0'), x)],
    ['log x − log x', ['positive'], (F, x) => F.sub(F.log(x), F.log(x))],
    ['0·√x', ['not negative'], (F, x) => F.mul(F.constant('0'), F.sqrt(x))],
    ['a cube root', ['not negative'], (F, x) => F.root(x, 3)],
    ['a root of degree 1', [], (F, x) => F.root(x, 1)],
    ['√x/log x', ['not negative', 'positive', 'not 0'], (F, x) => F.div(F.sqrt(x), F.log(x))],
    ['x/2', [], (F, x) => F.div(x, F.constant('2'))],
    ['x/(−2)', [], (F, x) => F.div(x, F.constant('-2'))],
    ['x/0', ['not 0'], (F, x) => F.div(x, F.constant('0'))],
    ...(['log', 'sqrt'] as const).flatMap((name) => {
      const need: Need = name === 'log' ? 'positive' : 'not negative'
      return ['3', '-3', '0'].map((text): [string, readonly Need[], (F: Trace) => Expr] => [
        `${name}(${text})`,
        text === '3' || (text === '0' && name === 'sqrt') ? [] : [need],
        (F) => F[name](of(text)(F)),
      ])
    }),
  ])('of %s: %j', (_, expected, body) => expect(needs(body)).toEqual(expected))
})

test('a need is met by the signs that it names', () => {
  const all: readonly Need[] = ['not 0', 'positive', 'not negative']
  const met = ([1, 0, -1, undefined] as const).map((sign) => all.map((need) => meetsNeed(need, sign)))
  expect(met).toEqual([
    [true, true, true],
    [false, false, true],
    [true, false, false],
    [undefined, undefined, undefined],
  ])
})
