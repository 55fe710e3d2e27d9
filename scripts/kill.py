"""Kills convert, lock and fix at seeded random moments: nothing of the user's is ever lost or half written.

    ./dev fuzz kill [--loadlock CMD] [--count N] [--seed N]

After each kill the sources are what they were, the target is the old one or the new one, and after the next run that is
left alone there is nothing else in the folder.
"""
import argparse
import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time
import zipfile

HERE = os.path.abspath(__file__)
SOURCE = b"import torch\n\nmodel = torch.load('model.pt', weights_only=False)\n"


def number(value):
    return b"\x8a\x08" + value.to_bytes(8, "little")


def text(word):
    return b"X" + len(word.encode()).to_bytes(4, "little") + word.encode()


def pickle_of(tensors):
    """The data.pkl of a state dict: for each name a vector of so many 32-bit floats, in a storage of its own."""
    rows = b"".join(
        text(name) + b"ctorch._utils\n_rebuild_tensor_v2\n((" + text("storage") + b"ctorch\nFloatStorage\n" + text(str(key))
        + text("cpu") + number(size) + b"tQ" + number(0) + b"(" + number(size) + b"t(" + number(1)
        + b"t\x89ccollections\nOrderedDict\n)RtRs" for key, (name, size) in enumerate(tensors.items()))
    return b"\x80\x02}" + rows + b"."


def checkpoint(path, elements):
    """A checkpoint as torch.save writes it, without torch: one tensor of random numbers."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("m/data.pkl", pickle_of({"w": elements}))
        archive.writestr("m/data/0", random.Random(0).randbytes(4 * elements))
        archive.writestr("m/version", "3\n")


def read(folder):
    return {path.name: path.read_bytes() for path in pathlib.Path(folder).iterdir()}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--loadlock", default=os.path.join(os.path.dirname(HERE), "..", "loadlock"))
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    acts = {
        "convert": ["convert", "model.pt", "out.safetensors", "--force", "--quiet"],
        "lock": ["lock", "--quiet"],
        "fix": ["fix", "--write", "--unsafe-fixes", "--quiet"],
    }
    targets = {"convert": "out.safetensors", "lock": "loadlock.lock", "fix": "load.py"}
    environment = dict(os.environ, LOADLOCK_NO_BUILD="1")
    failures, states = 0, {"old": 0, "new": 0, "debris": 0}
    with tempfile.TemporaryDirectory() as top:
        model = os.path.join(top, "model.pt")
        checkpoint(model, 4 << 20)
        model = pathlib.Path(model).read_bytes()

        def prepare(act):
            folder = tempfile.mkdtemp(dir=top)
            for name, content in {"model.pt": model, "load.py": SOURCE, targets[act]: SOURCE if act == "fix" else b""}.items():
                if content or act == "convert":
                    pathlib.Path(folder, name).write_bytes(content)
            return folder

        for act, line in acts.items():
            folder = prepare(act)
            before = read(folder)
            start = time.monotonic()
            subprocess.run([arguments.loadlock] + line, cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)
            length, after = time.monotonic() - start, read(folder)
            target = targets[act]
            if before.get(target) == after.get(target):
                print(act, "does nothing here: the test would say nothing")
                return 1
            for _ in range(arguments.count // len(acts)):
                folder = prepare(act)
                process = subprocess.Popen([arguments.loadlock] + line, cwd=folder, env=environment, stdout=subprocess.DEVNULL,
                                           stderr=subprocess.DEVNULL, start_new_session=True)
                time.sleep(rng.random() * length * 1.1)
                try:
                    os.killpg(process.pid, signal.SIGKILL)
                except ProcessLookupError:
                    pass
                process.wait()
                left = read(folder)
                debris = set(left) - set(before) - {target}
                states["debris"] += bool(debris)
                half = left.get(target) not in (before.get(target), after[target])
                states["new" if left.get(target) == after[target] else "old"] += 1
                lost = [name for name in before if name != target and left.get(name) != before[name]]
                subprocess.run([arguments.loadlock] + line, cwd=folder, env=environment, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
                end = read(folder)
                if half or lost or end != after:
                    failures += 1
                    print(act, "half written" if half else "", "lost %s" % lost if lost else "",
                          "left behind %s" % sorted(set(end) ^ set(after)) if end != after else "")
                for name in end:
                    os.remove(os.path.join(folder, name))
    print("%d kills: target old %d, new %d; %d left a file that the next run removed; %d failures"
          % (states["old"] + states["new"], states["old"], states["new"], states["debris"], failures))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
