"""Converts checkpoints that real torch has written, and compares the result with what torch and safetensors say.

    ./dev oracle convert [--loadlock CMD] [--count N] PYTHON [PYTHON ...]

Each PYTHON is an interpreter with torch (any version from 1.x on); the last one must have safetensors too. Checkpoints
are made in a scratch folder from a fixed seed. Equal means: the same names, types, shapes and bytes as
`torch.load(weights_only=True)`; and the same file as `save_file` where the checkpoint is a flat dict.
"""
import argparse
import os
import subprocess
import sys
import tempfile

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
    legacy = False

    def tensor():
        dtype = rng.choice(classic if legacy else dtypes)
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
        return torch.nn.Parameter(t) if t.is_floating_point() and rng.random() < .1 and "float8" not in str(t.dtype) else t

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
        flags, flat, legacy = "", True, rng.random() < .3
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
        path = os.path.join(folder, "%s-%03d-%s%s.pt" % (version, i, kind, "-legacy" if legacy else ""))
        try:
            torch.save(obj, path, _use_new_zipfile_serialization=not legacy)
        except TypeError:  # torch 1.3 and before
            torch.save(obj, path)
        except Exception as e:  # a type that this version cannot save this way
            os.path.exists(path) and os.remove(path)
            print("not made:", os.path.basename(path), e)
            continue
        with open(path + ".flags", "w") as f:
            f.write(flags + "\t" + ("flat" if flat else ""))


def compare(folder):
    import torch
    from safetensors.torch import load_file, save_file

    def tensors(value, prefix=""):
        for key, item in value.items():
            name = prefix + str(key)
            if isinstance(item, torch.Tensor):
                yield name, item
            elif isinstance(item, dict):
                yield from tensors(item, name + ".")

    same = equal = flats = 0
    wrong, unread = [], []
    for name in sorted(os.listdir(folder)):
        if not name.endswith(".pt"):
            continue
        path = os.path.join(folder, name)
        with open(path + ".flags") as f:
            flags, flat = f.read().split("\t")
        try:
            loaded = torch.load(path, weights_only=True)
        except Exception as e:
            # The zips that torch 1.4 wrote on request: later ones do not find their storages.
            unread.append((name, str(e)[:100]))
            continue
        loaded = loaded["model"] if flags else loaded.get("state_dict", loaded) if "wrapped" in name else loaded
        expected = {k: v.detach() for k, v in tensors(loaded)}
        out = path[:-3] + ".safetensors"
        if not os.path.exists(out):
            wrong.append((name, open(path + ".err").read()[:200]))
            continue
        got = load_file(out)
        difference = next((k for k in sorted(set(expected) | set(got)) if k not in expected or k not in got
                           or expected[k].dtype != got[k].dtype or expected[k].shape != got[k].shape
                           or not torch.equal(bits(expected[k]), bits(got[k]))), None)
        if difference is not None:
            wrong.append((name, "differs in " + difference))
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
        print("not loaded by torch itself:", name, why)
    print("%d checkpoints converted and equal, %d wrong, %d that this torch cannot load; %d of %d flat ones byte-equal to save_file"
          % (same, len(wrong), len(unread), equal, flats))
    return 1 if wrong else 0


def bits(t):
    import torch
    return t.clone(memory_format=torch.contiguous_format).reshape(-1).view(torch.uint8)


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
