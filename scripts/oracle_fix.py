"""Lets fix rewrite real sources, and asks CPython and torch what became of them.

    ./dev oracle fix [--loadlock CMD] [--python PY ...] [--torch PY ...] TREE [TREE ...]

Each TREE is copied, fixed with --unsafe-fixes and compared: every file that an interpreter could parse before it can parse
after; the tokens of Python's own tokenize differ within the edits that the report names and nowhere else; a second run
changes nothing; as many findings are gone as fix says. Nothing of a TREE is run.

Each --torch is an interpreter with torch. There a project is made of checkpoints and of code that loads them in every way
that fix rewrites; it is fixed without --unsafe-fixes and run: each load must give what was saved, tensor for tensor.
"""
import argparse
import ast
import collections
import difflib
import io
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import tokenize

HERE = os.path.abspath(__file__)

PARSE = """
import ast, json, sys, warnings
warnings.simplefilter("ignore")
answers = []
for path in json.loads(sys.stdin.read()):
    try:
        compile(open(path, "rb").read(), "x", "exec", ast.PyCF_ONLY_AST)
        answers.append(True)
    except Exception:
        answers.append(False)
print(json.dumps(answers))
"""


def parses(interpreter, paths):
    said = subprocess.run([interpreter, "-c", PARSE], input=json.dumps([str(p) for p in paths]), capture_output=True, text=True, check=True)
    return json.loads(said.stdout)


def loadlock(arguments, line, folder):
    environment = dict(os.environ, LOADLOCK_NO_BUILD="1")
    return subprocess.run([arguments.loadlock] + line, cwd=folder, env=environment, capture_output=True)


# --- tokens ---------------------------------------------------------------------------------------


def tokens(text):
    """The tokens with their lines, from 1; as far as tokenize gets."""
    found = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.string.strip():
                found.append((token.start[0], token.string))
    except (tokenize.TokenError, SyntaxError, IndentationError):
        pass
    return found


def words(text):
    return collections.Counter(string for _, string in tokens("(" + text + "\n)"))


def decode(data):
    try:
        encoding = tokenize.detect_encoding(io.BytesIO(data).readline)[0]
        return data.decode(encoding)
    except (SyntaxError, LookupError, UnicodeDecodeError):
        return data.decode("latin-1")


def unintended(before, after, edits, data):
    """What differs outside the edits: tokens that no edit brings, or that none takes."""
    lines = [line.rstrip("\r\n") for line in before.splitlines(True)], [line.rstrip("\r\n") for line in after.splitlines(True)]
    by_line = []
    for text in (before, after):
        of = collections.defaultdict(list)
        for line, string in tokens(text):
            of[line].append(string)
        by_line.append(of)
    strange = []
    for act, a, b, c, d in difflib.SequenceMatcher(None, *lines, autojunk=False).get_opcodes():
        if act == "equal":
            continue
        here = [e for e in edits if e["location"]["startLine"] <= b + 1 and e["location"]["endLine"] >= a]
        old = collections.Counter(s for line in range(a + 1, b + 1) for s in by_line[0][line])
        new = collections.Counter(s for line in range(c + 1, d + 1) for s in by_line[1][line])
        brought, taken = collections.Counter(), collections.Counter()
        for edit in here:
            brought += words(edit["replacement"])
            place = edit["location"]
            taken += words(decode(data[place["startByte"]:place["endByte"]]))
        more, less = new - old - brought, old - new - taken
        # An edit within a string, such as a file's name or an f-string, changes the whole token.
        for changed in list(more):
            for edit in here:
                place = edit["location"]
                was = decode(data[place["startByte"]:place["endByte"]])
                meant = [string for string in less if changed.replace(edit["replacement"], was, 1) == string]
                if meant:
                    more -= collections.Counter([changed])
                    less -= collections.Counter(meant[:1])
        if more or less:
            strange.append((a + 1, dict(more), dict(less)))
    return strange


def sources(path, data):
    """The text of a file, or of each code cell of a notebook; and the rest of the notebook."""
    if not path.endswith(".ipynb"):
        return [decode(data)], None
    book = json.loads(data)
    cells = [cell for cell in book.get("cells", []) if cell.get("cell_type") == "code"]
    texts = ["".join(cell["source"]) for cell in cells]
    for cell in cells:
        cell["source"] = None
    return texts, book


# --- trees ------------------------------------------------------------------------------------------


def tree(arguments, top, folder):
    copy = pathlib.Path(folder, "tree")
    shutil.copytree(top, copy, symlinks=True, ignore=shutil.ignore_patterns(".git"))
    for path in copy.rglob("*"):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | 0o200)
    first = json.loads(loadlock(arguments, ["scan", ".", "--format", "json", "--no-progress"], copy).stdout)
    edits = collections.defaultdict(list)
    for finding in first["findings"]:
        for fix in finding["fixes"]:
            for edit in fix["edits"]:
                edits[edit["location"]["path"]].append(edit)
    before = {path: (copy / path).read_bytes() for path in edits}
    loads = sum("callee" in finding["properties"] and "suppression" not in finding for finding in first["findings"])
    fix = loadlock(arguments, ["fix", ".", "--write", "--unsafe-fixes", "--no-progress"], copy)
    said = fix.stderr.decode()
    summary = re.search(r"^fixed (\d+) load", said, re.M)
    if not summary:
        return collections.Counter(), ["fix failed: " + said]
    done = int(summary.group(1))
    changed = [path for path in before if (copy / path).read_bytes() != before[path]]
    result = collections.Counter(loads=loads, fixed=done, files=len(changed))
    problems = []

    old = pathlib.Path(folder, "old")
    plain = [path for path in changed if not path.endswith(".ipynb")]
    for path in plain:
        (old / path).parent.mkdir(parents=True, exist_ok=True)
        (old / path).write_bytes(before[path])
    left = plain
    for interpreter in arguments.python:
        could = parses(interpreter, [old / path for path in left])
        can = parses(interpreter, [copy / path for path in left])
        for path, was, isnow in zip(left, could, can):
            result["parsed"] += was
            if was and not isnow:
                problems.append("%s: %s cannot parse it any more" % (path, interpreter))
        left = [path for path, was in zip(left, could) if not was]
    result["parsed by none before"] = len(left)

    for path in changed:
        after = (copy / path).read_bytes()
        try:
            texts, rest = sources(path, before[path])
            texts_after, rest_after = sources(path, after)
        except ValueError as error:
            problems.append("%s: %s" % (path, error))
            continue
        if rest != rest_after or len(texts) != len(texts_after):
            problems.append("%s: more than sources has changed in the notebook" % path)
        if rest is None:
            strange = unintended(texts[0], texts_after[0], edits[path], before[path])
            problems += ["%s:%d: brought %s, took %s" % ((path,) + each) for each in strange]
        else:
            result["notebooks"] += 1
            brought = sum((words(e["replacement"].replace("\\n", "\n")) for e in edits[path]), collections.Counter())
            for text, new in zip(texts, texts_after):
                if text != new:
                    more = words(new) - words(text) - brought
                    problems += ["%s: brought %s" % (path, dict(more))] if more else []
                    try:
                        ast.parse(text)
                    except SyntaxError:
                        continue
                    try:
                        ast.parse(new)
                        result["parsed"] += 1
                    except SyntaxError as error:
                        problems.append("%s: a cell cannot be parsed any more: %s" % (path, error))

    once = {path: (copy / path).read_bytes() for path in before}
    check = loadlock(arguments, ["fix", ".", "--check", "--unsafe-fixes", "--no-progress"], copy)
    loadlock(arguments, ["fix", ".", "--write", "--unsafe-fixes", "--no-progress"], copy)
    if check.returncode == 1 or any((copy / path).read_bytes() != data for path, data in once.items()):
        problems.append("a second run finds something to do")
    second = json.loads(loadlock(arguments, ["scan", ".", "--format", "json", "--no-progress"], copy).stdout)
    still = sum("callee" in finding["properties"] and "suppression" not in finding for finding in second["findings"])
    if still > loads - done:
        problems.append("%d loads were reported, %d fixed, and %d are reported still" % (loads, done, still))
    return result, problems


# --- torch ------------------------------------------------------------------------------------------

CODE = {
    "main.py": '''
import torch
import torch as th
from torch import load as read
import numpy as np
from functools import partial
import wrapper
from wrapper import Store, through

FLAGS = {"map_location": "cpu", "weights_only": False}
SAFE = False


def a(): return torch.load("w/flat.pt")
def b(): return th.load("w/ordered.pt", map_location="cpu")
def c(): return read("w/nested.pt", weights_only=False)
def d(): return torch.load("w/half.pt", **FLAGS)
def e(): return torch.load("w/views.pt", weights_only=SAFE)
def f(): return torch.load(
    "w/module.pt",  # as trained
    map_location=torch.device("cpu"),
)
def g(): return wrapper.restore("w/flat.pt")
def h(): return Store().restore("w/ordered.pt", False)
def i(): return through("w/nested.pt", weights_only=False)
def j():
    with open("w/flat.pt", "rb") as file:
        return torch.load(file)
def k():
    return torch.load("w/namespace.pt")
def l():
    return torch.load("w/scalar.pt", weights_only=False)
def m():
    x = torch.load("w/array.pt")
    return x
def n(): return np.load("w/numbers.npz", allow_pickle=True)["x"]
def o(): return np.load("w/numbers.npy", None, True)
def p(): return torch.load("w/old.pt")
''',
    "wrapper.py": '''
import torch


def restore(path, safe=False):
    return torch.load(path, weights_only=safe)


class Store:
    def restore(self, path, safe=None):
        return torch.load(path, weights_only=safe)


def through(path, **options):
    return torch.load(path, **options)
''',
}

MAKE = '''
import argparse, collections, sys
import numpy as np, torch
torch.manual_seed(1)
save = torch.save
flat = {"w": torch.rand(3, 4), "b": torch.arange(5)}
save(flat, "w/flat.pt")
save(collections.OrderedDict(flat), "w/ordered.pt")
save({"model": flat, "epoch": 3, "lr": .1, "names": ["a", ("b", None)]}, "w/nested.pt")
save({"h": torch.rand(4).half(), "z": torch.rand(2).to(torch.complex64), "t": torch.tensor(True)}, "w/half.pt")
whole = torch.arange(24.).reshape(4, 6)
save({"t": whole.t(), "part": whole[1:3], "empty": torch.zeros(0, 3), "p": torch.nn.Parameter(torch.rand(2))}, "w/views.pt")
save(torch.nn.Sequential(torch.nn.Conv2d(2, 3, 3), torch.nn.BatchNorm2d(3)).state_dict(), "w/module.pt")
save({"w": flat["w"], "args": argparse.Namespace(lr=.1, name="x")}, "w/namespace.pt")
save({"w": flat["w"], "loss": np.float64(.5)}, "w/scalar.pt")
save({"w": flat["w"], "a": np.arange(6.).reshape(2, 3)}, "w/array.pt")
save(flat, "w/old.pt", _use_new_zipfile_serialization=False)
np.savez("w/numbers.npz", x=np.arange(4)); np.save("w/numbers.npy", np.arange(5.))
'''

RUN = '''
import json, sys, warnings
warnings.simplefilter("ignore")
import numpy as np, torch
sys.path.insert(0, ".")
import main

WHAT = dict(a="flat", b="ordered", c="nested", d="half", e="views", f="module", g="flat", h="ordered", i="nested", j="flat",
            k="namespace", l="scalar", m="array", p="old")

def same(x, y):
    if isinstance(x, torch.Tensor):
        return (isinstance(y, torch.Tensor) and x.dtype == y.dtype and x.shape == y.shape and x.stride() == y.stride()
                and type(x) is type(y) and torch.equal(x, y))
    if isinstance(x, np.ndarray):
        return isinstance(y, np.ndarray) and x.dtype == y.dtype and np.array_equal(x, y)
    if isinstance(x, dict):
        return type(x) is type(y) and list(x) == list(y) and all(same(x[k], y[k]) for k in x)
    if isinstance(x, (list, tuple)):
        return type(x) is type(y) and len(x) == len(y) and all(map(same, x, y))
    if hasattr(x, "__dict__"):
        return type(x) is type(y) and same(vars(x), vars(y))
    return type(x) is type(y) and x == y

answers = {}
for name in sorted(n for n in vars(main) if len(n) == 1):
    try:
        got = getattr(main, name)()
        if name in WHAT:
            # What it gave before it was rewritten: the file was made here a moment ago.
            want = torch.load("w/%s.pt" % WHAT[name], weights_only=False)
        else:
            want = np.arange(4) if name == "n" else np.arange(5.)
        answers[name] = "same" if same(want, got) else "other: %r" % (got,)
    except Exception as error:
        answers[name] = "%s: %s" % (type(error).__name__, str(error).split("\\n")[0])
print(json.dumps(answers))
'''


def run(arguments, interpreter, folder):
    folder = pathlib.Path(folder, "torch")
    (folder / "w").mkdir(parents=True)
    version = subprocess.run([interpreter, "-c", "import torch, numpy; print(torch.__version__.split('+')[0], numpy.__version__)"],
                             capture_output=True, text=True, check=True).stdout.split()
    (folder / "requirements.txt").write_text("torch==%s\nnumpy==%s\n" % tuple(version))
    subprocess.run([interpreter, "-c", MAKE], cwd=folder, check=True, capture_output=True)
    for name, text in CODE.items():
        (folder / name).write_text(text)
    scoped = contexts(arguments, folder)
    fix = loadlock(arguments, ["fix", ".", "--write", "--no-progress"], folder)
    said = fix.stderr.decode().splitlines()
    answers, problems = answered(interpreter, folder)
    if scoped:
        (folder / "main.py").write_bytes(scoped)
        again, more = answered(interpreter, folder)
        answers.update(("%s, within the context" % name, answer) for name, answer in again.items() if name in "klm")
        problems += ["within the context: " + problem for problem in more]
    return version, answers, problems, said


def answered(interpreter, folder):
    run = subprocess.run([interpreter, "-c", RUN], cwd=folder, capture_output=True, text=True)
    if run.returncode:
        return {}, [run.stderr[-2000:]]
    answers = json.loads(run.stdout)
    return answers, ["%s: %s" % each for each in answers.items() if each[1] != "same"]


def contexts(arguments, folder):
    """main.py with every fix that allows types for one statement only; empty where none is offered."""
    said = json.loads(loadlock(arguments, ["scan", ".", "--format", "json", "--no-progress"], folder).stdout)
    edits = {(e["location"]["startByte"], e["location"]["endByte"], e["replacement"])
             for finding in said["findings"] for fix in finding["fixes"] if fix["description"].endswith("for this statement only.")
             for e in fix["edits"]}
    data = (folder / "main.py").read_bytes()
    for start, end, text in sorted(edits, reverse=True):
        data = data[:start] + text.encode() + data[end:]
    return data if edits else b""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--loadlock", default=os.path.join(os.path.dirname(HERE), "..", "loadlock"))
    parser.add_argument("--python", action="append", default=[], help="an interpreter that parses; the one that runs this is first")
    parser.add_argument("--torch", action="append", default=[], help="an interpreter with torch")
    parser.add_argument("--show", action="store_true", help="print what fix says")
    parser.add_argument("trees", nargs="*")
    arguments = parser.parse_args()
    arguments.loadlock = os.path.abspath(arguments.loadlock)
    arguments.python.insert(0, sys.executable)
    failures = 0
    total = collections.Counter()
    for top in arguments.trees:
        with tempfile.TemporaryDirectory() as folder:
            result, problems = tree(arguments, top, folder)
        total += result
        failures += len(problems)
        print("%s: %s" % (os.path.basename(os.path.normpath(top)), ", ".join("%s %d" % each for each in result.items())))
        for problem in problems:
            print("  " + problem)
    if arguments.trees:
        print("all: " + ", ".join("%s %d" % each for each in total.items()))
    for interpreter in arguments.torch:
        with tempfile.TemporaryDirectory() as folder:
            version, answers, problems, said = run(arguments, interpreter, folder)
        failures += len(problems)
        print("torch %s, numpy %s: %s; %d of %d loads give what was saved"
              % (*version, said[0], sum(a == "same" for a in answers.values()), len(answers)))
        for problem in problems + (said if arguments.show else []):
            print("  " + problem)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
