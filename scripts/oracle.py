"""Compares loadlock with the real tools, file by file.

    ./dev oracle parse [--python PATH] [TREE...]   the parser with CPython's own `ast`: the same calls at the same
                                                   places and the same tree for every file of the trees; without
                                                   one, the interpreter's standard library
    ./dev oracle expect PYTHON...                  write the committed expectations of the parser's tests anew, with
                                                   each of the interpreters (2.7, 3.8 and 3.13) that can read a fixture
    ./dev oracle rows FOLDER...                    the names in the rows of sinks with the libraries' sources in these
                                                   folders (site-packages, or a checkout's src), none of them imported
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import rows

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "python" / "src" / "test" / "resources" / "parse" / "fixtures"
CALLS = ROOT / "python" / "src" / "test" / "oracle" / "calls.py"


def jar_command(main: str) -> list[str]:
    """A class of a fresh build of loadlock."""
    subprocess.run([ROOT / "loadlock", "--version"], check=True, stdout=subprocess.DEVNULL)
    library = ROOT / ".loadlock"
    jar = library / (library / "current").read_text().strip() / "loadlock.jar"
    java = os.environ.get("LOADLOCK_JAVA") or subprocess.run(
        ["sh", "-c", '. "$0"; LOADLOCK_NEEDS=jdk loadlock_find_java; printf %s "$java_home/bin/java"',
         ROOT / "launcher" / "start.sh"], check=True, capture_output=True, text=True).stdout
    return [java, "-Xss8m", "-XX:+UseSerialGC", "-cp", str(jar), main]


def standard_library(python: str) -> str:
    code = "import os; print(os.path.dirname(os.__file__))"
    return subprocess.run([python, "-c", code], check=True, capture_output=True, text=True).stdout.strip()


def sources(trees: list[str]) -> list[str]:
    found = []
    for tree in trees:
        if os.path.isfile(tree):
            found.append(tree)
        for folder, folders, names in os.walk(tree):
            folders[:] = sorted(name for name in folders if name != "site-packages" or folder == tree)
            found += [os.path.join(folder, name) for name in sorted(names) if name.endswith(".py")]
    return found


def answers(command: list[str], paths: str) -> list[list[str]]:
    with open(paths) as given, tempfile.TemporaryFile("w+", encoding="utf-8", errors="surrogateescape") as out:
        subprocess.run(command, stdin=given, stdout=out, check=True)
        out.seek(0)
        return [line.rstrip("\n").split("\t") for line in out]


def version(python: str) -> str:
    code = "import sys; print('%d.%d' % sys.version_info[:2])"
    return subprocess.run([python, "-c", code], check=True, capture_output=True, text=True).stdout.strip()


def difference(wanted: list[str], found: list[str]) -> str | None:
    """CPython 3 before 3.8 knows no ends, so theirs may be the beginning of ours."""
    for i in range(max(len(wanted), len(found))):
        theirs = wanted[i] if i < len(wanted) else "nothing"
        ours = found[i] if i < len(found) else "nothing"
        if ours != theirs and not ours.startswith(theirs + ":"):
            return f"CPython has a call at {theirs}, loadlock {ours}"
    return None


def parse(python: str, trees: list[str], show: int) -> int:
    trees = trees or [standard_library(python)]
    paths = sources(trees)
    command = jar_command("io.loadlock.cli.dev.CallsMain") + (["--python2"] if version(python) == "2.7" else [])
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as listed:
        listed.write("".join(path + "\n" for path in paths))
        listed.flush()
        theirs = answers([python, str(CALLS)], listed.name)
        *ours, (time,) = answers(command, listed.name)
    refused, calls, wrong = [], 0, []
    for (path, *wanted), (_, problems, tree, found) in zip(theirs, ours, strict=True):
        if wanted == ["E"]:
            refused.append(path)
            continue
        places = wanted[1].split()
        calls += len(places)
        reason = difference(places, found.split())
        if reason is None and wanted[0] not in ("-", tree):
            reason = "same calls, another tree"
        if reason is None and problems != "0":
            reason = f"same calls and tree, but {problems} problems"
        if reason:
            wrong.append((path, reason))
    for path, reason in wrong[:show]:
        print(f"{path}: {reason}")
    for path in refused:
        print(f"refused by CPython: {path}")
    right = len(paths) - len(refused) - len(wrong)
    print(f"{len(paths)} files, {len(refused)} refused by CPython, {calls} calls; "
          f"{right} alike, {len(wrong)} different; loadlock read {time}")
    return 1 if wrong else 0


def expect(pythons: list[str]) -> int:
    lines = []
    for python in pythons:
        for file in sorted(FIXTURES.glob("*.py")):
            with tempfile.NamedTemporaryFile("w", suffix=".txt") as listed:
                listed.write(f"{file}\n")
                listed.flush()
                (_, *answer), = answers([python, str(CALLS)], listed.name)
            if answer != ["E"]:
                lines.append("\t".join([file.name, version(python), *answer]))
    (FIXTURES / "calls.tsv").write_text("".join(line + "\n" for line in sorted(lines)), encoding="utf-8")
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="./dev oracle", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    what = parser.add_subparsers(dest="what", required=True)
    command = what.add_parser("parse")
    command.add_argument("--python", default="python3")
    command.add_argument("--show", type=int, default=50, metavar="N", help="differences to print")
    command.add_argument("tree", nargs="*")
    command = what.add_parser("expect")
    command.add_argument("python", nargs="+")
    command = what.add_parser("rows")
    command.add_argument("--absent", action="store_true", help="list the rows whose library is in no folder")
    command.add_argument("folder", nargs="+")
    given = parser.parse_args()
    if given.what == "expect":
        return expect(given.python)
    if given.what == "rows":
        listed = subprocess.run(jar_command("io.loadlock.cli.dev.RowsMain"), check=True, capture_output=True, text=True)
        return rows.compare(listed.stdout.splitlines(), given.folder, given.absent)
    return parse(given.python, given.tree, given.show)


if __name__ == "__main__":
    sys.exit(main())
