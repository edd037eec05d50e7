/** False claims, chosen against the weak points of the method, are never proved or certified; true ones never refuted. */
import { describe, expect, test } from 'vitest'
import {
  check,
  claim,
  drop,
  ewn as ewnWeights,
  gradientFlow,
  nets,
  setting,
  type Setting,
} from '../../src/index.ts'

const reals = setting({ variables: { x: 'real', y: 'real', z: 'positive' } })
const angle = setting({ variables: { phi: 'angle', x: 'real' } })

/** The setting with every twelfth structure of its family. */
function thinned<C>(whole: Setting<C>): Setting<C> {
  return {
    ...whole,
    *family(assumed) {
      let i = 0
      for (const make of whole.family(assumed)) if (i++ % 12 === 0) yield make
    },
  }
}
const ewn = thinned(setting({ model: nets(), weights: ewnWeights, rule: gradientFlow() }))

const verdictOf = <C>(given: Setting<C>, shows: string): string => {
  const made = claim({ id: 'planted', section: '0', source: 'none', says: '', given, shows, wrong: {} })
  return check(made, { cases: 60 }).verdict
}

describe('false, or nowhere defined: never proved or certified', () => {
  test.each([
    'relu((1+exp(-200))-1) == 0',
    'step(exp(x+1000)-exp(1000+x)*(1-exp(-200))) == 0',
    'relu(x)*log((1+exp(-200))-1) == 0',
    'relu(x)*exp(exp(100+x^2)) == 0',
    '0 == step(z-3)*step(3-z)*0 + step(z-1)*(x+y)',
    'log(-1-x^2) == log(-1-x^2) + 0*x',
    '0/0 == 0',
    'sqrt(-1-x^2)^2 < 0',
    'sqrt(x^2) == x',
    'sqrt((x-1)^2*(x+1)^2) == (x-1)*(x+1)',
    'abs(x + 1000) == x + 1000',
    'abs(x + 10^9) == x + 10^9',
    'relu(x - 1000)*relu(1001 - x) == 0',
    'abs(abs(x) - 10^6) == 10^6 - abs(x)',
    'relu(x - 10^5)*relu(y - 10^5) == 0',
    'step(x) + step(-x) + step(x)*step(-x) == 1 + (step(0) + step(0) - 1)*x',
    'log(x) - log(x) == 0',
    'x/x - (x - x)/(x - x) == 1',
    '1/(x - x) == 1/(x - x)',
    'sqrt(x)^2 == x',
    'sqrt(exp(z)*exp(-z) - 1 - 10^(-30)) + 1 > 0',
    'sqrt(z - z - 10^(-300))*0 == 0',
  ])('%s', (shows) => {
    expect(verdictOf(reals, shows)).not.toMatch(/proved|certified/)
  })

  test.each(['cos(1/phi) == cos(phi)', 'cos(1) == -1', 'cos(phi/2)^2 == (1+cos(phi))/2'])(
    'refused: %s, as cos takes an angle alone',
    (shows) => expect(() => verdictOf(angle, shows)).toThrow(/unknown function "cos"|the angle "phi"/),
  )

  test.each(['grad(norm(w_u), w_u) == 0*w_u', 'grad(eta^2, 2*eta) == 0', 'grad(alpha_u, w_u) == 0*w_u'])(
    'refused: %s, as a gradient is taken in parameters only',
    (shows) => expect(() => verdictOf(ewn, shows)).toThrow('no gradient'),
  )

  test.each(['sum(i in l, exp(m_i)) == 0', 'sum(j in l, 1) == 0', 'sum(u in i, norm(w_u)^2) == 0'])(
    'refused: %s, as there is no such set',
    (shows) => expect(() => verdictOf(ewn, shows)).toThrow('unknown set'),
  )
})

describe('true: proved on every branch, which is named', () => {
  test.each([
    ['abs(x)*abs(y) == abs(x*y)', 4],
    ['max(x, max(y, z)) == max(max(x, y), z)', 5],
    ['max(x, y) == (x + y + abs(x - y))/2', 2],
    ['abs(x^2 - 1000) == abs(1000 - x^2)', 2],
    ['sqrt(2) + sqrt(3) - sqrt(5 + 2*sqrt(6)) == 0', 1],
    ['log(z) - log(z) == 0', 1],
    ['exp(x)*exp(y) == exp(x + y)', 1],
  ])('%s', (shows, branches) => {
    const made = claim({
      ...{ id: 'planted', section: '0', source: 'none', says: '', given: reals, shows, wrong: {} },
    })
    const { verdict, evidence } = check(made)
    expect(verdict).toBe('proved')
    expect(evidence.identity!.branches).toHaveLength(branches as number)
  })
})

describe('true wherever it is defined: never refuted', () => {
  test.each([
    'sqrt(x)^2 >= 0',
    'sqrt(x)^2 == sqrt(x^2)',
    'relu(x)*log(x) + x >= -1',
    'exp(exp(20)) >= 0',
    'exp(x)*exp(y) == exp(x+y)',
  ])('%s', (shows) => {
    expect(verdictOf(reals, shows)).not.toBe('refuted')
  })
})

test('a dropped assumption that may hold after all gives no case', () => {
  const assume = [{ id: 'tiny', says: '', formula: '1 + exp(-2000) - 1 > 0' }]
  const made = claim({
    ...{ id: 'planted', section: '0', source: 'none', says: '', given: reals, shows: 'x >= 0', wrong: {} },
    assume,
  })
  expect(drop(made, 'tiny', { cases: 30 })).toMatchObject({ cases: 0 })
})

test('a built-in assumption means what the generator builds in', () => {
  const assume = [{ id: 'unit-v', says: '', formula: 'norm(v_u) <= 1' }]
  const definition = {
    id: 'planted',
    section: '0',
    source: 'none',
    says: '',
    shows: 'norm(v_u) == 1',
    wrong: {},
  }
  expect(() => claim({ ...definition, given: ewn, assume })).toThrow('choose another id')
})

test('a variable cannot pass for an input of another name', () => {
  expect(() => setting({ variables: { v: 'vector', v_1: 'real' } })).toThrow('got "v_1"')
  expect(() => setting({ model: nets(), weights: ewnWeights, variables: { eta: 'real' } })).toThrow(
    '"eta" is a variable and means something everywhere',
  )
})
