"""Writes compiled/NAME.rows: the classes of extension modules, which have no source to read.

    python compiled.py NAME TOP        in a virtual environment that has the package; imports its extension modules

A method that C or Cython code defines is never understood: every mark is `*`, and a reviewer decides. Runs each package
in a process of its own under a time limit, so that one that crashes costs itself only.
"""
import importlib
import importlib.machinery
import os
import subprocess
import sys
import warnings

HOOKS = {"__init__": "init", "__new__": "new", "__setstate__": "setstate", "__setstate_cython__": "setstate",
         "__setattr__": "setattr", "__getattr__": "getattr", "__getattribute__": "getattr", "__setitem__": "setitem",
         "append": "append", "extend": "append", "add": "add", "update": "add", "__eq__": "hash", "__hash__": "hash",
         "__del__": "del", "__call__": "call"}


def modules(top):
    package = importlib.import_module(top)
    folders = list(getattr(package, "__path__", []))
    for root in folders:
        for folder, names, files in os.walk(root):
            names[:] = [n for n in names if n not in ("tests", "test")]
            for file in sorted(files):
                for suffix in importlib.machinery.EXTENSION_SUFFIXES:
                    if file.endswith(suffix):
                        relative = os.path.relpath(os.path.join(folder, file[: -len(suffix)]), root)
                        yield top + "." + relative.replace(os.sep, ".")
                        break


def full(cls, module):
    if cls.__module__ == module:
        return ":" + cls.__qualname__
    return cls.__module__ + ":" + cls.__qualname__


def collect(top):
    rows = {}
    for name in modules(top):
        try:
            importlib.import_module(name)
        except BaseException:
            continue
    for name, module in sorted(sys.modules.items()):
        if not (name == top or name.startswith(top + ".")) or module is None:
            continue
        compiled = not str(getattr(module, "__file__", "")).endswith(".py")
        for value in list(vars(module).values()):
            if isinstance(value, type) and (value.__module__ or "").split(".")[0] == top:
                source = getattr(sys.modules.get(value.__module__), "__file__", None) or ""
                if source.endswith(".py") and value.__flags__ & (1 << 9) and not compiled:
                    continue
                place = rows.setdefault(value.__module__, {})
                if value.__qualname__ in place or "<" in value.__qualname__:
                    continue
                marks = sorted({hook + "*" for method, hook in HOOKS.items()
                                if method in vars(value) and vars(value)[method] is not None})
                bases = [full(b, value.__module__) for b in value.__bases__ if b is not object]
                if type(value) is not type:
                    bases.append("^" + full(type(value), value.__module__))
                place[value.__qualname__] = (sorted(bases), marks)
    return rows


def main(name, top):
    warnings.simplefilter("ignore")
    rows = collect(top)
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "compiled", name + ".rows"), "w") as out:
        for module in sorted(rows):
            out.write("@%s\n" % module)
            for cls in sorted(rows[module]):
                bases, marks = rows[module][cls]
                out.write("%s\t%s%s\n" % (cls, ",".join(bases), "\t" + " ".join(marks) if marks else ""))


if __name__ == "__main__":
    if sys.argv[1] == "--all":
        for pair in sys.argv[2:]:
            try:
                subprocess.run([sys.executable, __file__] + pair.split("="), timeout=180)
            except subprocess.TimeoutExpired:
                print("too slow: " + pair)
    else:
        main(*sys.argv[1:])
