/** Printing: what is printed reads back as what is evaluated, in text and in TeX. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rational, type Rational } from '../../src/number/rational.ts'
import { parseFormula, type Formula } from '../../src/program/formula.ts'
import { tex, text } from '../../src/program/print.ts'
import { claims } from '../properties/loaded.ts'
import { read, shown, type Reading } from './read.ts'

const q = rational.constant
const formulas: Formula[] = claims.flatMap(({ shows, wrong }) => [...shows, ...Object.values(wrong).flat()])

describe('formulas as they are printed', () => {
  test.each([
    [
      'ddt(w_u) == -eta * norm(w_u)^2 * g_u',
      'd/dt w_u = −η ‖w_u‖² g_u',
      '\\tfrac{d}{dt} w_{u} = -\\eta\\,\\lVert w_{u}\\rVert^{2}\\,g_{u}',
    ],
    [
      'Phi_j(lambda*w, x_i) == lambda^H * Phi_j(w, x_i)',
      'Φ_j(λ w, x_i) = λ^H Φ_j(w, x_i)',
      '\\Phi_{j}(\\lambda\\,w, x_{i}) = \\lambda^{H}\\,\\Phi_{j}(w, x_{i})',
    ],
    [
      'gradPhi_j(lambda*w, x_i) == lambda^(H-1) * gradPhi_j(w, x_i)',
      '∇_w Φ_j(λ w, x_i) = λ^(H − 1) ∇_w Φ_j(w, x_i)',
      '\\nabla_w \\Phi_{j}(\\lambda\\,w, x_{i}) = \\lambda^{H - 1}\\,\\nabla_w \\Phi_{j}(w, x_{i})',
    ],
    [
      'norm(v_u(t+1)) >= norm(v_u)',
      '‖v_u(t+1)‖ ≥ ‖v_u‖',
      '\\lVert v_{u}(t+1)\\rVert \\ge \\lVert v_{u}\\rVert',
    ],
    [
      'grad(L, gamma_u) == dot(v_u, g_u)/norm(v_u)',
      '∇_{γ_u} L = ⟨v_u, g_u⟩/‖v_u‖',
      '\\nabla_{\\gamma_{u}} L = \\frac{\\langle v_{u}, g_{u}\\rangle}{\\lVert v_{u}\\rVert}',
    ],
    [
      'ddt(L) == -sum(u in l, c_u)^2 <= 0.1',
      'd/dt L = −(Σ_{u∈l} c_u)² ≤ 0.1',
      '\\tfrac{d}{dt} L = -\\left(\\sum_{u\\in l} c_{u}\\right)^{2} \\le 0.1',
    ],
    ['a - (b - c) == a - b + c', 'a − (b − c) = a − b + c', 'a - \\left(b - c\\right) = a - b + c'],
    ['a/(b*c) == a/b/c', 'a/(b c) = a/b/c', '\\frac{a}{b\\,c} = \\frac{\\frac{a}{b}}{c}'],
    ['(-a)^2 > -a^2', '(−a)² > −a²', '\\left(-a\\right)^{2} > -a^{2}'],
    ['w_p < what_u', "w_l' < ŵ_u", "w_{l'} < \\hat{w}_{u}"],
    [
      'lim(L*t*log(t)^2) == 1/sum(u, x_u^2)',
      'lim L t log(t)² = 1/(Σ_{u} x_u²)',
      '\\lim_{t \\to \\infty} L\\,t\\,\\log\\left(t\\right)^{2} = \\frac{1}{\\sum_{u} x_{u}^{2}}',
    ],
    ['lim(s) == inf', 'lim s = ∞', '\\lim_{t \\to \\infty} s = \\infty'],
    [
      'lim(a + b)^2 == lim(a/b)*c',
      '(lim (a + b))² = (lim a/b) c',
      '\\left(\\lim_{t \\to \\infty} \\left(a + b\\right)\\right)^{2} = ' +
        '\\left(\\lim_{t \\to \\infty} \\frac{a}{b}\\right)\\,c',
    ],
    [
      'L == Theta(1/(t*log(t)^2))',
      'L = Θ(1/(t log(t)²))',
      'L = \\Theta\\left(\\frac{1}{t\\,\\log\\left(t\\right)^{2}}\\right)',
    ],
    ['norm(w)^H == O(s)', '‖w‖^H = O(s)', '\\lVert w\\rVert^{H} = O\\left(s\\right)'],
    ['a + b == o(s)', 'a + b = o(s)', 'a + b = o\\left(s\\right)'],
    ['converges(w/norm(w))', 'w/‖w‖ converges', '\\frac{w}{\\lVert w\\rVert} \\text{ converges}'],
    ['some(L < 1)', 'for some t: L < 1', '\\exists\\, t:\\; L < 1'],
    ['sup(a - b) <= c', 'sup_{t′≥t} (a − b) ≤ c', "\\sup_{t' \\ge t} \\left(a - b\\right) \\le c"],
    ['norm(w_u(t_0)) <= m_i(t_0)', '‖w_u(t₀)‖ ≤ m_i(t₀)', '\\lVert w_{u}(t_0)\\rVert \\le m_{i}(t_0)'],
    [
      'lim(x_u) > 0 or lim(a_u) == 0 or lim(b_u) == 0',
      'lim x_u > 0 or lim a_u = 0 or lim b_u = 0',
      '\\lim_{t \\to \\infty} x_{u} > 0\\;\\text{ or }\\; \\lim_{t \\to \\infty} a_{u} = 0' +
        '\\;\\text{ or }\\; \\lim_{t \\to \\infty} b_{u} = 0',
    ],
    [
      'a*min(i, m_i + b) == max(u in l, c_u)',
      'a min_{i} (m_i + b) = max_{u∈l} c_u',
      'a\\,\\min_{i} \\left(m_{i} + b\\right) = \\max_{u\\in l} c_{u}',
    ],
    [
      'min(a, b) <= max(a, b)',
      'min(a, b) ≤ max(a, b)',
      '\\min\\left(a, b\\right) \\le \\max\\left(a, b\\right)',
    ],
    ['wtilde_u == gtilde', 'w̃_u = g̃', '\\tilde{w}_{u} = \\tilde{g}'],
  ])('%s', (source, inText, inTex) => {
    expect(text(parseFormula(source)).normalize()).toBe(inText.normalize())
    expect(tex(parseFormula(source))).toBe(inTex)
  })
})

describe('every formula of every claim', () => {
  test('there are some', () => {
    expect(formulas.length).toBeGreaterThan(50)
  })

  test('prints the same when its plain source is parsed again', () => {
    for (const formula of formulas) {
      const again = parseFormula(formula.root.toString())
      expect([tex(again), text(again)]).toEqual([tex(formula), text(formula)])
    }
  })

  test('has TeX with balanced braces and delimiters', () => {
    for (const { source, root } of formulas) {
      const printed = tex({ source, root })
      expect(printed).not.toBe('')
      let depth = 0
      for (const c of printed) {
        depth += c === '{' ? 1 : c === '}' ? -1 : 0
        expect(depth).toBeGreaterThanOrEqual(0)
      }
      expect([source, depth]).toEqual([source, 0])
      const count = (delimiter: string): number => printed.split(delimiter).length - 1
      expect(count('\\left')).toBe(count('\\right'))
      expect(count('\\lVert')).toBe(2 * count('\\lVert') - count('\\rVert'))
      expect(count('\\langle')).toBe(count('\\rangle'))
    }
  })

  test('has TeX that compiles: one superscript and one subscript to a base', () => {
    for (const { source, root } of formulas)
      expect([source, doubled(tex({ source, root }))]).toEqual([source, []])
  })

  test('has text of its own: no two formulas of one claim print the same', () => {
    for (const { id, shows, wrong } of claims) {
      const all = [shows, ...Object.values(wrong)].map((list) => list.map(text).join('; '))
      expect([id, new Set(all).size]).toEqual([id, all.length])
    }
  })

  test('never has a product with a bare minus sign inside, nor a slash before two factors', () => {
    for (const { source, root } of formulas) {
      const printed = text({ source, root })
        .replaceAll(/d\/dt | converges/g, '')
        .replaceAll(' or ', ' | ')
      expect([source, /[\w)²³⁴‖⟩}] −[^ ]/.exec(printed)?.[0]]).toEqual([source, undefined])
      expect([source, /\/(?:‖[^‖]*‖|\w+)[²³⁴]? [\w(⟨‖∇Σ]/.exec(printed)?.[0]]).toEqual([source, undefined])
    }
  })
})

/** The places where TeX has a second superscript (or subscript) on one base, which does not compile. */
function doubled(source: string): string[] {
  const found: string[] = []
  const group = (at: number): number => {
    let depth = 0
    for (let i = at; i < source.length; i++) {
      if (source[i] === '{') depth++
      if (source[i] === '}' && --depth === 0) return i + 1
    }
    return source.length
  }
  for (const mark of ['^', '_'])
    for (let i = source.indexOf(mark); i >= 0; i = source.indexOf(mark, i + 1))
      if (source[i + 1] === '{' && source[group(i + 1)] === mark)
        found.push(source.slice(i, group(i + 1) + 2))
  return found
}

test('a power of an exponential compiles as TeX', () => {
  for (const source of ['exp(a)^2', 'b*exp(a)^2', 'exp(alpha_u)^3', 'exp(a)^2/b'])
    expect([source, doubled(tex(parseFormula(source)))]).toEqual([source, []])
})

/** Letters and functions with their values; `E` and `D` stand for exp and d/dt, neither of them linear. */
const letters: Readonly<Record<string, Rational>> = { a: q('2/3'), b: q('-5/7'), c: q('11/2'), d: q('-3/13') }
const functions: Reading<Rational>['functions'] = {
  exp: (x) => rational.add(rational.pow(x, 2), q('3/17')),
  relu: (x) => rational.relu(x),
  max: (x, y) => rational.add(x, rational.relu(rational.sub(y, x))),
  min: (x, y) => rational.sub(x, rational.relu(rational.sub(x, y))),
}

/** A formula as fully parenthesised mathjs text, with its value. */
interface Term {
  readonly source: string
  readonly value: Rational | undefined
}

const lift =
  (make: (...s: string[]) => string, f: (...v: Rational[]) => Rational) =>
  (...terms: Term[]): Term => {
    const known = terms.map(({ value }) => value)
    const parts = terms.map(({ source }) => source)
    try {
      return {
        source: make(...parts),
        value: known.includes(undefined) ? undefined : f(...(known as Rational[])),
      }
    } catch {
      return { source: make(...parts), value: undefined }
    }
  }
const binary = {
  '+': lift((s, t) => `(${s} + ${t})`, rational.add),
  '-': lift((s, t) => `(${s} - ${t})`, rational.sub),
  '*': lift((s, t) => `(${s} * ${t})`, rational.mul),
  '/': lift((s, t) => `(${s} / ${t})`, rational.div),
}
const negative = lift((s) => `(-${s})`, rational.neg)
const power = (n: number): ((t: Term) => Term) =>
  lift(
    (s) => `(${s} ^ ${n})`,
    (v) => rational.pow(v, n),
  )
const call = (name: string): ((...t: Term[]) => Term) =>
  lift((...s) => `${name}(${s.join(', ')})`, functions[name]!)

const leaf: fc.Arbitrary<Term> = fc.oneof(
  fc.constantFrom(...Object.keys(letters)).map((name) => ({ source: name, value: letters[name]! })),
  fc.constantFrom('2', '3', '10').map((text) => ({ source: text, value: q(text) })),
)
const term: fc.Arbitrary<Term> = fc.letrec<{ term: Term }>((tie) => ({
  term: fc.oneof(
    { maxDepth: 4, depthSize: 'max', withCrossShrink: true },
    leaf,
    fc
      .tuple(fc.constantFrom('+', '-', '*', '/'), tie('term'), tie('term'))
      .map(([op, s, t]) => binary[op](s, t)),
    tie('term').map(negative),
    fc.tuple(fc.constantFrom(2, 3, 5), tie('term')).map(([n, t]) => power(n)(t)),
    fc.tuple(fc.constantFrom('exp', 'relu'), tie('term')).map(([name, t]) => call(name)(t)),
    fc.tuple(fc.constantFrom('max', 'min'), tie('term'), tie('term')).map(([name, s, t]) => call(name)(s, t)),
  ),
})).term

describe('what is printed reads back as what is evaluated', () => {
  const readsBack = (print: (f: Formula) => string, tight: boolean) =>
    fc.property(term, ({ source, value }) => {
      fc.pre(value !== undefined)
      const printed = print(parseFormula(source))
      const v = read(printed, { F: rational, letters, functions, tight })
      expect([printed, rational.format(v)]).toEqual([printed, rational.format(value!)])
    })
  const RUNS = { seed: 21, numRuns: 2000 }

  test('in text, from left to right', () => {
    fc.assert(readsBack(text, false), RUNS)
  })

  test('in text, by a reader to whom a/b c is a/(b c)', () => {
    fc.assert(readsBack(text, true), RUNS)
  })

  test('in TeX', () => {
    fc.assert(
      readsBack((f) => shown(tex(f)), false),
      RUNS,
    )
  })

  test.each([
    ['c*(-a*b)'],
    ['(a*b)*((-c)*d)'],
    ['-(a/b)*c'],
    ['a*(b/c)*d'],
    ['a/(b/c)'],
    ['a - (-b)'],
    ['-(-a)'],
    ['(a^2)^3'],
    ['a/b*c'],
    ['a*(b + c)'],
    ['max(a, b)^2*c'],
  ])('%s, by both readers and in TeX', (source) => {
    const at = { F: rational, letters, functions }
    const own = (s: string): string => rational.format(read(s.replaceAll(' ', ''), { ...at, tight: false }))
    const formula = parseFormula(source)
    const expected = own(source)
    expect([
      rational.format(read(text(formula), { ...at, tight: false })),
      rational.format(read(text(formula), { ...at, tight: true })),
      rational.format(read(shown(tex(formula)), { ...at, tight: false })),
    ]).toEqual([expected, expected, expected])
  })
})

describe('formulas with different values print differently', () => {
  /** A formula of the letters, of x_i and of y_u, with its value at each i in {0, 1} under each binding. */
  interface Indexed {
    readonly source: string
    at(i: number): Rational
  }
  const x = [q('3/5'), q('-7/2')]
  const leaves: Indexed[] = [
    ...['a', 'b'].map((name): Indexed => ({ source: name, at: () => letters[name]! })),
    { source: '2', at: () => q('2') },
    { source: 'x_i', at: (i) => x[i]! },
  ]
  const one = (s: Indexed): Indexed[] => [
    { source: `(-${s.source})`, at: (i) => rational.neg(s.at(i)) },
    { source: `(${s.source})^2`, at: (i) => rational.pow(s.at(i), 2) },
    { source: `exp(${s.source})`, at: (i) => functions['exp']!(s.at(i)) },
    { source: `abs(${s.source})`, at: (i) => rational.relu(s.at(i)) },
    { source: `ddt(${s.source})`, at: (i) => rational.add(rational.pow(s.at(i), 3), q('1/19')) },
    { source: `grad(${s.source}, w)`, at: (i) => rational.add(rational.pow(s.at(i), 3), q('1/23')) },
    { source: `sum(i, ${s.source})`, at: () => rational.add(s.at(0), s.at(1)) },
  ]
  const two = (s: Indexed, t: Indexed): Indexed[] =>
    (['add', 'sub', 'mul', 'div'] as const).map((op, k) => ({
      source: `(${s.source} ${'+-*/'[k]} ${t.source})`,
      at: (i) => rational[op](s.at(i), t.at(i)),
    }))
  const small = [...leaves.flatMap(one), ...leaves.flatMap((s) => leaves.flatMap((t) => two(s, t)))]
  const all = [
    ...leaves,
    ...small,
    ...small.flatMap(one),
    ...small.flatMap((s) => leaves.flatMap((t) => [...two(s, t), ...two(t, s)])),
  ]

  test.each<[string, (f: Formula) => string]>([
    ['text', text],
    ['TeX', tex],
  ])('in %s, for all formulas of up to three operations', (_, print) => {
    expect(all.length).toBeGreaterThan(3000)
    const known = new Map<string, { source: string; value: string }>()
    const ambiguous = new Map<string, string>()
    for (const { source, at } of all) {
      let value: string
      try {
        value = rational.format(at(1))
      } catch {
        continue
      }
      const printed = print(parseFormula(source)).replaceAll(' ', '')
      const before = known.get(printed)
      if (before === undefined) known.set(printed, { source, value })
      else if (before.value !== value) ambiguous.set(printed, `${before.source} and ${source}`)
    }
    expect(Object.fromEntries([...ambiguous].slice(0, 12))).toEqual({})
  })

  test.each([
    ['ddt(a)*b', 'ddt(a*b)'],
    ['ddt(a)/b', 'ddt(a/b)'],
    ['grad(a, w)*b', 'grad(a*b, w)'],
    ['sum(i, x_i)*x_i', 'sum(i, x_i*x_i)'],
    ['c - a*b', 'c*(-a*b)'],
  ])('%s is not %s', (one, other) => {
    const [s, t] = [parseFormula(one), parseFormula(other)]
    const squeezed = (printed: string): string => printed.replaceAll(/ |\\,/g, '')
    expect(squeezed(text(s))).not.toBe(squeezed(text(t)))
    expect(squeezed(tex(s))).not.toBe(squeezed(tex(t)))
  })
})
