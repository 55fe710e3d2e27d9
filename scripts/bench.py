"""Times loadlock against ruff and bandit on real trees, all in one run on one machine.

Everything it needs (the peers in a virtual environment, the trees, an installed loadlock) is made once
in a cache folder: $LOADLOCK_BENCH, or loadlock-bench in the user's cache folder.

    ./dev bench              all of it, each measurement the median of 5 rounds
    ./dev bench --rounds 1   quickly
"""

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tarfile
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PEERS = ["ruff==0.17.6", "bandit==1.9.4"]
SDIST = "transformers==5.24.0"
# Wheels of one platform, so that every machine measures the same tree. This one has no CUDA libraries.
TREE = ["torch==2.10.0", "scikit-learn==1.9.1", "pandas==3.1.1", "sympy==1.14.0", "numpy==2.5.5",
        "scipy==1.18.1", "networkx==3.7", "joblib==1.6.0", "jinja2==3.1.6", "mpmath==1.3.0"]
PLATFORMS = ["manylinux_2_28_aarch64", "manylinux_2_27_aarch64", "manylinux_2_24_aarch64",
             "manylinux2014_aarch64"]
RUFF = ["check", "--isolated", "--no-cache", "--exit-zero", "--config", "exclude=[]",
        "--select", "S301,S302"]


@dataclass
class Cost:
    wall: float  # seconds
    cpu: float  # seconds, user and system
    peak: int  # MiB


def measure(command: list[str]) -> Cost:
    """One process and what it cost, from the kernel's own accounts."""
    begin = time.perf_counter()
    with open(os.devnull, "wb") as nowhere:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=nowhere, stderr=nowhere)
        _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begin
    code = os.waitstatus_to_exitcode(status)
    process.returncode = code
    if code not in (0, 1, 3):
        sys.exit(f"bench: exit code {code} from {' '.join(command)}")
    # Linux counts kibibytes, macOS bytes.
    unit = 1 << 20 if platform.system() == "Darwin" else 1 << 10
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss // unit)


def rounds(commands: dict[str, list[str]], count: int) -> dict[str, Cost]:
    """The median of `count` rounds, in which the commands take turns; one round before warms the disk."""
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for number in range(count + 1):
        for name, command in commands.items():
            cost = measure(command)
            if number > 0:
                costs[name].append(cost)
    return {
        name: Cost(
            statistics.median(cost.wall for cost in each),
            statistics.median(cost.cpu for cost in each),
            max(cost.peak for cost in each),
        )
        for name, each in costs.items()
    }


def prepare(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "venv").exists():
        subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
        subprocess.run([folder / "venv/bin/pip", "-q", "install", *PEERS], check=True)
    pip = [sys.executable, "-m", "pip", "-q", "download", "--no-deps", "-d", str(folder / "dl")]
    if not (folder / "transformers").exists():
        subprocess.run([*pip, "--no-binary", ":all:", "--no-build-isolation", SDIST], check=True)
        archive = next((folder / "dl").glob("transformers-*.tar.gz"))
        with tarfile.open(archive) as tar:
            tar.extractall(folder / "transformers", filter="data")
    if not (folder / "tree").exists():
        platforms = [word for name in PLATFORMS for word in ("--platform", name)]
        subprocess.run([*pip, *platforms, "--python-version", "3.13", "--only-binary=:all:", *TREE],
                       check=True)
        for wheel in (folder / "dl").glob("*.whl"):
            with zipfile.ZipFile(wheel) as files:
                files.extractall(folder / "tree")


def sources(tree: Path) -> tuple[int, float]:
    sizes = [file.stat().st_size for file in tree.rglob("*.py") if file.is_file()]
    return len(sizes), sum(sizes) / 1e6


def compare(title: str, commands: dict[str, list[str]], count: int) -> None:
    print(f"\n### {title}\n\n| | wall | CPU | peak memory | CPU to {list(commands)[1]} | wall |")
    print("|---|---|---|---|---|---|")
    costs = rounds(commands, count)
    base = list(costs.values())[1]
    for name, cost in costs.items():
        print(f"| {name} | {cost.wall * 1000:.0f} ms | {cost.cpu * 1000:.0f} ms | {cost.peak} MiB "
              f"| {cost.cpu / base.cpu:.2f}× | {cost.wall / base.wall:.2f}× |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="./dev bench")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    folder = Path(os.environ.get("LOADLOCK_BENCH", cache / "loadlock-bench"))
    prepare(folder)
    subprocess.run([ROOT / "dev", "install", folder / "prefix"], check=True)
    loadlock = [str(folder / "prefix/bin/loadlock"), "scan", "--quiet", "--no-ignore", "--fail-on", "never"]
    ruff = [str(folder / "venv/bin/ruff"), *RUFF]
    bandit = [str(folder / "venv/bin/bandit"), "-q", "-t", "B301,B302,B614"]

    for name in ("transformers", "tree"):
        tree = folder / name
        files, megabytes = sources(tree)
        compare(f"{name}: {files} files, {megabytes:.0f} MB of Python",
                {"loadlock": [*loadlock, str(tree)], "ruff": [*ruff, str(tree)],
                 "reading alone": ["sh", "-c", 'find "$1" -name "*.py" -exec cat {} +', "sh", str(tree)]},
                options.rounds)
    one = str(folder / "tree/torch/serialization.py")
    compare("one file (torch/serialization.py)",
            {"loadlock": [*loadlock, one], "bandit": [*bandit, one], "ruff": [*ruff, one],
             "loadlock --version": [loadlock[0], "--version"],
             "./loadlock --version, in a checkout": [str(ROOT / "loadlock"), "--version"]},
            max(options.rounds * 3, 3))


if __name__ == "__main__":
    main()
