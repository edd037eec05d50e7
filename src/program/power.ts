/** Powers: rational exponents as roots, and the bounds that keep exponents from being expanded without end. */
import { gcd, quoted } from './constant.ts'
import { operands, type Expr, type Trace } from './program.ts'

/** The largest power of a variable, the largest degree that powers of powers reach, and the most digits of a constant. */
const [MOST_POWER, MOST_DEGREE, MOST_DIGITS] = [1000, 100_000, 20_000]
/** Up to this degree a root is an operation of its own, which is defined at 0; beyond, e^{log(a)·p/q}. */
const MOST_ROOT = 64

/** a^e for a rational e: a root where its denominator is small, else e^{e log a}, which needs a > 0. */
export function power(F: Trace, a: Expr, exponent: Expr, refuse: (problem: string) => never): Expr {
  const op = F.ops[exponent]!
  if (op[0] !== 'const') return F.exp(F.mul(exponent, F.log(a)))
  const [p, q = '1'] = op[1].split('/') as [string, string?]
  const [n, root] = [Math.abs(Number(p)), Number(q)]
  const base = F.ops[a]!
  const most =
    base[0] === 'const'
      ? Math.floor(MOST_DIGITS / base[1].length)
      : Math.min(MOST_POWER, Math.floor(MOST_DEGREE / degreeOf(F, a)))
  if (n / root > most) return refuse(`expected an exponent of at most ${most} in size, got ${quoted(op[1])}`)
  if (root > 2 && (root > MOST_ROOT || n > MOST_ROOT)) return F.exp(F.mul(exponent, F.log(a)))
  const size = F.pow(rootOf(F, a, root), n)
  return p.startsWith('-') ? F.div(F.constant('1'), size) : size
}

/**
 * The q-th root of a, of a power c^n as one power of c (or of |c| for an even n), so that its derivative exists where c
 * is 0 and that of (√c)^n does. √(c²) stays a root.
 */
export function rootOf(F: Trace, a: Expr, q: number): Expr {
  const op = F.ops[a]!
  if (q === 1 || op[0] !== 'pow' || (op[2] === 2 && q === 2)) return F.root(a, q)
  const [c, n] = [op[1] as Expr, op[2]]
  const common = Number(gcd(BigInt(n), BigInt(q)))
  if (n % 2 === 0) return F.pow(F.root(F.abs(c), q / common), n / common)
  return common === 1 ? F.pow(F.root(c, q), n) : F.root(a, q)
}

/** ab, where c^k times the q-th root of c is one power of that root: c√c is (√c)³, with the derivative 0 at 0. */
export function product(F: Trace, a: Expr, b: Expr): Expr {
  const power = (e: Expr): readonly [Expr, number] => {
    const op = F.ops[e]!
    return op[0] === 'pow' ? [op[1] as Expr, op[2]] : [e, 1]
  }
  for (const [x, y] of [
    [a, b],
    [b, a],
  ] as const) {
    const [root, n] = power(y)
    const op = F.ops[root]!
    if (op[0] !== 'sqrt' && op[0] !== 'root') continue
    const [c, k] = power(x)
    if (c === op[1]) return F.pow(root, k * (op[0] === 'root' ? op[2] : 2) + n)
    if (x === op[1]) return F.pow(root, (op[0] === 'root' ? op[2] : 2) + n)
  }
  return F.mul(a, b)
}

const degrees = new WeakMap<readonly unknown[], number[]>()

/** About the degree of a value as a rational function: how its digits multiply in exact arithmetic. */
function degreeOf({ ops }: Trace, a: Expr): number {
  let known = degrees.get(ops)
  if (known === undefined) degrees.set(ops, (known = []))
  for (let e = known.length; e <= a; e++) {
    const op = ops[e]!
    const parts = operands(op).map((b) => known[b]!)
    const total = parts.reduce((x, y) => x + y, 0)
    known.push(
      op[0] === 'pow'
        ? Math.max(1, op[2]) * total
        : op[0] === 'mul' || op[0] === 'div'
          ? total
          : op[0] === 'exp' || op[0] === 'log' || op[0] === 'tanh'
            ? 1
            : Math.max(1, ...parts),
    )
  }
  return known[a]!
}
