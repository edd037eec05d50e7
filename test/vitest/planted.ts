/** Planted: claims for the adapter to pass and to fail, run by `adapter.test.ts`. */
import { claim, setting, type Claim } from '../../src/index.ts'
import { verify } from '../../src/vitest.ts'

const given = setting({ variables: { x: 'real', y: 'real' } })
const planted = (id: string, shows: string, wrong: string, assume?: string): Claim =>
  claim({
    ...{ id, section: '1 Numbers', source: 'test', says: 'Of numbers x and y.', given, shows },
    wrong: wrong === '' ? {} : { planted: wrong },
    ...(assume !== undefined && { assume: [{ id: 'assumed', says: assume, formula: assume }] }),
  })

verify(
  [
    planted('true', '(x - y)^2 >= 0', '(x - y)^2 < 0'),
    planted('false', 'x >= y - 1', 'x^2 < 0'),
    planted('known-false', 'x >= y - 1', 'x^2 < 0'),
    planted('survivor', 'x^2 >= 0', 'x^2 + y^2 >= 0'),
    planted('untested', 'x^2 >= 0', ''),
    planted('vacuous', 'x^2 >= 0', 'x^2 < 0', 'x^2 < 0'),
  ],
  { expected: { 'known-false': 'refuted', vacuous: 'vacuous' }, cases: 100 },
)
