"""What CPython says about pickles.

    ./dev oracle pickle opcodes    the table of pickletools, for OpcodeTest
    ./dev oracle pickle dis        disassemblies of a corpus of small pickles, for DisassemblerTest
    ./dev fuzz pickle --count N    what pickle.py's own unpickler makes of N generated pickles, with a find_class that
                                   returns inert stand-ins, against what ours makes of them; and what CPython's C
                                   unpickler makes of the same

Nothing that a pickle names is ever imported or called.
"""

import _pickle
import argparse
import array
import base64
import collections
import copyreg
import datetime
import decimal
import hashlib
import io
import pickle
import pickletools
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESOURCES = ROOT / "artifact/src/test/resources/io/loadlock/artifact/pickle"


def opcodes():
    with (RESOURCES / "opcodes.tsv").open("w") as out:
        out.write("# Made by ./dev oracle pickle opcodes: name, code, operand, protocol, stack before, stack after.\n")
        for one in pickletools.opcodes:
            out.write("\t".join([one.name, str(ord(one.code)), one.arg.name if one.arg else "", str(one.proto),
                                 " ".join(s.name for s in one.stack_before), " ".join(s.name for s in one.stack_after)]) + "\n")


def corpus():
    shared = [1, 2]
    cyclic = []
    cyclic.append(cyclic)
    values = [
        None, True, False, 0, 1, -1, 255, 256, 65535, 65536, 2 ** 31 - 1, -2 ** 31, 2 ** 31, 2 ** 63, -2 ** 63, 2 ** 64, 2 ** 2050, -2 ** 2050,
        0.0, -0.0, 1.5, -2.25, 1e16, 1e15, 123456789012345680.0, 1e-4, 1e-5, 5e-324, 1.7976931348623157e308, float("inf"), float("-inf"), float("nan"),
        0.1, 1 / 3, 1e22, 1e23, "", "a", "it's", 'say "x"', "both ' and \"", "back\\slash", "line\nfeed\ttab\rreturn\x00nul\x7f", "\u00e9\u00a0\u00ad",
        "\u20ac\u2028", "\U0001f600", "\ud800", "x" * 300, b"", b"abc", b"it's", b"\x00\xff\n\\", b"y" * 300, bytearray(b"abc"), (), (1,), (1, 2), (1, 2, 3),
        (1, 2, 3, 4), [], [1], list(range(5)), {}, {"a": 1}, {1: [2, {3: 4}]}, set(), {1}, frozenset([1]), [shared, shared], cyclic, [[]] * 3,
        collections.OrderedDict(a=1), collections.Counter("ab"), collections.deque([1]), datetime.datetime(2020, 1, 2), decimal.Decimal("1.5"),
        array.array("d", [1.0]), complex(1, 2), range(3), ValueError("x"), print, int, slice(1, 2), ..., {str(i): i for i in range(20)},
    ]
    for value in values:
        for protocol in range(6):
            try:
                yield pickle.dumps(value, protocol)
            except Exception:
                continue
    yield from [
        b"(i__main__\nName\n.", b"(c__main__\nName\nI1\no.", b"I00\n.", b"I01\n.", b"L10L\n.", b"F1.5\n.", b"S'a\\n\\x41'\n.", b'S"a"\n.', b"Vab\\u0041\n.",
        b"Pid\n.", b"Nq\x00h\x00.", b"Nq\x00Nq\x00.", b"h\x01.", b"(.", b"t.", b"0.", b"(1N.", b"(0N.", b"2.", b"NN.", b"N", b"", b"\xff", b"\x80\x02N.",
        b"\x82\x01.", b"\x83\x01\x02.", b"\x84\x01\x02\x03\x04.", b"\x97.", b"\x97\x98.", b"\x94.", b"N\x94\x94.", b"T\x03\x00\x00\x00abc.", b"U\x03abc.",
        b"p0\n.", b"(p0\n.", b"Np10\ng10\n.", b"\x95\x01\x00\x00\x00\x00\x00\x00\x00N.", b"X\x05\x00\x00\x00ab.", b"cposix\nsystem\nX\x01\x00\x00\x00x\x85R.", b"NNa.", b"}NNs.",
        b"\x8a\x00.", b"\x8a\x01\xff.", b"\x8b\x00\x00\x00\x00.", b"\x8b\x02\x00\x00\x00\x00\x01.",
    ]


def disassembly():
    seen = set()
    with (RESOURCES / "disassembly.tsv").open("w") as out:
        out.write("# Made by ./dev oracle pickle dis with Python %d.%d: a pickle in base64, SHA-256 of what pickletools.dis prints.\n" % sys.version_info[:2])
        for one in corpus():
            if one in seen:
                continue
            seen.add(one)
            text = io.StringIO()
            try:
                pickletools.dis(one, text)
            except ValueError as why:
                text.write("error\n")
            out.write(base64.b64encode(one).decode() + "\t" + hashlib.sha256(text.getvalue().encode("utf-8", "surrogatepass")).hexdigest() + "\n")


class Stand:
    """Whatever a pickle names or makes: it keeps what is done with it."""

    def __init__(self, text):
        self.text = text
        self.states = []
        self.items = []
        self.entries = []

    def append(self, item):
        self.items.append(item)

    def extend(self, items):
        self.items.extend(items)

    def add(self, item):
        self.items.append(item)

    def __setitem__(self, key, value):
        self.entries.append((key, value))


class Machine(pickle._Unpickler):
    """pickle.py's unpickler, whose calls make stand-ins."""

    dispatch = dict(pickle._Unpickler.dispatch)

    def __init__(self, data):
        super().__init__(io.BytesIO(data), buffers=iter(lambda: b"", 1))
        self.globals = []
        self.calls = []
        self.count = 0

    def find_class(self, module, name):
        self.globals.append(module + "." + name)
        return Stand("global " + module + "." + name)

    def persistent_load(self, pid):
        return Stand("persistent")

    def get_extension(self, code):
        if code <= 0:
            raise pickle.UnpicklingError("EXT specifies code <= 0")
        self.append(Stand("extension %d" % code))

    def called(self, callee, arguments, keywords=None):
        self.calls.append(show(callee) + "(" + show(arguments) + ("" if keywords is None else "," + show(keywords)) + ")")
        return Stand("call")

    def load_reduce(self):
        arguments = self.stack.pop()
        self.stack[-1] = self.called(self.stack[-1], arguments)

    def load_newobj(self):
        arguments = self.stack.pop()
        self.append(self.called(self.stack.pop(), arguments))

    def load_newobj_ex(self):
        keywords = self.stack.pop()
        arguments = self.stack.pop()
        self.append(self.called(self.stack.pop(), arguments, keywords))

    def _instantiate(self, callee, arguments):
        self.append(self.called(callee, tuple(arguments)))

    def load_build(self):
        state = self.stack.pop()
        target = self.stack[-1]
        if isinstance(target, Stand):
            target.states.append(state)

    dispatch[pickle.REDUCE[0]] = load_reduce
    dispatch[pickle.NEWOBJ[0]] = load_newobj
    dispatch[pickle.NEWOBJ_EX[0]] = load_newobj_ex
    dispatch[pickle.BUILD[0]] = load_build


class StandType(type):
    """A stand-in for the C unpickler, which makes instances of nothing but types: so that each stand-in is one. It keeps what
    is done with it, and what is called on it is kept by `MACHINE`, the unpickler that is at work."""

    def __call__(cls, *arguments, **keywords):
        return MACHINE[0].called(cls, arguments, keywords)

    def __setstate__(cls, state):
        cls.kept.states.append(state)

    def append(cls, item):
        cls.kept.items.append(item)

    def extend(cls, items):
        cls.kept.items.extend(items)

    def add(cls, item):
        cls.kept.items.append(item)

    def __setitem__(cls, key, value):
        cls.kept.entries.append((key, value))


MACHINE = []


def stand_type(text):
    return StandType("Named", (), {"kept": Stand(text), "__new__": lambda cls, *arguments, **keywords: MACHINE[0].called(cls, arguments, keywords)})


class Accelerated(_pickle.Unpickler):
    """The C unpickler. What it calls is what find_class has returned, and that is ours and inert."""

    def __init__(self, data):
        super().__init__(io.BytesIO(data), buffers=iter(lambda: b"", 1))
        self.globals = []
        self.calls = []

    def find_class(self, module, name):
        self.globals.append(module + "." + name)
        return stand_type("global " + module + "." + name)

    def persistent_load(self, pid):
        return stand_type("persistent")

    def called(self, callee, arguments, keywords):
        self.calls.append(show(callee) + "(" + show(arguments) + ("," + show(keywords) if keywords else "") + ")")
        return stand_type("call")


def show(value, depth=0):
    """The shape of a value, as PickleMachineFuzz writes it too; deep parts are cut."""
    if depth > 6:
        return "~"
    deeper = depth + 1
    if isinstance(value, StandType):
        value = value.kept
    if isinstance(value, Stand):
        if value.text != "call":
            return "<" + value.text + ">"
        return "<call" + "".join("|b" + show(one, deeper) for one in value.states) + "".join("|a" + show(one, deeper) for one in value.items) + "".join(
            "|i" + show(key, deeper) + "=" + show(one, deeper) for key, one in value.entries) + ">"
    if value is None or isinstance(value, bool):
        return str(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, str):
        return "'" + value.encode("utf-8", "surrogatepass").hex() + "'"
    if isinstance(value, (bytes, bytearray)):
        return ("b" if isinstance(value, bytes) else "B") + bytes(value).hex()
    if isinstance(value, tuple):
        return "(" + ",".join(show(item, deeper) for item in value) + ")"
    if isinstance(value, list):
        return "[" + ",".join(show(item, deeper) for item in value) + "]"
    if isinstance(value, (set, frozenset)):
        return ("f" if isinstance(value, frozenset) else "s") + "{" + ",".join(sorted(show(item, deeper) for item in value)) + "}"
    if isinstance(value, dict):
        return "{" + ",".join(sorted(show(key, deeper) + ":" + show(item, deeper) for key, item in value.items())) + "}"
    return "?" + type(value).__name__


def said(data):
    """Names, calls and result of one pickle, as PickleShape writes them."""
    machine = Machine(data)
    try:
        result = show(machine.load())
    except Exception as why:
        result = "error " + repr(why)
    return ";".join(machine.globals) + "\t" + ";".join(machine.calls) + "\t" + result


def said_by_c(data):
    """Names, calls and result of one pickle by the C unpickler."""
    while True:
        machine = Accelerated(data)
        MACHINE[:] = [machine]
        try:
            result = show(machine.load())
        except Exception as why:
            unknown = re.fullmatch(r"unregistered extension code (\d+)", str(why))
            if unknown:
                code = int(unknown.group(1))
                copyreg._extension_cache[code] = stand_type("extension %d" % code)
                continue
            result = "error " + repr(why)
        return ";".join(machine.globals) + "\t" + ";".join(machine.calls) + "\t" + result


def digest(text):
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def alike(by_python, by_c):
    """Whether both unpicklers did the same, as far as stand-ins can tell: the C one does not say that keywords were there but
    empty, and refuses those that are no strings, as any real call would."""
    return by_python.replace(",{})", ")") == by_c.replace(",{})", ")") or "keywords must be strings" in by_c


def run(lines):
    """Each line is a pickle in hexadecimal and the digest of what loadlock makes of it."""
    wrong = apart = count = 0
    for line in lines:
        data, ours = line.split()
        count += 1
        text = said(bytes.fromhex(data))
        if digest(text) != ours:
            wrong += 1
            if wrong <= 20:
                print(data, text, sep="\n")
        by_c = said_by_c(bytes.fromhex(data))
        if not alike(text, by_c):
            apart += 1
            if apart <= 20:
                print(data, "pickle.py " + text, "_pickle   " + by_c, sep="\n")
    print(count, "pickles,", wrong, "different from pickle.py,", apart, "different between pickle.py and _pickle")
    return 1 if wrong or apart else 0


def expect(lines):
    with (RESOURCES / "generated.tsv").open("w") as out:
        out.write("# Made by ./dev fuzz pickle --expect: seeds in order from 0, and what pickle.py makes of each.\n")
        for seed, line in enumerate(lines):
            out.write("%d\t%s\n" % (seed, digest(said(bytes.fromhex(line.split()[0])))))


def fuzz(count, expecting):
    import subprocess
    import tempfile
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pickles"
        subprocess.run([ROOT / "dev", "test", "-q", "-pl", "artifact", "-am", "-Dtest=PickleFuzzTest#writesThemOutOnRequest", "-Dsurefire.failIfNoSpecifiedTests=false",
                        "-Dloadlock.fuzz.file=%s" % path, "-Dloadlock.fuzz.count=%d" % count], check=True)
        with path.open() as lines:
            return expect(lines) if expecting else run(lines)


if __name__ == "__main__":
    act = sys.argv[1] if len(sys.argv) > 1 else ""
    if act == "opcodes":
        opcodes()
    elif act == "dis":
        disassembly()
    elif act == "fuzz":
        parser = argparse.ArgumentParser(prog="./dev fuzz pickle")
        parser.add_argument("--count", type=int, default=10000, help="how many pickles")
        parser.add_argument("--expect", action="store_true", help="write the committed expectations anew")
        options = parser.parse_args(sys.argv[2:])
        sys.exit(fuzz(300 if options.expect else options.count, options.expect))
    else:
        sys.exit(__doc__)
