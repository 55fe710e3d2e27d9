"""Times the copying and hashing of large files against the least that they can cost, all in one run on one machine.

    ./dev bench convert [--size MB] [--rounds N] [PYTHON]   against cp and sync; with a PYTHON that has torch and
                                                            safetensors, also against torch.load and save_file
    ./dev bench lock [--size MB] [--rounds N]               against sha256sum: one file, and four at once

In each round the commands take turns, so that what else the machine does meets all of them; the ratio that counts is the
median of the rounds' own ratios. Both read from the page cache and write to the folder of --folder.
"""

import argparse
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from bench import Cost, measure  # noqa: E402
from kill import pickle_of  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
SAVE = """import sys, torch, safetensors.torch
tensors = torch.load(sys.argv[1], map_location="cpu", weights_only=True)
safetensors.torch.save_file(tensors, sys.argv[2])
import os
with open(sys.argv[2], "rb") as written:
    os.fsync(written.fileno())
"""


def checkpoint(path: Path, megabytes: int) -> None:
    """As torch.save writes it: matrices of 32 MiB, a vector beside each."""
    random_bytes = random.Random(1).randbytes(1 << 20)
    count = max(1, megabytes // 32)
    sizes = [size for _ in range(count) for size in (8 << 20, 4096)]
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("m/data.pkl", pickle_of({f"layer{i}": size for i, size in enumerate(sizes)}))
        for number, size in enumerate(sizes):
            with archive.open(zipfile.ZipInfo(f"m/data/{number}"), "w", force_zip64=True) as member:
                for start in range(0, 4 * size, len(random_bytes)):
                    member.write(random_bytes[:4 * size - start])
        archive.writestr("m/version", "3\n")


def compare(title: str, commands: dict[str, list[str]], rounds: int, cleanup) -> None:
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            cleanup()
            os.sync()
            cost = measure(command)
            if number > 0:
                costs[name].append(cost)
    load = os.getloadavg()[0]
    base = next(reversed(costs))
    print(f"\n### {title}, median of {rounds} rounds, load {load:.1f} on {os.cpu_count()} cores\n")
    print(f"| | wall | CPU | peak memory | wall to {base} | CPU |\n|---|---|---|---|---|---|")
    for name, each in costs.items():
        wall = statistics.median(cost.wall for cost in each)
        cpu = statistics.median(cost.cpu for cost in each)
        ratio = statistics.median(one.wall / other.wall for one, other in zip(each, costs[base]))
        work = statistics.median(one.cpu / other.cpu for one, other in zip(each, costs[base]))
        print(f"| {name} | {wall:.2f} s | {cpu:.2f} s | {max(cost.peak for cost in each)} MiB | {ratio:.2f}× | {work:.2f}× |",
              flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["convert", "lock"])
    parser.add_argument("--size", type=int, default=2048, help="in MiB")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folder", default=None, help="where to work; default: the system's temporary folder")
    parser.add_argument("--loadlock", default=str(ROOT / "loadlock"))
    parser.add_argument("python", nargs="?")
    options = parser.parse_intermixed_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as scratch:
        folder = Path(scratch)
        os.chdir(folder)
        subprocess.run([options.loadlock, "--version"], check=True, stdout=subprocess.DEVNULL)
        os.environ["LOADLOCK_NO_BUILD"] = "1"
        model = folder / "model.pt"
        checkpoint(model, options.size)
        out = folder / "out.safetensors"
        if options.what == "convert":
            commands = {"loadlock convert": [options.loadlock, "convert", "--quiet", str(model), str(out)]}
            if options.python:
                commands["torch.load, save_file"] = [options.python, "-c", SAVE, str(model), str(out)]
            commands["cp, sync"] = ["sh", "-c", 'cp "$1" "$2" && sync "$2"', "sh", str(model), str(out)]
            compare(f"convert {options.size} MiB", commands, options.rounds, lambda: out.unlink(missing_ok=True))
            return
        lock = folder / "loadlock.lock"
        compare(f"lock a file of {options.size} MiB",
                {"loadlock lock": [options.loadlock, "lock", "--quiet", str(model)], "sha256sum": ["sha256sum", str(model)]},
                options.rounds, lambda: lock.unlink(missing_ok=True))
        for number in range(3):
            shutil.copy(model, folder / f"model{number}.pt")
        files = [str(file) for file in sorted(folder.glob("*.pt"))]
        compare(f"lock four files of {options.size} MiB",
                {"loadlock lock": [options.loadlock, "lock", "--quiet", *files],
                 "loadlock lock --jobs 1": [options.loadlock, "lock", "--quiet", "--jobs", "1", *files],
                 "sha256sum": ["sha256sum", *files]},
                options.rounds, lambda: lock.unlink(missing_ok=True))


if __name__ == "__main__":
    main()
