"""Makes the files of a list of recipes with whatever libraries this Python has: make.py RECIPES FOLDER [LIBRARY...]

A recipe is `LIBRARY/FILE: EXPRESSION`. A module's name in it imports the module. `x`, `t`, `y`, `y3` are 60 rows of numbers, one
real target, two and three classes, `df` is a frame, `net()` a small network, `tiny(model)` makes its weights small, `words(list)` a
vocabulary file, `work` a folder. The value is saved as the file's ending says, in the next protocol or compression; a function
saves itself to the path that it is given. Runs on Python 2.7, 3.6 and newer.
"""

from __future__ import print_function

import ast
import importlib
import itertools
import os
import pickle
import signal
import sys
import warnings

try:
    import builtins
except ImportError:
    import __builtin__ as builtins

warnings.filterwarnings("ignore")
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
PROTOCOLS = itertools.cycle(range(pickle.HIGHEST_PROTOCOL + 1))
COMPRESSIONS = itertools.cycle([0, ("zlib", 3), ("gzip", 3), ("bz2", 3), ("lzma", 3), ("xz", 3)])
LEGACY = itertools.cycle([False, False, True])
SECONDS = 60


class Slow(BaseException):
    pass


class Names(dict):
    """What a recipe may name; a name that is nothing else is a module."""

    def __missing__(self, name):
        make = getattr(self, "_" + name, None)
        if make is not None:
            value = self[name] = make()
            return value
        if hasattr(builtins, name):
            return getattr(builtins, name)
        try:
            return importlib.import_module({"np": "numpy", "pd": "pandas"}.get(name, name))
        except ImportError:
            raise KeyError(name)  # a formula's column, for instance

    def _x(self):
        return self["np"].abs(self["np"].random.RandomState(0).rand(60, 5))

    def _t(self):
        return self["x"][:, 0] + 0.1 * self["x"][:, 1]

    def _y(self):
        return self["np"].arange(60) % 2

    def _y3(self):
        return self["np"].arange(60) % 3

    def _df(self):
        np, pd = self["np"], self["pd"]
        return pd.DataFrame({"a": self["x"][:, 0], "b": self["x"][:, 1], "c": np.array(["x", "y", "z"])[np.arange(60) % 3],
                             "d": pd.date_range("2024", periods=60)})

    def _net(self):
        nn = importlib.import_module("torch.nn")
        return lambda: nn.Sequential(nn.Linear(4, 3), nn.ReLU(), nn.Linear(3, 2))

    def _tiny(self):
        def shrink(model):
            for parameter in model.parameters():
                parameter.data = parameter.data.flatten()[:1].clone()
            return model

        return shrink

    def _words(self):
        def write(words):
            path = os.path.join(self["work"], "vocabulary.txt")
            with open(path, "w") as out:
                out.write("\n".join(words))
            return path

        return write


def import_named(expression, names):
    """Imports each module that a dotted name in the expression goes through, and looks the other names up."""
    for node in ast.walk(expression):
        if isinstance(node, ast.Name):
            try:
                names[node.id]  # now: within a lambda Python 2 asks no subclass of dict
            except KeyError:
                pass
        parts = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if not parts or not isinstance(node, ast.Name):
            continue
        name = {"np": "numpy", "pd": "pandas"}.get(node.id, node.id)
        for part in [""] + parts[::-1]:
            name = name + "." + part if part else name
            try:
                importlib.import_module(name)
            except ImportError:
                break


def save(value, target):
    ending = target.rsplit(".", 1)[-1]
    if callable(value) and getattr(value, "__name__", "") == "<lambda>":
        value(target)
    elif ending == "joblib":
        importlib.import_module("joblib").dump(value, target, compress=next(COMPRESSIONS))
    elif ending in ("pt", "pth", "bin", "ckpt"):
        torch = importlib.import_module("torch")
        if next(LEGACY) and "_use_new_zipfile_serialization" in torch.save.__code__.co_varnames:
            torch.save(value, target, _use_new_zipfile_serialization=False)
        else:
            torch.save(value, target)
    elif ending == "npy":
        importlib.import_module("numpy").save(target, value, allow_pickle=True)
    else:
        library = {"dill": "dill", "cloud": "cloudpickle"}.get(ending, "pickle")
        with open(target, "wb") as out:
            importlib.import_module(library).dump(value, out, next(PROTOCOLS))


def make_folder(path):
    if not os.path.isdir(path):
        os.makedirs(path)


def late(*_):
    raise Slow("too slow")


def main():
    recipes, folder, only = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]), set(sys.argv[3:])
    make_folder(folder + ".work")
    os.chdir(folder + ".work")
    names, made = Names(work=os.getcwd()), 0
    signal.signal(signal.SIGALRM, late)
    with open(recipes) as lines:
        wanted = [line.rstrip("\n").split(": ", 1) for line in lines if line.strip() and not line.startswith("#")]
    for file, text in wanted:
        library = file.split("/")[0]
        if only and library not in only:
            continue
        target = os.path.join(folder, file)
        make_folder(os.path.dirname(target))
        signal.alarm(SECONDS)
        try:
            expression = ast.parse(text, mode="eval")
            import_named(expression, names)
            save(eval(compile(expression, file, "eval"), names), target)
            made += 1
        except BaseException as error:  # a library that cannot do something on this machine costs that file only
            if isinstance(error, KeyboardInterrupt):
                raise
            if not (isinstance(error, (ImportError, NameError)) and repr(library) in str(error)):
                print("skipped", file, type(error).__name__, str(error)[:100].replace("\n", " "), file=sys.stderr)
            if os.path.isfile(target):
                os.unlink(target)
        finally:
            signal.alarm(0)
    print(made, "files in", folder)


if __name__ == "__main__":
    main()
