"""Files that are small and want to be large, slow or endless: what `inspect` spends on each.

    ./dev fuzz bombs [--loadlock CMD] [NAME...]   makes them in a scratch folder and prints what each costs

Each must end within 10 s of processor time and 512 MB, partial, failed or skipped, never clean: exit code 1 where one does not.
"""

import argparse
import bz2
import io
import json
import lzma
import os
import platform
import resource
import shlex
import struct
import subprocess
import sys
import tarfile
import tempfile
import zipfile
import zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SECONDS, MEGABYTES = 10, 512
MIB = 1 << 20


def gz(block, times, start=b"", end=b""):
    """One block compressed once and repeated: the checksum is wrong, and far away."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    head = packer.compress(start) + packer.flush(zlib.Z_FULL_FLUSH)
    middle = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    return b"\x1f\x8b\x08" + bytes(6) + b"\xff" + head + middle * times + packer.compress(end) + packer.flush() + bytes(8)


def zipped(members, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.compresslevel = 1
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return out.getvalue()


def nested_zip():
    """16 archives in each, six levels deep, 100 MiB of nothing at the bottom: 1.6 PB."""
    inner = zipped([("0.bin", bytes(100 * MIB))])
    for _ in range(6):
        inner = zipped([("%d.zip" % i, inner) for i in range(16)])
    return inner


def overlapping_zip(pickle, members):
    """Every record of the directory points to one and the same member."""
    whole = zipped([("a.pkl", pickle)])
    start, end = whole.rindex(b"PK\1\2"), whole.rindex(b"PK\5\6")
    records = whole[start:end] * members
    return whole[:start] + records + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, members & 0xFFFF, members & 0xFFFF, len(records), start, 0)


def billion_zip():
    """A zip64 directory that declares 10^9 members, each where nothing is."""
    record = b"PK\1\2" + bytes(42)
    records = record * 200_000
    wide = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, 10**9, 10**9, 10**9 * len(record), 0)
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, len(records) + 4, 1)
    return b"PK\3\4" + records + wide + locator + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)


def torch_zip(data):
    return zipped([("a/data.pkl", data), ("a/version", b"3\n")], zipfile.ZIP_STORED)


def many_tar(count):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for number in range(count):
            archive.addfile(tarfile.TarInfo("f%d" % number))
    return out.getvalue()


def npy(shape, kind="<f8"):
    header = ("{'descr': '%s', 'fortran_order': False, 'shape': %s, }" % (kind, shape)).encode().ljust(117) + b"\n"
    return b"\x93NUMPY\1\0" + struct.pack("<H", len(header)) + header


def gguf(tensors, values, text=0):
    return b"GGUF" + struct.pack("<IQQ", 3, tensors, values) + struct.pack("<Q", text) + b"x" * 64


def zstd(blocks):
    """RLE blocks of 128 KiB, four bytes each, in a frame that does not say how long it is."""
    block = struct.pack("<I", (128 << 10) << 3 | 1 << 1)[:3] + b"\0"
    last = struct.pack("<I", (128 << 10) << 3 | 1 << 1 | 1)[:3] + b"\0"
    return struct.pack("<I", 0xFD2FB528) + b"\0\x58" + block * (blocks - 1) + last


HUGE = 2**63 - 1
DOUBLING = b"\x80\2)q\0" + b"h\0h\0\x86q\0" * 200 + b"."
LISTS = b"\x80\2]q\0" + b"".join(b"](h%ch%ceq%c" % (i % 250, i % 250, i % 250 + 1) for i in range(250)) + b"."
NAMES = b"".join(b"cm%d\nn%d\n0" % (i, i) for i in range(400_000)) + b"N."

BOMBS = {
    "gzip-10g.pkl.gz": lambda: gz(bytes(16 * MIB), 640),
    "gzip-opcodes.pkl.gz": lambda: gz(b"K\1a" * MIB, 400, b"\x80\2]", b"."),
    "gzip-twice.pkl.gz.gz": lambda: gz(gz(bytes(16 * MIB), 640), 1),
    "bzip2-3g.pkl.bz2": lambda: bz2.compress(bytes(64 * MIB)) * 48,
    "xz-2g.pkl.xz": lambda: lzma.compress(bytes(64 * MIB), preset=0) * 40,
    "zstd-8g.pkl.zst": lambda: zstd(65536),
    "zip-42.zip": nested_zip,
    "zip-10g.zip": lambda: zipped([("a.pkl", bytes(1024 * MIB)), ("b.pkl", bytes(1024 * MIB)), ("c.pkl", bytes(1024 * MIB))]),
    "zip-overlap.zip": lambda: overlapping_zip(b"\x80\2](" + b"K\1" * MIB + b"e.", 60000),
    "zip-billion.zip": billion_zip,
    "zip-torch-tuples.pt": lambda: torch_zip(b"\x80\2)" + b"\x85" * 10**6 + b"."),
    "tar-200000.tar": lambda: many_tar(200_000),
    "tar-size.tar": lambda: many_tar(1)[:124] + b"\x80" + b"\x7f" * 11 + many_tar(1)[136:],
    "pickle-doubling.pkl": lambda: DOUBLING,
    "pickle-lists.pkl": lambda: LISTS,
    "pickle-tuples.pkl": lambda: b"\x80\2)" + b"\x85" * 10**6 + b".",
    "pickle-lists-deep.pkl": lambda: b"\x80\2" + b"]" * 10**6 + b"a" * (10**6 - 1) + b".",
    "pickle-marks.pkl": lambda: b"\x80\2" + b"(" * 10**7 + b".",
    "pickle-calls.pkl": lambda: b"\x80\2" + b"cbuiltins\nlist\n" + b")R" * 10**6 + b".",
    "pickle-states.pkl": lambda: b"\x80\2c__main__\nA\n)\x81" + b"}b" * 10**6 + b".",
    "pickle-names.pkl": lambda: NAMES,
    "pickle-length.pkl": lambda: b"\x80\4\x8e" + struct.pack("<Q", HUGE) + b"x",
    "pickle-text-length.pkl": lambda: b"\x80\4\x8d" + struct.pack("<Q", HUGE) + b"x",
    "pickle-frame.pkl": lambda: b"\x80\4\x95" + struct.pack("<Q", HUGE) + b"N.",
    "pickle-frames.pkl": lambda: b"\x80\4" + (b"\x95" + struct.pack("<Q", 1) + b"N0") * 500_000 + b"N.",
    "pickle-memo.pkl": lambda: b"\x80\2Nr\xff\xff\xff\x7f" * 1 + b"".join(b"r" + struct.pack("<I", i * 4099 % 2**31) for i in range(500_000)) + b".",
    "pickle-long.pkl": lambda: b"\x80\2\x8b" + struct.pack("<i", 32 * MIB) + b"\x7f" * (32 * MIB) + b".",
    "pickle-number.pkl": lambda: b"L" + b"9" * (8 * MIB) + b"L\n.",
    "pickle-line.pkl": lambda: b"c" + b"a" * (64 * MIB) + b"\nb\n.",
    "pickle-many.pkl": lambda: b"N." * 5_000_000,
    "npy-shape.npy": lambda: npy("(9223372036854775807, 9223372036854775807)"),
    "npy-header.npy": lambda: b"\x93NUMPY\2\0" + struct.pack("<I", 2**32 - 1) + b"{" * 1000,
    "npy-nested.npy": lambda: npy("(" * 50 + ")" * 50),
    "safetensors-header.safetensors": lambda: struct.pack("<Q", HUGE) + b"{",
    "safetensors-nested.safetensors": lambda: struct.pack("<Q", 10**6) + b'{"a":' * 200_000,
    "gguf-billion.gguf": lambda: gguf(2**62, 2**62),
    "gguf-string.gguf": lambda: gguf(0, 1, HUGE),
    "json-nested.json": lambda: b'{"auto_map":' + b"[" * 10**6,
    "yaml-laughs.yaml": lambda: b"a: &a [x,x,x,x,x,x,x,x,x]\n" + b"".join(
        b"%c: &%c [%s]\n" % (c + 1, c + 1, b",".join([b"*%c" % c] * 9)) for c in range(97, 117)) + b"m: !!python/tuple [1]\n",
    "hdf5-length.h5": lambda: b"\x89HDF\r\n\x1a\n" + b"\2\x08\x08\0" + struct.pack("<4Q", 0, 2**64 - 1, HUGE, HUGE),
    "onnx-length.onnx": lambda: b"\x08\x07\x3a\xff\xff\xff\xff\xff\xff\xff\xff\x7f" + b"\x0a\4node" * 10,
    "onnx-nested.onnx": lambda: b"\x08\x07" + b"\x3a\xff\xff\xff\x7f" * 100_000,
}


def cost(command, source=None):
    """Processor seconds, peak in MiB, exit code and what was printed; killed after three times what it may take."""
    process = subprocess.Popen(command, stdin=source or subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                               preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (3 * SECONDS, 3 * SECONDS)))
    text = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    unit = MIB if platform.system() == "Darwin" else 1 << 10
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss // unit, process.returncode, text.decode("utf-8", "replace")


def judge(name, size, seconds, megabytes, code, text):
    try:
        said = json.loads(text.splitlines()[0])
        outcome, verdict = said["outcome"], said["verdict"] or ""
        why = said["problems"][0]["reason"] if said["problems"] else said.get("reason", "")
    except (IndexError, ValueError):
        outcome, verdict, why = "no answer", "", ""
    clean = outcome == "complete" and verdict in ("plain-data", "needs-types") and name not in HARMLESS
    wrong = seconds > SECONDS or megabytes > MEGABYTES or outcome == "no answer" or clean or "internal error" in text
    print("%-4s %-32s %10d bytes %6.2f s %5d MiB  exit %2d  %-8s %-12s %s" % ("BAD" if wrong else "", name, size, seconds, megabytes, code, outcome, verdict, why[:70]), flush=True)
    return wrong


# Valid, finite and plain in the end: CPython reads them, and so do we.
HARMLESS = {"pickle-doubling.pkl", "pickle-lists.pkl", "pickle-tuples.pkl", "pickle-lists-deep.pkl", "pickle-calls.pkl", "zip-torch-tuples.pt", "pickle-frame.pkl",
            "pickle-frames.pkl", "pickle-memo.pkl", "pickle-long.pkl", "pickle-number.pkl", "pickle-many.pkl", "yaml-laughs.yaml"}


def main():
    parser = argparse.ArgumentParser(prog="./dev fuzz bombs", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--loadlock", default=str(ROOT / "loadlock"), metavar="CMD")
    parser.add_argument("--make", metavar="PATH", help=argparse.SUPPRESS)
    parser.add_argument("name", nargs="*")
    options = parser.parse_args()
    if options.make:
        Path(options.make).write_bytes(BOMBS[options.name[0]]())
        return 0
    command = [*shlex.split(options.loadlock), "inspect", "--format", "jsonl", "--no-progress"]
    subprocess.run([*shlex.split(options.loadlock), "--version"], stdout=subprocess.DEVNULL, check=True)
    wrong = 0
    for name in BOMBS:
        if options.name and name not in options.name:
            continue
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            # Made by another process: what this one has used would count as the peak of those that it starts.
            subprocess.run([sys.executable, __file__, "--make", str(path), name], check=True)
            wrong += judge(name, path.stat().st_size, *cost([*command, str(path)]))
    for name, block in (("endless zeros", bytes(MIB)), ("endless opcodes", b"K\0K\1\x86" * (MIB // 5)), ("endless pickles", b"N." * (MIB // 2))):
        if options.name and name not in options.name:
            continue
        pipe = subprocess.Popen([sys.executable, "-c", "import sys\nblock = eval(sys.argv[1])\ntry:\n    while True: sys.stdout.buffer.write(block)\nexcept OSError: pass",
                                 "bytes(1 << 20)" if not any(block) else repr(block[:1000])], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        wrong += judge(name, 0, *cost([*command, "-"], pipe.stdout))
        pipe.stdout.close()
        pipe.kill()
        pipe.wait()
    print("%d of %d misbehave" % (wrong, len(options.name) or len(BOMBS) + 3))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
