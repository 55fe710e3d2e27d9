"""What the real torch.load(weights_only=True) says, release by release.

    ./dev oracle weights-only make PYTHON...   each interpreter, which has a torch of its own, writes small files of
                                               its own making, and then each answers for all of them: the committed
                                               expectations of RestrictedLoadTest
    ./dev oracle weights-only rows PYTHON...   the default list of each, for allowed.tsv

Only the restricted loader is run, and only on files that this script has made. What it asks for is imported and
allowed, one name after the other, until it accepts the file or refuses for another reason.
"""

import argparse
import base64
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXPECTED = ROOT / "artifact/src/test/resources/io/loadlock/artifact/weightsonly/cases.tsv"


def files(torch):
    """Name and object of every file; what a release cannot make is left out."""
    import collections
    import datetime
    import decimal
    import enum
    import fractions
    import functools
    import pathlib
    import uuid
    import oracle_weights_only as own

    nn = torch.nn
    torch.manual_seed(0)

    def thing(name, make):
        try:
            return name, make()
        except Exception as why:  # an older torch lacks it
            print("left out:", name, type(why).__name__, file=sys.stderr)
            return None

    layers = {
        "linear": lambda: nn.Linear(3, 2), "conv": lambda: nn.Conv2d(1, 2, 3), "bn": lambda: nn.BatchNorm1d(3),
        "lstm": lambda: nn.LSTM(2, 2), "emb": lambda: nn.Embedding(3, 2), "mha": lambda: nn.MultiheadAttention(4, 2),
        "seq": lambda: nn.Sequential(nn.Linear(2, 2), nn.ReLU(), nn.Dropout()), "gelu": lambda: nn.GELU(),
        "list": lambda: nn.ModuleList([nn.Linear(1, 1)]), "dict": lambda: nn.ModuleDict({"a": nn.Linear(1, 1)}),
        "ln": lambda: nn.LayerNorm(3), "gru": lambda: nn.GRU(2, 2), "plist": lambda: nn.ParameterList([nn.Parameter(torch.ones(1))]),
        "enc": lambda: nn.TransformerEncoderLayer(4, 2, 4), "conv1": lambda: nn.Conv1d(1, 1, 1), "loss": lambda: nn.CrossEntropyLoss(),
        "own": lambda: own.Net(), "prelu": lambda: nn.PReLU(),
    }
    for name, make in layers.items():
        yield thing("state-" + name, lambda: make().state_dict())
        yield thing("module-" + name, make)
    for name in ("SGD", "Adam", "AdamW", "RMSprop", "Adagrad", "Adadelta", "Adamax", "NAdam", "RAdam", "ASGD", "Rprop", "LBFGS"):
        def optimizer():
            model = nn.Linear(2, 1)
            opt = getattr(torch.optim, name)(model.parameters(), lr=0.1)
            def closure():
                opt.zero_grad()
                loss = model(torch.ones(1, 2)).sum()
                loss.backward()
                return loss
            opt.step(closure)
            return opt, model
        yield thing("optim-" + name, lambda: optimizer()[0].state_dict())
        yield thing("checkpoint-" + name, lambda: {"epoch": 3, "model": optimizer()[1].state_dict(), "optimizer": optimizer()[0].state_dict(), "loss": 0.5, "best": None})
    yield thing("scheduler", lambda: torch.optim.lr_scheduler.StepLR(torch.optim.SGD(nn.Linear(1, 1).parameters(), lr=1), 3).state_dict())
    yield thing("scheduler-cosine", lambda: torch.optim.lr_scheduler.CosineAnnealingLR(torch.optim.SGD(nn.Linear(1, 1).parameters(), lr=1), 3).state_dict())
    for name in ("float16", "float32", "float64", "bfloat16", "complex32", "complex64", "complex128", "uint8", "int8", "int16", "int32",
                 "int64", "bool", "float8_e4m3fn", "float8_e5m2", "float8_e4m3fnuz", "float8_e8m0fnu", "uint16", "uint32", "uint64"):
        yield thing("tensor-" + name, lambda: torch.zeros(2, 2).to(getattr(torch, name)))
        yield thing("dtype-" + name, lambda: {"dtype": getattr(torch, name)})
    base = torch.arange(6.0).reshape(2, 3)
    shapes = {
        "scalar": lambda: torch.tensor(1.0), "empty": lambda: torch.empty(0), "view": lambda: base[:, 1], "transposed": lambda: base.t(),
        "shared": lambda: [base, base[0]], "param": lambda: nn.Parameter(base), "param-attr": lambda: own.with_attribute(nn.Parameter(torch.ones(1))),
        "tensor-attr": lambda: own.with_attribute(torch.ones(1)), "buffer": lambda: nn.Buffer(torch.ones(1)), "grad": lambda: base.clone().requires_grad_(),
        "sparse": lambda: base.to_sparse(), "csr": lambda: base.to_sparse_csr(), "csc": lambda: base.to_sparse_csc(),
        "bsr": lambda: torch.ones(4, 4).to_sparse_bsr((2, 2)), "meta": lambda: torch.empty(2, device="meta"),
        "quantized": lambda: torch.quantize_per_tensor(base, 0.1, 0, torch.qint8), "quantized-u": lambda: torch.quantize_per_tensor(base, 0.1, 0, torch.quint8),
        "quantized-channel": lambda: torch.quantize_per_channel(base, torch.ones(2), torch.zeros(2), 0, torch.qint8),
        "quantized-32": lambda: torch.quantize_per_tensor(base, 0.1, 0, torch.qint32),
        "nested": lambda: torch.nested.nested_tensor([torch.ones(1), torch.ones(2)]),
        "conj": lambda: torch.ones(2, dtype=torch.complex64).conj(), "neg": lambda: torch.ones(2, dtype=torch.complex64).conj().imag,
        "subclass": lambda: torch.ones(2).as_subclass(own.Sub), "uninit": lambda: nn.LazyLinear(2).state_dict(),
        "storage": lambda: base.storage(), "untyped": lambda: base.untyped_storage(), "float-storage": lambda: torch.FloatStorage([1.0]),
        "size": lambda: base.shape, "device": lambda: torch.device("cpu"), "layout": lambda: torch.strided, "generator": lambda: torch.Generator(),
        "memory-format": lambda: torch.channels_last, "qscheme": lambda: torch.per_tensor_affine, "finfo": lambda: torch.finfo(torch.float32),
        "dynamic-quantized": lambda: torch.ao.quantization.quantize_dynamic(nn.Sequential(nn.Linear(2, 2))).state_dict(),
        "return-type": lambda: torch.max(base, dim=0), "packed": lambda: nn.utils.rnn.pack_sequence([torch.ones(1)]),
        "distribution": lambda: torch.distributions.Normal(0.0, 1.0), "dataset": lambda: torch.utils.data.TensorDataset(base),
        "legacy-tensor": lambda: torch.FloatTensor([1.0]), "rng": lambda: torch.get_rng_state(),
    }
    for name, make in shapes.items():
        yield thing("torch-" + name, make)
    plain = {
        "int": 1, "big": 2 ** 70, "huge": 2 ** 3000, "neg": -5, "float": 1.5, "str": "a", "unicode": "\u00e9\U0001f600", "bytes": b"ab\xff", "none": None,
        "true": True, "tuple": (1, 2, 3, 4), "list": [1, [2], {"a": 3}], "dict": {1: "a", (1, 2): "b"}, "set": {1, 2}, "frozenset": frozenset([1]),
        "bytearray": bytearray(b"abc"), "complex": 1 + 2j, "range": range(3), "slice": slice(1, 2), "ellipsis": ..., "type": int, "types": [str, list, dict],
        "ordered": collections.OrderedDict(a=1), "counter": collections.Counter("aab"), "default": collections.defaultdict(list),
        "default-filled": collections.defaultdict(list, {1: [2]}), "deque": collections.deque([1]), "deque-empty": collections.deque(),
        "chain": collections.ChainMap({1: 2}), "named": own.Pair(1, 2), "datetime": datetime.datetime(2020, 1, 1), "date": datetime.date(2020, 1, 1),
        "delta": datetime.timedelta(1), "decimal": decimal.Decimal("1.5"), "fraction": fractions.Fraction(1, 2), "uuid": uuid.UUID(int=5),
        "path": pathlib.PurePosixPath("a/b"), "partial": functools.partial(int, 3), "function": own.function, "builtin": len, "enum": own.Colour.RED,
        "int-enum": own.Number.ONE, "flag": re.I, "regex": re.compile("a"), "namespace": argparse.Namespace(a=1, b=[2]), "own": own.Plain(),
        "slots": own.Slots(), "setstate": own.State(), "data": own.Data(1), "own-list": own.List([1]), "own-dict": own.Dict(a=1), "own-ordered": own.Ordered(a=1),
        "exception": ValueError("x"), "stringio": io.StringIO("x"), "self": own.cyclic(), "deep": own.deep(),
    }
    for name, value in plain.items():
        yield "plain-" + name, value
    yield thing("mixed-args", lambda: {"args": argparse.Namespace(lr=0.1), "model": nn.Linear(1, 1).state_dict()})
    try:
        import numpy
    except ImportError:
        return
    for name in ("float64", "float32", "float16", "int64", "int32", "int16", "int8", "uint8", "uint16", "uint32", "uint64", "bool", "complex64",
                 "complex128", "longdouble"):
        yield "numpy-scalar-" + name, numpy.zeros(1, name)[0]
        yield "numpy-array-" + name, numpy.zeros(2, name)
    yield "numpy-object", numpy.array([1, None], object)
    yield "numpy-str", numpy.array(["a", "bc"])
    yield "numpy-bytes", numpy.array([b"a"])
    yield "numpy-date", numpy.array(["2020-01-01"], "M8[D]")
    yield "numpy-delta", numpy.array([1], "m8[s]")
    yield "numpy-struct", numpy.zeros(1, [("a", "f4"), ("b", "i8")])
    yield "numpy-dtype", numpy.dtype("float32")
    yield "numpy-random", numpy.random.RandomState(0).get_state()
    yield "numpy-metrics", {"accuracy": numpy.float64(0.5), "model": nn.Linear(1, 1).state_dict()}
    yield "numpy-fortran", numpy.asfortranarray(numpy.ones((2, 3)))
    yield "numpy-masked", numpy.ma.masked_array([1.0], [True])


# --- what the files hold: importable, because they are pickled by name ------------------------------------------------

def function():
    return 1


def with_attribute(tensor):
    tensor.note = "a"
    return tensor


def cyclic():
    one = []
    one.append(one)
    return one


def deep():
    one = []
    for _ in range(50):
        one = [one]
    return one


if "torch" in sys.modules or os.environ.get("LOADLOCK_MAKES"):
    import collections
    import dataclasses
    import enum

    import torch

    class Net(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.layer = torch.nn.Linear(1, 1)

    class Sub(torch.Tensor):
        pass

    Pair = collections.namedtuple("Pair", "a b")

    class Colour(enum.Enum):
        RED = 1

    class Number(enum.IntEnum):
        ONE = 1

    class Plain:
        def __init__(self):
            self.a = 1

    class Slots:
        __slots__ = ("a",)

        def __init__(self):
            self.a = 1

    class State:
        def __getstate__(self):
            return [1]

        def __setstate__(self, state):
            self.a = state

    @dataclasses.dataclass
    class Data:
        a: int

    class List(list):
        pass

    class Dict(dict):
        pass

    class Ordered(collections.OrderedDict):
        pass


def make(folder, tag):
    import torch
    import oracle_weights_only as own
    made = 0
    for one in own.files(torch):
        if one is None:
            continue
        name, value = one
        ways = [("zip", {})]
        if name.startswith(("state-linear", "optim-Adam", "tensor-float32", "plain-", "module-linear", "torch-quantized", "torch-sparse", "torch-param")):
            ways.append(("raw", {"_use_new_zipfile_serialization": False}))
        if name in ("state-linear", "plain-dict", "plain-set", "plain-bytes", "checkpoint-Adam", "plain-str"):
            ways += [("p%d" % n, {"pickle_protocol": n}) for n in (0, 1, 3, 4, 5)]
        for way, options in ways:
            path = os.path.join(folder, "%s-%s-%s.pt" % (name, way, tag))
            try:
                torch.save(value, path, **options)
                made += 1
            except Exception as why:
                print("cannot save", path, type(why).__name__, file=sys.stderr)
                if os.path.exists(path):
                    os.remove(path)
    print(tag, "made", made, file=sys.stderr)


def find(full):
    """The object behind a dotted path, by importing as much of it as is a module."""
    import importlib
    parts = full.split(".")
    for cut in range(len(parts) - 1, 0, -1):
        try:
            value = importlib.import_module(".".join(parts[:cut]))
        except ImportError:
            continue
        for part in parts[cut:]:
            if not hasattr(value, part) and parts[0] != "torch":
                raise LookupError(full)
            value = getattr(value, part)
        return value
    raise LookupError(full)


def ask(torch, path):
    """`accept`, `after NAMES`, `refused NAMES` (in the order in which torch asked for them), or `elsewhere`: here the
    object has moved to another module, and this torch cannot be told the name that the file uses."""
    paths = tuple(map(int, torch.__version__.split(".")[:2])) >= (2, 6)
    asked = []
    serialization = torch.serialization
    clear = getattr(serialization, "clear_safe_globals", None)
    add = getattr(serialization, "add_safe_globals", None)
    if clear:
        clear()
    while True:
        try:
            torch.load(path, weights_only=True, map_location="cpu")
            return ("after " + " ".join(asked)) if asked else "accept", ""
        except Exception as why:
            text = str(why)
            found = re.search(r"GLOBAL (\S+) was not an allowed global", text) or re.search(r"Unsupported class (\S+)", text) or re.search(
                r"(?:Can only build .*but got|Trying to instantiate unsupported class|Can only create new object .* but got) <class '([^']+)'>", text)
            short = re.sub(r"\s+", " ", text.split("Please")[0])[-160:]
            if not found or not add:
                return ("refused " + " ".join(asked + ([found.group(1)] if found else []))).strip(), short
            full = found.group(1)
            if full.split(".")[0] in ("list", "dict", "tuple", "int", "str", "object", "frozenset", "bytes", "set", "float") or "." not in full:
                full = "builtins." + full
            if full in asked:
                return "elsewhere", ""
            asked.append(full)
            try:
                add([(find(full), full) if paths else find(full)])
            except LookupError:
                return "elsewhere", ""
            except Exception as other:
                return "refused " + " ".join(asked), "cannot be allowed: " + str(other)[:80]


def answer(folder):
    import warnings
    warnings.filterwarnings("ignore")
    import torch
    version = ".".join(torch.__version__.split(".")[:2])
    answers = {}
    for path in sorted(os.listdir(folder)):
        if path.endswith(".pt"):
            answers[path[:-3]] = ask(torch, os.path.join(folder, path))
    json.dump({"version": version, "answers": answers}, sys.stdout)


def rows():
    import torch
    from torch import _weights_only_unpickler as unpickler
    for name, value in sorted(unpickler._get_allowed_globals().items()):
        kind = "class" if isinstance(value, type) else "storage" if type(value).__name__ == "StorageType" else (
            "function" if callable(value) else "value")
        print(kind, torch.__version__, name, sep="\t")


def run(python, *arguments):
    environment = dict(os.environ, PYTHONPATH=str(Path(__file__).parent), LOADLOCK_MAKES="1", PYTHONDONTWRITEBYTECODE="1")
    code = "import sys, oracle_weights_only as o; getattr(o, sys.argv[1])(*sys.argv[2:])"
    return subprocess.run([python, "-W", "ignore", "-c", code, *arguments], env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout


def pickle_of(path):
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            name = next(name for name in archive.namelist() if name.endswith("/data.pkl"))
            return "zip", archive.read(name)
    return "raw", Path(path).read_bytes()


def expect(pythons):
    with tempfile.TemporaryDirectory() as folder:
        for python in pythons:
            run(python, "make", folder, Path(python).parent.parent.name.removeprefix("torch-"))
        answers = [json.loads(run(python, "answer", folder)) for python in pythons]
        groups = {}
        for path in sorted(Path(folder).glob("*.pt")):
            kind, data = pickle_of(path)
            said = tuple((one["version"],) + tuple(one["answers"][path.stem]) for one in answers)
            groups.setdefault((kind, data), []).append((path.stem, said))
        EXPECTED.parent.mkdir(parents=True, exist_ok=True)
        with EXPECTED.open("w") as out:
            out.write("# Made by ./dev oracle weights-only make: name, kind, pickle in base64, then a release and its answer in turn.\n")
            for (kind, data), found in groups.items():
                name, said = found[0]
                columns = [name, kind, base64.b64encode(data).decode()]
                for version, word, why in said:
                    columns += [version, word]
                out.write("\t".join(columns) + "\n")
        for (kind, data), found in groups.items():
            for version, word, why in found[0][1]:
                if word.startswith("refused"):
                    print(found[0][0], version, why, sep="\t", file=sys.stderr)
        print(len(groups), "cases")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("act", choices=["make", "rows"])
    parser.add_argument("python", nargs="+")
    options = parser.parse_args()
    if options.act == "make":
        expect(options.python)
    else:
        for python in options.python:
            print(run(python, "rows"), end="")


if __name__ == "__main__":
    main()
