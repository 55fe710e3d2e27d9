"""Compares loadlock's reading of pin files with the tools' own parsers, on the source distributions of real projects and,
as those seldom hold lock files, on the pin files of commits.

    ./dev oracle pins [--folder DIR]           download what `pins.tsv` names, read each file with both, compare
    ./dev oracle pins --names FILE             write `pins.tsv` and `specifiers.tsv` anew, for what FILE names, one a line:
                                               PROJECT, PROJECT==VERSION, or OWNER/REPOSITORY@COMMIT
    ./dev oracle pins --git PLACE              fetch OWNER/REPOSITORY below PLACE, a folder or an address

Expected bounds come from `packaging` (PEP 440 and 508), pip's own reader of requirements files, poetry-core, rattler
(conda's match specifications), `tomllib`, `configparser` and PyYAML, which are installed into a scratch environment.
A bound is the first and the last of the versions in `releases.tsv` that a declaration admits; holes (`!=`) inside are
nobody's bounds. Distributions are downloaded and unpacked by pip in an environment without any build tool, so that
nothing of theirs is run; of a commit only the pin files are checked out.
"""
import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXPECTED = ROOT / "pins" / "src" / "test" / "resources" / "pins"
GITHUB = "https://github.com"
TOOLS = ["packaging", "poetry-core", "py-rattler", "pyyaml"]
WANTED = ("torch", "numpy")
NAMES = re.compile(r"(.*requirements.*\.(txt|in)|pyproject\.toml|setup\.cfg|Pipfile|Pipfile\.lock|pylock\..*toml"
                   r"|(poetry|uv|pdm|pixi)\.lock|pixi\.toml|environment.*\.ya?ml|(.*\.)?conda-lock\.ya?ml)$")
LOCKS = re.compile(r"(.*\.lock|pylock\..*toml|(.*\.)?conda-lock\.ya?ml)$")


# Each way to write a bound, so that `specifiers.tsv` holds them whatever the projects write.
PEP440 = ["==2.1.0", "==2.1", "==2.1.*", "~=2.1", "~=2.1.1", ">2.1", ">=2.1", "<2.1", "<=2.1", ">=1.13,<2", ">=2,!=2.1.0",
          "===2.1.0", "== 2.1.0", ">=2.0 , <3", "==2.1.0+cpu", ">=2.6.0.dev20250101", "<2.6.0rc1", "!=2.0.*", ">=1.13.post1"]
POETRY = ["^2.1", "^2", "^2.1.2", "^0.4", "~2.1", "~2", "~2.1.2", "2.1.*", "2.1.0", "*", ">=1.13,<2", ">=1.13 <2",
          "^1.13 || ^2.4", "1.13.* | 2.4.*", "==2.1.0", "~=2.1", "= 2.1.0"]
CONDA = ["=2.1", "==2.1", "==2.1.0", "=2.1.*", "2.1.*", ">=2.1,<3", ">=2.1", "<2.1", "=2.1.0=py311_0", "==2.1.0=py311_0",
         "2.1.0", "~=2.1.0", "1.13.*|2.4.*", ">=2.1.0=cuda*", "[version='>=2.1']", "!=2.1.0", "2.1"]


# What follows runs in the scratch environment, as `oracle_pins.py answers FILE...`.

def releases():
    from packaging.version import Version
    listed = {name: [] for name in WANTED}
    for line in (EXPECTED / "releases.tsv").read_text().splitlines():
        name, version = line.split("\t")
        listed[name].append(Version(version))
    return listed


RELEASES = {}
SPECIFIERS = set()


def remembered(kind, name, text, admitted):
    if text:
        SPECIFIERS.add((kind, name, text, *ends(name, admitted)))
    return admitted


def pep440(name, specifiers):
    from packaging.specifiers import SpecifierSet
    kept = SpecifierSet(",".join(str(s) for s in specifiers if s.operator != "!="))
    return remembered("pep440", name, str(specifiers), {v for v in RELEASES[name] if kept.contains(v)})


def pep508(text, scope):
    from packaging.requirements import InvalidRequirement, Requirement
    from packaging.utils import canonicalize_name
    try:
        requirement = Requirement(text)
    except InvalidRequirement:
        return []
    name = canonicalize_name(requirement.name)
    if name not in WANTED:
        return []
    return [(name, scope, bool(requirement.marker), pep440(name, requirement.specifier))]


def exact(name, version):
    from packaging.version import Version
    return {v for v in RELEASES[name] if v.public == Version(version).public}


def requirements(path):
    from pip._internal.network.session import PipSession
    from pip._internal.req.req_file import parse_requirements
    found = []
    for each in parse_requirements(str(path), session=PipSession()):
        found += pep508(each.requirement, "ANY")
    return found


def poetry(table, scope):
    from poetry.core.constraints.version import Version
    from poetry.core.factory import Factory
    found = []
    for key, value in table.items():
        name = key.lower()
        if name not in WANTED:
            continue
        alternatives = value if isinstance(value, list) else [value]
        for each in alternatives:
            constraint = Factory.create_dependency(name, each).constraint
            admitted = {v for v in RELEASES[name] if constraint.allows(Version.parse(str(v)))}
            text = each if isinstance(each, str) else each.get("version", "")
            optional = isinstance(each, dict) and each.get("optional")
            marked = len(alternatives) > 1 or isinstance(each, dict) and ("python" in each or "markers" in each)
            remembered("poetry", name, text, admitted)
            found.append((name, "OPTIONAL" if optional else scope, marked, admitted))
    return found


def conda(text, scope, marked=False):
    import rattler
    from packaging.version import Version
    spec = rattler.MatchSpec(text)
    name = {"pytorch": "torch"}.get(spec.name.normalized, spec.name.normalized)
    if name not in WANTED:
        return []
    version = rattler.VersionSpec(str(spec.version)) if spec.version else None
    admitted = {v for v in RELEASES[name] if version is None or version.matches(rattler.Version(str(v)))}
    assert all(isinstance(v, Version) for v in admitted)
    return [(name, scope, marked, remembered("conda", name, text, admitted))]


def pixi(table, scope, marked=False):
    found = []
    for key, value in table.get("dependencies", {}).items():
        text = value if isinstance(value, str) else value.get("version", "*")
        found += conda(f"{key} {text}", scope, marked)
    for key, value in table.get("pypi-dependencies", {}).items():
        text = value if isinstance(value, str) else value.get("version", "*")
        found += pep508(key + ("" if text == "*" else text), scope)
    return found


def pyproject(toml):
    found = []
    project, tool = toml.get("project", {}), toml.get("tool", {})
    for text in project.get("dependencies", []):
        found += pep508(text, "RUNTIME")
    groups = [*project.get("optional-dependencies", {}).values(), *toml.get("dependency-groups", {}).values(),
              *tool.get("pdm", {}).get("dev-dependencies", {}).values()]
    for group in groups:
        for text in group:
            found += pep508(text, "OPTIONAL") if isinstance(text, str) else []
    own = tool.get("poetry", {})
    found += poetry(own.get("dependencies", {}), "RUNTIME") + poetry(own.get("dev-dependencies", {}), "OPTIONAL")
    for group in own.get("group", {}).values():
        found += poetry(group.get("dependencies", {}), "OPTIONAL")
    return found + pixi_manifest(tool.get("pixi", {}))


def pixi_manifest(toml):
    found = pixi(toml, "RUNTIME")
    for target in toml.get("target", {}).values():
        found += pixi(target, "RUNTIME", True)
    for feature in toml.get("feature", {}).values():
        found += pixi(feature, "OPTIONAL")
    return found


def setup_cfg(path):
    import configparser
    parser = configparser.RawConfigParser()
    parser.read(path, encoding="utf-8")
    found = []
    if parser.has_section("options"):
        text = parser["options"].get("install_requires", "")
        if text.startswith("file:"):
            for name in text[len("file:"):].split(","):
                found += [(n, "RUNTIME", m, v) for n, _, m, v in requirements(path.parent / name.strip())]
        else:
            for line in text.splitlines():
                found += pep508(line.split(" #")[0], "RUNTIME")
    if parser.has_section("options.extras_require"):
        for text in parser["options.extras_require"].values():
            for line in text.splitlines():
                found += pep508(line.split(" #")[0], "OPTIONAL")
    return found


def lock(packages):
    return [(p["name"].lower(), "RUNTIME", False, exact(p["name"].lower(), p["version"]))
            for p in packages if p["name"].lower() in WANTED and "version" in p]


def pixi_lock(content):
    found = []
    for package in content["packages"]:
        url = package.get("conda", "")
        if url.endswith((".conda", ".tar.bz2")):
            name, version, _ = url.rsplit("/", 1)[1].rsplit("-", 2)
            name = {"pytorch": "torch"}.get(name, name)
        else:
            name, version = package.get("name", ""), package.get("version", "")
        if name in WANTED and version:
            found.append((name, "RUNTIME", False, exact(name, version)))
    return found


def conda_lock(content):
    found = []
    for package in content["package"]:
        name = package["name"].lower()
        name = {"pytorch": "torch"}.get(name, name) if package.get("manager", "conda") == "conda" else name
        if name in WANTED:
            found.append((name, "RUNTIME", False, exact(name, package["version"])))
    return found


def environment(content):
    found = []
    for each in content.get("dependencies") or []:
        if isinstance(each, str):
            found += conda(each, "RUNTIME")
        else:
            for text in each.get("pip") or []:
                found += pep508(text.split(" #")[0], "RUNTIME")
    return found


def theirs(path):
    import json
    import tomllib

    import yaml
    name = path.name
    if name == "pyproject.toml":
        return pyproject(tomllib.loads(path.read_text(encoding="utf-8")))
    if name == "setup.cfg":
        return setup_cfg(path)
    if name == "pixi.toml":
        return pixi_manifest(tomllib.loads(path.read_text(encoding="utf-8")))
    if name == "pixi.lock":
        return pixi_lock(yaml.load(path.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
    if name.endswith(("conda-lock.yml", "conda-lock.yaml")):
        return conda_lock(yaml.load(path.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
    if name.endswith((".yml", ".yaml")):
        return environment(yaml.safe_load(path.read_text(encoding="utf-8")))
    if name == "Pipfile":
        toml = tomllib.loads(path.read_text(encoding="utf-8"))
        return poetry(toml.get("packages", {}), "RUNTIME") + poetry(toml.get("dev-packages", {}), "OPTIONAL")
    if name == "Pipfile.lock":
        default = json.loads(path.read_text(encoding="utf-8"))["default"]
        return sum((pep508(key + value.get("version", ""), "RUNTIME") for key, value in default.items()), [])
    if name.endswith((".lock", ".toml")):
        toml = tomllib.loads(path.read_text(encoding="utf-8"))
        return lock(toml.get("package", toml.get("packages", [])))
    return requirements(path)


def ends(name, admitted):
    inside = [v for v in RELEASES[name] if v in admitted]
    return (str(inside[0]), str(inside[-1])) if inside else ("none", "none")


def is_lock(path):
    return LOCKS.match(Path(path).name) is not None


def combined(lines, lock):
    """Each (name, scope) with the first and last version of what all its lines admit together."""
    found = {}
    for name, scope in sorted({line[:2] for line in lines}):
        own = [line for line in lines if line[:2] == (name, scope)]
        always = [admitted for _, _, marked, admitted in own if not marked]
        if lock or scope == "OPTIONAL" or not always:
            admitted = set().union(*(line[3] for line in own))
        else:
            admitted = set.intersection(*always)
        found[name, scope] = ends(name, admitted)
    return found


def ours(paths):
    from packaging.specifiers import SpecifierSet
    lines = {}
    for row in sys.stdin.read().splitlines():
        path, name, *rest = row.split("\t")
        if name in WANTED:
            scope, marked, bounds, _ = rest
            specifiers = SpecifierSet("" if bounds == "any version" else bounds)
            admitted = {v for v in RELEASES[name] if specifiers.contains(v)}
            requirements_file = path.endswith((".txt", ".in"))
            lines.setdefault(path, []).append((name, "ANY" if requirements_file else scope, bool(marked), admitted))
    return {path: combined(lines.get(path, []), is_lock(path)) for path in paths}


def answers(paths, specifiers):
    """Prints path, who said it, distribution, scope, first, last."""
    RELEASES.update(releases())
    own = ours(paths)
    for text in PEP440:
        pep508("torch" + text, "RUNTIME")
    for text in POETRY:
        poetry({"torch": text}, "RUNTIME")
    for text in CONDA:
        conda(("pytorch" if text[0] in "=<>!~[" else "pytorch ") + text, "RUNTIME")
    for path in paths:
        try:
            expected = combined(theirs(Path(path)), is_lock(path))
        except Exception as e:  # a file that its own tool refuses has no expected bounds
            print(path, "refused", type(e).__name__, "", "", "", sep="\t")
            continue
        for who, found in ("theirs", expected), ("ours", own[path]):
            for (name, scope), (first, last) in found.items():
                print(path, who, name, scope, first, last, sep="\t")
    Path(specifiers).write_text("".join("\t".join(row) + "\n" for row in sorted(SPECIFIERS)))


# The rest runs under any Python 3.

def scratch(folder):
    python = folder / "tools" / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", folder / "tools"], check=True)
        subprocess.run([python, "-m", "pip", "-q", "install", *TOOLS], check=True)
    empty = folder / "empty"
    if not empty.exists():
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", empty], check=True)
    return python, empty / "bin" / "python"


def sources(folder, empty, project):
    """The folder that pip unpacked a source distribution into. Preparing its metadata fails for want of a build tool."""
    target = folder / "sources" / project
    if not list(target.glob("*/*/PKG-INFO")):
        target.mkdir(parents=True, exist_ok=True)
        subprocess.run([sys.executable, "-m", "pip", "--python", empty, "-q", "download", "--no-deps", "--no-binary", ":all:",
                        "--no-build-isolation", "--no-clean", "-d", folder / "downloads", project],
                       env={**os.environ, "TMPDIR": str(target)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    found = sorted(target.glob("*/*/PKG-INFO"))
    return found[0].parent if found else None


def commit(folder, place, repository, revision, wanted=lambda path: True):
    """The files of one commit that are wanted, fetched from OWNER/REPOSITORY below a place, a folder or an address."""
    target = folder / "commits" / repository.replace("/", "+") / revision
    git = ["git", "-C", target, "-c", "core.hooksPath=/dev/null", "-c", "advice.detachedHead=false"]
    if not (target / ".git" / "index").exists():
        target.mkdir(parents=True, exist_ok=True)
        subprocess.run([*git, "init", "-q"], check=True)
        subprocess.run([*git, "remote", "add", "origin", f"{place}/{repository}"], check=True)
        subprocess.run([*git, "fetch", "-q", "--depth", "1", "--filter=blob:none", "origin", revision], check=True)
        listed = subprocess.run([*git, "ls-tree", "-rz", "--name-only", "FETCH_HEAD"], check=True, stdout=subprocess.PIPE, text=True)
        files = [path for path in listed.stdout.split("\0") if path and wanted(Path(path))]
        subprocess.run([*git, "checkout", "-q", "--pathspec-from-file=-", "--pathspec-file-nul", "FETCH_HEAD"], check=True,
                       input="\0".join(f":(literal){path}" for path in files), text=True)
    return target


def is_pins(path):
    return NAMES.match(path.name) or path.parent.name == "requirements" and path.suffix == ".txt"


def version(unpacked):
    for line in (unpacked / "PKG-INFO").read_text(encoding="utf-8").splitlines():
        if line.startswith("Version: "):
            return line[len("Version: "):]
    return ""


def main():
    from oracle import jar_command
    parser = argparse.ArgumentParser(prog="./dev oracle pins", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "loadlock-pins")
    parser.add_argument("--names", type=Path)
    parser.add_argument("--git", default=GITHUB, metavar="PLACE")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    python, empty = scratch(given.folder)
    table = EXPECTED / "pins.tsv"
    committed = [] if given.names else [line.split("\t") for line in table.read_text().splitlines()]
    wanted = given.names.read_text().split() if given.names else sorted(
        {f"{row[0]}{'@' if '/' in row[0] else '=='}{row[1]}" for row in committed})
    files = {}
    for project in wanted:
        repository, _, revision = project.partition("@")
        unpacked = (commit(given.folder, given.git, repository, revision, is_pins) if revision
                    else sources(given.folder, empty, project))
        if unpacked is None:
            print(f"not there: {project}")
            continue
        for path in sorted(unpacked.rglob("*")):
            if path.is_file() and is_pins(path):
                name = repository if revision else re.split("[=<>]", project)[0]
                files[str(path)] = (name, revision or version(unpacked), path.relative_to(unpacked).as_posix())
    listed = "".join(path + "\n" for path in files)
    read = subprocess.run(jar_command("io.loadlock.cli.dev.PinsMain"), input=listed, check=True, capture_output=True, text=True)
    specifiers = given.folder / "specifiers.tsv"
    said = subprocess.run([python, __file__, "answers", specifiers, *files], input=read.stdout, check=True,
                          stdout=subprocess.PIPE, text=True).stdout
    found = {"theirs": {}, "ours": {}, "refused": {}}
    for row in said.splitlines():
        path, who, name, scope, first, last = row.split("\t")
        found[who].setdefault(path, set()).add((name, scope, first, last))
    for path, why in found["refused"].items():
        print(f"refused by its own tool: {' '.join(files[path])}: {sorted(why)[0][0]}")
    pins = [path for path in files if path in found["theirs"] or path in found["ours"]]
    rows, wrong = [], 0
    for path in pins:
        theirs_, ours_ = found["theirs"].get(path, set()), found["ours"].get(path, set())
        if path in found["refused"]:
            continue
        if theirs_ != ours_:
            wrong += 1
            print(f"{' '.join(files[path])}: expected {sorted(theirs_ - ours_)}, found {sorted(ours_ - theirs_)}")
        rows += ["\t".join([*files[path], *each]) for each in sorted(theirs_)]
    if given.names:
        table.write_text("".join(row + "\n" for row in sorted(rows)))
        (EXPECTED / "specifiers.tsv").write_text(specifiers.read_text())
    else:
        missing = {tuple(row) for row in committed} - {tuple(row.split("\t")) for row in rows}
        wrong += len(missing)
        for row in sorted(missing):
            print("no longer so: " + " ".join(row))
    print(f"{len(files)} files read, {len(pins)} of {len({files[p][0] for p in pins})} projects declare torch or numpy, "
          f"{len(found['refused'])} refused by their own tools; {len(rows)} bounds; {wrong} files differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["answers"]:
        answers(sys.argv[3:], sys.argv[2])
    else:
        sys.exit(main())
