"""Where CPython sees calls: one line per file, the oracle for loadlock's parser.

    python3 calls.py FOLDER... > calls.tsv        # any Python from 2.7 on; its own grammar decides

Each line: path, then 'E' where CPython refuses the file, else the calls as line:column or line:column:endline:endcolumn
(columns in UTF-8 bytes, as ast has them), sorted.
"""
import ast
import io
import os
import sys
import warnings

warnings.simplefilter("ignore")


def calls(tree):
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if getattr(node, "end_lineno", None) is None:
                found.append((node.lineno, node.col_offset))
            else:
                found.append((node.lineno, node.col_offset, node.end_lineno, node.end_col_offset))
    return sorted(found)


def answer(path):
    with io.open(path, "rb") as file:
        source = file.read()
    try:
        tree = compile(source, path, "exec", ast.PyCF_ONLY_AST, True)
        found = calls(tree)
    except (SyntaxError, ValueError, TypeError, RuntimeError, MemoryError, OverflowError):
        return "E"
    return " ".join(":".join(str(number) for number in call) for call in found)


def main(roots):
    for root in roots:
        paths = [root] if os.path.isfile(root) else []
        for folder, folders, names in os.walk(root):
            folders.sort()
            paths += [os.path.join(folder, name) for name in sorted(names) if name.endswith(".py")]
        for path in paths:
            sys.stdout.write("%s\t%s\n" % (path, answer(path)))


main(sys.argv[1:])
