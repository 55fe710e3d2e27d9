"""Converts checkpoints that real torch has written, and compares the result with what torch and safetensors say.

    ./dev oracle convert [--loadlock CMD] [--count N] PYTHON [PYTHON ...]

Each PYTHON is an interpreter with torch (any version from 1.x on); the last one must have safetensors too. Checkpoints
are made in a scratch folder from a fixed seed, and each is loaded by the torch that made it and by the last one. Equal
means: `safetensors.torch.load_file` of the result has the same names, types, shapes and bytes as
`torch.load(weights_only=True)` of both; and the same file as `save_file` where the checkpoint is a flat dict. The layouts
that no torch writes any more (tars, storages that are parts of others) are written by hand; torch reads them still.
"""
import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import zipfile

import oracle_tensors

HERE = os.path.abspath(__file__)


def make(folder, count):
    import random

    import torch

    version = torch.__version__.split("+")[0]
    rng = random.Random(7)
    torch.manual_seed(7)
    names = ["float32", "float64", "float16", "bfloat16", "int64", "int32", "int16", "int8", "uint8", "bool",
             "complex64", "float8_e4m3fn", "float8_e5m2", "uint16", "uint32", "uint64"]
    # Types without a storage class of their own: not in the old layout, and not before torch 2.5.
    new = {"float8_e4m3fn", "float8_e5m2", "uint16", "uint32", "uint64"}
    old = tuple(int(n) for n in version.split(".")[:2]) < (2, 5)
    dtypes = [getattr(torch, n) for n in names if hasattr(torch, n) and not (old and n in new)]
    classic = [d for d in dtypes if str(d)[6:] not in new]
    layout, now = "", dtypes

    def tensor():
        dtype = rng.choice(now)
        shape = [rng.choice([0, 1, 2, 3, 5, 17]) if rng.random() < .2 else rng.randint(1, 9)
                 for _ in range(rng.choice([0, 1, 1, 2, 2, 2, 3, 4]))]
        base = torch.randint(0, 2 if dtype == torch.bool else 100, shape)
        try:
            t = base.to(dtype)
        except RuntimeError:
            t = base.to(torch.float32)
        if t.dim() >= 2 and rng.random() < .3:
            t = t.transpose(rng.randrange(t.dim()), rng.randrange(t.dim()))
        if t.dim() >= 1 and t.shape[0] > 2 and rng.random() < .2:
            t = t[1::2]
        if t.dim() >= 1 and rng.random() < .1:
            t = t[:1].expand([4] + list(t.shape[1:])) if t.shape[0] >= 1 else t
        plain = layout in ("tar", "parts") or not t.is_floating_point() or "float8" in str(t.dtype)
        return t if plain or rng.random() >= .1 else torch.nn.Parameter(t)

    def state():
        d = {}
        for i in range(rng.randint(1, 12)):
            d["layer%d.%s" % (i, rng.choice(["weight", "bias", "running_mean", "é", "x.y"]))] = tensor()
        keys = list(d)
        if rng.random() < .3:
            d["tied"] = d[rng.choice(keys)]
        if rng.random() < .2:
            whole = torch.arange(24.)
            d["part.a"], d["part.b"] = whole[:10], whole[8:].reshape(4, 4)
        if rng.random() < .2:
            import collections
            return collections.OrderedDict(d)
        return d

    for i in range(count):
        flags, flat = "", True
        layout = rng.choice(["zip"] * 8 + ["legacy"] * 3 + ["deflated", "tar", "tar", "parts"])
        now = {"legacy": classic, "tar": [torch.float32, torch.float64, torch.int64, torch.int32, torch.uint8, torch.float16],
               "parts": [torch.float32, torch.int64]}.get(layout, dtypes)
        kind = rng.choice(["flat"] * 5 + ["nested", "wrapped", "module", "plain"])
        obj = state()
        if kind == "nested":
            obj, flags, flat = {"model": obj, "optimizer": {"state": {0: {"exp_avg": torch.rand(3)}}, "lr": .1}}, "--key model", False
        elif kind == "wrapped":
            obj, flat = {"state_dict": obj, "epoch": 3, "note": "x"}, False
        elif kind == "plain":
            obj["version"], flat = 5, False
        elif kind == "module":
            obj = torch.nn.Sequential(torch.nn.Conv2d(2, 3, 3), torch.nn.BatchNorm2d(3), torch.nn.Linear(4, 5)).state_dict()
        path = os.path.join(folder, "%s-%03d-%s-%s.pt" % (version, i, kind, layout))
        try:
            if layout == "tar":
                oracle_tensors.tar(path, torch, obj)
            elif layout == "parts":
                oracle_tensors.parts(path, torch, obj)
            else:
                try:
                    torch.save(obj, path, _use_new_zipfile_serialization=layout != "legacy")
                except TypeError:  # torch 1.3 and before
                    torch.save(obj, path)
                if layout == "deflated":
                    deflate(path)
        except Exception as e:  # a type that this version cannot save this way
            os.path.exists(path) and os.remove(path)
            print("not made:", os.path.basename(path), e)
            continue
        with open(path + ".flags", "w") as f:
            f.write(flags + "\t" + ("flat" if flat else ""))
        with open(path + ".own", "w") as f:
            json.dump(rows(wanted(load(path), path, flags)), f)


def deflate(path):
    """As an ordinary zip tool packs it again."""
    with zipfile.ZipFile(path) as archive:
        members = [(name, archive.read(name)) for name in archive.namelist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)


def load(path):
    """What this script has made: by the restricted loader, unless it does not know tars, floats (1.13), or itself (1.12)."""
    import pickle

    import torch
    try:
        return torch.load(path, weights_only=not path.endswith("-tar.pt"))
    except TypeError:
        return torch.load(path)
    except pickle.UnpicklingError:
        return torch.load(path, weights_only=False)


def wanted(loaded, path, flags):
    loaded = loaded["model"] if flags else loaded.get("state_dict", loaded) if "wrapped" in path else loaded
    return {name: tensor.detach() for name, tensor in tensors(loaded)}


def tensors(value, prefix=""):
    import torch
    for key, item in value.items():
        name = prefix + str(key)
        if isinstance(item, torch.Tensor):
            yield name, item
        elif isinstance(item, dict):
            for each in tensors(item, name + "."):
                yield each


def rows(found):
    """What makes two tensors equal, in JSON."""
    import torch
    return {name: [str(t.dtype), list(t.shape), hashlib.sha256(oracle_tensors.bits(torch, t)).hexdigest()] for name, t in found.items()}


def compare(folder):
    import torch
    from safetensors.torch import load_file, save_file

    same = equal = flats = 0
    wrong, unread = [], []
    for name in sorted(os.listdir(folder)):
        if not name.endswith(".pt"):
            continue
        path = os.path.join(folder, name)
        with open(path + ".flags") as f:
            flags, flat = f.read().split("\t")
        with open(path + ".own") as f:
            own = json.load(f)
        out = path[:-3] + ".safetensors"
        if not os.path.exists(out):
            wrong.append((name, open(path + ".err").read()[:200]))
            continue
        got = rows(load_file(out))
        difference = next((k for k in sorted(set(own) | set(got)) if own.get(k) != got.get(k)), None)
        if difference is not None:
            wrong.append((name, "differs in %s from what its own torch loads" % difference))
            continue
        try:
            expected = wanted(load(path), path, flags)
        except Exception as e:
            # The zips that torch 1.4 wrote on request: later ones do not find their storages.
            unread.append((name, str(e)[:100]))
            same += 1
            continue
        difference = next((k for k in sorted(got) if rows(expected)[k] != got[k]), None)
        if difference is not None or set(expected) != set(got):
            wrong.append((name, "differs in %s from what the last torch loads" % difference))
            continue
        same += 1
        if flat:
            flats += 1
            save_file({k: v.clone(memory_format=torch.contiguous_format) for k, v in expected.items()}, out + ".ref")
            with open(out, "rb") as a, open(out + ".ref", "rb") as b:
                if a.read() == b.read():
                    equal += 1
                else:
                    wrong.append((name, "not the bytes of save_file"))
    for name, why in wrong:
        print("WRONG", name, why)
    for name, why in unread:
        print("not loaded by the last torch:", name, why)
    print("%d checkpoints converted and equal, %d wrong; %d of them the last torch cannot load; %d of %d flat ones byte-equal to save_file"
          % (same, len(wrong), len(unread), equal, flats))
    return 1 if wrong else 0


def main():
    if len(sys.argv) > 2 and sys.argv[1] == "--make":
        return make(sys.argv[2], int(sys.argv[3]))
    if len(sys.argv) > 2 and sys.argv[1] == "--compare":
        return compare(sys.argv[2])
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--loadlock", default=os.path.join(os.path.dirname(HERE), "..", "loadlock"))
    parser.add_argument("--count", type=int, default=60, help="checkpoints for each interpreter")
    parser.add_argument("python", nargs="+")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for python in arguments.python:
            subprocess.run([python, "-W", "ignore", HERE, "--make", folder, str(arguments.count)], check=True)
        for name in sorted(os.listdir(folder)):
            if name.endswith(".pt"):
                path = os.path.join(folder, name)
                with open(path + ".flags") as f:
                    flags = f.read().split("\t")[0].split()
                with open(path + ".err", "w") as err:
                    subprocess.run([arguments.loadlock, "convert", path, "--quiet", "--verify"] + flags, stdout=err, stderr=err,
                                   env=dict(os.environ, LOADLOCK_NO_BUILD="1"))
        return subprocess.run([arguments.python[-1], "-W", "ignore", HERE, "--compare", folder]).returncode


if __name__ == "__main__":
    sys.exit(main())
