"""Writes wide.txt: the ranges of assigned code points that are East Asian Wide or Fullwidth and
take room, which LaidTest compares with. The widths are those of the running Python's Unicode.
"""
import unicodedata


def wide(point):
    c = chr(point)
    return unicodedata.east_asian_width(c) in "WF" and unicodedata.category(c) not in ("Mn", "Me", "Cf", "Cn", "Co")


def main():
    with open("wide.txt", "w", encoding="ascii", newline="\n") as out:
        out.write("# Unicode %s\n" % unicodedata.unidata_version)
        start = None
        for point in range(0x110001):
            inside = point < 0x110000 and wide(point)
            if inside and start is None:
                start = point
            elif not inside and start is not None:
                out.write("%x %x\n" % (start, point - 1))
                start = None


main()
