"""Mutate: disables every check, condition and statement of the Python checker, one at a time; see mutate.ts.

The arena comes on stdin. Each mutant is tried on the files that reach the changed line, and on all others if they let it live.
"""
import ast
import base64
import copy
import json
import signal
import sys
import types

PATIENCE = 60  # seconds
VERBOSE = "-v" in sys.argv
path = sys.argv[1]
with open(path, encoding="utf-8") as file: source = file.read()
tree = ast.parse(source)
TWINS = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq}
TWINS |= {ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.Add: ast.Sub, ast.Sub: ast.Add}
TWINS |= {ast.Mult: ast.Add, ast.BitOr: ast.BitAnd}

def replacements(node):
    """New nodes for a node: a statement by nothing, a choice by each side, a comparison by its neighbour."""
    if isinstance(node, (ast.Expr, ast.Raise, ast.Break)):
        docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        return [] if docstring else [ast.Pass()]
    if isinstance(node, (ast.For, ast.AugAssign)): return [ast.Pass()]
    if isinstance(node, ast.If): return [[*node.body], [*node.orelse] or [ast.Pass()]]
    if isinstance(node, ast.IfExp): return [node.body, node.orelse]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.Not, ast.USub)): return [node.operand]
    if isinstance(node, ast.BoolOp):
        return [ast.BoolOp(node.op, [v for v in node.values if v is not one]) if len(node.values) > 2
                else next(v for v in node.values if v is not one) for one in node.values]
    if isinstance(node, ast.Compare):
        found = []
        for i, op in enumerate(node.ops):
            if type(op) in TWINS:
                ops = [TWINS[type(op)]() if i == j else one for j, one in enumerate(node.ops)]
                found.append(ast.Compare(node.left, ops, node.comparators))
        return found
    if isinstance(node, ast.BinOp) and type(node.op) in TWINS:
        return [ast.BinOp(node.left, TWINS[type(node.op)](), node.right)]
    return []

def mutants():
    """(line, before, after, tree) of each mutant."""
    count = sum(1 for _ in ast.walk(tree))
    for n in range(count):
        node = next(one for i, one in enumerate(ast.walk(tree)) if i == n)
        if getattr(node, "lineno", 0) >= MAIN: continue
        for r in range(len(replacements(node))):
            other = copy.deepcopy(tree)
            place = next(one for i, one in enumerate(ast.walk(other)) if i == n)
            new = replacements(place)[r]
            class Put(ast.NodeTransformer):
                def visit(self, one): return new if one is place else super().visit(one)
            changed = ast.fix_missing_locations(Put().visit(other))
            after = " ; ".join(map(ast.unparse, new)) if isinstance(new, list) else ast.unparse(new)
            yield node.lineno, ast.unparse(node), after, changed

MAIN = next(node.lineno for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "main")

def load(code):
    module = types.ModuleType("verify")
    exec(compile(code, "verify", "exec"), module.__dict__)
    return module

def answer(module, data):
    try: return ["accepted", *module.check(data)]
    except Late: raise
    except Exception as error: return ["rejected", f"{type(error).__name__}: {error}"]

class Late(BaseException): pass
def late(*_): raise Late
signal.signal(signal.SIGALRM, late)

arena = [(one["name"], one["good"], base64.b64decode(one["bytes"])) for one in json.load(sys.stdin)]
original, lines, expected = load(tree), [], []
for name, good, data in arena:
    seen = set()
    def watch(frame, event, _):
        if frame.f_code.co_filename != "verify": return None
        seen.add(frame.f_lineno)
        return watch
    if len(data) < 100_000: sys.settrace(watch)
    expected.append(answer(original, data))
    sys.settrace(None)
    lines.append(seen)
    if (expected[-1][0] == "accepted") != good: sys.exit(f"the checker is not as it should be: {name}")

def killer(code, line):
    """(kind, name) of what shows the mutant; None if nothing does."""
    weak = None
    try:
        module = load(code)
        near = [i for i in range(len(arena)) if line in lines[i]]
        rest = [i for i in range(len(arena)) if i not in near and (not lines[i] or line not in everywhere)]
        for i in [*near, *rest]:
            name, good, data = arena[i]
            found = answer(module, data)
            if found == expected[i]: continue
            if found[0] == "accepted" and not good: return "accept something bad", name
            if good: return "reject something good", name
            weak = weak or ("give another reason", name)
        if any(comparison(module, *case) != comparison(original, *case) for case in COMPARED):
            return "fail a vector", "comparison"
        if module.prime_from("lakatos") != original.prime_from("lakatos"): return "fail a vector", "prime"
        for n in range(5, 4000, 2):
            for base in (2, 3, 5):
                if n % base and module.passes(n, base) != original.passes(n, base): return "fail a vector", "Miller"
    except Late: return "reject something good", "time"
    except Exception as error: return "reject something good", f"{type(error).__name__}: {error}"
    return weak

def comparison(module, *case):
    try: return module.compared(*case)
    except Exception as error: return str(error)
RECORDED = {"claims": [{"id": "a", "verdict": "proved", "certificate": "h"}, {"id": "b", "verdict": "refuted"}]}
COMPARED = [(RECORDED, kind, claim, h) for kind in ("proof", "refutation") for claim in "abc" for h in "hg"]
everywhere = set().union(*lines)

counts, survived = {}, 0
for line, before, after, code in mutants():
    signal.alarm(PATIENCE)
    try: found = killer(code, line)
    except Late: found = ("reject something good", "time")
    signal.alarm(0)
    if found:
        counts[found[0]] = counts.get(found[0], 0) + 1
        if VERBOSE and found[0] == "give another reason":
            print(f"{path}:{line} only another reason: {before[:90]!r} -> {after[:60]!r} | {found[1]}", flush=True)
        continue
    survived += 1
    print(f"{path}:{line} survived: {before[:160]!r} -> {after[:100]!r}", flush=True)
total = sum(counts.values())
print(f"Python: {total} of {total + survived} killed: " + ", ".join(f"{n} {kind}" for kind, n in counts.items()))
sys.exit(1 if survived else 0)
