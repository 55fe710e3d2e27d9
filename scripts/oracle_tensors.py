"""The tensors that `inspect --digest` finds in checkpoints, against those that the real torch loads from them.

    ./dev oracle tensors [--loadlock CMD] PYTHON...   each interpreter, which has a torch of its own, writes
                                                                  checkpoints of its own making from a fixed seed, and
                                                                  says what `torch.load(weights_only=True)` finds
    ./dev oracle tensors --expect PYTHON...                       the same, and the committed expectations of
                                                                  TensorOracleTest are written anew

Equal means: the same tensors in the same order, with the same names, types, shapes, and SHA-256 of their elements in C
order. Only files that this script has made are loaded, by the restricted loader; tars, which it does not read, by the
other. No torch writes the tars of torch 0.1.9 any more, nor storages that are parts of others: their layout is written
here by hand, and every release judges it, for it reads them still.
"""

import argparse
import base64
import collections
import contextlib
import gzip
import hashlib
import io
import json
import os
import pickle
import random
import shlex
import struct
import subprocess
import sys
import tarfile
import tempfile
import warnings
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXPECTED = ROOT / "artifact/src/test/resources/io/loadlock/artifact/torch/tensors.tsv"
DTYPES = ["float32", "float64", "float16", "bfloat16", "int64", "int32", "int16", "int8", "uint8", "bool", "complex32", "complex64",
          "complex128", "float8_e4m3fn", "float8_e5m2", "float8_e4m3fnuz", "float8_e5m2fnuz", "float8_e8m0fnu", "uint16", "uint32", "uint64"]


# --- in an interpreter that has torch -----------------------------------------------------------------------------------

def values(torch, rng):
    """Names and makers of what is saved: one thing of each kind, then seeded state dicts."""
    nn = torch.nn
    base = torch.arange(24.0).reshape(4, 6)
    for name in DTYPES:
        if hasattr(torch, name):
            yield "dtype-" + name, lambda n=name: {"w": torch.arange(6).reshape(2, 3).to(getattr(torch, n))}
            yield "strided-" + name, lambda n=name: {"w": torch.arange(12).reshape(3, 4).to(getattr(torch, n)).t()[1:]}
    kinds = {
        "lone": lambda: base, "list": lambda: [base, base + 1], "tuple": lambda: (base, {"a": base}), "scalar": lambda: torch.tensor(3.5),
        "zero": lambda: torch.empty(0), "zeros": lambda: torch.empty(3, 0, 2), "view": lambda: base[:, 1], "rows": lambda: base[1:3],
        "steps": lambda: base[::2, ::3], "transposed": lambda: base.t(), "permuted": lambda: torch.arange(24).reshape(2, 3, 4).permute(2, 0, 1),
        "expanded": lambda: torch.arange(3).expand(5, 3), "diagonal": lambda: base.diagonal(), "unfolded": lambda: torch.arange(10.0).unfold(0, 4, 2),
        "overlap": lambda: torch.arange(10.0).as_strided((4, 4), (1, 2)), "shared": lambda: {"a": base, "b": base[0], "c": base.t()},
        "twice": lambda: {"a": base, "b": base}, "parameter": lambda: nn.Parameter(base.clone()), "grad": lambda: base.clone().requires_grad_(),
        "channels-last": lambda: torch.arange(48.0).reshape(1, 3, 4, 4).contiguous(memory_format=torch.channels_last),
        "qint8": lambda: torch.quantize_per_tensor(base, 0.1, 0, torch.qint8), "quint8": lambda: torch.quantize_per_tensor(base, 0.1, 3, torch.quint8),
        "qint32": lambda: torch.quantize_per_tensor(base, 0.1, 0, torch.qint32),
        "qchannel": lambda: torch.quantize_per_channel(base, torch.rand(4), torch.zeros(4, dtype=torch.long), 0, torch.qint8),
        "coo": lambda: base.to_sparse(), "csr": lambda: base.to_sparse_csr(), "csc": lambda: base.to_sparse_csc(),
        "bsr": lambda: base.to_sparse_bsr((2, 2)), "coo-hybrid": lambda: torch.arange(24.0).reshape(2, 3, 4).to_sparse(2),
        "conj": lambda: torch.tensor([1 + 2j, 3 - 1j]).conj(), "neg": lambda: torch.tensor([1 + 2j]).conj().imag, "meta": lambda: torch.empty(2, 3, device="meta"),
        "bool": lambda: base > 3, "ordered": lambda: collections.OrderedDict(b=base, a=base[1]), "keys": lambda: {1: base, "x.y": base[0], "": base[1], "é": base[2]},
        "deep": lambda: {"a": {"b": [{"c": (base,)}]}}, "mixed": lambda: {"n": 1, "s": "x", "t": base, "none": None, "l": [1, base]},
    }
    for name, make in kinds.items():
        yield "kind-" + name, make
    layers = {
        "linear": lambda: nn.Linear(3, 2), "conv": lambda: nn.Conv2d(2, 3, 3), "norm": lambda: nn.BatchNorm2d(3), "lstm": lambda: nn.LSTM(2, 3), "gru": lambda: nn.GRU(2, 3),
        "embedding": lambda: nn.Embedding(5, 3), "attention": lambda: nn.MultiheadAttention(4, 2), "encoder": lambda: nn.TransformerEncoderLayer(4, 2, 8),
        "sequential": lambda: nn.Sequential(nn.Linear(2, 2), nn.LayerNorm(2), nn.Sequential(nn.Linear(2, 1))), "group": lambda: nn.GroupNorm(1, 2),
        "bilinear": lambda: nn.Bilinear(2, 2, 1), "transposed": lambda: nn.ConvTranspose1d(1, 2, 3), "prelu": lambda: nn.PReLU(3),
    }
    for name, make in layers.items():
        yield "state-" + name, lambda m=make: m().state_dict()
        yield "half-" + name, lambda m=make: m().half().state_dict()
        yield "bfloat16-" + name, lambda m=make: m().to(torch.bfloat16).state_dict()
    for name in ("SGD", "Adam", "AdamW", "RMSprop", "Adagrad", "Adadelta", "Adamax", "NAdam", "RAdam", "ASGD", "Rprop"):
        def checkpoint(kind=name):
            model = nn.Linear(3, 2)
            used = getattr(torch.optim, kind)(model.parameters(), lr=0.1)
            model(torch.ones(1, 3)).sum().backward()
            used.step()
            return {"model": model.state_dict(), "optimizer": used.state_dict(), "epoch": 3}
        yield "optimizer-" + name, checkpoint
    names = [name for name in DTYPES if saves(torch, name)]
    for number in range(60):
        yield "random-%02d" % number, lambda: state(torch, rng, names)


def saves(torch, name):
    try:
        torch.save(torch.ones(1).to(getattr(torch, name)), io.BytesIO())
        return name != "float8_e8m0fnu"  # has no zero
    except Exception:
        return False


def state(torch, rng, names):

    def tensor():
        shape = [rng.choice([0, 1, 2, 3, 5, 17]) if rng.random() < .2 else rng.randint(1, 6) for _ in range(rng.choice([0, 1, 1, 2, 2, 3, 4]))]
        made = torch.randint(0, 100, shape).to(getattr(torch, rng.choice(names)))
        if made.dim() >= 2 and rng.random() < .4:
            made = made.transpose(rng.randrange(made.dim()), rng.randrange(made.dim()))
        if made.dim() >= 1 and made.shape[0] > 2 and rng.random() < .3:
            made = made[1::2]
        if made.dim() >= 1 and made.shape[0] >= 1 and rng.random() < .2:
            made = made[:1].expand([4] + list(made.shape[1:]))
        return made

    found = {"layer%d.%s" % (i, rng.choice(["weight", "bias", "running_mean"])): tensor() for i in range(rng.randint(1, 8))}
    if rng.random() < .3:
        found["tied"] = found[rng.choice(list(found))]
    return found


def listed(torch, value):
    """Name, type, shape and digest of every tensor, in the order of the file; the digest is empty where bytes do not say all."""
    found = []

    def walk(one, name):
        if isinstance(one, torch.Tensor):
            found.append((name, str(one.dtype), list(one.shape), digest(torch, one.detach())))
        elif isinstance(one, dict):
            for key, item in one.items():
                below = key if isinstance(key, str) else str(key)
                walk(item, name + "." + below if name and below else name or below)
        elif isinstance(one, (list, tuple)):
            for index, item in enumerate(one):
                walk(item, "%s.%d" % (name, index) if name else str(index))

    walk(value, "")
    return found


def raw(one):
    """The storage without a type."""
    return one.untyped_storage() if hasattr(one, "untyped_storage") else one.storage()._storage


def digest(torch, one):
    if one.layout != torch.strided or one.is_meta or one.is_conj() or one.is_neg():
        return ""
    if one.is_quantized:
        one = one.int_repr()
    return hashlib.sha256(bits(torch, one)).hexdigest()


def bits(torch, one):
    """Its elements in C order."""
    one = one.clone(memory_format=torch.contiguous_format)
    return bytes(raw(one).tolist())[:one.numel() * one.element_size()]


def big_endian(path, target, torch, value):
    """What a big-endian machine writes: each storage's numbers turned round, and a record that says so."""
    sizes = {}

    def collect(one):
        if isinstance(one, torch.Tensor) and one.layout == torch.strided and not one.is_meta:
            storage = raw(one)
            sizes[storage.data_ptr()] = one.element_size() // (2 if one.is_complex() else 1)
            return
        for item in one.values() if isinstance(one, dict) else one if isinstance(one, (list, tuple)) else ():
            collect(item)

    collect(value)
    widths = set(sizes.values())
    if len(widths) != 1:
        raise ValueError("numbers of one width only")
    width = widths.pop()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as new:
        for name in old.namelist():
            data = old.read(name)
            if "/data/" in name:
                data = b"".join(data[i:i + width][::-1] for i in range(0, len(data), width))
            if name.endswith("/byteorder"):
                data = b"big"
            new.writestr(zipfile.ZipInfo(name), data)
        if not any(name.endswith("/byteorder") for name in old.namelist()):
            raise ValueError("this torch does not write the byte order")


def parts(path, torch, value):
    """The old layout with storages that are parts of others, as torch wrote them up to 1.5 or so."""
    words = {torch.float32: torch.FloatStorage, torch.int64: torch.LongStorage}
    storages = {}

    class Part:
        def __init__(self, one):
            kept = raw(one)
            self.size, self.offset, self.type = kept.nbytes() // one.element_size(), one.storage_offset(), words[one.dtype]
            self.key = storages.setdefault(kept.data_ptr(), (str(len(storages) + 1), self.size, bytes(kept.tolist())))[0]

    class Pickler(pickle.Pickler):
        def persistent_id(self, one):
            if isinstance(one, Part):
                return ("storage", one.type, one.key, "cpu", one.size, ("%s-%d" % (one.key, one.offset), one.offset, one.size - one.offset))
            return None

        def reducer_override(self, one):
            if isinstance(one, torch.Tensor):
                return torch._utils._rebuild_tensor_v2, (Part(one), 0, tuple(one.shape), one.stride(), False, collections.OrderedDict())
            return NotImplemented

    with open(path, "wb") as out:
        for fact in (0x1950a86a20f9469cfc6c, 1001, {"protocol_version": 1001, "little_endian": True, "type_sizes": {"short": 2, "int": 4, "long": 4}}):
            pickle.dump(fact, out, 2)
        Pickler(out, 2).dump(value)
        kept = sorted(storages.values())
        pickle.dump([key for key, _, _ in kept], out, 2)
        for _, size, data in kept:
            out.write(struct.pack("<q", size) + data)


def tar(path, torch, value):
    """`legacy_load`'s layout: storages, tensors, and the object whose tensors are persistent ids."""
    tensors = []
    storages = {}

    class Pickler(pickle._Pickler):
        def persistent_id(self, one):
            if isinstance(one, torch.Tensor):
                tensors.append(one)
                return str(len(tensors) + 100)
            return None

    out = io.BytesIO()
    Pickler(out, 2).dump(value)
    parts = io.BytesIO()
    for one in tensors:
        kept = raw(one)
        storages.setdefault(kept.data_ptr(), (len(storages) + 1, one.dtype, bytes(kept.tolist()), one.element_size()))
    words = {torch.float32: "Float", torch.float64: "Double", torch.int64: "Long", torch.int32: "Int", torch.uint8: "Byte", torch.float16: "Half"}
    pickle.dump(len(storages), parts, 2)
    for key, dtype, data, size in storages.values():
        parts.write(b"\x80\x02K" + bytes([key]) + b"X\3\0\0\0cpu" + b"ctorch\n" + words[dtype].encode() + b"Storage\n\x87.")
        parts.write(struct.pack("<q", len(data) // size) + data)
    pickle.dump([], parts, 2)
    shapes = io.BytesIO()
    pickle.dump(len(tensors), shapes, 2)
    for number, one in enumerate(tensors):
        kept = raw(one)
        key = storages[kept.data_ptr()][0]
        shapes.write(b"\x80\x02K" + bytes([number + 101]) + b"K" + bytes([key]) + b"ctorch\n" + words[one.dtype].encode() + b"Tensor\n\x87.")
        shapes.write(struct.pack("<i4x", one.dim()) + struct.pack("<%dq" % one.dim(), *one.shape) + struct.pack("<%dq" % one.dim(), *one.stride()) + struct.pack("<q", one.storage_offset()))
    system = pickle.dumps({"protocol_version": 1000, "little_endian": True, "type_sizes": {"short": 2, "int": 4, "long": 4}}, 2)
    with tarfile.open(path, "w", format=tarfile.PAX_FORMAT) as archive:
        for name, content in (("sys_info", system), ("pickle", out.getvalue()), ("storages", parts.getvalue()), ("tensors", shapes.getvalue())):
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))


def make(folder, tag):
    """Writes the files, and beside each what this torch loads from it."""
    warnings.filterwarnings("ignore")
    import torch
    rng = random.Random()
    said = {}
    for name, maker in values(torch, rng):
        torch.manual_seed(0)
        rng.seed(name)
        try:
            value = maker()
        except Exception:  # an older torch lacks it
            continue
        ways = [("zip", lambda p: torch.save(value, p))]
        if not name.startswith(("half", "bfloat16")):
            ways.append(("raw", lambda p: torch.save(value, p, _use_new_zipfile_serialization=False)))
        if name.startswith(("dtype", "strided", "state")):
            def turned(p):
                torch.save(value, p + ".little")
                try:
                    big_endian(p + ".little", p, torch, value)
                finally:
                    os.remove(p + ".little")
            ways.append(("big", turned))
        if name in ("kind-lone", "kind-shared", "kind-view", "kind-transposed", "kind-deep", "dtype-int32", "dtype-float16", "strided-float64", "state-linear", "kind-scalar"):
            ways.append(("tar", lambda p: tar(p, torch, value)))
        if name in ("kind-lone", "kind-rows", "kind-view", "kind-shared", "kind-steps", "kind-expanded"):
            ways.append(("parts", lambda p: parts(p, torch, value)))
        for way, save in ways:
            path = os.path.join(folder, "%s-%s-%s.pt" % (name, way, tag))
            try:
                save(path)
                loaded = torch.load(path, weights_only=way != "tar")
                said[os.path.basename(path)] = listed(torch, loaded)
            except Exception as why:  # what this torch cannot save or load this way proves nothing
                with contextlib.suppress(OSError):
                    os.remove(path)
                if os.environ.get("LOADLOCK_VERBOSE"):
                    print("left out:", os.path.basename(path), type(why).__name__, str(why)[:90].replace("\n", " "), file=sys.stderr)
    with open(os.path.join(folder, tag + ".json"), "w") as out:
        json.dump(said, out)


# --- here -----------------------------------------------------------------------------------------------------------------

def loadlock(command, folder):
    """Name to tensors, as `inspect` lists them."""
    run = subprocess.run([*shlex.split(command), "inspect", "--format", "jsonl", "--digest", "--no-progress", folder], stdout=subprocess.PIPE, text=True)
    found = {}
    for line in run.stdout.splitlines():
        one = json.loads(line)
        found[os.path.basename(one["path"])] = (one["outcome"], [(t["name"], t["dtype"], t["shape"], t.get("sha256", "")) for t in one["tensors"]])
    return found


def content(path, tensors):
    """What decides, without what differs each time: two equal files of two releases are one case. Legacy files name their storages by addresses."""
    if path.name.split("-")[-2] in ("raw", "parts"):
        return json.dumps([path.name.rsplit("-", 1)[0], tensors])
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            return b"".join(archive.read(n) for n in sorted(archive.namelist()) if n.endswith("data.pkl") or "/data/" in n or n.endswith("byteorder"))
    return path.read_bytes()


def expect(folder, said):
    """One file of each content."""
    seen = {}
    for tag, files in said.items():
        for name in sorted(files):
            key = (name.rsplit("-", 2)[1], content(Path(folder) / name, files[name]))
            seen.setdefault(key, (name, files[name], []))[2].append(tag)
    EXPECTED.parent.mkdir(parents=True, exist_ok=True)
    with EXPECTED.open("w") as out:
        out.write("# Made by ./dev oracle tensors --expect: a file, the releases of torch that loaded it, gzip of its bytes in base64, "
                  "then name, type, shape and the first 16 digits of the digest of each tensor.\n")
        for name, tensors, tags in seen.values():
            packed = base64.b64encode(gzip.compress((Path(folder) / name).read_bytes(), 9, mtime=0)).decode()
            rows = [json.dumps([n, d, s, h[:16]], ensure_ascii=False, separators=(",", ":")) for n, d, s, h in tensors]
            out.write("\t".join([name, " ".join(tags), packed, *rows]) + "\n")
    print(len(seen), "cases committed")


def main():
    parser = argparse.ArgumentParser(prog="./dev oracle tensors", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--loadlock", default=str(ROOT / "loadlock"), metavar="CMD")
    parser.add_argument("--expect", action="store_true")
    parser.add_argument("python", nargs="+")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        said = {}
        for python in options.python:
            tag = Path(python).parent.parent.name.removeprefix("torch-")
            environment = dict(os.environ, PYTHONPATH=str(Path(__file__).parent), PYTHONDONTWRITEBYTECODE="1", OMP_NUM_THREADS="1")
            subprocess.run([python, "-W", "ignore", "-c", "import sys, oracle_tensors as o; o.make(sys.argv[1], sys.argv[2])", folder, tag], env=environment, check=True)
            said[tag] = json.loads((Path(folder) / (tag + ".json")).read_text())
            os.remove(Path(folder) / (tag + ".json"))
        found = loadlock(options.loadlock, folder)
        wrong = 0
        for tag, files in said.items():
            equal = tensors = 0
            for name, theirs in files.items():
                outcome, ours = found.get(name, ("not read", []))
                if outcome == "complete" and ours == [tuple(t) for t in theirs]:
                    equal += 1
                    tensors += len(theirs)
                else:
                    wrong += 1
                    if wrong <= 30:
                        print("DIFFERENT", name, outcome, "\n  torch", [t for t in theirs if tuple(t) not in ours][:3], "\n  ours ", [t for t in ours if list(t) not in theirs][:3])
            print("torch %s: %d of %d files, %d tensors equal" % (tag, equal, len(files), tensors))
        if options.expect:
            expect(folder, said)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
