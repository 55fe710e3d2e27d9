"""Kills convert, lock and fix at seeded random moments: nothing of the user's is ever lost or half written.

    ./dev fuzz kill [--loadlock CMD] [--count N] [--seed N]

Two of three kills wait for the sibling that is written beside the target, and hit a random moment of its life; the third
comes at a random moment of the run. After each the sources are what they were, each target is the old one or the new one,
and after the next run that is left alone there is nothing else in the folder.
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


def checkpoint(path, tensors):
    """A checkpoint as torch.save writes it, without torch: vectors of random 32-bit numbers, by name."""
    rng = random.Random(0)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("m/data.pkl", pickle_of(tensors))
        for key, size in enumerate(tensors.values()):
            archive.writestr("m/data/%d" % key, rng.randbytes(4 * size))
        archive.writestr("m/version", "3\n")


def read(folder):
    return {path.name: path.read_bytes() for path in pathlib.Path(folder).iterdir()}


def siblings(folder):
    return [entry.name for entry in os.scandir(folder) if entry.name.endswith(".part")]


def wait_for_sibling(process, folder):
    """True as soon as there is one; false when the process ends before."""
    while process.poll() is None:
        if siblings(folder):
            return True
        time.sleep(0.0002)
    return False


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--loadlock", default=os.path.join(os.path.dirname(HERE), "..", "loadlock"))
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    acts = {
        "convert": ["convert", "model.pt", "out.safetensors", "--force", "--quiet"],
        "shards": ["convert", "model.pt", "out.safetensors", "--force", "--quiet", "--shard-size", "8MiB"],
        "lock": ["lock", "--quiet"],
        "fix": ["fix", "--write", "--unsafe-fixes", "--quiet"],
    }
    shards = ["out-%05d-of-00004.safetensors" % number for number in range(1, 5)]
    targets = {"convert": ["out.safetensors"], "shards": shards + ["out.safetensors.index.json"],
               "lock": ["loadlock.lock"], "fix": ["load.py", "more.py"]}
    subprocess.run([arguments.loadlock, "--version"], check=True, stdout=subprocess.DEVNULL)
    environment = dict(os.environ, LOADLOCK_NO_BUILD="1")
    failures, states = 0, {"old": 0, "new": 0, "mixed": 0, "hit": 0}
    with tempfile.TemporaryDirectory() as top:
        model = os.path.join(top, "model.pt")
        checkpoint(model, {"w%d" % number: 2 << 20 for number in range(4)})
        model = pathlib.Path(model).read_bytes()

        def prepare(act):
            folder = tempfile.mkdtemp(dir=top)
            contents = {name: b"old" for name in targets[act] if act in ("convert", "shards")}
            for name, content in {**contents, "model.pt": model, "load.py": SOURCE, "more.py": SOURCE}.items():
                pathlib.Path(folder, name).write_bytes(content)
            return folder

        for number, (act, line) in enumerate(acts.items()):
            folder = prepare(act)
            before = read(folder)
            start = time.monotonic()
            subprocess.run([arguments.loadlock] + line, cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)
            length, after = time.monotonic() - start, read(folder)
            if any(before.get(target) == after.get(target) for target in targets[act]):
                print(act, "does nothing here: the test would say nothing")
                return 1
            writing = 0.1
            for turn in range(number, arguments.count, len(acts)):
                folder = prepare(act)
                process = subprocess.Popen([arguments.loadlock] + line, cwd=folder, env=environment, stdout=subprocess.DEVNULL,
                                           stderr=subprocess.DEVNULL, start_new_session=True)
                if turn // len(acts) % 3 == 2:
                    time.sleep(rng.random() * length * 1.1)
                elif wait_for_sibling(process, folder):
                    # How long a sibling lives changes with what else the machine does: aim within what it did last.
                    seen, moment = time.monotonic(), rng.random() * writing
                    while time.monotonic() - seen < moment and siblings(folder):
                        time.sleep(0.0002)
                    writing = writing * 1.2 if siblings(folder) else max(0.0005, time.monotonic() - seen)
                try:
                    os.killpg(process.pid, signal.SIGKILL)
                except ProcessLookupError:
                    pass
                process.wait()
                left = read(folder)
                states["hit"] += any(name.endswith(".part") for name in left)
                kept = sum(left.get(target) == before.get(target) for target in targets[act])
                made = sum(left.get(target) == after[target] for target in targets[act])
                half = kept + made < len(targets[act])
                states["new" if made == len(targets[act]) else "old" if made == 0 else "mixed"] += 1
                lost = [name for name in before if name not in targets[act] and left.get(name) != before[name]]
                subprocess.run([arguments.loadlock] + line, cwd=folder, env=environment, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
                end = read(folder)
                if half or lost or end != after:
                    failures += 1
                    print(act, "half written" if half else "", "lost %s" % lost if lost else "",
                          "left behind %s" % sorted(set(end) ^ set(after)) if end != after else "")
                for name in end:
                    os.remove(os.path.join(folder, name))
    print("%d kills: %d hit a write and left what the next run removed; targets old %d, new %d, some of each %d; %d failures"
          % (states["old"] + states["new"] + states["mixed"], states["hit"], states["old"], states["new"], states["mixed"],
             failures))
    if not states["hit"]:
        print("no kill hit a write: this says nothing")
    return 1 if failures or not states["hit"] else 0


if __name__ == "__main__":
    sys.exit(main())
