#!/usr/bin/env python3
"""Makes frames of Zstandard with the real library (`pip install zstandard`): python3 scripts/zstd_fixtures.py FOLDER

A file is called NAME-CRC32-LENGTH.zst by what it holds.
"""

import pathlib
import random
import sys
import zlib

import zstandard

FOLDER = pathlib.Path(sys.argv[1])
draw = random.Random(5)
WORDS = ["".join(draw.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(draw.randint(2, 9))) for _ in range(300)]
CONTENTS = {
    "empty": b"",
    "byte": b"x",
    "zeros": bytes(400_000),
    "noise": bytes(draw.randrange(256) for _ in range(3000)),
    "text": " ".join(draw.choice(WORDS) for _ in range(6000)).encode(),
    "skewed": bytes(min(255, int(draw.expovariate(0.2))) for _ in range(20000)),
    "far": (" ".join(draw.choice(WORDS) for _ in range(400)).encode() + bytes(150_000)) * 3,
}
FOLDER.mkdir(parents=True, exist_ok=True)
for name, content in CONTENTS.items():
    for level in (1, 3, 19):
        packed = zstandard.ZstdCompressor(level=level, write_checksum=level == 3, write_content_size=level != 1).compress(content)
        if len(packed) < 25_000:
            target = "%s%d-%08x-%d.zst" % (name, level, zlib.crc32(content), len(content))
            (FOLDER / target).write_bytes(packed)
