"""Damages files in seeded ways and reads what is left of them.

    ./dev fuzz python [--tree PATH] [--count N] [--seed N]    the parser: no exception, nothing over 2 seconds (printed),
                                                              no call lost that stands before the damage
"""

import argparse
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TESTS = {"python": ("python", "MutantsTest#anyTree")}


def main() -> int:
    parser = argparse.ArgumentParser(prog="./dev fuzz", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=sorted(TESTS))
    parser.add_argument("--tree", default=sysconfig.get_paths()["stdlib"], help="default: Python's own library")
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    module, test = TESTS[given.what]
    return subprocess.run(
        [ROOT / "dev", "test", "-q", "-pl", module, "-am", f"-Dtest={test}", "-Dsurefire.failIfNoSpecifiedTests=false",
         f"-Dloadlock.fuzz.tree={Path(given.tree).resolve()}", f"-Dloadlock.fuzz.count={given.count}",
         f"-Dloadlock.fuzz.seed={given.seed}"]).returncode


if __name__ == "__main__":
    sys.exit(main())
