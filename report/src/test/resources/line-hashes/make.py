"""Writes expected.tsv: what LineHashesTest compares with.

An implementation of GitHub's primaryLocationLineHash of its own, from the definition and not by
rolling: the polynomial of each line's window is summed up in whole numbers. Run it in this folder.
"""
import random

TEXTS = {
    "empty": "",
    "one line": "import torch\n",
    "no end": "import torch",
    "same lines": "x = 1\nx = 1\nx = 1\n" * 40,
    "blank lines": "\n\n\n  \n\t\n\n",
    "blanks": "  a \t b\n\ta  b\n",
    "carriage returns": "a\r\nb\rc\n\r\nd\r\r\ne",
    "long": "".join("value_%d = load(%d)\n" % (n, n * n) for n in range(60)),
    "beyond ASCII": "größe = 'é'\nmodèle = '数据🙂'\n" * 3,
    "mark": "\ufeffimport pickle\n",
}


def units(text):
    data = text.encode("utf-16-le")
    return [int.from_bytes(data[at:at + 2], "little") for at in range(0, len(data), 2)]


def hashes(text):
    read, starts, previous, start = [], [], None, True
    for unit in units(text):
        skip = unit in (32, 9) or unit == 10 and previous == 13
        previous = unit
        if skip:
            continue
        unit = 10 if unit == 13 else unit
        if start:
            starts.append(len(read))
        start = unit == 10
        read.append(unit)
    if start:
        starts.append(len(read))
    read += [0xFFFF] + [0] * 100
    seen = {}
    for begin in starts:
        window = read[begin:begin + 100]
        value = sum(unit * 37 ** (99 - power) for power, unit in enumerate(window)) % 2**64
        seen[value] = seen.get(value, 0) + 1
        yield "%x:%d" % (value, seen[value])


def main():
    randomly = random.Random(20261124)
    for number in range(6):
        TEXTS["random %d" % number] = "".join(
            randomly.choice("ab \t\r\n\n#(é") for _ in range(randomly.randint(1, 400)))
    with open("expected.tsv", "w", encoding="ascii", newline="\n") as out:
        for name, text in TEXTS.items():
            out.write("%s\t%s\t%s\n" % (name, " ".join("%x" % unit for unit in units(text)), " ".join(hashes(text))))


main()
