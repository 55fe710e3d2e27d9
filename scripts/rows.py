"""Looks the names of the sink rows up in the libraries' own sources, without importing any of them.

    ./dev oracle rows FOLDER...    folders that hold packages, such as a site-packages or a checkout's src

The last line counts. A row whose first name is missing in a package that is there makes the exit code 1. Other names may
belong to other versions, so they are only listed. Names are followed through imports, re-exports and base classes as far
as the text shows them; what a module makes at run time (`__getattr__`, compiled code) counts as unknown.
"""

import ast
import os
from functools import cache
from pathlib import Path

FOUND, MISSING, UNKNOWN, ABSENT = "found", "missing", "unknown", "absent"


class Libraries:
    def __init__(self, folders: list[str]):
        self.folders = [Path(folder) for folder in folders]
        self.answers: dict[str, str] = {}

    @cache
    def file(self, module: str) -> Path | None:
        relative = Path(*module.split("."))
        for folder in self.folders:
            for candidate in (folder / relative / "__init__.py", folder / relative.with_suffix(".py")):
                if candidate.is_file():
                    return candidate
        return None

    @cache
    def is_namespace(self, module: str) -> bool:
        return any((folder / Path(*module.split("."))).is_dir() for folder in self.folders)

    @cache
    def is_compiled(self, module: str) -> bool:
        *packages, name = module.split(".")
        return any(entry.startswith(name + ".") and entry.endswith((".so", ".pyd"))
                   for folder in self.folders for entry in self.entries(folder.joinpath(*packages)))

    @cache
    def entries(self, folder: Path) -> list[str]:
        return os.listdir(folder) if folder.is_dir() else []

    @cache
    def bindings(self, module: str) -> dict[str, list[ast.stmt]]:
        """What the module binds at its top level, in whichever branch."""
        path = self.file(module)
        bound: dict[str, list[ast.stmt]] = {}
        if path is None:
            return bound
        try:
            tree = ast.parse(path.read_bytes())
        except (SyntaxError, ValueError):
            return {"*broken*": []}
        collect(tree.body, bound)
        return bound

    def look_up(self, dotted: str, depth: int = 0) -> str:
        if dotted not in self.answers:
            self.answers[dotted] = MISSING  # for modules that import each other's stars
            self.answers[dotted] = self.search(dotted, depth)
        return self.answers[dotted]

    def search(self, dotted: str, depth: int) -> str:
        parts = dotted.split(".")
        if self.file(parts[0]) is None and not self.is_namespace(parts[0]):
            return ABSENT
        if depth > 25:
            return UNKNOWN
        for end in range(len(parts), 0, -1):
            module = ".".join(parts[:end])
            if self.file(module) is not None:
                return self.attribute(module, parts[end:], depth)
            if self.is_compiled(module):
                return UNKNOWN
        return MISSING

    def attribute(self, module: str, path: list[str], depth: int) -> str:
        if not path:
            return FOUND
        bound = self.bindings(module)
        if "*broken*" in bound:
            return UNKNOWN
        answers = [self.bound(module, statement, path, depth) for statement in bound.get(path[0], [])]
        if FOUND in answers:
            return FOUND
        for star in [] if lazy(bound) else bound.get("*", []):
            answer = self.look_up(".".join([self.target(module, star), *path]), depth + 1)
            answers.append(answer if answer in (FOUND, UNKNOWN) else MISSING)
        if FOUND in answers:
            return FOUND
        return UNKNOWN if UNKNOWN in answers or ABSENT in answers or "__getattr__" in bound or lazy(bound) else MISSING

    def bound(self, module: str, statement: ast.stmt, path: list[str], depth: int) -> str:
        name, rest = path[0], path[1:]
        match statement:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                return FOUND if len(rest) < 2 else MISSING  # `f.method`: what f returns has it
            case ast.ClassDef():
                return self.member(module, statement, rest, depth)
            case ast.ImportFrom():
                for alias in statement.names:
                    if (alias.asname or alias.name) == name:
                        target = self.target(module, statement)
                        return self.look_up(".".join(part for part in [target, alias.name, *rest] if part), depth + 1)
            case ast.Import():
                for alias in statement.names:
                    if alias.asname == name:
                        return self.look_up(".".join([alias.name, *rest]), depth + 1)
                    if alias.asname is None and alias.name.split(".")[0] == name:
                        return self.look_up(".".join([name, *rest]), depth + 1)
            case ast.Assign(value=ast.Name(id=other) | ast.Attribute(attr=other)) if not rest or other != name:
                return FOUND if not rest else UNKNOWN
            case ast.Assign() | ast.AnnAssign():
                return FOUND if not rest else UNKNOWN
        return UNKNOWN

    def member(self, module: str, owner: ast.ClassDef, rest: list[str], depth: int) -> str:
        if not rest:
            return FOUND
        bound: dict[str, list[ast.stmt]] = {}
        collect(owner.body, bound)
        if rest[0] in bound:
            return FOUND
        answers = []
        for base in owner.bases:
            base = base.value if isinstance(base, ast.Subscript) else base
            answers.append(self.attribute(module, [*dotted(base), rest[0]], depth + 1) if dotted(base) else UNKNOWN)
        if FOUND in answers:
            return FOUND
        return UNKNOWN if any(answer in (UNKNOWN, ABSENT) for answer in answers) else MISSING

    def target(self, module: str, statement: ast.ImportFrom) -> str:
        if not statement.level:
            return statement.module or ""
        path = self.file(module)
        parts = module.split(".")
        if path is not None and path.name != "__init__.py":
            parts = parts[:-1]
        parts = parts[:len(parts) - statement.level + 1]
        return ".".join(parts + ([statement.module] if statement.module else []))


def dotted(expression: ast.expr) -> list[str]:
    if isinstance(expression, ast.Name):
        return [expression.id]
    if isinstance(expression, ast.Attribute):
        owner = dotted(expression.value)
        return [*owner, expression.attr] if owner else []
    return []


def collect(body: list[ast.stmt], bound: dict[str, list[ast.stmt]]) -> None:
    for statement in body:
        match statement:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                if not isinstance(statement, ast.ClassDef):
                    statement.body = []  # or the trees of whole libraries stay in memory
                bound.setdefault(name, []).append(statement)
            case ast.Import(names=names):
                for alias in names:
                    bound.setdefault(alias.asname or alias.name.split(".")[0], []).append(statement)
            case ast.ImportFrom(names=names):
                for alias in names:
                    bound.setdefault(alias.asname or alias.name, []).append(statement)
            case ast.Assign(targets=targets):
                for target in targets:
                    for each in target.elts if isinstance(target, (ast.Tuple, ast.List)) else [target]:
                        if isinstance(each, ast.Name):
                            bound.setdefault(each.id, []).append(statement)
            case ast.AnnAssign(target=ast.Name(id=name)):
                bound.setdefault(name, []).append(statement)
            case ast.If() | ast.Try() | ast.With() | ast.For() | ast.While():
                for field in ("body", "orelse", "finalbody"):
                    collect(getattr(statement, field, []), bound)
                for handler in getattr(statement, "handlers", []):
                    collect(handler.body, bound)


def lazy(bound: dict[str, list[ast.stmt]]) -> bool:
    return any(name in bound for name in ("_import_structure", "_LazyModule", "lazy_load", "__lazy_modules__"))


def compare(lines: list[str], folders: list[str], show_absent: bool) -> int:
    libraries = Libraries(folders)
    counts = {FOUND: 0, MISSING: 0, UNKNOWN: 0, ABSENT: 0}
    wrong = 0
    for line in lines:
        form, source, first, *others = line.split("\t")
        for name in [first, *others]:
            answer = libraries.look_up(name)
            counts[answer] += 1
            if answer == MISSING:
                wrong += name == first
                print(f"{'MISSING' if name == first else 'missing'} {name} ({source})")
            elif answer == UNKNOWN or (answer == ABSENT and show_absent and name == first):
                print(f"{answer} {name} ({source})")
    print("names: " + ", ".join(f"{count} {answer}" for answer, count in counts.items()))
    return 1 if wrong else 0
