"""Scores `loadlock scan` on a folder of judged cases, with the folder's own adapter and scorer.

    ./dev cases FOLDER                 FOLDER holds cases/, adapters/sarif.py and score.py
    ./dev cases FOLDER --real TREES    TREES holds the repositories of FOLDER/realworld.json, each as OWNER+NAME
    ./dev cases FOLDER --thorough      also checks that `scan --thorough` finds the same
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def scan(folder: Path, what: str, out: Path, *options: str) -> Path:
    """The SARIF of one scan."""
    sarif = out / "report.sarif"
    code = subprocess.run(
        [ROOT / "loadlock", "scan", what, "--quiet", "--no-config", "--fail-on", "never",
         "--output", f"sarif={sarif}", *options], cwd=folder).returncode
    if code not in (0, 3):
        sys.exit(f"cases: loadlock ended with {code}")
    return sarif


def findings(adapters: Path, sarif: Path, root: Path, out: Path) -> Path:
    found = out / "found.json"
    subprocess.run([sys.executable, adapters / "sarif.py", sarif, "--root", root, "-o", found], check=True)
    return found


def compare(adapters: Path, folder: Path, what: str, out: Path) -> None:
    """The filter may lose nothing."""
    both = []
    for options in ((), ("--thorough",)):
        found = findings(adapters, scan(folder, what, out, *options), folder, out)
        both.append({(f["path"], f["line"], f.get("kind")) for f in json.loads(found.read_text())})
    lost = sorted(both[1] ^ both[0], key=str)
    print(f"\n{what}: {len(both[0])} findings, {len(both[1])} with --thorough; they differ in {lost}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="./dev cases")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--real", type=Path)
    parser.add_argument("--thorough", action="store_true")
    options = parser.parse_args()
    folder = options.folder.resolve()
    adapters = folder / "adapters"
    with tempfile.TemporaryDirectory() as name:
        out = Path(name)
        score = [sys.executable, folder / "score.py", out / "found.json", "--list"]
        if options.real:
            trees = options.real.resolve()
            findings(adapters, scan(trees, ".", out), trees, out)
            subprocess.run([*score, "--manifest", folder / "realworld.json", "--group", "repo"], check=True)
        else:
            trees = folder
            findings(adapters, scan(folder, "cases", out), folder, out)
            subprocess.run(score, check=True)
        if options.thorough:
            compare(adapters, trees, "." if options.real else "cases", out)


main()
