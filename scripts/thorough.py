"""Compares what `loadlock scan` finds with what `scan --thorough` finds, which parses and evaluates everything.

    ./dev oracle thorough FOLDER…      each folder is scanned both ways; what only one of them finds is listed

The exit code is 1 where they differ.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def scan(folder: Path, *options: str) -> tuple[set[tuple[str, int, str]], str]:
    """Path, line and rule of each finding; and what it cost."""
    with tempfile.TemporaryDirectory() as out:
        sarif = Path(out) / "report.sarif"
        process = subprocess.Popen(
            [ROOT / "loadlock", "scan", ".", "--quiet", "--no-config", "--no-ignore", "--fail-on", "never",
             "--output", f"sarif={sarif}", *options], cwd=folder)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in (0, 3):
            sys.exit(f"thorough: loadlock ended with {process.returncode}")
        found = set()
        for result in json.loads(sarif.read_text())["runs"][0]["results"]:
            place = result["locations"][0]["physicalLocation"]
            line = place.get("region", {}).get("startLine", 1)
            found.add((place["artifactLocation"]["uri"], line, result["ruleId"]))
        cpu = usage.ru_utime + usage.ru_stime
        return found, f"{len(found)} findings, {cpu:.1f} s CPU, {usage.ru_maxrss >> 10} MiB"


def main() -> None:
    parser = argparse.ArgumentParser(prog="./dev oracle thorough")
    parser.add_argument("folder", type=Path, nargs="+")
    differ = False
    subprocess.run([ROOT / "loadlock", "--version"], check=True, stdout=subprocess.DEVNULL)
    for folder in parser.parse_args().folder:
        usual, cost = scan(folder)
        print(f"{folder}\n  usual     {cost}", flush=True)
        thorough, cost = scan(folder, "--thorough")
        print(f"  thorough  {cost}", flush=True)
        for sign, found in (("-", thorough - usual), ("+", usual - thorough)):
            for path, line, rule in sorted(found):
                differ = True
                print(f"  {sign} {path}:{line} {rule}")
    sys.exit(1 if differ else 0)


main()
