"""Writes PACKAGE.evidence: what the classes of a Python package define of the methods that loading a pickle may reach.

Reads sources only (unpacked wheels, or an interpreter's library); nothing of the package is imported or run.

    collect.py --out DIR --name sklearn --top sklearn  TREE [TREE ...]

A TREE is a folder that holds the top-level package, written VERSION=PATH; newest first. Facts of several versions are
joined so that the strictest one wins. docs/policy.md describes the format.
"""
import argparse
import ast
import builtins
import os
import re
import sys
import warnings

HOOKS = {
    "__new__": "new", "__init__": "init", "__setstate__": "setstate", "__setattr__": "setattr",
    "__getattr__": "getattr", "__getattribute__": "getattr", "__setitem__": "setitem",
    "append": "append", "extend": "append", "add": "add", "update": "add",
    "__hash__": "hash", "__eq__": "hash", "__cmp__": "hash", "__del__": "del", "__call__": "call",
    "__init_subclass__": None,
}
RANK = {"=": 1, "+": 2, "*": 3, "-": 4, "!": 5}  # how much a mark asks for

SAFE_CALLS = set("""
isinstance issubclass len int str float bool tuple list dict set frozenset repr hash id min max sum abs all any sorted
zip enumerate range xrange hasattr getattr setattr super callable object iter next reversed round divmod ord chr bytes
bytearray slice print format unicode long basestring complex type delattr vars property NotImplementedError cast
""".split())
SAFE_METHODS = set("""
update copy items keys values get pop setdefault append extend add insert remove format lower upper strip rstrip lstrip
split join startswith endswith replace index count encode decode sort reverse clear union issubset intersection
difference discard astype reshape tolist view ravel flatten transpose iteritems itervalues iterkeys title isdigit
rsplit partition popitem appendleft sum max min mean any all nonzero fill squeeze numel size dim item clone detach
rpartition splitlines zfill casefold isidentifier total_seconds isoformat items_ has_key __contains__ hex
debug info warning warn error set_name _replace as_tuple bit_length
""".split())
SAFE_MODULES = {
    "math": None, "cmath": None, "operator": None, "itertools": None, "weakref": None, "warnings": None,
    "collections": None, "collections.abc": None, "datetime": None, "decimal": None, "fractions": None, "numbers": None, "types": None,
    "typing": None, "textwrap": None, "string": None, "time": None, "copy": None, "enum": None, "abc": None,
    "functools": {"partial", "wraps", "total_ordering", "reduce", "lru_cache"},
    "threading": {"Lock", "RLock", "Event", "Condition", "local", "Semaphore", "current_thread", "get_ident"},
    "thread": {"allocate_lock"}, "_thread": {"allocate_lock", "RLock"},
    "logging": {"getLogger", "debug", "info", "warning", "warn", "error"},
    "re": {"compile", "match", "search", "sub", "split", "escape", "findall", "finditer", "fullmatch", "Pattern"},
    "uuid": {"uuid4", "UUID"}, "random": None,
    "inspect": {"signature", "isclass", "isfunction", "ismethod", "getfullargspec", "isgeneratorfunction", "iscoroutinefunction"},
    "os": {"getpid", "fspath", "cpu_count"}, "sys": {"getsizeof", "intern", "getrecursionlimit"},
    "os.path": {"join", "basename", "dirname", "split", "splitext", "normpath", "isabs"},
    "six": {"iteritems", "itervalues", "iterkeys", "text_type", "string_types"},
    "dataclasses": {"fields", "field", "asdict", "replace", "is_dataclass"},
    "attr": {"fields", "asdict"}, "builtins": SAFE_CALLS,
    "pathlib": {"Path", "PurePath", "PosixPath"},
}
NUMERIC = {"numpy", "torch", "scipy", "pandas", "torch.nn", "torch.nn.functional", "jax.numpy"}
NUMERIC_HARM = set("""load loadtxt genfromtxt fromfile memmap save savez savetxt read_csv read_pickle read_table
read_json read_excel read_parquet read_sql read_html read_hdf read_feather HDFStore eval DataSource loads hub compile
fromregex apply_along_axis vectorize frompyfunc manual_seed jit""".split())
NUMERIC_PLAIN = set("""tensor is_tensor zeros ones empty full arange device Size zeros_like ones_like eye as_tensor Tensor
get_default_dtype is_floating_point is_complex no_grad enable_grad set_grad_enabled asarray array dtype isscalar""".split())
HARM_NAMES = {"open", "eval", "exec", "compile", "__import__", "execfile", "input", "raw_input", "file", "reload"}
HARM_MODULES = {
    "os", "posix", "subprocess", "socket", "shutil", "importlib", "pickle", "cPickle", "_pickle", "cloudpickle", "dill",
    "joblib", "tempfile", "urllib", "urllib2", "urllib.request", "requests", "httpx", "ctypes", "webbrowser",
    "multiprocessing", "marshal", "runpy", "glob", "zipfile", "tarfile", "sqlite3", "http.client", "smtplib", "ftplib",
    "telnetlib", "ssl", "asyncio", "mmap", "io", "codecs", "gzip", "bz2", "lzma", "h5py", "imp", "pkgutil",
    "concurrent.futures", "signal", "pty", "shelve", "dbm", "fsspec", "boto3", "yaml", "linecache", "platform",
}
HARMLESS_IN = {"os": {"environ", "path", "sep", "linesep", "name", "PathLike", "error", "getcwd"},
               "io": {"BytesIO", "StringIO", "IOBase", "RawIOBase", "TextIOBase", "BufferedIOBase"},
               "ctypes": {"c_int", "c_void_p", "c_char_p", "byref", "POINTER", "Structure"},
               "multiprocessing": {"cpu_count", "current_process"}, "codecs": {"encode"}, "tempfile": {"gettempdir"}}


def dotted(node):
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if isinstance(node, ast.Name):
        parts.append(node.id)
        return ".".join(reversed(parts))
    return None


class Module:
    def __init__(self, name, is_package):
        self.name, self.is_package = name, is_package
        self.binds = {}  # name -> list of ("import", module) | ("from", module, attr) | ("alias", dotted)
        self.stars = []
        self.classes = {}  # qualname -> ClassDef
        self.functions = {}
        self.variables = {}  # name -> expressions that it is given
        self.reducers = set()  # functions that copyreg.pickle registers


class World:
    """All modules of one version of one package."""

    def __init__(self, tops):
        self.tops, self.modules = tops, {}
        self.cache, self.busy = {}, set()

    # -- reading ---------------------------------------------------------------------------------
    def read(self, root, skip):
        for top in self.tops:
            path = os.path.join(root, *top.split("."))
            if os.path.isfile(path + ".py"):
                self.parse(path + ".py", top, False)
            for folder, folders, files in os.walk(path):
                folders[:] = sorted(f for f in folders if f not in skip and "." not in f and f != "__pycache__")
                relative = os.path.relpath(folder, path)
                package = top if relative == "." else top + "." + relative.replace(os.sep, ".")
                for file in sorted(files):
                    stem, ext = os.path.splitext(file)
                    if ext != ".py" or stem in skip or "." in stem or stem.startswith("dummy_"):
                        continue
                    if stem == "__init__":
                        self.parse(os.path.join(folder, file), package, True)
                    else:
                        self.parse(os.path.join(folder, file), package + "." + stem, False)

    def parse(self, path, name, is_package):
        try:
            with open(path, "rb") as f:
                data = f.read()
            tree = parse(data)
        except (SyntaxError, ValueError, RecursionError, UnicodeDecodeError, OSError):
            return
        module = self.modules[name] = Module(name, is_package)
        self.scan(module, tree.body, "")

    def scan(self, module, body, prefix):
        for node in body:
            if isinstance(node, ast.ClassDef):
                module.classes.setdefault(prefix + node.name, node)
                self.scan_class(module, node, prefix + node.name + ".")
            elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                module.functions.setdefault(node.name, node)
            elif isinstance(node, ast.Import):
                for a in node.names:
                    if a.asname:
                        self.bind(module, a.asname, ("import", a.name))
                    else:
                        top = a.name.split(".")[0]
                        self.bind(module, top, ("import", top))
            elif isinstance(node, ast.ImportFrom):
                source = self.relative(module, node)
                for a in node.names:
                    if a.name == "*":
                        module.stars.append(source)
                    else:
                        self.bind(module, a.asname or a.name, ("from", source, a.name))
            elif isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
                value = dotted(node.value)
                if value:
                    self.bind(module, node.targets[0].id, ("alias", value))
                elif isinstance(node.value, ast.Call) and self.makes_tuple(node.value):
                    made = ast.parse("class %s(tuple): pass" % node.targets[0].id).body[0]
                    module.classes.setdefault(prefix + node.targets[0].id, made)
            if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None and not prefix:
                for t in node.targets if isinstance(node, ast.Assign) else [node.target]:
                    for name in t.elts if isinstance(t, (ast.Tuple, ast.List)) else [t]:
                        if isinstance(name, ast.Name):
                            module.variables.setdefault(name.id, []).append(node.value)
            elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and len(node.value.args) > 1 and (
                    dotted(node.value.func) or "").split(".")[0] in ("copyreg", "copy_reg"):
                module.reducers.add(dotted(node.value.args[1]))
            for field in ("body", "orelse", "finalbody"):
                if isinstance(node, (ast.If, ast.Try, ast.With)) and getattr(node, field, None):
                    self.scan(module, getattr(node, field), prefix)
            if isinstance(node, ast.Try):
                for handler in node.handlers:
                    self.scan(module, handler.body, prefix)

    @staticmethod
    def makes_tuple(call):
        return (dotted(call.func) or "").split(".")[-1] in ("namedtuple", "NamedTuple", "_make_tuple_bunch")

    def scan_class(self, module, node, prefix):
        for inner in node.body:
            if isinstance(inner, ast.ClassDef):
                module.classes.setdefault(prefix + inner.name, inner)
                self.scan_class(module, inner, prefix + inner.name + ".")

    @staticmethod
    def bind(module, name, what):
        known = module.binds.setdefault(name, [])
        if what not in known and what != ("alias", name):
            known.append(what)

    @staticmethod
    def relative(module, node):
        if not node.level:
            return node.module or ""
        parts = module.name.split(".")
        drop = node.level - 1 if module.is_package else node.level
        base = parts[: len(parts) - drop] if drop else parts
        return ".".join(base + ([node.module] if node.module else []))

    # -- resolving -------------------------------------------------------------------------------
    def mine(self, module):
        return module.split(".")[0] in {t.split(".")[0] for t in self.tops}

    def resolve(self, module, name, seen=None):
        """Every (module, qualname) of a class or function that `name` may mean in `module`; foreign ones as written."""
        seen = seen or set()
        if (module, name) in seen or len(seen) > 60:
            return []
        seen.add((module, name))
        m = self.modules.get(module)
        if m is None:
            if self.mine(module):
                return []
            return [(module, name)]
        if name in m.classes or name in m.functions:
            return [(module, name)]
        head, _, rest = name.partition(".")
        found = []
        if head in m.classes:
            return []
        for bind in m.binds.get(head, []):
            if bind[0] == "alias":
                found += self.resolve(module, bind[1] + ("." + rest if rest else ""), seen)
            elif bind[0] == "import":
                if rest:
                    found += self.through(bind[1], rest, seen)
            else:
                target = bind[1] + "." + bind[2]
                if rest and (target in self.modules or (target in KNOWN_MODULES)):
                    found += self.through(target, rest, seen)
                elif rest:
                    found += self.resolve(bind[1], bind[2] + "." + rest, seen)
                else:
                    found += self.resolve(bind[1], bind[2], seen)
        if not found:
            submodule = module + "." + head
            if rest and submodule in self.modules:
                found += self.through(submodule, rest, seen)
        if not found:
            for star in m.stars:
                if star in self.modules:
                    found += self.resolve(star, name, seen)
        unique = []
        for f in found:
            if f not in unique:
                unique.append(f)
        return unique

    def through(self, module, rest, seen):
        """`rest` below a module: longest prefix of it that is a module, then a name."""
        parts = rest.split(".")
        while len(parts) > 1 and (module + "." + parts[0] in self.modules or not self.mine(module)):
            module, parts = module + "." + parts[0], parts[1:]
        return self.resolve(module, ".".join(parts), seen)

    # -- classes ---------------------------------------------------------------------------------
    def bases(self, module, node):
        result = []
        for base in node.bases:
            result += self.base(module, node, base)
        for keyword in node.keywords:
            if keyword.arg == "metaclass":
                result += ["^" + b for b in self.base(module, node, keyword.value)]
        for inner in node.body:
            if isinstance(inner, ast.Assign) and any(
                    isinstance(t, ast.Name) and t.id == "__metaclass__" for t in inner.targets):
                result += ["^" + b for b in self.base(module, node, inner.value)]
        for decorator in node.decorator_list:
            if isinstance(decorator, ast.Call) and (dotted(decorator.func) or "").endswith("add_metaclass"):
                result += ["^" + b for b in self.base(module, node, decorator.args[0])]
        return result

    def base(self, module, node, base):
        if isinstance(base, ast.Subscript):
            return self.base(module, node, base.value)
        if isinstance(base, ast.IfExp):
            return self.base(module, node, base.body) + self.base(module, node, base.orelse)
        if isinstance(base, ast.Call):
            name = (dotted(base.func) or "").split(".")[-1]
            if name in ("namedtuple", "NamedTuple"):
                return ["builtins:tuple"]
            if name in ("with_metaclass", "with_metaclass_", "_with_metaclass") and base.args:
                result = ["^" + b for b in self.base(module, node, base.args[0])]
                for other in base.args[1:]:
                    result += self.base(module, node, other)
                return result
            return ["%s()" % (dotted(base.func) or "?")]
        name = dotted(base)
        if name is None:
            return ["?"]
        if name in ("object", "type"):
            return ["builtins:type"] if name == "type" else []
        found = [f for f in self.resolve(module, name) if f != (module, node.name)]
        if not found:
            found = [f for star in self.foreign_stars(module, set()) for f in OTHERS.behind_star(star, name)][:1]
        if not found:
            # A class of an extension module of the package: compiled.py may have seen it.
            found = [(b[1], b[2]) for b in self.modules[module].binds.get(name, [])
                     if b[0] == "from" and self.mine(b[1]) and b[1] not in self.modules]
        if not found:
            if name in BUILTINS:
                return ["builtins:" + name]
            return [name]
        return sorted({plain_base(m, n) for m, n in found} - {"builtins:object"})

    def foreign_stars(self, module, seen):
        """Modules of other packages whose every name this one takes, through its own packages' stars as well."""
        if module in seen or module not in self.modules:
            return []
        seen.add(module)
        found = []
        for star in self.modules[module].stars:
            found += self.foreign_stars(star, seen) if self.mine(star) else [star]
        return found

    def hooks(self, module, qualname, node):
        marks = {}

        def note(hook, mark):
            if hook and RANK[mark] > RANK.get(marks.get(hook, ""), 0):
                marks[hook] = mark

        own = {}
        for inner in node.body:
            for f in flat(inner):
                if isinstance(f, (ast.FunctionDef, ast.AsyncFunctionDef)):
                    own.setdefault(f.name, f)
        judge = Judge(self, module, qualname, own)
        for inner in node.body:
            for f in flat(inner):
                if isinstance(f, (ast.FunctionDef, ast.AsyncFunctionDef)):
                    if any(isinstance(d, ast.Attribute) and d.attr == "setter" for d in f.decorator_list):
                        note("setattr", judge.mark(f))
                    elif any((dotted(d) or "").endswith("overload") for d in f.decorator_list):
                        continue
                    elif HOOKS.get(f.name):
                        note(HOOKS[f.name], "-" if f.name == "__call__" else judge.mark(f))
                elif isinstance(f, ast.Assign):
                    for t in f.targets:
                        if isinstance(t, ast.Name) and HOOKS.get(t.id):
                            note(HOOKS[t.id], self.assigned(f.value, own, judge))
        for decorator in node.decorator_list:
            call = decorator if isinstance(decorator, ast.Call) else None
            name = (dotted(call.func if call else decorator) or "")
            last = name.split(".")[-1]
            if last == "dataclass" or name in ("attr.s", "attr.attrs", "attrs.define", "attrs.frozen", "attr.define",
                                               "define", "frozen", "attrs.mutable", "attr.frozen", "attrs"):
                post = own.get("__post_init__") or own.get("__attrs_post_init__")
                if "__init__" not in own:
                    note("init", judge.mark(post) if post else
                         "-" if "converter=" in ast.unparse(node) else "=")
                note("hash", "=")
        return marks

    def made(self, module, qualname, node, depth):
        """Mark of making an instance of another class of the package: its own `__new__` and `__init__`."""
        own = {f.name: f for f in node.body if isinstance(f, ast.FunctionDef)}
        judge, mark = Judge(self, module, qualname, own), "="
        for name in ("__new__", "__init__", "__post_init__"):
            if name in own:
                mark = worst(mark, judge.mark(own[name], depth))
        return mark.replace("+", "=")

    @staticmethod
    def assigned(value, own, judge):
        if isinstance(value, ast.Constant):
            return "="
        name = dotted(value) or ""
        if name in own:
            return judge.mark(own[name])
        if name.split(".")[0] in ("object", "dict", "list", "tuple", "set", "str", "int", "float", "type", "Exception"):
            return "="
        return "-"


class Others:
    """The classes that the evidence of other packages lists."""

    def __init__(self):
        self.files, self.packages = None, {}

    def has(self, module, name):
        return name in self.modules(module.split(".")[0]).get(module, ())

    def behind_star(self, module, name):
        """The one module of a package that defines a class which `from module import *` brings."""
        found = [m for m, names in self.modules(module.split(".")[0]).items() if name in names]
        return [(m, name) for m in found] if len(found) == 1 else []

    def modules(self, top):
        if self.files is None:
            with open(os.path.join(RESOURCES, "index")) as f:
                self.files = dict(line.split() for line in f)
        if top not in self.packages:
            path = os.path.join(RESOURCES, self.files.get(top, "") + ".evidence")
            rows = read_rows(path) if os.path.exists(path) else {}
            self.packages[top] = {module: {n for n, (bases, _) in names.items() if not bases[:1] or bases[0][0] != "="}
                                  for module, names in rows.items()}
        return self.packages[top]


RESOURCES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "main", "resources", "io", "loadlock", "artifact", "policy")
OTHERS = Others()


def flat(node):
    if isinstance(node, (ast.If, ast.Try)):
        for field in ("body", "orelse", "finalbody"):
            for inner in getattr(node, field, []):
                yield from flat(inner)
    else:
        yield node


class Judge:
    """Is a method's body one that merely stores, compares and raises?"""

    def __init__(self, world, module, qualname, own):
        self.world, self.module, self.qualname, self.own = world, module, qualname, own
        self.busy = world.busy
        self.makes, self.inits = None, False

    def mark(self, function, depth=0):
        key = (self.module, id(function))
        known = self.world.cache.get(key) or self.world.cache.get((key, depth))
        if known:
            return known
        if key in self.busy:
            return "="
        self.busy.add(key)
        mark = "="
        for statement in function.body:
            mark = worst(mark, self.node(statement, function, depth))
        self.busy.discard(key)
        # What is not understood may only be too deep from here.
        self.world.cache[key if depth == 0 or mark != "-" else (key, depth)] = mark
        return mark

    def maker(self, function, parameter):
        """`>type` or `>class` if the function is plain but for making an instance of its parameter, else None."""
        self.makes = parameter
        mark = "="
        for statement in function.body:
            mark = worst(mark, self.node(statement, function, 0))
        self.makes = None
        return None if mark != "=" else ">class" if self.inits else ">type"

    def node(self, node, function, depth):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)):
            return "="
        mark = "="
        if isinstance(node, ast.Call):
            mark = self.call(node, function, depth)
        elif isinstance(node, (ast.With, ast.AsyncWith)):
            for item in node.items:
                if isinstance(item.context_expr, ast.Call):
                    mark = worst(mark, self.call(item.context_expr, function, depth))
        for child in ast.iter_child_nodes(node):
            mark = worst(mark, self.node(child, function, depth))
        return mark

    def call(self, node, function, depth):
        target = node.func
        if self.makes is not None and dotted(target) in (self.makes, self.makes + ".__new__"):
            self.inits |= isinstance(target, ast.Name)
            return "="
        if isinstance(target, ast.Attribute):
            value = target.value
            if isinstance(value, ast.Call) and dotted(value.func) == "super":
                return "+" if target.attr in HOOKS or target.attr == function.name else "-"
            name = dotted(target)
            if name is None:
                return "=" if target.attr in SAFE_METHODS else "-"
            head = name.split(".")[0]
            rest = name.split(".")[1:]
            if head in ("self", "cls") and len(rest) == 1:
                if rest[0] in self.own and depth < 5:
                    return self.mark(self.own[rest[0]], depth + 1)
                return "=" if rest[0] in SAFE_METHODS else self.inherited(rest[0], depth)
            if target.attr in HOOKS and target.attr.startswith("__"):
                if head in ("object", "dict", "list", "tuple", "set", "frozenset", "str", "int", "float", "type",
                            "Exception", "bytes", "ValueError", "UserDict", "OrderedDict"):
                    return "="
                return "+"
            return self.dotted_call(name, target.attr, depth)
        if isinstance(target, ast.Name):
            return self.plain_call(target.id, node, depth)
        return "-"

    def inherited(self, method, depth, seen=None):
        """A method that some base in the package defines."""
        seen = seen if seen is not None else set()
        node = self.world.modules[self.module].classes.get(self.qualname)
        if node is None or depth > 5 or (self.module, self.qualname) in seen:
            return "-"
        seen.add((self.module, self.qualname))
        mark = None
        for base in self.world.bases(self.module, node):
            module, _, name = base.partition(":")
            m = self.world.modules.get(module)
            if m is None or name not in m.classes:
                continue
            own = {f.name: f for inner in m.classes[name].body for f in flat(inner) if isinstance(f, ast.FunctionDef)}
            judge = Judge(self.world, module, name, own)
            found = judge.mark(own[method], depth + 1) if method in own else judge.inherited(method, depth + 1, seen)
            mark = found if mark is None else worst(mark, found)
        return "-" if mark is None or mark == "+" else mark

    def plain_call(self, name, node, depth):
        m = self.world.modules[self.module]
        if name in m.functions or name in m.classes or name in m.binds or m.stars:
            found = self.world.resolve(self.module, name)
            if found:
                return self.found(found, depth)
        if name in HARM_NAMES:
            return "!"
        if name == "type" and len(node.args) == 3:
            return "-"
        if name in SAFE_CALLS or name in BUILTINS and name.endswith(("Error", "Warning", "Exception", "Iteration")):
            return "="
        return "-"

    def dotted_call(self, name, attr, depth):
        head, _, rest = name.partition(".")
        m = self.world.modules[self.module]
        if head not in m.binds and head not in m.classes:
            return "=" if attr in SAFE_METHODS else "-"
        found = self.world.resolve(self.module, name)
        if found:
            return self.found(found, depth)
        tops = {bind[1] for bind in m.binds.get(head, []) if bind[0] == "import"}
        if tops and tops <= NUMERIC and rest in NUMERIC_PLAIN:
            return "="  # a numeric library that speaks of itself
        return "=" if attr in SAFE_METHODS and head not in m.classes else "-"

    def found(self, found, depth):
        mark = "="
        for module, name in found:
            mark = worst(mark, self.one(module, name, depth))
        return mark

    def one(self, module, name, depth):
        full, leaf = module + "." + name, name.split(".")[0]
        if module in self.world.modules:
            m = self.world.modules[module]
            if name in m.functions and depth < 5:
                return Judge(self.world, module, "", {}).mark(m.functions[name], depth + 1).replace("+", "-")
            if name in m.classes and depth < 5:
                return self.world.made(module, name, m.classes[name], depth + 1)
            return "-"
        if module in SAFE_MODULES and (SAFE_MODULES[module] is None or leaf in SAFE_MODULES[module]):
            return "="
        if full in SAFE_MODULES or (module == "os" and name.startswith("path.")):
            allowed = SAFE_MODULES.get("os.path")
            return "=" if name.split(".")[-1] in allowed else "-"
        if module.split(".")[0] in ("numpy", "torch", "scipy", "pandas"):
            if name.split(".")[-1] in NUMERIC_HARM or leaf in NUMERIC_HARM:
                return "!"
            return "=" if module in NUMERIC or name.split(".")[0] in ("linalg", "nn") else "-"
        if module in HARM_MODULES:
            if leaf in HARMLESS_IN.get(module, ()):
                return "-"
            return "!"
        if name in SAFE_CALLS and module == "builtins":
            return "="
        return "-"


def plain_base(module, name):
    """`typing.Dict` as a base is `dict`."""
    if module in ("typing", "typing_extensions") and name in TYPING:
        return TYPING[name]
    return module + ":" + name


TYPING = {"Dict": "builtins:dict", "List": "builtins:list", "Tuple": "builtins:tuple", "Set": "builtins:set",
          "FrozenSet": "builtins:frozenset", "Type": "builtins:type", "DefaultDict": "collections:defaultdict",
          "OrderedDict": "collections:OrderedDict", "Counter": "collections:Counter", "Deque": "collections:deque"}
for _abc in ("Mapping MutableMapping Sequence MutableSequence MutableSet Iterable Iterator Callable Hashable Sized Container "
             "Collection Generator Reversible KeysView ItemsView ValuesView MappingView").split():
    TYPING[_abc] = "_collections_abc:" + _abc
TYPING["AbstractSet"] = "_collections_abc:Set"


def worst(a, b):
    return a if RANK[a] >= RANK[b] else b


def parse(data):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(data)
        except SyntaxError:
            return ast.parse(from_python2(data))


def from_python2(data):
    from lib2to3 import refactor
    global REFACTOR
    if REFACTOR is None:
        fixes = ["except", "exec", "ne", "numliterals", "paren", "print", "raise", "repr", "tuple_params", "has_key",
                 "throw", "metaclass"]
        REFACTOR = refactor.RefactoringTool(["lib2to3.fixes.fix_" + f for f in fixes])
    text = data.decode("latin-1").replace("\r\n", "\n")
    try:
        return str(REFACTOR.refactor_string(text + "\n", "x"))
    except Exception as e:
        raise SyntaxError(str(e))


REFACTOR = None
BUILTINS = set(dir(builtins)) | {"unicode", "long", "basestring", "StandardError", "WindowsError", "xrange", "file"}
KNOWN_MODULES = {"torch.nn", "os.path", "torch.utils.data", "numpy.random", "scipy.sparse", "scipy.stats",
                 "torch.nn.functional", "torch.optim", "sklearn.base", "urllib.parse", "collections.abc"}


def evidence(world):
    """module -> qualname -> (bases, marks); a `set_module` decorator or `__module__` moves a class."""
    result = {}
    for name in sorted(world.modules):
        module = world.modules[name]
        for qualname, node in module.classes.items():
            bases = world.bases(name, node)
            marks = world.hooks(name, qualname, node)
            for place in {name, moved(node) or name}:
                shown = [b.replace(place + ":", ":", 1) if b.lstrip("^").startswith(place + ":") else b for b in bases]
                result.setdefault(place, {})[qualname] = (sorted(set(shown)), marks)
        if module.is_package and name.count(".") < 3:
            for bound in list(module.binds) + star_names(world, module):
                if bound.startswith("_") or bound in module.classes:
                    continue
                for target, what in world.resolve(name, bound)[:1]:
                    if (what in world.modules[target].classes if target in world.modules else OTHERS.has(target, what)):
                        result.setdefault(name, {}).setdefault(bound, (["=" + target + ":" + what], {}))
    return result


def function_marks(world):
    """module -> name -> (harmless to keep, mark of a reduction or None)"""
    import functions
    judge = functions.Functions(world)
    called, result = judge.called(), {}
    for name in sorted(world.modules):
        for function, node in world.modules[name].functions.items():
            mark = called.get((name, function))
            for place in {name, decorated(node) or name}:
                result.setdefault(place, {})[function] = (judge.kept(name, function), mark)
    return result


def join_functions(all_versions):
    """Kept where every version that has it would keep it; called where no version objects."""
    joined = {}
    for version in all_versions:
        for module, names in version.items():
            into = joined.setdefault(module, {})
            for name, (kept, mark) in names.items():
                old_kept, old_mark = into.get(name, (True, None))
                order = [None, "=", ">type", ">class", "-"]
                into[name] = (old_kept and kept, max(old_mark, mark, key=order.index))
    return joined


def star_names(world, module):
    names = []
    for star in module.stars:
        m = world.modules.get(star)
        if m is not None:
            names += list(m.classes) + list(m.binds)
            names += [n for s in m.stars if s in world.modules for n in world.modules[s].classes]
    return [n for n in names if "." not in n]


def decorated(node):
    for decorator in node.decorator_list:
        if isinstance(decorator, ast.Call) and (dotted(decorator.func) or "").endswith("set_module") and decorator.args:
            return getattr(decorator.args[0], "value", None)
    return None


def moved(node):
    if decorated(node):
        return decorated(node)
    for inner in node.body:
        if isinstance(inner, ast.Assign) and any(
                isinstance(t, ast.Name) and t.id == "__module__" for t in inner.targets):
            value = getattr(inner.value, "value", None)
            return value if isinstance(value, str) else None
    return None


def join(all_versions):
    """The strictest of several versions; newest first decides what a name stands for."""
    joined = {}
    for version in all_versions:
        for module, classes in version.items():
            into = joined.setdefault(module, {})
            for name, (bases, marks) in classes.items():
                if name not in into:
                    into[name] = (list(bases), dict(marks))
                    continue
                old_bases, old_marks = into[name]
                points = [b for b in old_bases if b.startswith("=")]
                if points or any(b.startswith("=") for b in bases):
                    if points and not any(b.startswith("=") for b in bases):
                        into[name] = (list(bases), dict(marks))
                    continue
                unfound = lambda b: ":" not in b
                both = {b for b in old_bases + bases if not unfound(b)}
                if any(map(unfound, old_bases)) and any(map(unfound, bases)):
                    both |= {b for b in old_bases + bases if unfound(b)}
                for hook, mark in marks.items():
                    old_marks[hook] = worst(mark, old_marks.get(hook, "="))
                into[name] = (sorted(both), old_marks)
    return joined


def read_rows(path):
    """The rows of a file as join() takes them."""
    rows, module = {}, None
    with open(path) as f:
        for line in f:
            if line.startswith("@"):
                module = rows.setdefault(line[1:].strip(), {})
            elif not line.startswith(("#", "def\t")):
                name, bases, marks = (line.rstrip("\n").split("\t") + [""])[:3]
                module[name] = ([b for b in bases.split(",") if b], {m[:-1]: m[-1] for m in marks.split()})
    return rows


def read_functions(path):
    """The functions of a file as join_functions() takes them."""
    rows, module = {}, None
    with open(path) as f:
        for line in f:
            if line.startswith("@"):
                module = rows.setdefault(line[1:].strip(), {})
            elif line.startswith("def\t"):
                for word in line.rstrip("\n").split("\t")[1].split(" "):
                    name = word.rstrip("=!").split(">")[0]
                    module[name] = (not word.endswith("!"), word.rstrip("!")[len(name):] or None)
    return rows


def write(path, versions, joined, functions):
    with open(path, "w", encoding="ascii", errors="replace") as out:
        out.write("# generated by ./dev policy from %s\n" % " ".join(versions))
        for module in sorted(set(joined) | set(functions)):
            words = []
            for name, (kept, mark) in sorted(functions.get(module, {}).items()):
                called = mark if mark and mark != "-" else ""
                if kept or called:
                    words.append(name + called + ("" if kept else "!"))
            if not joined.get(module) and not words:
                continue
            out.write("@%s\n" % module)
            if words:
                out.write("def\t%s\n" % " ".join(words))
            joined.setdefault(module, {})
            for name in sorted(joined[module]):
                bases, marks = joined[module][name]
                tail = " ".join(h + m for h, m in sorted(marks.items()))
                out.write("%s\t%s%s\n" % (name, ",".join(bases), "\t" + tail if tail else ""))


def add_to(path, versions, facts, functions):
    """Joins what was collected to the rows of a file, newest first. The rows don't tell a function that they refuse from one
    that they never met: in a module that they know, both are refused."""
    known = read_functions(path)
    rows = read_rows(path)
    for version in functions:
        for module, names in version.items():
            if module in rows:
                for name in names:
                    if name not in known.get(module, {}):
                        names[name] = (False, "-")
    with open(path) as f:
        before = f.readline().split("from ")[1].split()
    place = next((i for i, version in enumerate(versions) if ordered(version) < ordered(before[0])), len(versions))
    facts.insert(place, rows)
    functions.insert(place, known)
    versions[:] = sorted(set(versions + before), key=ordered, reverse=True)


def ordered(version):
    return [int(part) for part in re.findall(r"[0-9]+", version)]


def main(args):
    options = argparse.ArgumentParser()
    options.add_argument("--out", required=True)
    options.add_argument("--name", required=True)
    options.add_argument("--top", action="append", required=True)
    options.add_argument("--skip", default="tests,test,conftest,testing,site-packages,examples,benchmarks,_test")
    options.add_argument("--earlier", help="evidence to add to")
    options.add_argument("--compiled", help="what compiled.py saw of extension modules")
    options.add_argument("tree", nargs="+")
    o = options.parse_args(args)
    sys.setrecursionlimit(5000)
    versions, facts, functions = [], [], []
    for tree in o.tree:
        version, _, root = tree.partition("=")
        world = World(o.top)
        world.read(root, set(o.skip.split(",")))
        if world.modules:
            versions.append(version)
            facts.append(evidence(world))
            functions.append(function_marks(world))
    if o.earlier and os.path.exists(o.earlier):
        add_to(o.earlier, versions, facts, functions)
    if o.compiled and os.path.exists(o.compiled):
        facts.append(read_rows(o.compiled))
    joined = join(facts)
    if joined:
        write(os.path.join(o.out, o.name + ".evidence"), versions, joined, join_functions(functions))
    print("%s: %d versions, %d modules, %d classes" % (
        o.name, len(versions), len(joined), sum(map(len, joined.values()))))


if __name__ == "__main__":
    main(sys.argv[1:])
