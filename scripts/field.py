"""Compares the scan with bandit and ruff on checkouts of real projects, one folder a project.

    ./dev field FOLDER [--bandit PATH] [--ruff PATH] [--show missed|more]

Prints a row a project: the lines that each reports, the lines of a peer that the scan does not report (but for those that
unpickle what the same expression pickles, which is no weakness), the lines that only the scan reports, and its CPU time.
`--show missed` or `more` lists those lines instead, each to be judged in the source.
"""

import argparse
import json
import os
import re
import resource
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

ROOT = Path(__file__).resolve().parent.parent
BANDIT = {"B301", "B302", "B614"}
INVERSE = re.compile(r"\bloads\(\s*\w+\.dumps\(")


def run(command: list[str], folder: Path) -> tuple[str, float]:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    out = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return out, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def ours(folder: Path) -> tuple[set, set, float]:
    """The first lines of all findings of the rule, and every line that one covers."""
    out, time = run([str(ROOT / "loadlock"), "scan", "--no-ignore", ".", "--format", "sarif"], folder)
    first, covered = set(), set()
    for result in json.loads(out)["runs"][0]["results"]:
        if not result["ruleId"].startswith("VNX-PY-013"):
            continue
        place = result["locations"][0]["physicalLocation"]
        path, region = unquote(place["artifactLocation"]["uri"]), place["region"]
        first.add((path, region["startLine"]))
        covered |= {(path, line) for line in range(region["startLine"], region.get("endLine", region["startLine"]) + 1)}
    return first, covered, time


def bandit(program: str, folder: Path) -> dict:
    out, _ = run([program, "-q", "-r", ".", "-f", "json", "-t", ",".join(sorted(BANDIT))], folder)
    return {(os.path.normpath(one["filename"]), one["line_number"]): max(one["line_range"] or [one["line_number"]])
            for one in json.loads(out)["results"]}


def ruff(program: str, folder: Path) -> dict:
    """Without notebooks, in which its lines are those of a cell."""
    out, _ = run([program, "check", "--isolated", "--no-cache", "--exit-zero", "--config", "exclude=[]", "--select",
                  "S301,S302", "--output-format", "json", "."], folder)
    return {(os.path.relpath(one["filename"], folder), one["location"]["row"]): one["end_location"]["row"]
            for one in json.loads(out) if one.get("cell") is None and (one["code"] or "").startswith("S30")}


def source(folder: Path, path: str, line: int) -> str:
    lines = (folder / path).read_text(encoding="utf-8", errors="replace").split("\n")
    return lines[line - 1].strip() if line <= len(lines) else ""


def main() -> int:
    parser = argparse.ArgumentParser(prog="./dev field", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--bandit", default="bandit")
    parser.add_argument("--ruff", default="ruff")
    parser.add_argument("--show", choices=["missed", "more"])
    given = parser.parse_args()
    subprocess.run([ROOT / "loadlock", "--version"], check=True, stdout=subprocess.DEVNULL)
    if not given.show:
        print("| project | loadlock | bandit | ruff | a peer only | loadlock only | CPU s |\n|---|---|---|---|---|---|---|")
    for folder in sorted(one for one in given.folder.resolve().iterdir() if one.is_dir()):
        folder = folder.resolve()
        first, covered, time = ours(folder)
        theirs = [bandit(given.bandit, folder), ruff(given.ruff, folder)]
        ends = {place: end for peer in theirs for place, end in peer.items()}
        missed = {(path, line) for (path, line), end in ends.items()
                  if not any((path, at) in covered for at in range(line, end + 1))
                  and not INVERSE.search(source(folder, path, line))}
        reported = {(path, at) for (path, line), end in ends.items() for at in range(line, end + 1)}
        more = {place for place in first if place not in reported}
        if given.show:
            for path, line in sorted(missed if given.show == "missed" else more):
                print(f"{folder.name}/{path}:{line}: {source(folder, path, line)[:120]}")
        else:
            print(f"| {folder.name} | {len(first)} | {len(theirs[0])} | {len(theirs[1])} | {len(missed)} | {len(more)} "
                  f"| {time:.1f} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
