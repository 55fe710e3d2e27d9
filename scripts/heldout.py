#!/usr/bin/env python3
"""Measures accusations on ordinary files that no row was made from.

    ./dev heldout SET FOLDER [--recipes SET] [--python PYENV-VERSIONS] [MACHINE...]

SET names two lists in scripts/heldout: SET.environments, machines as they were on a day (uv installs what PyPI had then;
without a day, pip installs the versions that are named), and SET.recipes, what their users saved. FOLDER keeps the machines,
the files and `report.jsonl`; what is there is not made again. No file holds a payload or a class of the recipes: everything
above needs-types is wrong. Needs uv, and interpreters in ~/.pyenv/versions or as given.
"""

import argparse
import json
import os
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
LOADLOCK = os.environ.get("LOADLOCK", str(HERE.parent / "loadlock"))
FILES = re.compile(r"/files(?:\.[a-z]+)?/")
OLDEST_OF_UV = (3, 8)
SECONDS = 200


def machines(name):
    for line in (HERE / "heldout" / (name + ".environments")).read_text().splitlines():
        if line and not line.startswith("#"):
            yield [column.strip() for column in line.split("|")]


def interpreter(folder, version):
    found = sorted(pathlib.Path(folder).glob(version + ".*/bin/python"))
    return str(found[-1]) if found else None


def install(target, builder, version, day, needed, more):
    """All that is needed at once, the others one by one: a library that does not fit costs itself only."""
    if (target / ".done").exists():
        return
    if day:
        command = ["uv", "pip", "install", "-q", "--target", str(target), "-p", builder, "--python-version", version,
                   "--exclude-newer", day]
        alone = command
    else:
        command = [builder, "-m", "pip", "--disable-pip-version-check", "install", "-q", "--target", str(target)]
        alone = [*command, "--no-deps"]
    subprocess.run([*command, "--only-binary", ":all:", *needed.split()], check=True)
    for library in more.split():
        try:
            done = subprocess.run([*alone, library], stderr=subprocess.DEVNULL, timeout=SECONDS).returncode == 0
        except subprocess.TimeoutExpired:
            done = False
        if not done:
            print(target.name, "is without", library, file=sys.stderr)
    (target / ".done").touch()


def main():
    options = argparse.ArgumentParser()
    options.add_argument("set")
    options.add_argument("folder", type=pathlib.Path)
    options.add_argument("--recipes", help="of another set")
    options.add_argument("--python", default=os.path.expanduser("~/.pyenv/versions"))
    options.add_argument("machine", nargs="*")
    o = options.parse_args()
    folder = o.folder.resolve()
    recipes = o.recipes or o.set
    files = folder / ("files" if recipes == o.set else "files." + recipes)
    for name, version, day, needed, more in machines(o.set):
        if o.machine and name not in o.machine:
            continue
        python = interpreter(o.python, version)
        if python is None:
            print("no Python", version, "for", name, file=sys.stderr)
            continue
        old = day and tuple(map(int, version.split("."))) < OLDEST_OF_UV
        install(folder / "env" / name, interpreter(o.python, "3.8") if old else python, version, day, needed, more)
        if not (files / name).exists():
            with open(folder / (name + ".log"), "w") as log:
                subprocess.run([python, str(HERE / "heldout" / "make.py"), str(HERE / "heldout" / (recipes + ".recipes")),
                                str(files / name)], env={**os.environ, "PYTHONPATH": str(folder / "env" / name)},
                               stdout=log, stderr=log)
    report = folder / "report.jsonl"
    with open(report, "w") as out:
        subprocess.run([LOADLOCK, "inspect", "--format", "jsonl", str(files)], stdout=out)
    count(report)


def count(report):
    files, by_machine, by_name = 0, {}, {}
    wrong = {"runs-code": 0, "unknown-code": 0, "not complete": 0}
    for line in report.read_text().splitlines():
        file = json.loads(line)
        machine, _, path = FILES.split(file["path"])[-1].partition("/")
        files += 1
        kinds = [k for k in (file["verdict"],) if k in wrong]
        if file["outcome"] != "complete":
            kinds.append("not complete")
        for kind in kinds:
            wrong[kind] += 1
        tally = by_machine.setdefault(machine, [0, 0])
        tally[0] += 1
        tally[1] += bool(kinds)
        if kinds:
            names = sorted({g["module"] + "." + g["name"] for g in file["globals"] if g["verdict"] in wrong})
            for name in names:
                by_name[name] = by_name.get(name, 0) + 1
            print(machine, path, *kinds, *names[:3], *[p["reason"] for p in file["problems"][:1]])
    for name, times in sorted(by_name.items(), key=lambda item: -item[1]):
        print("%4d %s" % (times, name))
    for machine, (all_, accused) in sorted(by_machine.items()):
        print("%s: %d of %d" % (machine, accused, all_))
    accused = wrong["runs-code"] + wrong["unknown-code"]
    print("%d files, %d above needs-types (%.1f %%): %s" % (
        files, accused, 100 * accused / max(files, 1), ", ".join("%d %s" % (n, k) for k, n in wrong.items())))


if __name__ == "__main__":
    main()
