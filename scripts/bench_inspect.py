"""What `inspect` spends on checkpoints of many gigabytes, and on a folder of a thousand small ones.

    ./dev bench inspect [--gigabytes N] [--files N] [--rounds N] [--loadlock CMD]

The large files are sparse: they have the size and the directory of real ones, and nobody reads their tensors. Each must be
complete, within 0.2 s of processor time and 200 MiB; exit code 1 where one is not. Medians of the rounds.
"""

import argparse
import io
import json
import os
import pickle
import pty
import shlex
import statistics
import struct
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from bench import measure  # noqa: E402
from kill import pickle_of  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
SECONDS, MEGABYTES = 0.2, 200
TENSORS = 400


def torch_zip(path: Path, elements: int) -> None:
    """Zip64 where it has to be, as torch.save writes it; the tensors are holes."""
    records = []

    def member(out, name: str, data: bytes, size: int) -> None:
        at = out.tell()
        wide = struct.pack("<HHQQ", 1, 16, size, size)
        out.write(struct.pack("<4s5H3I2H", b"PK\3\4", 45, 0, 0, 0, 0, 0, 0xFFFFFFFF, 0xFFFFFFFF, len(name), len(wide)) + name.encode() + wide)
        out.write(data)
        out.seek(out.tell() + size - len(data))
        where = struct.pack("<HHQQQ", 1, 24, size, size, at)
        records.append(struct.pack("<4s6H3I5H2I", b"PK\1\2", 45, 45, 0, 0, 0, 0, 0, 0xFFFFFFFF, 0xFFFFFFFF, len(name), len(where), 0, 0, 0, 0, 0xFFFFFFFF)
                       + name.encode() + where)

    with path.open("wb") as out:
        data = pickle_of({f"layer.{i}.weight": elements for i in range(TENSORS)})
        member(out, "m/data.pkl", data, len(data))
        for key in range(TENSORS):
            member(out, f"m/data/{key}", b"", 4 * elements)
        member(out, "m/version", b"3\n", 2)
        start = out.tell()
        directory = b"".join(records)
        end = start + len(directory)
        out.write(directory + struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, len(records), len(records), len(directory), start)
                  + struct.pack("<4sLQL", b"PK\6\7", 0, end, 1) + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, len(records), len(records), len(directory), 0xFFFFFFFF, 0))


def torch_legacy(path: Path, elements: int) -> None:
    """As torch.save wrote it before 1.6: five pickles, then for each storage its count and its bytes."""
    data = pickle_of({f"layer.{i}.weight": elements for i in range(TENSORS)}).replace(b"tQ", b"NtQ")
    facts = {"protocol_version": 1001, "little_endian": True, "type_sizes": {"short": 2, "int": 4, "long": 4}}
    with path.open("wb") as out:
        for value in (0x1950A86A20F9469CFC6C, 1001, facts):
            pickle.dump(value, out, 2)
        out.write(data)
        keys = sorted(str(key) for key in range(TENSORS))
        pickle.dump(keys, out, 2)
        for _ in keys:
            out.write(struct.pack("<q", elements))
            out.seek(4 * elements, os.SEEK_CUR)
        out.truncate()


def safetensors(path: Path, elements: int) -> None:
    header = json.dumps({f"layer.{i}.weight": {"dtype": "F32", "shape": [elements], "data_offsets": [4 * elements * i, 4 * elements * (i + 1)]}
                         for i in range(TENSORS)}).encode()
    with path.open("wb") as out:
        out.write(struct.pack("<Q", len(header)) + header)
        out.truncate(8 + len(header) + 4 * elements * TENSORS)


def gguf(path: Path, elements: int) -> None:
    """32-bit floats, and the vocabulary of a large model."""
    def text(value: str) -> bytes:
        return struct.pack("<Q", len(value)) + value.encode()

    tokens = b"".join(text(f"token{i}") for i in range(128_000))
    pairs = [text("general.architecture") + struct.pack("<I", 8) + text("llama"),
             text("tokenizer.chat_template") + struct.pack("<I", 8) + text("{% for m in messages %}{{ m.content }}{% endfor %}"),
             text("tokenizer.ggml.tokens") + struct.pack("<IIQ", 9, 8, 128_000) + tokens]
    tensors = b"".join(text(f"blk.{i}.weight") + struct.pack("<IQIQ", 1, elements, 0, 4 * elements * i) for i in range(TENSORS))
    with path.open("wb") as out:
        out.write(b"GGUF" + struct.pack("<IQQ", 3, TENSORS, len(pairs)) + b"".join(pairs) + tensors)
        out.write(bytes(-out.tell() % 32))
        out.truncate(out.tell() + 4 * elements * TENSORS)


def small(folder: Path, count: int) -> None:
    """Half of them zips of torch, the rest pickles and safetensors."""
    folder.mkdir()
    for number in range(count):
        kind = number % 4
        tensors = {f"layer.{i}.weight": 256 for i in range(12)}
        if kind < 2:
            out = io.BytesIO()
            with zipfile.ZipFile(out, "w") as archive:
                archive.writestr("m/data.pkl", pickle_of(tensors))
                for key in range(len(tensors)):
                    archive.writestr(f"m/data/{key}", bytes(1024))
                archive.writestr("m/version", "3\n")
            (folder / f"{number}.pt").write_bytes(out.getvalue())
        elif kind == 2:
            (folder / f"{number}.pkl").write_bytes(pickle.dumps([{"name": f"n{i}", "value": i * 0.5} for i in range(500)], 4))
        else:
            safetensors(folder / f"{number}.safetensors", 64)


def answer(command: list[str]) -> dict[str, int]:
    words: dict[str, int] = {}
    for line in subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout.splitlines():
        said = json.loads(line)
        word = f"{said['outcome']} {said['verdict']}"
        words[word] = words.get(word, 0) + 1
    return words


def progress(command: list[str]) -> int:
    """How often a terminal's line of progress was written anew."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=theirs)
    os.close(theirs)
    shown = b""
    try:
        while block := os.read(ours, 1 << 16):
            shown += block
    except OSError:  # the other end was closed
        pass
    process.wait()
    os.close(ours)
    return shown.count(b"\r")


def main() -> int:
    parser = argparse.ArgumentParser(prog="./dev bench inspect", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gigabytes", type=int, default=4)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folder", default=None, help="where to work; default: the system's temporary folder")
    parser.add_argument("--loadlock", default=str(ROOT / "loadlock"), metavar="CMD")
    options = parser.parse_args()
    command = [*shlex.split(options.loadlock), "inspect", "--format", "jsonl"]
    subprocess.run([*shlex.split(options.loadlock), "--version"], check=True, stdout=subprocess.DEVNULL)
    os.environ["LOADLOCK_NO_BUILD"] = "1"
    wrong = 0
    with tempfile.TemporaryDirectory(dir=options.folder) as scratch:
        elements = (options.gigabytes << 30) // 4 // TENSORS // 8 * 8
        files = {"model.pt": torch_zip, "legacy.pt": torch_legacy, "model.safetensors": safetensors, "model.gguf": gguf}
        paths = []
        for name, make in files.items():
            make(Path(scratch) / name, elements)
            paths.append((f"{name}, {options.gigabytes} GiB", Path(scratch) / name, True))
        small(Path(scratch) / "many", options.files)
        paths.append((f"a folder of {options.files} files", Path(scratch) / "many", False))
        print("| | answer | wall | CPU | peak memory |\n|---|---|---|---|---|")
        for title, path, bound in paths:
            costs = [measure([*command, str(path)]) for _ in range(options.rounds)]
            cpu, wall = (statistics.median(getattr(cost, what) for cost in costs) for what in ("cpu", "wall"))
            peak = max(cost.peak for cost in costs)
            words = answer([*command, str(path)])
            said = ", ".join(f"{count} {word}" if count > 1 else word for word, count in sorted(words.items()))
            print(f"| {title} | {said} | {wall:.2f} s | {cpu:.2f} s | {peak} MiB |", flush=True)
            partial = any(not word.startswith("complete") for word in words)
            wrong += partial or bound and (cpu > SECONDS or peak > MEGABYTES)
        print(f"\nprogress: {progress([*command, str(Path(scratch) / 'many')])} updates of the line; "
              f"median of {options.rounds} rounds, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
