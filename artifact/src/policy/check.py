"""Lists the globals of pickles, with what is done to them, and asks the policy: `check.py FILE|FOLDER…`.

Reads opcodes only, never loads. A name's uses come from a small stack machine; where that loses track, only NAME is said.
Prints the names that are not data, with a count of files and one file as example. JAVA must find a JDK 25 `java`.
"""
import bz2
import gzip
import io
import lzma
import os
import pickletools
import subprocess
import sys
import zipfile
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
MARK = object()


class Ref(tuple):
    """A global, by module and name."""


class Made:
    def __init__(self, of):
        self.of = of


def uses(data):
    """{(module, name): set of acts} of the pickles at the start of `data`; acts as in Act.java, and NAME."""
    found, memo, stack = {}, {}, []
    stream = io.BytesIO(data)

    def note(value, act):
        if isinstance(value, Made):
            value = value.of
            act = act if act != "CALL" else "CALL_INSTANCE"
        if isinstance(value, Ref):
            found.setdefault(value, set()).add(act)

    def to_mark():
        items = []
        while stack and stack[-1] is not MARK:
            items.append(stack.pop())
        if stack:
            stack.pop()
        return items[::-1]

    try:
        while True:
            for op, arg, pos in pickletools.genops(stream):
                name = op.name
                if name in ("GLOBAL", "INST"):
                    ref = Ref(arg.split(" ", 1))
                    if name == "INST":
                        to_mark()
                        note(ref, "CALL")
                        stack.append(Made(ref))
                    else:
                        note(ref, "NAME")
                        stack.append(ref)
                elif name == "STACK_GLOBAL":
                    n, m = stack.pop(), stack.pop()
                    ref = Ref((m, n))
                    note(ref, "NAME")
                    stack.append(ref)
                elif name in ("REDUCE", "NEWOBJ"):
                    args, f = stack.pop(), stack.pop()
                    act = "CALL" if name == "REDUCE" else "NEW"
                    made = f
                    if f in (("copyreg", "_reconstructor"), ("copy_reg", "_reconstructor"), ("copyreg", "__newobj__")):
                        note(f, "CALL")
                        act, made = "NEW", args[0]
                    note(made, act)
                    stack.append(Made(made.of if isinstance(made, Made) else made))
                elif name == "NEWOBJ_EX":
                    stack.pop(), stack.pop()
                    f = stack.pop()
                    note(f, "NEW")
                    stack.append(Made(f))
                elif name == "OBJ":
                    items = to_mark()
                    note(items[0], "CALL")
                    stack.append(Made(items[0]))
                elif name == "BUILD":
                    state = stack.pop()
                    slots = isinstance(state, tuple) and len(state) == 2 and state[1] != {} and isinstance(state[1], dict)
                    note(stack[-1], "BUILD_SLOTS" if slots else "BUILD")
                elif name in ("APPEND", "SETITEM"):
                    stack.pop()
                    if name == "SETITEM":
                        note(stack.pop(), "HASH")
                    note(stack[-1], "APPEND" if name == "APPEND" else "SET_ITEM")
                elif name in ("APPENDS", "SETITEMS", "ADDITEMS"):
                    items = to_mark()
                    for key in items[::2] if name == "SETITEMS" else items if name == "ADDITEMS" else []:
                        note(key, "HASH")
                    note(stack[-1], {"APPENDS": "APPEND", "SETITEMS": "SET_ITEM", "ADDITEMS": "ADD"}[name])
                elif name in ("PUT", "BINPUT", "LONG_BINPUT"):
                    memo[arg] = stack[-1]
                elif name == "MEMOIZE":
                    memo[len(memo)] = stack[-1]
                elif name in ("GET", "BINGET", "LONG_BINGET"):
                    stack.append(memo[arg])
                elif name == "MARK":
                    stack.append(MARK)
                elif name == "DUP":
                    stack.append(stack[-1])
                elif name == "POP":
                    stack.pop()
                elif name == "POP_MARK":
                    to_mark()
                elif name in ("TUPLE", "LIST", "DICT", "FROZENSET"):
                    items = to_mark()
                    stack.append(tuple(items) if name == "TUPLE" else {} if name == "DICT" else [])
                elif name in ("TUPLE1", "TUPLE2", "TUPLE3"):
                    n = int(name[-1])
                    items = tuple(stack[-n:])
                    del stack[-n:]
                    stack.append(items)
                elif name == "EMPTY_TUPLE":
                    stack.append(())
                elif name == "EMPTY_DICT":
                    stack.append({})
                elif name == "EMPTY_LIST":
                    stack.append([])
                elif name == "BINPERSID":
                    stack.pop()
                    stack.append(None)
                elif name == "STOP":
                    break
                elif op.stack_after and not op.stack_before:
                    stack.append(arg)
                if (f := stack[-1] if stack else None) is not None and name in ("REDUCE",) and isinstance(f, Made) \
                        and f.of == ("joblib.numpy_pickle", "NumpyArrayWrapper"):
                    pass
    except (ValueError, IndexError, KeyError, EOFError, UnicodeDecodeError, TypeError, AttributeError):
        pass
    return found


def pickles(path):
    with open(path, "rb") as f:
        data = f.read()
    if data[:4] == b"PK\3\4":
        with zipfile.ZipFile(io.BytesIO(data)) as z:
            return [z.read(n) for n in z.namelist() if n.endswith("data.pkl")]
    for magic, opened in ((b"\x1f\x8b", gzip.decompress), (b"BZh", bz2.decompress), (b"\xfd7z", lzma.decompress),
                          (b"]\0\0", lzma.decompress), (b"\x78", zlib.decompress)):
        if data.startswith(magic):
            return [opened(data)]
    if data.startswith(b"\x93NUMPY"):
        return [data[data.index(b"\n") + 1:]]
    return [data]


def main(paths):
    count, example = {}, {}
    files = []
    for path in paths:
        for folder, _, names in os.walk(path):
            files += [os.path.join(folder, n) for n in sorted(names)]
        if os.path.isfile(path):
            files.append(path)
    for path in files:
        seen = set()
        for data in pickles(path):
            for ref, acts in uses(data).items():
                if isinstance(ref[0], str) and isinstance(ref[1], str):
                    seen |= {(ref[0], ref[1], act) for act in acts}
        for key in seen:
            count[key] = count.get(key, 0) + 1
            example.setdefault(key, os.path.basename(path))
    lines = sorted(count)
    classes = os.path.join(HERE, "..", "..", "target")
    jspecify = os.path.expanduser("~/.m2/repository/org/jspecify/jspecify/1.0.0/jspecify-1.0.0.jar")
    answer = subprocess.run(
        [os.environ.get("JAVA", "java"), "-cp", ":".join([classes + "/classes", classes + "/test-classes", jspecify]),
         "io.loadlock.artifact.policy.Lookup"],
        input="\n".join("\t".join(line) for line in lines), capture_output=True, text=True)
    if answer.returncode:
        sys.exit(answer.stderr)
    bad = set()
    for line in answer.stdout.splitlines():
        module, name, act, kind, *rest = line.split("\t")
        objections = [r for r in rest if r.startswith((act + "?", act + "!"))]
        ok = {"type": not objections, "function": True, "kept": act == "NAME", "constant": act in ("NAME", "HASH"),
              "harmful": False, "unlisted": act == "NAME" and False, "stranger": False}[kind]
        if not ok:
            bad.add(example[(module, name, act)])
            print("%4d %s %s %s: %s %s [%s]" % (count[(module, name, act)], act, module, name, kind,
                                               " ".join(objections or rest[:1]), example[(module, name, act)]))
    print("%d files, %d uses of names, %d names" % (len(files), len(lines), len({line[:2] for line in lines})))


if __name__ == "__main__":
    main(sys.argv[1:])
