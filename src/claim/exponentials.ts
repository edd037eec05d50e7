/**
 * Exponentials: at a point, e^a and log a in one form each, so that what cancels is seen to.
 *
 * A sum of terms c e^a with rational c is kept as its like terms; log of such a sum takes the first term out,
 * log(Σ c_k e^{a_k}) = a_1 + log|c_1| + log(Σ (c_k/|c_1|) e^{a_k − a_1}), and e^{a + c log b} = e^a b^c. By the theorem of
 * Lindemann and Weierstrass a sum of like terms with rational exponents is 0 only if each of its coefficients is.
 */
import { rational, type Rational } from '../number/rational.ts'
import { reduce } from '../program/constant.ts'
import { operands, type Expr, type Trace } from '../program/program.ts'

/** Σ c·e of values e with rational c other than 0; the value 1 stands for the constant part. */
type Linear = ReadonlyMap<Expr, Rational>
/** c e^a. */
interface Term {
  readonly c: Rational
  readonly a: Linear
}
/** Σ c e^a of distinct a with c other than 0, by the text of a. */
type Sum = ReadonlyMap<string, Term>

/** Sums of more terms, powers of more factors and numbers of more binary digits are left as they are. */
const [MOST_TERMS, MOST_FACTORS, MOST_BITS] = [100, 64, 2 ** 12]
/** No more products of two terms are formed in all. */
const MOST_PRODUCTS = 50_000

const { add, sub, mul, div } = rational
const [ZERO, ONE, MINUS] = ['0', '1', '-1'].map((text) => rational.constant(text)) as [
  Rational,
  Rational,
  Rational,
]
const isLong = ({ num, den }: Rational): boolean =>
  [num, den].some((n) => n.toString(16).length > MOST_BITS / 4)

interface Exponentials extends Pick<Trace, 'exp' | 'log'> {
  /** Whether a value is a sum of such terms, and none is left. */
  cancels(e: Expr): boolean
}

/** The exponential and the logarithm of a trace without inputs; `isPositive` decides what a logarithm needs. */
export function exponentials(t: Trace, isPositive: (e: Expr) => boolean): Exponentials {
  const one = t.constant('1')
  /** Values by operation, those of the operands first, without recursion: sums may be long. */
  const inOrder = <T>(make: (e: Expr, of: (part: Expr) => T) => T): ((e: Expr) => T) => {
    const known = new Map<Expr, T>()
    return (whole) => {
      for (const open = [whole]; open.length > 0;) {
        const e = open.at(-1)!
        const parts = known.has(e) ? [] : (operands(t.ops[e]!) as Expr[]).filter((part) => !known.has(part))
        open.push(...parts)
        if (parts.length > 0) continue
        open.pop()
        if (!known.has(e))
          known.set(
            e,
            make(e, (part) => known.get(part)!),
          )
      }
      return known.get(whole)!
    }
  }

  const combine = (...parts: readonly (readonly [Linear, Rational])[]): Linear => {
    const all = new Map<Expr, Rational>()
    for (const [part, by] of parts)
      for (const [e, c] of part) {
        const sum = add(all.get(e) ?? ZERO, mul(c, by))
        if (sum.num === 0n) all.delete(e)
        else all.set(e, sum)
      }
    return new Map([...all].toSorted(([a], [b]) => a - b))
  }
  const constantOf = (e: Expr): Rational | undefined =>
    t.ops[e]![0] === 'const' ? rational.constant(t.ops[e]![1] as string) : undefined
  const linear = inOrder<Linear>((e, of) => {
    const op = t.ops[e]!
    const [left, right] = operands(op) as Expr[]
    const itself = new Map([[e, ONE]])
    switch (op[0]) {
      case 'const':
        return op[1] === '0' ? new Map() : new Map([[one, constantOf(e)!]])
      case 'neg':
        return combine([of(left!), MINUS])
      case 'add':
        return combine([of(left!), ONE], [of(right!), ONE])
      case 'sub':
        return combine([of(left!), ONE], [of(right!), MINUS])
      case 'mul': {
        const [c, d] = [constantOf(left!), constantOf(right!)]
        return c ? combine([of(right!), c]) : d ? combine([of(left!), d]) : itself
      }
      case 'div': {
        const d = constantOf(right!)
        return d && d.num !== 0n ? combine([of(left!), div(ONE, d)]) : itself
      }
      default:
        return itself
    }
  })
  const constant = (c: Rational): Expr => t.constant(rational.format(c))
  const total = (values: readonly Expr[]): Expr => values.reduce((a, b) => t.add(a, b), t.constant('0'))
  const linearValue = (a: Linear): Expr =>
    total([...a].map(([e, c]) => (e === one ? constant(c) : t.mul(constant(c), e))))

  const textOf = (a: Linear): string => [...a].map(([e, c]) => `${e} ${rational.format(c)}`).join(', ')
  const sumOf = (terms: readonly Term[]): Sum | undefined => {
    const all = new Map<string, Term>()
    for (const { c, a } of terms) {
      const text = textOf(a)
      const sum = add(all.get(text)?.c ?? ZERO, c)
      if (sum.num === 0n) all.delete(text)
      else all.set(text, { c: sum, a })
      if (all.size > MOST_TERMS || isLong(sum) || [...a.values()].some(isLong)) return undefined
    }
    return all
  }
  const scaled = (sum: Sum, by: Rational): Term[] =>
    [...sum.values()].map(({ a, c }) => ({ a, c: mul(c, by) }))
  let work = 0
  const product = (p: Sum, q: Sum): Sum | undefined => {
    work += p.size * q.size
    if (work > MOST_PRODUCTS) return undefined
    return sumOf(
      [...p.values()].flatMap((x) =>
        [...q.values()].map((y): Term => ({ c: mul(x.c, y.c), a: combine([x.a, ONE], [y.a, ONE]) })),
      ),
    )
  }
  /** The terms of a value made of rationals and exponentials by +, −, × and division by a single term. */
  const expand = inOrder<Sum | undefined>((e, of) => {
    const op = t.ops[e]!
    if (op[0] === 'const') return sumOf(op[1] === '0' ? [] : [{ c: constantOf(e)!, a: new Map() }])
    if (op[0] === 'exp') return sumOf([{ c: ONE, a: linear(op[1] as Expr) }])
    if (!['neg', 'add', 'sub', 'mul', 'div', 'pow'].includes(op[0])) return undefined
    const [p, q] = (operands(op) as Expr[]).map(of)
    if (p === undefined) return undefined
    if (op[0] === 'neg') return sumOf(scaled(p, MINUS))
    if (op[0] === 'pow') {
      if (op[2] > MOST_FACTORS) return undefined
      let power = sumOf([{ c: ONE, a: new Map() }])
      for (let n = 0; n < op[2]; n++) power &&= product(power, p)
      return power
    }
    if (q === undefined) return undefined
    if (op[0] === 'mul') return product(p, q)
    if (op[0] !== 'div') return sumOf([...p.values(), ...scaled(q, op[0] === 'add' ? ONE : MINUS)])
    const [only, ...rest] = q.values()
    if (only === undefined || rest.length > 0) return undefined
    const inverse = sumOf([{ c: div(ONE, only.c), a: combine([only.a, MINUS]) }])
    return inverse && product(p, inverse)
  })

  /** b^c for b > 0 and a rational c of moderate size. */
  const power = (b: Expr, c: Rational): Expr | undefined => {
    const { num, den } = reduce(c.num, c.den)
    const [n, q] = [Math.abs(Number(num)), Number(den)]
    if (n > MOST_FACTORS || q > MOST_FACTORS) return undefined
    const size = t.root(t.pow(b, n), q)
    return num < 0n ? t.div(one, size) : size
  }
  const exp = (e: Expr): Expr => {
    const factors: Expr[] = []
    const rest = new Map<Expr, Rational>()
    for (const [value, c] of linear(e)) {
      const op = t.ops[value]!
      const factor = op[0] === 'log' && isPositive(op[1] as Expr) ? power(op[1] as Expr, c) : undefined
      if (factor === undefined) rest.set(value, c)
      else factors.push(factor)
    }
    return factors.reduce((a, b) => t.mul(a, b), t.exp(linearValue(rest)))
  }
  const log = (e: Expr): Expr => {
    const op = t.ops[e]!
    const parts = operands(op) as Expr[]
    const [left, right] = parts as [Expr, Expr]
    if (['mul', 'div', 'pow', 'sqrt', 'root'].includes(op[0]) && parts.every(isPositive))
      switch (op[0]) {
        case 'mul':
          return t.add(log(left), log(right))
        case 'div':
          return t.sub(log(left), log(right))
        case 'pow':
          return t.mul(t.constant(`${op[2]}`), log(left))
        default:
          return t.div(log(left), t.constant(op[0] === 'root' ? `${op[2]}` : '2'))
      }
    const terms = [...(expand(e)?.values() ?? [])].toSorted((x, y) => (leads(x.a, y.a) ? -1 : 1))
    const [first] = terms
    if (first === undefined) return t.log(e)
    const size = first.c.num < 0n ? rational.neg(first.c) : first.c
    const rest = terms.map(({ a, c }) =>
      t.mul(constant(div(c, size)), t.exp(linearValue(combine([a, ONE], [first.a, MINUS])))),
    )
    return t.add(linearValue(first.a), t.add(t.log(constant(size)), t.log(total(rest))))
  }
  return { exp, log, cancels: (e) => expand(e)?.size === 0 }
}

/** Whether an exponent comes before another, in an order that does not change where both are moved by a third. */
function leads(a: Linear, b: Linear): boolean {
  for (const e of [...new Set([...a.keys(), ...b.keys()])].toSorted((x, y) => x - y)) {
    const difference = sub(a.get(e) ?? ZERO, b.get(e) ?? ZERO).num
    if (difference !== 0n) return difference > 0n
  }
  return false
}
