/** Closed forms: every printed digit of a flow is right, in all clocks and in all ways to follow it. */
import { Decimal } from 'decimal.js'
import { describe, expect, test } from 'vitest'
import { follow } from '../../src/cli/engine.ts'
import { flowText } from '../../src/cli/flow-text.ts'
import { parseSystem } from '../../src/cli/system.ts'

const D = Decimal.clone({ precision: 130, maxE: 9e15, minE: -9e15 })
type System = Record<string, unknown>
type Shown = string | null | { readonly lo: string; readonly hi: string }

interface Result {
  readonly reason: string
  readonly logLoss: Shown
  readonly logTime: Shown
  readonly lossByTime: Shown
  readonly weights: readonly (readonly (readonly Shown[])[])[]
  readonly nodes: readonly Readonly<Record<'norm' | 'gradientNorm' | 'cosine' | 'share', Shown>>[]
}

function result(system: System): Result {
  const file = parseSystem(JSON.stringify(system))
  return JSON.parse(
    flowText(
      file,
      follow(file, false, () => {}),
      'json',
    ).text,
  ) as Result
}

/** A chain of neurons with one weight each, all equal, on the point x = 1. */
const chain = (depth: number, normalization: string, weight: string, rest: System): System => ({
  net: { inputs: 1, layers: Array.from({ length: depth }, () => ({ width: 1, activation: 'z' })) },
  weights: Array.from({ length: depth }, () => [[weight]]),
  data: [{ x: ['1'], y: 1 }],
  loss: 'exponential',
  normalization,
  ...rest,
})

/** The digits that a text shows; they must be those of x. */
function digitsOf(shown: Shown, x: Decimal): number {
  if (shown === null) return 0
  if (typeof shown === 'object') {
    expect(x.gte(shown.lo) && x.lte(shown.hi), `${shown.lo} ${x} ${shown.hi}`).toBe(true)
    return 1
  }
  const [, mantissa = '', fraction = '', exponent = '0'] = /^-?(\d+(?:\.(\d+))?)(?:e([+-]?\d+))?$/.exec(
    shown,
  )!
  const unit = new D(10).pow(Number(exponent) - fraction.length)
  expect(new D(shown).minus(x).abs().lte(unit.times('0.5000001')), `${shown} is not ${x}`).toBe(true)
  return mantissa.replace('.', '').replace(/^0+/, '').length
}

/** L·t of an EWN chain from p₀ to p: Ei(q) − e^q/q between the two, over D, times e^−p. */
function lossByTime(depth: number, from: Decimal, p: Decimal): Decimal {
  // Ei(q) − e^q/q = ∫ e^q/q² = γ + log q − 1/q − 1 + Σ_{k>=1} q^k/(k·k!) − Σ_{k>=2} q^{k−1}/k!
  const part = (q: Decimal): Decimal => {
    let [sum, term] = [q.ln().minus(q.exp().div(q)), new D(1)]
    for (let k = 1; k < 2000 && term.gt('1e-120'); k++) {
      term = term.times(q).div(k)
      sum = sum.plus(term.div(k))
    }
    return sum
  }
  if (p.lt(200)) return part(p).minus(part(from)).div(depth).times(p.neg().exp())
  // Beyond, e^−p is nothing, and the asymptotic series Σ k!/p^{k+1} is as good as its least term, e^−p.
  let [sum, term] = [new D(0), new D(1).div(p)]
  for (let k = 1; k < 190; k++) {
    term = term.times(k).div(p)
    sum = sum.plus(term)
  }
  return sum.div(depth)
}

function compare(found: Result, p: Decimal, weight: Decimal, loss: Decimal, least: number): void {
  const got = [
    digitsOf(found.logLoss, p.neg()),
    digitsOf(found.lossByTime, loss),
    digitsOf(found.logTime, loss.ln().plus(p)),
    ...found.weights.flat(2).map((text) => digitsOf(text, weight)),
    ...found.nodes.map(({ norm }) => digitsOf(norm, weight)),
    ...found.nodes.map(({ cosine }) => digitsOf(cosine, new D(1))),
    ...found.nodes.map(({ gradientNorm }) => digitsOf(gradientNorm, p.neg().exp().times(p).div(weight))),
  ]
  const [, lossDigits] = got
  expect(lossDigits).toBeGreaterThanOrEqual(least)
}

describe('a linear neuron is w = log(t + e) = 1 + τ = s', () => {
  const cases: [clock: string, until: string, digits: number, least: number][] = [
    ['t', '1/1000', 50, 40],
    ['t', '2', 16, 14],
    ['t', '1e30', 50, 1],
    ['t', '1e4000', 30, 1],
    ['tau', '1/2', 50, 45],
    ['tau', '1000000', 50, 1],
    ['s', '3', 50, 45],
    ['s', '3', 10, 7],
    ['s', '1000000', 12, 1],
    ['s', '1000000', 50, 1],
  ]
  test.each(cases)('%s = %s in %i digits', (clock, until, digits, least) => {
    const e = new D(1).exp()
    const [num, den = '1'] = until.split('/')
    const at = new D(num!).div(den)
    const w = clock === 't' ? at.plus(e).ln() : clock === 'tau' ? at.plus(1) : at
    const found = result(chain(1, 'unnorm', '1', { clock, until, digits }))
    expect(found.reason).toBe('end')
    compare(found, w, w, new D(1).minus(new D(1).minus(w).exp()), least)
    if (clock === 't') expect(digitsOf(found.logTime, at.ln())).toBeGreaterThan(digits - 3)
  })

  test.each(['t', 'tau', 's'])('and lies in its enclosure, in %s', (clock) => {
    const w = clock === 't' ? new D(3).plus(new D(1).exp()).ln() : new D(clock === 's' ? 3 : 4)
    const found = result(chain(1, 'unnorm', '1', { clock, until: '3', digits: 20, rigorous: true }))
    expect(found.reason).toBe('end')
    compare(found, w, w, new D(1).minus(new D(1).minus(w).exp()), 1)
  })
})

describe('an EWN chain of D weights has p = p₀/(1 − D p₀ τ) and D·t = Ei(p) − e^p/p', () => {
  const cases: [depth: number, clock: string, until: string, digits: number, least: number][] = [
    [1, 'tau', '1/2', 50, 45],
    [1, 'tau', '0.999999', 50, 25],
    [2, 'tau', '1/4', 30, 25],
    [1, 's', '1000', 50, 40],
    [1, 's', '100000', 50, 38],
    [3, 's', '50', 30, 22],
    [2, 's', '100000', 12, 6],
  ]
  test.each(cases)('D = %i, %s = %s in %i digits', (depth, clock, until, digits, least) => {
    const [num, den = '1'] = until.split('/')
    const at = new D(num!).div(den)
    const p = clock === 'tau' ? new D(1).div(new D(1).minus(at.times(depth))) : at
    const found = result(chain(depth, 'ewn', '1', { clock, until, digits }))
    expect(found.reason).toBe('end')
    compare(found, p, p.pow(new D(1).div(depth)), lossByTime(depth, new D(1), p), least)
  })
})
