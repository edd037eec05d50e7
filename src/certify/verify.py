"""Verify: the second checker of certificates, in another language and another arithmetic.

`python3 verify.py [--record verdicts.json] file…` prints one line per file. Exit codes: 0 all are accepted and their
statements are the recorded ones, 1 one is rejected, 2 wrong usage, 3 all are accepted, but a statement was not compared.
Numbers are fractions, or pairs (lo, hi) of decimals rounded outwards around a real number.
"""
import gc
import json
import re
import sys
from decimal import MAX_EMAX, MIN_EMIN, ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from hashlib import sha256
from math import isqrt

FORMAT, MOST_BYTES, MOST_ITEMS, MOST_EXPONENT = "lakatos-certificate-2", 10_000_000, 8192, 1024
MOST_DIGITS, MOST_WORK, MOST_STEPS, MOST_SIZE, TRIES = 2**16, 2**18, 1024, 2**100, 20
ARITY = {"neg": 1, "sqrt": 1, "exp": 1, "log": 1, "relu": 1, "step": 1, "abs": 1}
ARITY |= {"add": 2, "sub": 2, "mul": 2, "div": 2, "max": 2, "min": 2}
KINKS = ("max", "min", "abs", "relu", "step")
HOLDS = {">=": (0, 1), ">": (1,), "<=": (-1, 0), "<": (-1,), "==": (0,)}  # by the sign of left - right
gc.disable()  # what is made here has no circles, and to look for them takes most of the time of a hostile file
class Inexact(Exception): pass

def need(condition, reason):
    if not condition: raise ValueError(reason)

# The shape of a certificate

def refuse(what): raise ValueError(f"expected a text, an integer, a list or an object, got {what}")

def unique(pairs):
    found = dict(pairs)
    need(len(found) == len(pairs), "expected no key twice")
    return found

def read_json(data):
    """JSON without fractions, and with no key twice; what else it must not have, its shape excludes."""
    need(len(data) <= MOST_BYTES, f"expected at most {MOST_BYTES} bytes")
    return json.loads(data.decode(), object_pairs_hook=unique, parse_float=refuse, parse_constant=refuse)

def canonical(value): return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
def hashed(text): return sha256(text.encode()).hexdigest()

def fields(value, *names):
    need(type(value) is dict and value.keys() == set(names), f"expected an object of {', '.join(names)}")
    return [value[name] for name in names]

def items(value, shape, most=MOST_ITEMS):
    need(type(value) is list and len(value) <= most, f"expected a list of at most {most}")
    return [shape(one) for one in value]

def anything(value): return value

def text(value):
    need(type(value) is str, "expected a text")
    return value

def integer(least, most):
    def shape(value):
        need(type(value) is int and least <= value <= most, f"expected an integer from {least} to {most}")
        return value
    return shape

def literal(value):
    """An integer or a quotient of integers."""
    plain = re.fullmatch(r"-?(0|[1-9][0-9]*)(/[1-9][0-9]*)?", text(value)) and len(value) <= 1000
    need(plain, f"expected an exact number, got {value[:60]!r}")
    return Fraction(value)

def distinct(names):
    need(len(set(names)) == len(names), "expected no name twice")
    return names

def table(value, shape):
    pairs = [(text(name), shape(one)) for name, one in items(value, lambda pair: items(pair, anything))]
    distinct([name for name, _ in pairs])
    return dict(pairs)

def relation(value):
    need(text(value) in HOLDS, f"expected one of {', '.join(HOLDS)}")
    return value

def program_of(value):
    """Operations on earlier ones: ["input", i], ["const", number], ["pow", e, n], [name, e] or [name, e, e]."""
    inputs, ops, outputs = fields(value, "inputs", "ops", "outputs")
    distinct(items(inputs, text))
    def operation(e, name, *rest):
        before = integer(0, e - 1)
        shapes = {"input": [integer(0, len(inputs) - 1)], "const": [literal]}
        shapes |= {"pow": [before, integer(0, MOST_EXPONENT)]}
        shape = shapes[name] if name in shapes else [before] * ARITY[name]
        need(len(rest) == len(shape), f"expected {len(shape)} operands of {name}")
        return name, *(is_one(one) for is_one, one in zip(shape, rest))
    ops = [operation(e, *items(op, anything)) for e, op in enumerate(items(ops, anything))]
    return inputs, ops, items(outputs, integer(0, len(ops) - 1))

# Arithmetic

def run(ops, F, x, values):
    """The values of all operations; relu(a) = max(a, 0), and min(a, b) = -max(-a, -b)."""
    for name, a, *rest in ops:
        if name in ("input", "const"): values.append(x[a] if name == "input" else F.constant(a))
        elif name == "pow": values.append(F.pow(values[a], *rest))
        elif name == "relu": values.append(F.max(values[a], F.constant(Fraction(0))))
        elif name == "min": values.append(F.neg(F.max(F.neg(values[a]), F.neg(values[rest[0]]))))
        else: values.append(getattr(F, name)(values[a], *(values[b] for b in rest)))
    return values

class Exact:
    """Fractions in lowest terms, while all operands together are short."""
    def __init__(self): self.room = MOST_DIGITS
    def spend(self, times, *numbers):
        """Counts hexadecimal digits."""
        for x in numbers:
            for n in x.as_integer_ratio(): self.room -= times * ((max(1, n.bit_length()) + 3) // 4)
        if self.room < 0: raise Inexact
    def constant(self, x): return x
    def neg(self, a): return -a
    def add(self, a, b): return self.sub(a, -b)
    def sub(self, a, b):
        self.spend(1, a, b)
        return a - b
    def mul(self, a, b):
        self.spend(1, a, b)
        return a * b
    def div(self, a, b):
        need(b != 0, "a division by 0")
        self.spend(1, a, b)
        return a / b
    def pow(self, a, n):
        self.spend(n, a)
        return a**n
    def exact_if(self, condition, value):
        if not condition: raise Inexact
        return value
    def sqrt(self, a):
        need(a >= 0, "a square root of what is negative")
        root = Fraction(isqrt(a.numerator), isqrt(a.denominator))
        return self.exact_if(root * root == a, root)
    def exp(self, a): return self.exact_if(a == 0, Fraction(1))
    def log(self, a):
        need(a > 0, "a logarithm of what is not positive")
        return self.exact_if(a == 1, Fraction(0))
    def max(self, a, b):
        self.spend(1, a, b)
        return max(a, b)
    def abs(self, a): return self.max(a, -a)
    def step(self, a): return Fraction((a > 0) + (a >= 0), 2)

DIGITS = 96
RANGE = {"Emax": MAX_EMAX, "Emin": MIN_EMIN}
DOWN, UP, NEAR = (Context(DIGITS, way, **RANGE) for way in (ROUND_FLOOR, ROUND_CEILING, ROUND_HALF_EVEN))
ALL = Context(50_000, ROUND_HALF_EVEN, **RANGE)
LARGE, SMALL = ALL.power(2, 2**16), ALL.power(2, -(2**16))
ZERO, ONE = (Decimal(0),) * 2, (Decimal(1),) * 2

class Enclosures:
    """Pairs (lo, hi) of decimals around real numbers of sizes from 2^-65536 to 2^65536."""
    def kept(self, lo, hi):
        for end in (lo, hi): need(not end or SMALL < end.copy_abs() < LARGE, "a number is too large or too close to 0")
        return lo, hi
    def ends(self, name, a, b):
        pairs = {(x, y) for x in a for y in b}
        down, up = getattr(DOWN, name), getattr(UP, name)
        return self.kept(min(down(x, y) for x, y in pairs), max(up(x, y) for x, y in pairs))
    def constant(self, x):
        n, d = map(Decimal, x.as_integer_ratio())
        return DOWN.divide(n, d), UP.divide(n, d)
    def neg(self, a): return a[1].copy_negate(), a[0].copy_negate()  # -x would round
    def add(self, a, b): return self.kept(DOWN.add(a[0], b[0]), UP.add(a[1], b[1]))
    def sub(self, a, b): return self.kept(DOWN.subtract(a[0], b[1]), UP.subtract(a[1], b[0]))
    def mul(self, a, b): return self.ends("multiply", a, b)
    def div(self, a, b):
        need(b[0] > 0 or b[1] < 0, "a division by what may be 0")
        return self.ends("divide", a, b)
    def pow(self, a, n):
        if n == 0: return ONE
        if n % 2: return self.mul(a, self.pow(a, n - 1))
        b = self.pow(a, n // 2)
        size = max(b[0], self.neg(b)[0], ZERO[0]), self.abs(b)[1]
        return self.mul(size, size)
    def sqrt(self, a):
        need(a[0] >= 0, "a square root of what may be negative")
        lo, hi = NEAR.sqrt(a[0]), NEAR.sqrt(a[1])
        return (lo if ALL.multiply(lo, lo) <= a[0] else NEAR.next_minus(lo),
                hi if ALL.multiply(hi, hi) >= a[1] else NEAR.next_plus(hi))
    def around(self, function, a):
        """A monotonic function, which `decimal` rounds to a nearest number: the truth lies between its neighbours."""
        return NEAR.next_minus(function(a[0])), NEAR.next_plus(function(a[1]))
    def exp(self, a):
        lo, hi = self.around(NEAR.exp, a)
        return self.kept(lo if a[0] else ONE[0], hi if a[1] else ONE[1])
    def log(self, a):
        need(a[0] > 0, "a logarithm of what may not be positive")
        lo, hi = self.around(NEAR.ln, a)
        return lo if a[0] != 1 else ZERO[0], hi if a[1] != 1 else ZERO[1]
    def max(self, a, b): return max(a[0], b[0]), max(a[1], b[1])
    def abs(self, a): return self.max(a, self.neg(a))
    def step(self, a): return Decimal((a[0] > 0) + (a[0] >= 0)) / 2, Decimal((a[1] > 0) + (a[1] >= 0)) / 2

# Motion

def sum_of(F, terms):
    total = ZERO
    for term in terms: total = F.add(total, term)
    return total

def halves(n):
    """How a^n is made of smaller powers m = i + j, from a^1 on."""
    if n < 2: return []
    return halves(n // 2) + [(n - n % 2, n // 2, n // 2)] + ([(n, n - 1, 1)] if n % 2 else [])

def taylor(program, F, start, still, order):
    """Coefficients x_0, …, x_order of the solution of x' = f(x) through `start`, a point or all points of a box."""
    x, v, powers = [[a] for a in start], [[] for _ in program[1]], {}
    numbers = [F.constant(k) for k in range(order + 2)]

    def product(a, b, k, first, last):
        return sum_of(F, (F.mul(a[j], b[k - j]) for j in range(first, last + 1)))
    def weighted(a, b, k, last):
        """The sum of j a_j b_{k-j} for 0 < j <= last, over k."""
        return F.div(sum_of(F, (F.mul(numbers[j], F.mul(a[j], b[k - j])) for j in range(1, last + 1))), numbers[k])
    def either(lo, hi, positive, other):
        if lo > 0: return positive
        need(hi <= 0, "a kink is open during a step")
        return other
    def jump(lo, hi, positive):
        if lo > 0: return positive
        need(hi < 0, "a jump is open during a step")
        return ZERO

    def coefficient(k, e, name, a, *rest):
        if name == "input": return x[a][k] if a < len(x) else ZERO if k else still[a - len(x)]
        if name == "const": return ZERO if k else F.constant(a)
        a, c = v[a], v[e]
        if name == "pow":
            n, known = rest[0], powers.setdefault(e, {1: a} | {m: [] for m, *_ in halves(rest[0])})
            for m, i, j in halves(n): known[m].append(product(known[i], known[j], k, 0, k) if k else F.pow(a[0], m))
            return known[n][k] if n else ZERO if k else ONE
        b = v[rest[0]] if rest else None
        if k == 0 and name in ("exp", "log", "sqrt"): return getattr(F, name)(a[0])
        if name in ("max", "min"):
            sides = (a, b) if name == "max" else (b, a)
            return either(*F.sub(a[0], b[0]), *sides)[k]
        return {
            "relu": lambda: either(*a[0], a[k], ZERO),
            "abs": lambda: either(*a[0], a[k], F.neg(a[k])),
            "step": lambda: jump(*a[0], ZERO if k else ONE),
            "neg": lambda: F.neg(a[k]),
            "add": lambda: F.add(a[k], b[k]),
            "sub": lambda: F.sub(a[k], b[k]),
            "mul": lambda: product(a, b, k, 0, k),
            "div": lambda: F.div(F.sub(a[k], product(b, c, k, 1, k)), b[0]),  # c b = a
            "exp": lambda: weighted(a, c, k, k),  # k c_k = sum of j a_j c_{k-j}
            "log": lambda: F.div(F.sub(a[k], weighted(c, a, k, k - 1)), a[0]),  # a c' = a'
            "sqrt": lambda: F.div(F.sub(a[k], product(c, c, k, 1, k - 1)), F.add(c[0], c[0])),  # c c = a
        }[name]()

    for k in range(order):
        for e, op in enumerate(program[1]): v[e].append(coefficient(k, e, *op))
        for series, e in zip(x, program[2]): series.append(F.div(v[e][k], numbers[k + 1]))
    return x

def advance(program, F, start, still, h, order):
    """If X + [0,h] f(B) lies in B, so does the solution, and x(h) in sum of x_k(X) h^k over k <= p + x_{p+1}(B) h^{p+1}."""
    span, quarter = (ZERO[0], h[1]), F.constant(Fraction(1, 4))
    def reach(box):
        values = run(program[1], F, box + still, [])
        return [F.add(x, F.mul(span, values[e])) for x, e in zip(start, program[2])]
    box = reach(start)
    for _ in range(TRIES):
        wider = [F.add(b, F.mul(quarter, F.sub(b, b))) for b in box]
        box = reach(wider)
        if all(w[0] <= b[0] and b[1] <= w[1] for b, w in zip(box, wider)): break
    else: raise ValueError("no box was found that holds the solution during a step")
    near, far = taylor(program, F, start, still, order), taylor(program, F, box, still, order + 1)
    end = []
    for x, y in zip(near, far):
        total = y[order + 1]
        for a in reversed(x): total = F.add(a, F.mul(h, total))
        end.append(total)
    return end

# Refutations

def check_refutation(statement, content):
    """The assumptions certainly hold at the inputs, and the relation certainly fails."""
    moves = ["field"] if "field" in statement else []
    names = ["kind", "claim", "says", "unchecked", "formula", "at", "relation", "program", "assumptions", "positive",
             "nonzero"]
    _, _, _, _, formula, at, broken, program, assumptions, positive, nonzero, *field = fields(statement, *names, *moves)
    *_, inputs = fields(content, "format", "statementHash", *moves and ["motion"], "inputs")
    text(formula), table(at, integer(0, 10**6))

    def claimed(program, relations):
        program = program_of(program)
        need(relations, "expected a relation")
        need(len(program[2]) == 2 * len(relations), "expected a left and a right side of each relation")
        return program, relations
    def assumption(value):
        name, formula, relations, program = fields(value, "id", "formula", "relations", "program")
        return text(name), text(formula), *claimed(program, items(relations, relation))
    conclusion = claimed(program, [relation(broken)])
    assumptions, inputs, read = items(assumptions, assumption), table(inputs, literal), set()
    distinct([name for name, *_ in assumptions])
    def known(name):
        need(name in inputs, f"expected the input {name}")
        read.add(name)
        return inputs[name]
    for name in items(positive, text): need(known(name) > 0, f"expected the input {name} to be positive")
    for name in items(nonzero, text): need(known(name) != 0, f"expected the input {name} not to be 0")

    F, exact, state, work = Enclosures(), Exact(), {}, 0
    def spend(times, ops):
        nonlocal work
        work += times * sum(4 if op[0] in ("pow", "exp", "log", "sqrt") else 1 for op in ops)
        need(work <= MOST_WORK, "expected less work")
    if moves:
        program = program_of(field[0])
        steps, order = fields(content["motion"], "steps", "order")
        steps, order = items(steps, literal, MOST_STEPS), integer(1, 60)(order)
        moving, still = program[0][: len(program[2])], program[0][len(program[2]) :]
        need(len(moving) == len(program[2]), "expected a velocity of each of the first inputs")
        need(steps, "expected a step")
        spend(len(steps) * (order + 2) ** 2, program[1])
        still, x = ([F.constant(known(name)) for name in some] for some in (still, [f"{name}(t_0)" for name in moving]))
        for h in steps:
            need(h > 0, "expected steps forward in time")
            x = advance(program, F, x, still, F.constant(h), order)
        need("t" not in moving, "expected no velocity of t")
        state = dict(zip(moving, x)) | {"t": F.constant(sum(steps))}
        for name in state: need(name not in inputs, f"expected no input {name}: it moves")

    def signs(program):
        """Of each left - right, the signs that it may have."""
        names, ops, outputs = program
        spend(1, ops)
        points = {name: known(name) for name in names if name not in state}
        try:
            if len(points) < len(names): raise Inexact
            v = run(ops, exact, [points[name] for name in names], [])
            ends = [(exact.sub(v[l], v[r]),) * 2 for l, r in zip(outputs[::2], outputs[1::2])]
        except Inexact:
            x = [state[name] if name in state else F.constant(points[name]) for name in names]
            v = run(ops, F, x, [])
            ends = [F.sub(v[l], v[r]) for l, r in zip(outputs[::2], outputs[1::2])]
        return [{s for s, may in ((-1, lo < 0), (0, lo <= 0 <= hi), (1, hi > 0)) if may} for lo, hi in ends]

    for name, _, program, relations in assumptions:
        met = all(found <= set(HOLDS[one]) for one, found in zip(relations, signs(program)))
        need(met, f"the assumption {name} does not certainly hold")
    need(signs(conclusion[0])[0].isdisjoint(HOLDS[broken]), "the relation does not certainly fail")
    for name in inputs: need(name in read, f"expected no input {name}, which nothing reads")
    return f"{len(assumptions)} assumptions hold"

# Proofs

PRIMES = [n for n in range(2, 312) if all(n % d for d in range(2, n))]

def prime_from(seed):
    """The first number hashed from the seed and 0, 1, 2, … that passes Miller's test for 64 bases."""
    i = 0
    while True:
        p, i = int(hashed(f"{seed} prime {i}"), 16) | 1 << 255 | 1, i + 1
        if all(passes(p, base) for base in PRIMES): return p

def passes(p, base):
    twos = (p - 1 & 1 - p).bit_length() - 1
    x = pow(base, p - 1 >> twos, p)
    return x == 1 or any(pow(x, 2**i, p) == p - 1 for i in range(twos))

class Residues:
    """(N/D at a point modulo p, bounds of degree + log2 of the sum of |coefficients| of N and of D, never negative?)."""
    def __init__(self, p, branch, roots, values):
        self.p, self.branch, self.roots, self.values = p, iter(branch), iter(roots), values
    def made(self, x, num, den, never):
        need(num + den < MOST_SIZE, "a degree is too large")
        return x % self.p, num, den, never
    def over(self, x): return pow(x, -1, self.p)
    def exp(self, _): raise ValueError("expected a rational function")
    log = exp
    def constant(self, x):
        n, d = x.as_integer_ratio()
        return self.made(n * self.over(d), max(1, n.bit_length()), d.bit_length(), n >= 0)
    def neg(self, a): return self.made(-a[0], a[1], a[2], False)
    def sum(self, a, b, x, never): return self.made(x, max(a[1] + b[2], b[1] + a[2]) + 1, a[2] + b[2], never)
    def add(self, a, b): return self.sum(a, b, a[0] + b[0], a[3] and b[3])
    def sub(self, a, b): return self.sum(a, b, a[0] - b[0], False)
    def mul(self, a, b): return self.made(a[0] * b[0], a[1] + b[1], a[2] + b[2], a[3] and b[3])
    def div(self, a, b): return self.made(a[0] * self.over(b[0]), a[1] + b[2], a[2] + b[1], a[3] and b[3])
    def pow(self, a, n): return self.made(pow(a[0], n, self.p), n * a[1], n * a[2], a[3] or n % 2 == 0)
    def sqrt(self, a):
        root = self.values[next(self.roots)]
        need(root[3], "the value of a square root may be negative")
        need(self.sub(self.mul(root, root), a)[0] == 0, "a square root has another value")
        return root
    def max(self, a, b): return (a if next(self.branch) else b)[:3] + (a[3] or b[3],)
    def abs(self, a): return self.max(a, self.neg(a))[:3] + (True,)
    def step(self, a): return self.constant(next(self.branch))

def check_proof(statement, content):
    """Each output vanishes at a point modulo a prime, both of which the hash of all identities fixes."""
    fields(content, "format", "statementHash")
    *_, formulas, listed = fields(statement, "kind", "claim", "says", "unchecked", "formulas", "identities")
    items(formulas, text)

    def identity(value):
        case, program, branch, roots, logs = fields(value, "case", "program", "branch", "roots", "logs")
        text(case)
        inputs, ops, outputs = program_of(program)
        operation, branch = integer(0, len(ops) - 1), items(branch, integer(0, 1))
        kinks, places = (sum(op[0] in KINKS for op in ops)), [e for e, op in enumerate(ops) if op[0] == "sqrt"]
        need(len(branch) == kinks, f"expected the sides of {kinks} kinks")
        roots = items(roots, operation)
        need(len(roots) == len(places), f"expected the values of {len(places)} roots")
        need(all(root < e for root, e in zip(roots, places)), "expected the value of a root before it")
        need(outputs, "expected an output that vanishes")
        return [name.startswith("+") for name in inputs], ops, outputs, branch, roots, items(logs, operation)
    identities = items(listed, identity)
    need(identities, "expected identities")
    # Names and other free text are in no seed, so that nobody can try them until a point fits.
    seed = hashed(canonical([[given["program"]["ops"], *one[2:]] for one, given in zip(identities, listed)]))
    p = prime_from(seed)
    for k, (positive, ops, outputs, branch, roots, logs) in enumerate(identities):
        values = []
        F = Residues(p, branch, roots, values)
        x = [F.made(int(hashed(f"{seed} {k} {i}"), 16), 1, 0, sign) for i, sign in enumerate(positive)]
        run(ops, F, x, values)
        need(all(values[e][0] == 0 for e in outputs), "an identity fails")
        need(all(values[e][3] and values[e][0] for e in logs), "a logarithm may not exist")
    branched = sum(len(one[3]) > 0 for one in identities)
    return f"{len(identities)} identities, {branched} of them on one branch of their kinks, from the seed {seed}"

# The command

def check(data):
    """What a file shows; any exception is the reason why it is not accepted."""
    content = read_json(data)
    sealed, statement = content.pop("hash"), content.pop("statement")
    need(content["format"] == FORMAT, f"expected the format {FORMAT}")
    kind = statement["kind"]
    shown = {"refutation": check_refutation, "proof": check_proof}[kind](statement, content)
    need(hashed(canonical(statement)) == content["statementHash"], 'the statement is not the one of "statementHash"')
    need(hashed(canonical(content)) == sealed, 'the content is not the one of "hash"')
    text(statement["claim"]), text(statement["says"])
    unchecked = [items(fields(one, "id", "says", "why"), text)[0] for one in items(statement["unchecked"], anything)]
    return kind, statement["claim"], content["statementHash"], shown, unchecked

def compared(record, kind, claim, statement_hash):
    """Whether the record has this statement; an error if it has another, or another verdict."""
    entry = next((one for one in record["claims"] if one["id"] == claim), {})
    if not entry: return False
    verdict = "proved" if kind == "proof" else "refuted"
    need(entry["verdict"] == verdict, f"not the recorded verdict: {claim} is {entry['verdict']}")
    if "certificate" not in entry: return False
    need(entry["certificate"] == statement_hash, f"not the recorded statement of {claim}, {entry['certificate']}")
    return True

def main(arguments):
    named = arguments[:1] == ["--record"]
    record, paths, worst = {"claims": []}, arguments[2 if named else 0 :], 0
    if not paths:
        print("usage: python3 verify.py [--record verdicts.json] certificate.json …", file=sys.stderr)
        return 2
    try:
        if named:
            with open(arguments[1], encoding="utf-8") as file: record = json.load(file)
        files = []
        for path in paths:
            with open(path, "rb") as file: files.append(file.read(MOST_BYTES + 1))
    except (OSError, ValueError) as error:
        print(f"verify.py: {error}", file=sys.stderr)
        return 2
    for path, data in zip(paths, files):
        try:
            kind, claim, statement_hash, shown, unchecked = check(data)
            same = compared(record, kind, claim, statement_hash)
            remark = f"; not checked: {', '.join(unchecked)}" if unchecked else ""
            print(f"accepted {path}: {kind} of {claim}, statement {statement_hash}: {shown}{remark}")
            if not same: print("arithmetic accepted, statement not compared with a record")
            worst = worst if worst == 1 or same else 3
        except Exception as error:
            print(f"rejected {path}: {type(error).__name__}: {error}")
            worst = 1
    return worst

if __name__ == "__main__": sys.exit(main(sys.argv[1:]))
