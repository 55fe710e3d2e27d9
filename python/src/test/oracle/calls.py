"""CPython's side of the parser's oracle: one line per path on standard input.

    python3 calls.py [--trees] < paths      # any Python from 2.7 on; its own grammar decides

Each line: path, then 'E' where CPython refuses the file; else the digest of the tree as loadlock's TreeText.comparable
writes it ('-' below 3.9; --trees: the tree itself) and the calls as line:column or line:column:endline:endcolumn
(columns in UTF-8 bytes, as ast has them), sorted.
"""
import ast
import hashlib
import io
import sys
import warnings

warnings.simplefilter("ignore")
sys.setrecursionlimit(6000)

BINARY = {"Add": "+", "Sub": "-", "Mult": "*", "MatMult": "@", "Div": "/", "Mod": "%", "Pow": "**", "LShift": "<<",
          "RShift": ">>", "BitOr": "|", "BitXor": "^", "BitAnd": "&", "FloorDiv": "//", "Not": "not", "Invert": "~",
          "UAdd": "+", "USub": "-", "Eq": "==", "NotEq": "!=", "Lt": "<", "LtE": "<=", "Gt": ">", "GtE": ">=",
          "Is": "is", "IsNot": "is not", "In": "in", "NotIn": "not in", "And": "and", "Or": "or"}


def sign(operator):
    return BINARY[type(operator).__name__]


def quoted(text):
    # Halves of surrogate pairs side by side are one character for Java.
    if any("\ud800" <= c < "\udc00" for c in text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    return '"%s"' % "".join(c if " " <= c < "\x7f" and c not in '"\\' else "\\{%x}" % ord(c) for c in text)


def many(nodes):
    return "".join(" " + tree(node) for node in nodes)


def maybe(node):
    return " _" if node is None else " " + tree(node)


def listed(nodes):
    return " [%s]" % " ".join(tree(node) for node in nodes)


def block(nodes):
    return " {%s}" % " ".join(tree(node) for node in nodes)


def given(positional, keywords):
    """Arguments in the order of the source."""
    found = [((node.lineno, node.col_offset), tree(node)) for node in positional]
    for keyword in keywords:
        sign = "**" if keyword.arg is None else keyword.arg + "="
        found.append(((keyword.lineno, keyword.col_offset), sign + tree(keyword.value)))
    return [text for _, text in sorted(found)]


def parameters(node):
    def one(parameter, mark, default):
        text = parameter.arg + mark
        if parameter.annotation is not None:
            text += ":" + tree(parameter.annotation)
        return text + ("" if default is None else "=" + tree(default))

    plain = node.posonlyargs + node.args
    defaults = [None] * (len(plain) - len(node.defaults)) + node.defaults
    texts = [one(parameter, "/" if i < len(node.posonlyargs) else "", default)
             for i, (parameter, default) in enumerate(zip(plain, defaults))]
    if node.vararg:
        texts.append("*" + one(node.vararg, "", None))
    texts += [one(parameter, "!", default) for parameter, default in zip(node.kwonlyargs, node.kw_defaults)]
    if node.kwarg:
        texts.append("**" + one(node.kwarg, "", None))
    return " [%s]" % " ".join(texts)


def string(node):
    """The parts of an f-string, neighbouring constants joined, empty ones left out."""
    parts = []
    for part in node.values:
        constant = isinstance(part, ast.Constant)
        if constant and parts and isinstance(parts[-1], str):
            parts[-1] += part.value
        else:
            parts.append(part.value if constant else part)
    return "".join(" " + (quoted(part) if isinstance(part, str) else tree(part)) for part in parts if part != "")


def tree(node):
    return TREES[type(node).__name__](node)


def constant(node):
    value = node.value
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, bytes):
        return "b" + quoted(value.decode("latin-1"))
    if value is None or value is True or value is False:
        return str(value)
    return "..." if value is Ellipsis else "0"


def dictionary(node):
    items = ["%s:%s" % (tree(key), tree(value)) if key is not None else "**" + tree(value)
             for key, value in zip(node.keys, node.values)]
    return "(dict%s)" % "".join(" " + item for item in items)


def function(word):
    return lambda n: "(%s %s%s%s%s%s%s)" % (
        word, n.name, listed(getattr(n, "type_params", [])), parameters(n.args), maybe(n.returns),
        listed(n.decorator_list), block(n.body))


def type_parameter(node):
    return "(type %s%s%s)" % (node.name, maybe(getattr(node, "bound", None)), maybe(getattr(node, "default_value", None)))


def expression(node):
    """Python 2's `print >>file, values` is an expression for Python 3; loadlock reads it as Python 2 does."""
    first = node.value.elts[0] if isinstance(node.value, ast.Tuple) and node.value.elts else node.value
    if isinstance(first, ast.BinOp) and isinstance(first.op, ast.RShift) \
            and isinstance(first.left, ast.Name) and first.left.id == "print":
        return "(print%s%s)" % (maybe(first.right), listed(node.value.elts[1:] if first is not node.value else []))
    return "(expr %s)" % tree(node.value)


def handler(node):
    return "(except%s %s%s)" % (maybe(node.type), node.name or "_", block(node.body))


def attempt(word):
    return lambda n: "(%s%s%s%s%s)" % (word, block(n.body), listed(n.handlers), block(n.orelse), block(n.finalbody))


def loop(word):
    return lambda n: "(%s%s%s%s%s)" % (word, maybe(n.target), maybe(n.iter), block(n.body), block(n.orelse))


def alias(node):
    return node.name + (" as " + node.asname if node.asname else "")


TREES = {
    "Module": lambda n: " ".join(tree(statement) for statement in n.body),
    "Name": lambda n: n.id,
    "Constant": constant,
    "Attribute": lambda n: "(. %s %s)" % (tree(n.value), n.attr),
    "Call": lambda n: "(call %s%s)" % (tree(n.func), "".join(" " + a for a in given(n.args, n.keywords))),
    "Subscript": lambda n: "([] %s %s)" % (tree(n.value), tree(n.slice)),
    "Starred": lambda n: "*" + tree(n.value),
    "BoolOp": lambda n: "(%s%s)" % (sign(n.op), many(n.values)),
    "NamedExpr": lambda n: "(:= %s %s)" % (tree(n.target), tree(n.value)),
    "BinOp": lambda n: "(%s %s %s)" % (sign(n.op), tree(n.left), tree(n.right)),
    "UnaryOp": lambda n: "(%s %s)" % (sign(n.op), tree(n.operand)),
    "Lambda": lambda n: "(lambda%s %s)" % (parameters(n.args), tree(n.body)),
    "IfExp": lambda n: "(if %s %s %s)" % (tree(n.test), tree(n.body), tree(n.orelse)),
    "Dict": dictionary,
    "Set": lambda n: "(set%s)" % many(n.elts),
    "ListComp": lambda n: "(listcomp %s%s)" % (tree(n.elt), many(n.generators)),
    "SetComp": lambda n: "(setcomp %s%s)" % (tree(n.elt), many(n.generators)),
    "DictComp": lambda n: "(dictcomp%s%s%s)" % (maybe(n.key), maybe(n.value), many(n.generators)),
    "GeneratorExp": lambda n: "(generator %s%s)" % (tree(n.elt), many(n.generators)),
    "comprehension": lambda n: "(%s %s %s%s)" % (
        "async for" if n.is_async else "for", tree(n.target), tree(n.iter), many(n.ifs)),
    "Await": lambda n: "(await %s)" % tree(n.value),
    "Yield": lambda n: "(yield%s)" % maybe(n.value),
    "YieldFrom": lambda n: "(yield from %s)" % tree(n.value),
    "Compare": lambda n: "(compare %s%s)" % (
        tree(n.left), "".join(" %s %s" % (sign(o), tree(r)) for o, r in zip(n.ops, n.comparators))),
    "JoinedStr": lambda n: "(f%s)" % string(n),
    "TemplateStr": lambda n: "(t%s)" % string(n),
    "FormattedValue": lambda n: "(field %s%s)" % (tree(n.value), string(n.format_spec) if n.format_spec else ""),
    "Interpolation": lambda n: "(field %s%s)" % (tree(n.value), string(n.format_spec) if n.format_spec else ""),
    "List": lambda n: "(list%s)" % many(n.elts),
    "Tuple": lambda n: "(tuple%s)" % many(n.elts),
    "Slice": lambda n: "(slice%s%s%s)" % (maybe(n.lower), maybe(n.upper), maybe(n.step)),
    "FunctionDef": function("def"),
    "AsyncFunctionDef": function("async def"),
    "ClassDef": lambda n: "(class %s%s [%s]%s%s)" % (
        n.name, listed(getattr(n, "type_params", [])), " ".join(given(n.bases, n.keywords)),
        listed(n.decorator_list), block(n.body)),
    "TypeVar": type_parameter,
    "TypeVarTuple": type_parameter,
    "ParamSpec": type_parameter,
    "Return": lambda n: "(return%s)" % maybe(n.value),
    "Delete": lambda n: "(del%s)" % many(n.targets),
    "Assign": lambda n: "(=%s %s)" % (many(n.targets), tree(n.value)),
    "TypeAlias": lambda n: "(type %s%s %s)" % (tree(n.name), listed(n.type_params), tree(n.value)),
    "AugAssign": lambda n: "(%s= %s %s)" % (sign(n.op), tree(n.target), tree(n.value)),
    "AnnAssign": lambda n: "(: %s %s%s)" % (tree(n.target), tree(n.annotation), maybe(n.value)),
    "For": loop("for"),
    "AsyncFor": loop("async for"),
    "While": lambda n: "(while %s%s%s)" % (tree(n.test), block(n.body), block(n.orelse)),
    "If": lambda n: "(if %s%s%s)" % (tree(n.test), block(n.body), block(n.orelse)),
    "With": lambda n: "(with%s%s)" % (listed(n.items), block(n.body)),
    "AsyncWith": lambda n: "(async with%s%s)" % (listed(n.items), block(n.body)),
    "withitem": lambda n: "(item %s%s)" % (tree(n.context_expr), maybe(n.optional_vars)),
    "Match": lambda n: "(match %s%s)" % (tree(n.subject), many(n.cases)),
    "match_case": lambda n: "(case %s%s%s)" % (tree(n.pattern), maybe(n.guard), block(n.body)),
    "MatchValue": lambda n: "(value %s)" % tree(n.value),
    "MatchSingleton": lambda n: "(singleton %s)" % n.value,
    "MatchSequence": lambda n: "(sequence%s)" % many(n.patterns),
    "MatchMapping": lambda n: "(mapping%s%s %s)" % (listed(n.keys), listed(n.patterns), n.rest or "_"),
    "MatchClass": lambda n: "(class %s%s [%s]%s)" % (
        tree(n.cls), listed(n.patterns), " ".join(n.kwd_attrs), listed(n.kwd_patterns)),
    "MatchStar": lambda n: "(star %s)" % (n.name or "_"),
    "MatchAs": lambda n: "(as%s %s)" % (maybe(n.pattern), n.name or "_"),
    "MatchOr": lambda n: "(or%s)" % many(n.patterns),
    "Raise": lambda n: "(raise [%s]%s)" % ("" if n.exc is None else tree(n.exc), maybe(n.cause)),
    "Try": attempt("try"),
    "TryStar": attempt("try*"),
    "ExceptHandler": handler,
    "Assert": lambda n: "(assert %s%s)" % (tree(n.test), maybe(n.msg)),
    "Import": lambda n: "(import%s)" % listed(n.names),
    "ImportFrom": lambda n: "(from %s%s)" % ("." * (n.level or 0) + (n.module or ""), listed(n.names)),
    "alias": alias,
    "Global": lambda n: "(global %s)" % " ".join(n.names),
    "Nonlocal": lambda n: "(nonlocal %s)" % " ".join(n.names),
    "Expr": expression,
    "Pass": lambda n: "(pass)",
    "Break": lambda n: "(break)",
    "Continue": lambda n: "(continue)",
}


def is_print(function):
    return isinstance(function, ast.Name) and function.id == "print"


def head(node):
    """The leftmost atom, because CPython 2 gives a chain of operators the place of its last operator."""
    while True:
        if isinstance(node, ast.Tuple) and node.elts:
            node = node.elts[0]
        elif isinstance(node, ast.BoolOp):
            node = node.values[0]
        else:
            inner = [getattr(node, name) for name in ("func", "left", "body", "elt", "value")
                     if isinstance(node, (ast.Call, ast.BinOp, ast.Compare, ast.IfExp, ast.GeneratorExp, ast.Attribute,
                                          ast.Subscript)) and hasattr(node, name)]
            if not inner:
                return node
            node = inner[0]


def calls(module):
    found = []
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and not (sys.version_info < (3,) and is_print(node.func)):
            if getattr(node, "end_lineno", None) is None:
                place = head(node) if sys.version_info < (3,) else node
                found.append((place.lineno, place.col_offset))
            else:
                found.append((node.lineno, node.col_offset, node.end_lineno, node.end_col_offset))
    return sorted(found)


def answer(path, trees):
    with io.open(path, "rb") as file:
        source = file.read()
    try:
        module = compile(source, path, "exec", ast.PyCF_ONLY_AST, True)
    except (SyntaxError, ValueError, TypeError, RuntimeError, MemoryError, OverflowError):
        return "E"
    text = "-"
    if sys.version_info >= (3, 9):
        try:
            text = tree(module)
        except RuntimeError:
            text = "-"
        if not trees and text != "-":
            text = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return text + "\t" + " ".join(":".join(str(number) for number in call) for call in calls(module))


def main():
    trees = "--trees" in sys.argv
    for line in sys.stdin:
        path = line.rstrip("\n")
        sys.stdout.write("%s\t%s\n" % (path, answer(path, trees)))


if __name__ == "__main__":
    main()
