"""Which module-level functions of a package are harmless to keep, and which a pickle may call.

`kept`: whatever the function reaches by name, followed through the package, opens no file, runs no code and asks no
network; a name that leads nowhere is not kept. Methods of values are judged by their names alone, since a value comes from
a caller who has been judged himself.

`called`: functions that a `__reduce__` or a `copyreg.pickle` of the package hands out. They are called with what a file
says, so their bodies must be understood whole: `=` gives data; `>type` an
instance of its first argument, made without `__init__`, `>class` with it.
"""
import ast

import collect

RISKY = set("""
load loads load_module exec_module system popen Popen urlopen urlretrieve fromfile tofile savez savetxt save download
import_module eval exec execute executescript write_text write_bytes read_text read_bytes unlink rmdir rmtree chmod symlink_to
hardlink_to to_pickle read_pickle to_csv to_hdf to_sql to_parquet to_excel to_json to_feather query check_output check_call
spawn fork connect sendall recv extractall call_soon submit apply_async map_async start_new_thread run_string exec_command
find_spec resolve_name set_start_method makedirs mkdir removedirs rename renames startfile dump dumps unpickle from_pretrained
save_pretrained open run_module run_path torch_load safe_load full_load unsafe_load load_state_dict_from_url
""".split())
MORE_SAFE = collect.SAFE_CALLS | set("""map filter any all callable ascii bin oct hash input_ locals globals memoryview pow object staticmethod
classmethod aiter anext NotImplemented Ellipsis""".split())
FOREIGN = {"numpy", "torch", "scipy", "pandas", "sklearn", "jax", "torchvision", "math", "cmath", "numba", "einops", "PIL", "cv2", "networkx",
           "sympy", "typing_extensions", "dateutil", "pytz", "packaging", "six", "tqdm", "xarray", "skimage", "statsmodels", "gymnasium",
           "matplotlib", "shapely", "polars", "narwhals", "opt_einsum", "functorch", "toolz", "patsy", "cytoolz", "torch_scatter",
           "torch_sparse", "torch_cluster", "pyarrow", "sparse", "cupy", "thinc", "ml_dtypes"}
FOREIGN_HARM = collect.NUMERIC_HARM | RISKY | set("""imread imsave imwrite open_dataset fetch_openml load_files download_url urlopen
VideoCapture get_data DataLoader Memory Parallel delayed lambdify parse_expr sympify nsimplify read_gpickle write_gpickle read_graphml query
load_state_dict_from_url cpp_extension multiprocessing get_loader url_to_file gethostbyname FileStorage imshow savefig
fs OSFile NativeFile PythonFile memory_map input_stream output_stream parquet csv json feather dataset ipc hdfs flight plasma orc
RawKernel RawModule NativeFile""".split())
JIT_PLAIN = {"jit.is_scripting", "jit.is_tracing", "jit.annotate", "jit.isinstance", "jit._unwrap_optional"}
SAFE_STDLIB = {"bisect", "heapq", "statistics", "string", "textwrap", "difflib", "unicodedata", "struct", "binascii", "hashlib", "hmac",
               "base64", "calendar", "keyword", "numbers", "array", "contextlib", "secrets", "fractions", "zoneinfo", "ast_", "colorsys",
               "__future__", "typing", "types", "traceback", "inspect_"}


class Functions:
    def __init__(self, world):
        self.world = world
        self.known, self.names = {}, {}  # (module, name) -> bool

    # -- kept ------------------------------------------------------------------------------------
    def kept(self, module, name):
        key = (module, name)
        if key not in self.known:
            self.known[key] = True  # for functions that call each other
            self.known[key] = self.fine(module, self.world.modules[module].functions[name])
        return self.known[key]

    def kept_class(self, module, name, seen=None):
        key = (module, name)
        if key not in self.known:
            self.known[key] = True
            node = self.world.modules[module].classes[name]
            own = [f for f in node.body if isinstance(f, (ast.FunctionDef, ast.AsyncFunctionDef))]
            self.known[key] = (all(self.fine(module, f) for f in own)
                               and all(self.base(b) for b in self.world.bases(module, node)))
        return self.known[key]

    def base(self, base):
        module, _, name = base.lstrip("^").partition(":")
        if not name:
            return False
        if module in self.world.modules:
            return name in self.world.modules[module].classes and self.kept_class(module, name)
        return module == "builtins" or self.foreign(module, name)

    def fine(self, module, function):
        local = self.inner_imports(module, function)
        bound = ({a.arg for a in every_argument(function)} | assigned(function)) - set(local)
        return all(self.node(module, node, local, bound) for part in [*function.body, function.args] for node in ast.walk(part))

    def inner_imports(self, module, function):
        binds = {}
        for node in ast.walk(function):
            if isinstance(node, ast.Import):
                for a in node.names:
                    top = a.name if a.asname else a.name.split(".")[0]
                    binds.setdefault(a.asname or top, []).append(("import", top))
            elif isinstance(node, ast.ImportFrom):
                source = self.world.relative(self.world.modules[module], node)
                for a in node.names:
                    binds.setdefault(a.asname or a.name, []).append(("from", source, a.name))
        return binds

    def variable(self, module, name):
        """Whether what a module keeps under a name is as harmless as a function: `_LOG = logging.getLogger(…)`."""
        key = (module, "=" + name)
        if key not in self.known:
            self.known[key] = True
            values = self.world.modules[module].variables[name]
            self.known[key] = all(self.node(module, node, {}, bound) for value in values
                                  for bound in [assigned(value) | {a.arg for a in every_argument(value)}]
                                  for node in ast.walk(value))
        return self.known[key]

    def node(self, module, node, local, bound):
        if isinstance(node, ast.Call):
            return self.call(module, node.func, local, bound)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            return node.id in bound or self.name(module, node.id, local, called=False)
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
            name = collect.dotted(node)
            head = name.split(".")[0] if name else None
            if head is None or head in bound:
                return not (node.attr.startswith("__") and node.attr in DUNDER)
            return self.name(module, name, local, called=False)
        return not isinstance(node, (ast.Global, ast.Nonlocal)) or isinstance(node, ast.Nonlocal)

    def call(self, module, func, local, bound):
        name = collect.dotted(func)
        if isinstance(func, ast.Attribute) and (name is None or name.split(".")[0] in bound):
            return func.attr not in RISKY and not (func.attr.startswith("__") and func.attr in DUNDER)
        if name is None:
            if isinstance(func, ast.Subscript):  # `callbacks[0](x)`: what a caller's container holds
                return (collect.dotted(func.value) or "").split(".")[0] in bound
            return isinstance(func, (ast.Call, ast.Lambda))  # what is called there is a node of its own
        if name in bound:
            return True  # an argument or what one was made of: judged where it comes from
        return self.name(module, name, local, called=True)

    def name(self, module, name, local, called):
        if name.split(".")[0] in local:
            return self.looked_up(module, name, local, called)
        key = (module, name, called)
        if key not in self.names:
            self.names[key] = True
            self.names[key] = self.looked_up(module, name, local, called)
        return self.names[key]

    def looked_up(self, module, name, local, called):
        head, _, rest = name.partition(".")
        if head in local:
            found = []
            for bind in local[head]:
                if bind[0] == "import":
                    found += self.world.through(bind[1], rest, set()) if rest else [(bind[1], "")]
                else:
                    target = bind[1] + "." + bind[2]
                    found += (self.world.through(target, rest, set()) if rest and target in self.world.modules
                              else self.world.resolve(bind[1], bind[2] + ("." + rest if rest else "")))
            return bool(found) and all(self.target(m, n, called) for m, n in found)
        m = self.world.modules[module]
        if head in m.functions or head in m.classes or head in m.binds or m.stars:
            found = self.world.resolve(module, name)
            if not found and head in m.binds:
                kept = self.variable_or_compiled(m, head, rest)
                if kept is not None:
                    return kept
            if not found and head not in m.binds and head not in m.variables:
                star = self.starred(module, head, set())
                if star is not None:
                    return self.name(star, name, {}, called)
            if found:
                return all(self.target(f, n, called) for f, n in found)
            if head in m.classes:
                return rest.split(".")[-1] not in RISKY and self.kept_class(module, head)
            if head in m.binds:
                whole = self.world.resolve(module, head)
                if whole and rest:
                    return all(self.target(f, n, called) for f, n in whole) and rest.split(".")[-1] not in RISKY
                imports = [b for b in m.binds[head] if b[0] == "import"]
                if imports and rest and len(imports) == len(m.binds[head]):
                    return all(self.foreign(b[1], rest) for b in imports)
                followed = [b for b in m.binds[head] if b[0] == "from" and b[1] in self.world.modules]
                if followed and len(followed) == len(m.binds[head]) and all(
                        b[2] in self.world.modules[b[1]].variables or b[2] in self.world.modules[b[1]].binds for b in followed):
                    return all(self.name(b[1], b[2] + ("." + rest if rest else ""), {}, called) for b in followed)
                return not called and not rest
        if head in collect.HARM_NAMES:
            return False
        if head in MORE_SAFE or head in collect.BUILTINS and head.endswith(("Error", "Warning", "Exception", "Iteration", "Exit", "Interrupt")):
            return not rest or rest.split(".")[-1] not in RISKY
        if head in ("self", "cls", "True", "False", "None", "__name__", "__doc__"):
            return True
        if head not in m.variables or rest and (rest.split(".")[-1] in DUNDER or called and rest.split(".")[-1] in RISKY):
            return False
        return self.variable(module, head)

    def starred(self, module, head, seen):
        """The module that binds a name which `module` has through a star."""
        for star in self.world.modules[module].stars:
            other = self.world.modules.get(star)
            if other is None or star in seen:
                continue
            seen.add(star)
            if head in other.binds or head in other.variables:
                return star
            found = self.starred(star, head, seen)
            if found is not None:
                return found
        return None

    def variable_or_compiled(self, m, head, rest):
        """For a name that is no function or class: what `package.module.NAME` holds, or whether the package's own compiled
        module computes; None where it is neither."""
        answers = []
        for bind in m.binds[head]:
            if bind[0] == "import":
                parts = [bind[1], *rest.split(".")] if rest else [bind[1]]
            elif bind[0] == "from":
                parts = [bind[1], bind[2], *(rest.split(".") if rest else [])]
            else:
                return None
            module, parts = parts[0], parts[1:]
            while parts and module + "." + parts[0] in self.world.modules:
                module, parts = module + "." + parts[0], parts[1:]
            known = self.world.modules.get(module)
            if known is not None and not parts:
                answers.append(True)  # a module of the package, as `target` has it
            elif known is not None and len(parts) == 1 and parts[0] in known.variables:
                answers.append(self.variable(module, parts[0]))
            elif known is None and self.world.mine(module) and module.split(".")[0] in FOREIGN and parts:
                answers.append(self.foreign(module, ".".join(parts)))
            else:
                return None
        return all(answers) if answers else None

    def target(self, module, name, called):
        if module in self.world.modules:
            m = self.world.modules[module]
            if not name:
                return True
            if name in m.functions:
                return self.kept(module, name)
            if name in m.classes:
                return not called or self.kept_class(module, name)
            return name in m.variables and self.variable(module, name)
        return self.foreign(module, name)

    @staticmethod
    def foreign(module, name):
        top, leaf = module.split(".")[0], name.split(".")[-1]
        first = name.split(".")[0]
        if module in collect.HARM_MODULES or top in collect.HARM_MODULES and top not in ("concurrent",):
            allowed = collect.HARMLESS_IN.get(module, ())
            if module in ("os", "os.path") and (name.startswith("path.") or module == "os.path"):
                return leaf in collect.SAFE_MODULES["os.path"]
            return first in allowed and leaf not in RISKY
        if module in ("os.path", "posixpath"):
            return leaf in collect.SAFE_MODULES["os.path"]
        if module in collect.SAFE_MODULES:
            allowed = collect.SAFE_MODULES[module]
            return (allowed is None or first in allowed) and leaf not in RISKY
        if top in SAFE_STDLIB:
            return leaf not in RISKY
        if module + "." + name == "torch.jit" or (module + "." + name)[len("torch."):] in JIT_PLAIN:
            return True
        if top in FOREIGN:
            return not (set(name.split(".")) | set(module.split("."))) & FOREIGN_HARM
        return False

    # -- called ----------------------------------------------------------------------------------
    def called(self):
        """(module, name) -> `=`, `>type`, `>class`, or `-` for what reductions of the package hand out."""
        found = {}
        for name, module in self.world.modules.items():
            for node in module.classes.values():
                for f in node.body:
                    if isinstance(f, ast.FunctionDef) and f.name in ("__reduce__", "__reduce_ex__"):
                        self.handed(name, f, found)
            for f in module.functions.values():
                if f.name in module.reducers:
                    self.handed(name, f, found)
        return found

    def handed(self, module, function, found):
        for node in ast.walk(function):
            # Returned at once, or put into a variable first.
            if not (isinstance(node, (ast.Return, ast.Assign)) and isinstance(node.value, ast.Tuple) and node.value.elts):
                continue
            name = collect.dotted(node.value.elts[0])
            if name is None or isinstance(node, ast.Assign) and not (
                    len(node.value.elts) > 1 and isinstance(node.value.elts[1], (ast.Tuple, ast.Name))):
                continue
            for target, leaf in self.world.resolve(module, name):
                m = self.world.modules.get(target)
                if m is not None and leaf in m.functions:
                    found[target, leaf] = self.reducer(target, leaf) or "-"

    def reducer(self, module, name):
        function = self.world.modules[module].functions[name]
        judge = collect.Judge(self.world, module, "", {})
        if judge.mark(function) == "=" or self.kept(module, name) and self.computes(function):
            return "="
        arguments = [a.arg for a in function.args.posonlyargs + function.args.args]
        return judge.maker(function, arguments[0]) if arguments else None


    @staticmethod
    def computes(function):
        """Whether a function that reaches nothing harmful leaves its arguments alone as well: none is called, given an
        attribute that it names, or asked for a method that is not one of plain values."""
        bound = {a.arg for a in every_argument(function)} | assigned(function)
        for node in ast.walk(function):
            if isinstance(node, (ast.FunctionDef, ast.Lambda)) and node is not function:
                return False
            if not isinstance(node, ast.Call):
                continue
            name = collect.dotted(node.func)
            if name is None:
                if not (isinstance(node.func, ast.Attribute) and node.func.attr in collect.SAFE_METHODS):
                    return False
            elif name in bound or name in ("setattr", "getattr", "delattr", "map", "filter", "type", "vars", "globals", "locals", "apply", "super"):
                return False
            elif name.split(".")[0] in bound and node.func.attr not in collect.SAFE_METHODS:
                return False
        return True


DUNDER = {"__globals__", "__code__", "__builtins__", "__subclasses__", "__import__", "__loader__", "__spec__", "__closure__", "__reduce__",
          "__getattribute__", "__bases__", "__mro__", "__base__"}


def every_argument(function):
    for node in ast.walk(function):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            a = node.args
            yield from a.posonlyargs + a.args + a.kwonlyargs + [x for x in (a.vararg, a.kwarg) if x]


def assigned(function):
    """Names that the function binds, its inner functions and classes included; what they hold comes from its own text."""
    names = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and isinstance(node.ctx, (ast.Store, ast.Del)):
            names.add(node.id)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) and node is not function:
            names.add(node.name)
        elif isinstance(node, ast.ExceptHandler) and node.name:
            names.add(node.name)
        elif isinstance(node, (ast.MatchAs, ast.MatchStar)) and node.name:
            names.add(node.name)
    return names
