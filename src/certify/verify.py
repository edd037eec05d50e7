"""Verify: the second checker of certificates, in another language and another arithmetic.

`python3 verify.py file…` prints one line per file, and exits with 0 if and only if all of them are accepted.
Numbers are pairs (lo, hi) of fractions: exact points, or enclosures whose ends are rounded outwards.
"""
import json
import sys
from fractions import Fraction

FORMAT, LARGEST = "lakatos-certificate-1", 2**21
ARITY = {"neg": 1, "sqrt": 1, "exp": 1, "log": 1, "tanh": 1, "relu": 1, "step": 1, "abs": 1}
ARITY |= {"add": 2, "sub": 2, "mul": 2, "div": 2, "max": 2}
ZERO, ONE = (Fraction(0),) * 2, (Fraction(1),) * 2
class Irrational(Exception): pass

def need(condition, reason, kind=ValueError):
    if not condition: raise kind(reason)

def fraction(text):
    """An integer, a decimal or a quotient of integers, in plain digits."""
    need(isinstance(text, str) and text.isascii(), "expected an exact number")
    mark = "/" if "/" in text else "."
    whole, found, rest = text.removeprefix("-").partition(mark)
    need(whole.isdigit() and (rest.isdigit() if found else not rest), f"expected an exact number, got {text[:40]}")
    size = Fraction(int(whole + rest), 10 ** len(rest)) if mark == "." else Fraction(int(whole), int(rest))
    return -size if text.startswith("-") else size

def below(x, bits):
    """The greatest number of so many binary digits that is at most x."""
    unit = Fraction(2) ** (x.numerator.bit_length() - x.denominator.bit_length() - bits)
    return x // unit * unit

def floor_root(x, n=2):
    """The greatest integer whose n-th power is at most the integer x."""
    lo, hi = 0, 1 << x.bit_length() // n + 1
    while hi - lo > 1:
        middle = (lo + hi) // 2
        lo, hi = (middle, hi) if middle**n <= x else (lo, middle)
    return lo

class Numbers:
    """Pairs (lo, hi), rounded outwards to `bits` binary digits; without `bits`, points, and nothing is rounded."""
    def __init__(self, bits=None): self.bits = bits
    def out(self, lo, hi):
        size = max(n.bit_length() for x in (lo, hi) for n in x.as_integer_ratio())
        need(size <= LARGEST, "a number is too large")
        return (lo, hi) if self.bits is None else (below(lo, self.bits), -below(-hi, self.bits))
    def constant(self, x): return self.out(Fraction(x), Fraction(x))
    def neg(self, a): return -a[1], -a[0]
    def add(self, a, b): return self.out(a[0] + b[0], a[1] + b[1])
    def sub(self, a, b): return self.out(a[0] - b[1], a[1] - b[0])
    def relu(self, a): return max(a[0], Fraction(0)), max(a[1], Fraction(0))
    def step(self, a): return Fraction((a[0] > 0) + (a[0] >= 0), 2), Fraction((a[1] > 0) + (a[1] >= 0), 2)
    def max(self, a, b): return max(a[0], b[0]), max(a[1], b[1])
    def abs(self, a): return max(a[0], -a[1], Fraction(0)), max(-a[0], a[1])
    def mul(self, a, b):
        products = [x * y for x in a for y in b] if a[0] != a[1] or b[0] != b[1] else [a[0] * b[0]]
        return self.out(min(products), max(products))
    def div(self, a, b):
        need(not b[0] <= 0 <= b[1], "a division by what may be 0")
        return self.mul(a, (1 / b[1], 1 / b[0]))
    def pow(self, a, n):
        if n == 0 or n % 2: return self.mul(a, self.pow(a, n - 1)) if n else ONE
        b = self.pow(a, n // 2)
        size = max(ZERO[0], b[0], -b[1]), max(-b[0], b[1])
        return self.mul(size, size)
    def sqrt(self, a): return self.root(a, 2)
    def root(self, a, n):
        """Exact, or between integers m and m + 1 over 2^s."""
        def end(x, above):
            root = Fraction(floor_root(x.numerator, n), floor_root(x.denominator, n))
            if root**n == x: return root
            need(self.bits, "an irrational root", Irrational)
            s = self.bits + x.denominator.bit_length()
            return Fraction(floor_root((x.numerator << n * s) // x.denominator, n) + above, 1 << s)
        need(a[1] >= 0, "a root of what is negative")
        return self.out(end(max(a[0], Fraction(0)), 0), end(a[1], 1))
    def exp(self, a): return self.out(self.exp_at(a[0])[0], self.exp_at(a[1])[1])
    def exp_at(self, x):
        """e^x = (e^r)^(2^m) with |r| = |x|/2^m <= 1/2, where |e^r - sum of r^j/j! over j < n| <= 2 |r|^n/n!."""
        need(self.bits or x == 0, "an irrational exponential", Irrational)
        m = int(2 * abs(x)).bit_length()
        need(m < 16, "an argument of exp is too large")
        fine, n, total, term = Numbers(self.bits and self.bits + 2 * m + 16), 0, ZERO, ONE
        r = fine.constant(x / 2**m)
        while max(-term[0], term[1]) * 2 ** (fine.bits or 0) >= 1:
            n, total, term = n + 1, fine.add(total, term), fine.div(fine.mul(term, r), fine.constant(n + 1))
        rest = 2 * max(-term[0], term[1])
        total = fine.add(total, (-rest, rest))
        for _ in range(m): total = fine.mul(total, total)
        return total
    def tanh(self, a): return self.out(self.tanh_at(a[0])[0], self.tanh_at(a[1])[1])
    def tanh_at(self, x):
        """1 - 2/(e^(2x) + 1), which grows with e^(2x), and is within 2e^(-2x) < 2^-bits of 1 for x > bits."""
        need(self.bits or x == 0, "an irrational hyperbolic tangent", Irrational)
        if x <= 0: return (-self.tanh_at(-x)[1], -self.tanh_at(-x)[0]) if x else ZERO
        if x > self.bits: return 1 - Fraction(1, 2**self.bits), ONE[0]
        return tuple(1 - 2 / (e + 1) for e in self.exp_at(2 * x))
    def log(self, a):
        need(a[0] > 0, "a logarithm of what may not be positive")
        return self.out(self.log_at(a[0])[0], self.log_at(a[1])[1])
    def log_at(self, x):
        """Any y with e^y <= x is a lower bound, any with e^y >= x an upper one; Halley's iteration finds good ones."""
        if x == 1: return ZERO
        need(self.bits, "an irrational logarithm", Irrational)
        fine = Numbers(self.bits + 8)
        y = Fraction(25 * (x.numerator.bit_length() - x.denominator.bit_length()), 36)
        for _ in range(self.bits.bit_length()):
            e = fine.exp_at(y)[0]
            y = below(y + 2 * (x - e) / (x + e), fine.bits)
        away = max(abs(y), Fraction(1)) / 2**self.bits
        while fine.exp_at(y - away)[1] > x or fine.exp_at(y + away)[0] < x: away *= 2
        return y - away, y + away

def program_of(value):
    """Operations on earlier ones: ["input", i], ["const", text], ["pow", e, n], [name, e] or [name, e, e]."""
    inputs, ops, outputs = value["inputs"], value["ops"], value["outputs"]
    for e, (name, *rest) in enumerate(ops):
        if name == "const" and fraction(*rest) is not None: continue
        ends = {"input": [len(inputs)], "pow": [e, 65], "root": [e, 65]}.get(name) or [e] * ARITY[name]
        indices = len(rest) == len(ends) and all(type(i) is int and 0 <= i < end for i, end in zip(rest, ends))
        need(indices and (name != "root" or rest[1] > 0), f"expected earlier operands at {e}")
    need(all(type(e) is int and 0 <= e < len(ops) for e in outputs), "expected outputs among the operations")
    return inputs, ops, outputs

def run(program, field, x):
    values = []
    for name, a, *rest in program[1]:
        if name in ("input", "const"):
            values.append(x[a] if name == "input" else field.constant(fraction(a)))
        else:
            values.append(getattr(field, name)(values[a], *(b if name in ("pow", "root") else values[b] for b in rest)))
    return [values[e] for e in program[2]]

def sum_of(F, terms):
    total = ZERO
    for term in terms: total = F.add(total, term)
    return total

def taylor(program, F, start, still, order):
    """Coefficients x_0, …, x_order of the solution of x' = f(x) through `start`, a point or all points of a box."""
    x, v, powers, squares = [[a] for a in start], [[] for _ in program[1]], {}, {}

    def total(a, b, k, first, last, weight=lambda j: 1):
        return sum_of(F, (F.mul(F.constant(weight(j)), F.mul(a[j], b[k - j])) for j in range(first, last + 1)))

    def coefficient(k, e, name, a, *rest):
        if name in ("input", "const"):
            if name == "input" and a < len(x): return x[a][k]
            return ZERO if k else still[a - len(x)] if name == "input" else F.constant(fraction(a))
        a, c, n = v[a], v[e], rest[0] if rest else 0
        b = v[n] if name not in ("pow", "root") else powers.setdefault(e, [a] + [[] for _ in range(1, n)])
        switch = F.sub(a[0], b[0]) if name == "max" else a[0]
        sign = 1 if switch[0] > 0 else -1 if switch[1] < 0 else 0
        sure = name not in ("relu", "step", "abs", "max") or sign or switch == ZERO
        need(sure, "the sign of an argument of relu, step, abs or max is open during a step")
        if name == "pow":  # a^(p+1) = a^p a
            for p in range(1, n):
                b[p].append(total(b[p - 1], a, k, 0, k) if k else F.pow(a[0], p + 1))
            return b[-1][k] if n else ZERO if k else ONE
        if k == 0 and name in ("exp", "log", "sqrt", "root", "tanh"):
            return getattr(F, name)(a[0], *([n] if name == "root" else []))
        if name == "tanh":  # k c_k = sum of j a_j d_{k-j} with d = 1 - c^2
            d = squares.setdefault(e, [])
            d.append(F.sub(ZERO if k > 1 else ONE, total(c, c, k - 1, 0, k - 1)))
            return F.div(total(a, d, k, 1, k, int), F.constant(k))
        if name == "root":  # n a_0 c_k = (1 + n)/k sum of j a_j c_{k-j} - n sum of a_j c_{k-j}
            moved = F.mul(total(a, c, k, 1, k, int), F.constant(Fraction(1 + n, n * k)))
            return F.div(F.sub(moved, total(a, c, k, 1, k)), a[0])
        return {
            "relu": lambda: a[k] if sign > 0 else ZERO,
            "step": lambda: F.constant(Fraction(1 + sign, 2)) if k == 0 else ZERO,
            "abs": lambda: a[k] if sign >= 0 else F.neg(a[k]),
            "max": lambda: a[k] if sign >= 0 else b[k],
            "neg": lambda: F.neg(a[k]),
            "add": lambda: F.add(a[k], b[k]),
            "sub": lambda: F.sub(a[k], b[k]),
            "mul": lambda: total(a, b, k, 0, k),
            "div": lambda: F.div(F.sub(a[k], total(b, c, k, 1, k)), b[0]),  # c b = a
            "exp": lambda: F.div(total(a, c, k, 1, k, int), F.constant(k)),  # k c_k = sum of j a_j c_{k-j}
            "log": lambda: F.div(F.sub(a[k], F.div(total(c, a, k, 1, k - 1, int), F.constant(k))), a[0]),  # a c' = a'
            "sqrt": lambda: F.div(F.sub(a[k], total(c, c, k, 1, k - 1)), F.add(c[0], c[0])),  # c c = a
        }[name]()

    for k in range(order):
        for e, op in enumerate(program[1]): v[e].append(coefficient(k, e, *op))
        for series, e in zip(x, program[2]): series.append(F.div(v[e][k], F.constant(k + 1)))
    return x

def advance(program, F, start, still, h, order):
    """If X + [0,h] f(B) lies in B, so does the solution, and x(h) in sum of x_k(X) h^k over k <= p + x_{p+1}(B) h^{p+1}."""
    need(h > 0, "expected steps forward in time")
    reach = [2 * h * max(-v[0], v[1]) for v in run(program, F, start + still)]
    for tries in range(20):
        box = [F.add(x, (-r, r)) for x, r in zip(start, reach)]
        moved = [F.add(x, F.mul((ZERO[0], h), v)) for x, v in zip(start, run(program, F, box + still))]
        if all(b[0] <= x[0] and x[1] <= b[1] for x, b in zip(moved, box)):
            near, far = taylor(program, F, start, still, order), taylor(program, F, box, still, order + 1)
            series = (x + y[order + 1 :] for x, y in zip(near, far))
            return [sum_of(F, (F.mul(c, F.constant(h**k)) for k, c in enumerate(x))) for x in series]
        reach = [max(r, Fraction(3, 2) * max(x[0] - y[0], y[1] - x[1])) for r, x, y in zip(reach, start, moved)]
    raise ValueError("no box was found that holds the solution during a step")

def check_refutation(statement, certificate):
    """The slack certainly fails its relation, within the bounds claimed, and every assumption certainly holds."""
    bits, given = certificate["bits"], {name: fraction(x) for name, x in certificate["inputs"].items()}
    need(type(bits) is int and 32 <= bits <= 2048, "expected a precision of 32 to 2048 bits")
    need(all(given[name] > 0 for name in statement["positive"]), "an input is not positive")
    F, state = Numbers(bits), {}
    if "field" in statement:
        program, motion = program_of(statement["field"]), certificate["motion"]
        need(type(motion["order"]) is int and 1 <= motion["order"] <= 60, "expected an order from 1 to 60")
        moving, still = program[0][: len(program[2])], program[0][len(program[2]) :]
        x, steps = [F.constant(given[f"{name}(t_0)"]) for name in moving], [fraction(h) for h in motion["steps"]]
        for h in steps:
            x = advance(program, F, x, [F.constant(given[name]) for name in still], h, motion["order"])
        state = dict(zip(moving, x)) | {"t": F.constant(sum(steps))}
        need(steps and not state.keys() & given.keys(), "expected no state among the inputs")

    def values(json_program):
        program = program_of(json_program)
        try:
            if not state.keys() & set(program[0]): return run(program, Numbers(), [(given[i],) * 2 for i in program[0]])
        except Irrational: pass
        return run(program, F, [state.get(name) or F.constant(given[name]) for name in program[0]])

    holds = {"=": lambda lo, hi: lo == hi == 0, ">=": lambda lo, hi: lo >= 0, ">": lambda lo, hi: lo > 0}
    fails = {"=": lambda lo, hi: lo > 0 or hi < 0, ">=": lambda lo, hi: hi < 0, ">": lambda lo, hi: hi <= 0}
    for assumption in statement["assumptions"]:
        found, relations = values(assumption["program"]), assumption["relations"]
        met = len(found) == len(relations) and all(holds[r](*slack) for r, slack in zip(relations, found))
        need(met, f"the assumption {assumption['id']} does not certainly hold")
    claimed = [[fraction(x) for x in certificate["claimed"][name]] for name in ("slack", "left", "right")]
    for (lo, hi), found in zip(claimed, values(statement["program"]), strict=True):
        need(lo <= found[0] and found[1] <= hi, "a value is not certainly where it is claimed")
    need(fails[statement["relation"]](*claimed[0]), "the claimed slack does not violate the relation")

class NeverNegative:  # whether a rational function is so, by its form alone
    add = mul = div = lambda _, a, b: a and b
    neg = sub = lambda *_: False
    constant, sqrt, pow = (lambda _, x: x >= 0), (lambda *_: True), (lambda _, a, n: a or n % 2 == 0)

class Degrees:
    """Degrees (of numerator, of denominator) before any cancellation, and those of all divisors together."""
    divisors = 0
    constant, neg = (lambda *_: (0, 0)), (lambda _, a: a)
    add = sub = lambda _, a, b: (max(a[0] + b[1], b[0] + a[1]), a[1] + b[1])
    mul, pow = (lambda _, a, b: (a[0] + b[0], a[1] + b[1])), (lambda _, a, n: (n * a[0], n * a[1]))
    def sqrt(self, a): return (a[0] + a[1] + 1) // 2, a[1]  # N/D = c^2 makes cD a polynomial with (cD)^2 = ND
    def div(self, a, b):
        self.divisors += b[0]
        return a[0] + b[1], a[1] + b[0]

def check_proof(statement, certificate):
    """Each program vanishes at points that its own hash fixes; a chance of 2^-errorBits by Schwartz and Zippel."""
    bits = certificate["errorBits"]
    need(type(bits) is int and 100 <= bits <= 1000 and statement["identities"], "expected identities and errorBits")
    for identity in statement["identities"]:
        program, zeros, roots = program_of(identity["program"]), identity["lastZero"] + 1, identity["roots"]
        known, degrees = {program[2][root] for root, _ in roots}, Degrees()
        need(1 <= zeros <= len(program[2]), "expected an output that vanishes")
        need(all(e in known for e, op in enumerate(program[1]) if op[0] == "sqrt"), "a square root has no value")
        signs = run(program, NeverNegative(), [name.startswith("+") for name in program[0]])
        need(all(signs[value] for _, value in roots), "the value of a square root may be negative")
        most = max(4 * (n + d) for n, d in run(program, degrees, [(1, 0)] * len(program[0]))) + 1
        need(most + degrees.divisors < 2**50, "a degree is too large")
        seed, chance, trial = sha256(canonical(identity)), Fraction(1), 0
        while chance * 2**bits > 1:
            words = [int(sha256(f"{seed} {trial} {i}")[:32], 16) for i in range(len(program[0]))]
            x = [Fraction(n + 1 if name.startswith("+") else n - 2**127) for n, name in zip(words, program[0])]
            found = run(program, Numbers(), [(a, a) for a in x])
            need(all(a == ZERO for a in found[:zeros]), "an identity fails")
            need(all(found[root] == found[value] for root, value in roots), "a square root has another value")
            chance, trial = chance * Fraction(most, 2**128 - degrees.divisors), trial + 1

def canonical(value):
    """JSON without space, the keys of objects in order; of numbers only integers."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{canonical(key)}:{canonical(value[key])}" for key in sorted(value)) + "}"
    if isinstance(value, list): return "[" + ",".join(canonical(one) for one in value) + "]"
    need(type(value) is str or type(value) is int and abs(value) < 2**53, "expected texts and integers only")
    return json.dumps(value, ensure_ascii=False)
PRIMES = [n for n in range(2, 312) if all(n % d for d in range(2, n))]
ROUNDS = [floor_root(p << 96, 3) & 0xFFFFFFFF for p in PRIMES]

def sha256(text):
    """SHA-256 (FIPS 180-4) of a text in UTF-8, in hexadecimal digits."""
    def turn(x, n): return x >> n | x << 32 - n & 0xFFFFFFFF
    message = text.encode()
    message += b"\x80" + bytes((55 - len(message)) % 64) + (8 * len(message)).to_bytes(8, "big")
    state = [floor_root(p << 64) & 0xFFFFFFFF for p in PRIMES[:8]]
    for block in range(0, len(message), 64):
        w = [int.from_bytes(message[i : i + 4], "big") for i in range(block, block + 64, 4)]
        for x, y in ((t - 15, t - 2) for t in range(16, 64)):
            s = turn(w[x], 7) ^ turn(w[x], 18) ^ w[x] >> 3, turn(w[y], 17) ^ turn(w[y], 19) ^ w[y] >> 10
            w.append(w[x - 1] + s[0] + w[y - 5] + s[1] & 0xFFFFFFFF)
        a, b, c, d, e, f, g, h = state
        for word, constant in zip(w, ROUNDS):
            one = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + (e & f ^ ~e & g) + constant + word
            two = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + (a & b ^ a & c ^ b & c)
            a, b, c, d, e, f, g, h = one + two & 0xFFFFFFFF, a, b, c, d + one & 0xFFFFFFFF, e, f, g
        state = [x + y & 0xFFFFFFFF for x, y in zip(state, (a, b, c, d, e, f, g, h))]
    return "".join(f"{x:08x}" for x in state)

def check(certificate):
    """What is accepted, in words; any exception is the reason why it is not."""
    sealed = {key: value for key, value in certificate.items() if key != "hash"}
    statement = sealed["statement"]
    need(sealed["format"] == FORMAT, f"expected the format {FORMAT}")
    need(sha256(canonical(sealed)) == certificate["hash"], 'the content is not the one of "hash"')
    need(sha256(canonical(statement)) == sealed["statementHash"], 'the statement is not the one of "statementHash"')
    {"refutation": check_refutation, "proof": check_proof}[statement["kind"]](statement, sealed)
    return f"{statement['kind']} of {statement['claim']}, statement {sealed['statementHash']}"

if __name__ == "__main__":
    verdicts = []
    for path in sys.argv[1:]:
        try:
            with open(path, encoding="utf-8") as file: verdicts.append(f"accepted {path}: {check(json.load(file))}")
        except Exception as error: verdicts.append(f"rejected {path}: {type(error).__name__}: {error}")
        print(verdicts[-1])
    sys.exit(0 if verdicts and all(line.startswith("accepted") for line in verdicts) else 1)
