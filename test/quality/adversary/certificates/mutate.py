"""Mutate: disables every check, condition and statement of the Python checker, one at a time; see mutate.ts.

The arena and what is equivalent come on stdin. Each mutant is tried on the files that reach the changed line, and on those too slow to trace.
"""
import ast
import base64
import json
import signal
import sys
import time
import types

PATIENCE = 5  # seconds of processor time for a file
VERBOSE = "-v" in sys.argv
path = sys.argv[1]
with open(path, encoding="utf-8") as file: source = file.read()
tree = ast.parse(source)
TWINS = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq}
TWINS |= {ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.Add: ast.Sub, ast.Sub: ast.Add}
TWINS |= {ast.Mult: ast.Add, ast.BitOr: ast.BitAnd}

def replacements(node):
    """New nodes for a node: a statement by nothing, a choice by each side, a comparison by its neighbour,
    a function of one argument by the argument, the shape of what a list or a table holds by any."""
    if isinstance(node, (ast.Expr, ast.Raise, ast.Break)):
        docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        parts = node.value.elts if isinstance(node, ast.Expr) and isinstance(node.value, ast.Tuple) else []
        fewer = [ast.Expr(ast.Tuple([p for p in parts if p is not one], ast.Load())) for one in parts]
        return [] if docstring else [ast.Pass(), *fewer]
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
    if isinstance(node, ast.Call) and len(node.args) == 1 and not node.keywords:
        return [] if isinstance(node.args[0], (ast.Starred, ast.GeneratorExp)) else [node.args[0]]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("items", "table"):
        shape = [] if getattr(node.args[1], "id", "") == "anything" else [ast.Name("anything", ast.Load())]
        return [ast.Call(node.func, [node.args[0], one, *node.args[2:]], []) for one in shape]
    if isinstance(node, ast.BinOp) and type(node.op) in TWINS:
        return [ast.BinOp(node.left, TWINS[type(node.op)](), node.right)]
    return []

def places():
    """(node, put) of each node, where put(new) puts another there, or a list of statements."""
    for parent in ast.walk(tree):
        for field, value in ast.iter_fields(parent):
            if isinstance(value, ast.AST): yield value, lambda new, p=parent, f=field: setattr(p, f, new)
            elif isinstance(value, list):
                for node in [one for one in value if isinstance(one, ast.AST)]:
                    rest = list(value)
                    def put(new, p=parent, f=field, all=rest, old=node):
                        news = new if isinstance(new, list) else [new]
                        setattr(p, f, [n for one in all for n in (news if one is old else [one])])
                    yield node, put

def mutants():
    """(line, before, after, code) of each mutant."""
    for node, put in [*places()]:
        if getattr(node, "lineno", 0) >= MAIN: continue
        for new in replacements(node):
            after = " ; ".join(map(ast.unparse, new)) if isinstance(new, list) else ast.unparse(new)
            put(new)
            code = compile(ast.fix_missing_locations(tree), "verify", "exec")
            put(node)
            yield node.lineno, ast.unparse(node), after, code

MAIN = next(node.lineno for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "main")

def load(code):
    module = types.ModuleType("verify")
    exec(code, module.__dict__)
    return module

def answer(module, data):
    try: return ["accepted", *module.check(data)]
    except Late: raise
    except Exception as error: return ["rejected", f"{type(error).__name__}: {error}"]

class Late(BaseException): pass
def late(*_): raise Late
signal.signal(signal.SIGPROF, late)

given = json.load(sys.stdin)
arena = [(one["name"], one["good"], base64.b64decode(one["bytes"])) for one in given["arena"]]
original, lines, expected, times = load(compile(tree, "verify", "exec")), [], [], []
for name, good, data in arena:
    start = time.process_time()
    expected.append(answer(original, data))
    times.append(time.process_time() - start)
    seen = set()
    def watch(frame, event, _):
        if frame.f_code.co_filename != "verify": return None
        seen.add(frame.f_lineno)
        return watch
    if times[-1] < 0.03:
        sys.settrace(watch)
        answer(original, data)
        sys.settrace(None)
    lines.append(seen)
    if (expected[-1][0] == "accepted") != good: sys.exit(f"the checker is not as it should be: {name}")
everywhere = set().union(*lines)
order = sorted(range(len(arena)), key=lambda i: times[i])

def within(run, *arguments):
    """What a function gives in the time that it has; raises Late where it does not end."""
    signal.setitimer(signal.ITIMER_PROF, PATIENCE)
    try: return run(*arguments)
    finally: signal.setitimer(signal.ITIMER_PROF, 0)

def killer(code, line):
    """(kind, name) of what shows the mutant; None if nothing does."""
    weak = None
    try:
        module = within(load, code)
        near = [i for i in order if line in lines[i]]
        rest = [i for i in order if not lines[i] or line not in everywhere]
        for i in [*near, *rest]:
            name, good, data = arena[i]
            found = within(answer, module, data)
            if found == expected[i]: continue
            if found[0] == "accepted" and not good: return "accept something bad", name
            if good: return "reject something good", name
            weak = weak or ("give another reason", name)
            if not VERBOSE: return weak
        failed = within(vectors, module)
        return weak or (failed and ("fail a vector", failed))
    except (Late, Exception) as error: return "end in an error or never", f"{type(error).__name__}: {error}"

def vectors(module):
    """The name of a vector that fails."""
    if any(comparison(module, *case) != comparison(original, *case) for case in COMPARED): return "comparison"
    if module.prime_from("lakatos") != original.prime_from("lakatos"): return "prime"
    for n in range(5, 4000, 2):
        for base in (2, 3, 5):
            if n % base and module.passes(n, base) != original.passes(n, base): return f"Miller's test of {n}"
    return None

def comparison(module, *case):
    try: return module.compared(*case)
    except Exception as error: return str(error)
RECORDED = {"claims": [{"id": "a", "verdict": "proved", "certificate": "h"}, {"id": "b", "verdict": "refuted"}]}
COMPARED = [(RECORDED, kind, claim, h) for kind in ("proof", "refutation") for claim in "abc" for h in "hg"]

counts, survived, equivalent = {}, 0, 0
for line, before, after, code in mutants():
    if [before, after] in given["equivalent"]:
        equivalent += 1
        continue
    found = killer(code, line)
    if found:
        counts[found[0]] = counts.get(found[0], 0) + 1
        if VERBOSE and found[0] == "give another reason":
            print(f"{path}:{line} only another reason: {before[:90]!r} -> {after[:60]!r} | {found[1]}", flush=True)
        continue
    survived += 1
    print(f"{path}:{line} survived: {before[:160]!r} -> {after[:100]!r}", flush=True)
total = sum(counts.values())
words = ", ".join(f"{n} {kind}" for kind, n in counts.items())
print(f"Python: {total} of {total + survived} killed: {words}; {equivalent} are equivalent")
sys.exit(1 if survived else 0)
