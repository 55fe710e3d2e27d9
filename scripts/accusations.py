#!/usr/bin/env python3
"""Counts verdicts and outcomes of `loadlock inspect --format jsonl` (standard input), and lists what is above needs-types."""

import collections
import json
import sys

counts = collections.Counter()
names = collections.Counter()
for line in sys.stdin:
    file = json.loads(line)
    counts[file["outcome"], file["verdict"]] += 1
    accused = file["verdict"] not in ("plain-data", "needs-types")
    if accused or file["outcome"] in ("partial", "failed"):
        why = sorted({g["module"] + "." + g["name"] for g in file["globals"] if g["verdict"] not in ("plain-data", "needs-types")})
        problems = [p["reason"] for p in file["problems"]]
        names.update(why)
        print(file["path"], file["format"], file["verdict"], file["outcome"], why[:4], problems[:2])
for (outcome, verdict), count in sorted(counts.items(), key=str):
    print(count, outcome, verdict)
for name, count in names.most_common(40):
    print(count, name)
