"""Follows the loads of real projects to files that their own code has made, and asks torch and NumPy what they make of them.

    ./dev oracle links [--write] [--trees FOLDER] PYTHON [PYTHON ...]

examples/ and the projects below are copied; each makes its model files with its own scripts, on data made here, run by the
first PYTHON, which has torch and numpy. loadlock then reports each load, the file it leads to and what the safe load would
say to it, and each PYTHON is asked: torch.load(weights_only=True), np.load(allow_pickle=False); the project's pin is set to
the torch of that PYTHON. No file is ever loaded in another way. What is reported must be what is written in
scripts/oracle_links.txt (--write writes it anew), and what the real thing says must be what loadlock said.

FOLDER may have the projects as OWNER+NAME or OWNER+NAME/repo; else git fetches them.
"""
import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXPECTED = Path(__file__).with_suffix(".txt")

TEXT = "".join(f"Line {n} of a text that nobody wrote: {n * n % 97} birds, {n % 7} trees.\n" for n in range(4000))
SMALL = "--device=cpu --compile=False --eval_iters=1 --block_size=16 --batch_size=2 --n_layer=1 --n_head=2 --n_embd=16 --max_iters=1"


def nano_gpt(folder):
    """Its character data set prepared, one step trained, the checkpoint where the code looks for it."""
    data = folder / "data/shakespeare_char"
    (data / "input.txt").write_text(TEXT)
    (data / "requests.py").write_text("")  # it is imported and, the text being here, not used
    yield data, "prepare.py"
    (data / "requests.py").unlink()
    yield folder, f"train.py --dataset=shakespeare_char --eval_interval=1 --always_save_checkpoint=True {SMALL}"


def examples(folder):
    """A series of numbers saved, a language model trained for one batch."""
    yield folder / "time_sequence_prediction", "generate_sine_wave.py"
    words = folder / "word_language_model"
    (words / "data/wikitext-2").mkdir(parents=True, exist_ok=True)
    for part in ("train", "valid", "test"):
        (words / f"data/wikitext-2/{part}.txt").write_text(TEXT[:20_000])
    yield words, "main.py --epochs 1 --dry-run --emsize 8 --nhid 8 --batch_size 4"




# name, commit, parts that are scanned, how its files are made
PROJECTS = (
    ("karpathy/nanoGPT", "3adf61e154c3fe3fca428ad6bc3818b27a3b8291", ("train.py", "sample.py"), nano_gpt),
    ("pytorch/examples", "77f55b912142e11fcfdf5b530231fb9c52f181e8",
     ("word_language_model", "time_sequence_prediction"), examples),
)

# Run by the interpreter that is asked, in the project: only safe loads.
ASK = """
import importlib, json, sys, warnings
warnings.simplefilter("ignore")
sys.path.insert(0, ".")
def said(call):
    try:
        call()
        return "works"
    except ImportError as why:
        return "missing: " + str(why)
    except Exception as why:
        return "refused: " + type(why).__name__ + ": " + str(why)[:300]
def resolve(name):
    parts = name.split(".")
    for cut in range(len(parts) - 1, 0, -1):
        try:
            at = importlib.import_module(".".join(parts[:cut]))
        except ImportError:
            continue
        for part in parts[cut:]:
            at = getattr(at, part)
        return at
    raise ImportError(name)
answers = []
for how, path, allow in json.load(sys.stdin):
    if how == "torch":
        import torch
        if allow:
            # The name that the file has, which need not be the object's own in this release of NumPy.
            named = tuple(map(int, torch.__version__.split(".")[:2])) >= (2, 6)
            torch.serialization.add_safe_globals([(resolve(name), name) if named else resolve(name) for name in allow])
        answers.append(said(lambda: torch.load(path, map_location="cpu", weights_only=True)))
    else:
        import numpy
        def read():
            loaded = numpy.load(path, allow_pickle=False)
            for name in getattr(loaded, "files", ()):
                loaded[name]
        answers.append(said(read))
print(json.dumps(answers))
"""


def run(command, folder, **options):
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, **options)
    if done.returncode:
        raise SystemExit(f"links: {command} in {folder} ended with {done.returncode}\n{done.stderr[-2000:]}")
    return done.stdout


def checkout(name, commit, trees, into):
    """The project's sources at that commit, without its history and its data."""
    for place in (trees / name.replace("/", "+") / "repo", trees / name.replace("/", "+")):
        if subprocess.run(["git", "-C", place, "cat-file", "-e", commit], capture_output=True).returncode == 0:
            source = place
            break
    else:
        source = trees / name.replace("/", "+")
        source.mkdir(parents=True, exist_ok=True)
        git = ["git", "-C", source, "-c", "core.hooksPath=/dev/null"]
        run([*git, "init", "-q"], source)
        run([*git, "fetch", "-q", "--depth", "1", f"https://github.com/{name}", commit], source)
    into.mkdir(parents=True)
    for path in run(["git", "-C", source, "ls-tree", "-r", "--name-only", commit], source).splitlines():
        if path.endswith((".py", ".txt", ".toml", ".cfg")) and "wikitext" not in path:
            target = into / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(run(["git", "-C", source, "show", f"{commit}:{path}"], source))


def scanned(folder, parts):
    """Every load with its link, and every file with what is known of it."""
    environment = dict(os.environ, LOADLOCK_NO_BUILD="1")
    done = subprocess.run(
        [ROOT / "loadlock", "scan", "--format", "json", "--no-ignore", "--fail-on", "never", *parts],
        cwd=folder, env=environment, capture_output=True, text=True)
    if done.returncode not in (0, 3):
        raise SystemExit(f"links: loadlock ended with {done.returncode}: {done.stderr}")
    return json.loads(done.stdout)


def links(report):
    for finding in report["findings"]:
        properties = finding["properties"]
        if "linkedFile" not in properties and "notLinked" not in properties:
            continue
        place = f"{finding['location']['path']}:{finding['location']['startLine']}"
        yield place, properties


def expectations(project, report):
    """What is committed: the release of torch is left out of it."""
    for place, properties in links(report):
        linked = properties.get("linkedFile")
        if linked:
            more = " and others" if "linkedOthers" in properties else ""
            yield f"{project} {place} {linked}{more}: {properties['linkedVerdict']}"
        else:
            yield f"{project} {place} nothing: {properties['notLinked']}"
    for file in report["files"]:
        lines = file["properties"].get("loadedBy")
        if lines:
            yield f"{project} {file['path']} is loaded by {lines}"


def questions(report):
    """(how, file, names to allow, what loadlock says) of each link that has a safe load."""
    asked = set()
    for _, properties in links(report):
        for how, key in (("torch", "weightsOnlyAnswer"), ("numpy", "allowPickleAnswer")):
            answer = properties.get(key)
            for path in properties.get("linkedFile", "").split(", ") if answer else ():
                own = re.search(re.escape(path) + r": (.*?)(?=; \S+: |$)", answer)
                clause = own.group(1) if own else answer
                if (how, path, clause) not in asked:
                    asked.add((how, path, clause))
                    yield how, path, clause


def judge(clause, path, how, interpreter, folder):
    """None where the real thing says what loadlock says, else the difference."""
    def ask(allow=()):
        asked = json.dumps([[how, path, list(allow)]])
        return json.loads(run([interpreter, "-c", ASK], folder, input=asked))[0]

    bare = ask()
    if "will work" in clause:
        return None if bare == "works" else bare
    if bare == "works":
        return "works, which loadlock does not say"
    needs = re.search(r"add_safe_globals\(\[(.*)\]\)", clause)
    if needs and "…" not in needs.group(1):
        after = ask([name.strip() for name in needs.group(1).split(",")])
        return None if after == "works" else f"once {needs.group(1)} is allowed: {after}"
    return None


def main():
    parser = argparse.ArgumentParser(prog="./dev oracle links")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--trees", type=Path, default=ROOT / ".loadlock/links")
    parser.add_argument("pythons", nargs="+", metavar="PYTHON")
    arguments = parser.parse_args()
    run([ROOT / "loadlock", "--version"], ROOT)
    said, wrong, asked = [], [], 0
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        shutil.copytree(ROOT / "examples", scratch / "examples")
        folders = [("examples", scratch / "examples", (".",))]
        for project, commit, parts, make in PROJECTS:
            folder = scratch / project.replace("/", "+")
            checkout(project, commit, arguments.trees.resolve(), folder)
            for place, command in make(folder):
                run([arguments.pythons[0], *command.split()], place)
            folders.append((project, folder, parts))
        for project, folder, parts in folders:
            said += expectations(project, scanned(folder, parts))
            for interpreter in arguments.pythons:
                version = run([interpreter, "-c", "import torch; print(torch.__version__.split('+')[0])"], scratch).strip()
                for part in parts:
                    place = folder / part if (folder / part).is_dir() else folder
                    (place / "requirements.txt").write_text(f"torch=={version}\n")
                for how, path, clause in questions(scanned(folder, parts)):
                    asked += 1
                    difference = judge(clause, path, how, interpreter, folder)
                    mark = "ok  " if difference is None else "FAIL"
                    print(f"{mark} {project} {path}: torch {version}, {clause}" + (f"; in truth {difference}" if difference else ""))
                    if difference:
                        wrong.append(path)
    text = "\n".join(said) + "\n"
    if arguments.write:
        EXPECTED.write_text(text)
    differs = text != EXPECTED.read_text()
    print(f"{len(said)} lines of expectations{', which differ' if differs else ''}; {asked} answers asked for, {len(wrong)} wrong")
    if differs:
        print(text)
    sys.exit(1 if differs or wrong else 0)


if __name__ == "__main__":
    main()
