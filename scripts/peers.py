"""loadlock and the other scanners of model files on the project's own files, in one run: the table of docs/comparison.md.

    ./dev bench peers --ordinary FOLDER [--sample N] [--venv FOLDER] [--write]

Malicious are the pickles of the tests of artifact/pickle (one per technique and published bypass, inert); ordinary the files of
`scripts/corpus.py`, made before with the real libraries. Each tool reads all files in one process, through the functions
that its own command line calls; nothing is loaded. The others are installed from PyPI into a virtual environment.
"""

import argparse
import contextlib
import io
import json
import logging
import os
import platform
import random
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/comparison.md"
PEERS = ["picklescan==1.0.5", "fickling==0.1.12", "modelscan==0.8.8", "modelaudit==0.2.54"]
WORDS = ["malicious", "suspicious", "clean", "error"]


# --- in the peers' environment ------------------------------------------------------------------------------------------

def picklescan():
    from picklescan.scanner import SafetyLevel, scan_file_path

    def one(path):
        result = scan_file_path(path)
        levels = {found.safety for found in result.globals}
        return "malicious" if result.infected_files else "error" if result.scan_err else "suspicious" if SafetyLevel.Suspicious in levels else "clean"
    return one


def fickling():
    import zipfile

    from fickling.analysis import Severity, check_safety
    from fickling.fickle import StackedPickle

    def one(path):
        if zipfile.is_zipfile(path):  # its own reader of archives wants torch installed: here it is given the pickles
            with zipfile.ZipFile(path) as archive:
                members = [archive.read(name) for name in archive.namelist() if name.endswith(".pkl")]
            pickles = [pickle for member in members for pickle in StackedPickle.load(io.BytesIO(member))]
        else:
            with open(path, "rb") as file:
                pickles = list(StackedPickle.load(file))
        worst = max(check_safety(pickle).severity for pickle in pickles)
        return "malicious" if worst >= Severity.LIKELY_OVERTLY_MALICIOUS else "clean" if worst == Severity.LIKELY_SAFE else "suspicious"
    return one


def modelscan():
    from modelscan.modelscan import ModelScan

    def one(path):
        result = ModelScan().scan(path)
        severities = {issue["severity"] for issue in result["issues"]}
        return "malicious" if severities & {"CRITICAL", "HIGH"} else "suspicious" if severities else "error" if result["errors"] else "clean"
    return one


def modelaudit():
    from modelaudit.core import scan_model_directory_or_file

    def one(path):
        result = scan_model_directory_or_file(path)
        severities = {str(getattr(issue.severity, "value", issue.severity)) for issue in result.issues}
        return "malicious" if "critical" in severities else "suspicious" if "warning" in severities else "error" if result.has_errors else "clean"
    return one


def work(tool, listing):
    logging.disable(logging.CRITICAL)
    one = {"picklescan": picklescan, "fickling": fickling, "modelscan": modelscan, "modelaudit": modelaudit}[tool]()
    answers = {}
    for path in Path(listing).read_text().splitlines():
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            try:
                answers[path] = one(path)
            except BaseException as why:
                answers[path] = "error"
                if isinstance(why, KeyboardInterrupt):
                    raise
    print(json.dumps(answers))


# --- here -----------------------------------------------------------------------------------------------------------------

def measured(command):
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                               env=dict(os.environ, NO_ANALYTICS="1", PROMPTFOO_DISABLE_TELEMETRY="1", DO_NOT_TRACK="1"))
    text = process.stdout.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    unit = 1 << 20 if platform.system() == "Darwin" else 1 << 10
    return text, usage.ru_utime + usage.ru_stime, usage.ru_maxrss // unit


def loadlock(command, paths):
    text, seconds, peak = measured([*shlex.split(command), "inspect", "--format", "jsonl", "--no-progress", *paths])
    words = {"runs-code": "malicious", "unknown-code": "suspicious"}
    answers = {}
    for line in text.splitlines():
        said = json.loads(line)
        read = said["outcome"] in ("complete", "skipped")
        answers[said["path"]] = words.get(said["verdict"], "clean" if read else "error")
    return answers, seconds, peak


def environment(folder):
    if not (folder / "bin/python").exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([folder / "bin/pip", "-q", "install", *PEERS], check=True)
    return str(folder / "bin/python")


def table(bad, good, results):
    rows = ["| | " + " | ".join(results) + " |", "|---|" + "---|" * len(results)]

    def row(title, value):
        rows.append("| %s | %s |" % (title, " | ".join(value(*results[name]) for name in results)))

    def count(files, word):
        return lambda answers, *_: "%d" % sum(answers.get(path, "error") == word for path in files)

    for word in WORDS:
        row("%d malicious: called %s" % (len(bad), word), count(bad, word))
    for word in WORDS:
        row("%d ordinary: called %s" % (len(good), word), count(good, word))
    row("CPU for all", lambda _, seconds, peak: "%.1f s" % seconds)
    row("peak memory", lambda _, seconds, peak: "%d MiB" % peak)
    return "\n".join(rows)


def main():
    parser = argparse.ArgumentParser(prog="./dev bench peers", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--loadlock", default=str(ROOT / "loadlock"), metavar="CMD")
    parser.add_argument("--ordinary", required=True, metavar="FOLDER")
    parser.add_argument("--malicious", metavar="FOLDER", help="default: those of the tests")
    parser.add_argument("--sample", type=int, default=0, metavar="N", help="of each kind, seeded; 0 takes all")
    parser.add_argument("--venv", type=Path, default=Path.home() / ".cache/loadlock-bench/peers")
    parser.add_argument("--write", action="store_true", help="rewrite the table of docs/comparison.md")
    options = parser.parse_args()
    python = environment(options.venv)
    with tempfile.TemporaryDirectory() as folder:
        gadgets = Path(options.malicious or folder)
        if not options.malicious:
            subprocess.run([ROOT / "dev", "test", "-q", "-pl", "artifact", "-am", "-Dtest=GadgetFilesTest", "-Dsurefire.failIfNoSpecifiedTests=false",
                            "-Dloadlock.gadgets=" + folder], check=True)
        bad = sorted(str(path) for path in gadgets.glob("*.pkl"))
        good = sorted(str(path) for path in Path(options.ordinary).rglob("*") if path.is_file())
        if options.sample:
            bad, good = (sorted(random.Random(1).sample(files, min(options.sample, len(files)))) for files in (bad, good))
        listing = Path(folder) / "listing"
        listing.write_text("\n".join(bad + good))
        results = {"loadlock": loadlock(options.loadlock, bad + good)}
        for peer in PEERS:
            name = peer.split("==")[0]
            text, seconds, peak = measured([python, __file__, "--work", name, str(listing)])
            results[peer.replace("==", " ")] = (json.loads(text.splitlines()[-1]) if text.strip() else {}, seconds, peak)
            print(name, "done", file=sys.stderr)
        text = table(bad, good, results)
        print(text)
        ours = results["loadlock"][0]
        for path in bad:
            if ours.get(path) != "malicious":
                print("not called malicious:", os.path.basename(path), ours.get(path), file=sys.stderr)
        for path in good:
            if ours.get(path) != "clean":
                print("not called clean:", path, ours.get(path), file=sys.stderr)
    if options.write:
        page = PAGE.read_text()
        begin, end = "<!-- generated: peers -->\n", "<!-- end: peers -->"
        before, after = page.index(begin) + len(begin), page.index(end)
        PAGE.write_text(page[:before] + "\n" + text + "\n\n" + page[after:])


if __name__ == "__main__":
    if sys.argv[1:2] == ["--work"]:
        work(*sys.argv[2:])
    else:
        main()
