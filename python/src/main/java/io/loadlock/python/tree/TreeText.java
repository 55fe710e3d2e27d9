package io.loadlock.python.tree;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A tree as text, for people and for comparing: `(call (. torch load) p weights_only=True)`.
///
/// Names, numbers and constants stand for themselves, strings in double quotes with everything but
/// printable ASCII as `\{hex}`, everything else as `(what children…)` with Python's own operators
/// and keywords; `_` where an optional child is missing, `{…}` around blocks.
public final class TreeText {
  private final StringBuilder out = new StringBuilder();
  private final Function<Node, String> places;
  private final boolean lines;
  private int depth;

  /// Numbers as `0`, because what CPython keeps of them is their value.
  private final boolean anyNumber;

  private TreeText(Function<Node, String> places, boolean lines, boolean anyNumber) {
    this.places = places;
    this.lines = lines;
    this.anyNumber = anyNumber;
  }

  /// All on one line, without places.
  public static String of(Node node) {
    TreeText text = new TreeText(_ -> "", false, false);
    text.node(node);
    return text.out.toString();
  }

  /// The same with `0` for every number: what `trees.py` makes of CPython's tree.
  public static String comparable(Node node) {
    TreeText text = new TreeText(_ -> "", false, true);
    text.node(node);
    return text.out.toString();
  }

  /// Each statement on a line of its own.
  ///
  /// @param places what to write before each statement and call, such as its line and column
  public static String withPlaces(Node node, Function<Node, String> places) {
    TreeText text = new TreeText(places, true, false);
    text.node(node);
    return text.out.toString();
  }

  private void node(Node node) {
    switch (node) {
      case Module module -> statements(module.body());
      case Statement statement -> statement(statement);
      case Expression expression -> expression(expression);
      case Pattern pattern -> pattern(pattern);
      case Argument argument -> argument(argument);
      case Parameter parameter -> parameter(parameter);
      case Comprehension clause -> {
        open(clause.async() ? "async for" : "for").one(clause.target()).one(clause.iterable());
        all(clause.conditions()).close();
      }
      case ImportAlias alias ->
          out.append(alias.name()).append(alias.asName().map(name -> " as " + name).orElse(""));
      case ExceptHandler handler -> {
        open("except").maybe(handler.type()).maybe(handler.target());
        block(handler.body()).close();
      }
      case WithItem item -> {
        open("item").one(item.context()).maybe(item.target()).close();
      }
      case MatchCase matchCase -> {
        open("case").one(matchCase.pattern()).maybe(matchCase.guard());
        block(matchCase.body()).close();
      }
      case TypeParameter parameter -> {
        open("type").word(parameter.name()).maybe(parameter.bound());
        maybe(parameter.defaultValue()).close();
      }
    }
  }

  private TreeText open(String what) {
    out.append('(').append(what);
    return this;
  }

  private void close() {
    out.append(')');
  }

  private TreeText word(String word) {
    out.append(' ').append(word.isEmpty() ? "_" : word);
    return this;
  }

  private TreeText one(Node node) {
    out.append(' ');
    node(node);
    return this;
  }

  private TreeText all(List<? extends Node> nodes) {
    nodes.forEach(this::one);
    return this;
  }

  private TreeText maybe(Optional<? extends Node> node) {
    return node.isPresent() ? one(node.get()) : word("_");
  }

  private TreeText list(List<? extends Node> nodes) {
    out.append(" [");
    for (int i = 0; i < nodes.size(); i++) {
      out.append(i == 0 ? "" : " ");
      node(nodes.get(i));
    }
    out.append(']');
    return this;
  }

  private TreeText block(List<Statement> body) {
    out.append(" {");
    depth++;
    statements(body);
    depth--;
    out.append('}');
    return this;
  }

  private void statements(List<Statement> body) {
    for (int i = 0; i < body.size(); i++) {
      if (lines) {
        out.append(i == 0 && depth == 0 ? "" : "\n").append("  ".repeat(Math.min(depth, 40)));
      } else if (i > 0) {
        out.append(' ');
      }
      node(body.get(i));
    }
  }

  private void statement(Statement statement) {
    out.append(places.apply(statement));
    switch (statement) {
      case Statement.FunctionDef function -> {
        open(function.async() ? "async def" : "def").word(function.name());
        list(function.typeParameters()).list(function.parameters()).maybe(function.returns());
        list(function.decorators()).block(function.body());
      }
      case Statement.ClassDef type -> {
        open("class").word(type.name()).list(type.typeParameters()).list(type.bases());
        list(type.decorators()).block(type.body());
      }
      case Statement.Return value -> open("return").maybe(value.value());
      case Statement.Delete delete -> open("del").all(delete.targets());
      case Statement.Assign assign -> open("=").all(assign.targets()).one(assign.value());
      case Statement.TypeAlias alias ->
          open("type").one(alias.name()).list(alias.typeParameters()).one(alias.value());
      case Statement.AugAssign assign ->
          open(assign.operator() + "=").one(assign.target()).one(assign.value());
      case Statement.AnnAssign assign ->
          open(":").one(assign.target()).one(assign.annotation()).maybe(assign.value());
      case Statement.For loop -> {
        open(loop.async() ? "async for" : "for").one(loop.target()).one(loop.iterable());
        block(loop.body()).block(loop.orElse());
      }
      case Statement.While loop ->
          open("while").one(loop.test()).block(loop.body()).block(loop.orElse());
      case Statement.If branch ->
          open("if").one(branch.test()).block(branch.body()).block(branch.orElse());
      case Statement.With with ->
          open(with.async() ? "async with" : "with").list(with.items()).block(with.body());
      case Statement.Match match -> open("match").one(match.subject()).all(match.cases());
      case Statement.Raise raise -> open("raise").list(raise.arguments()).maybe(raise.cause());
      case Statement.Try attempt -> {
        open(attempt.star() ? "try*" : "try").block(attempt.body()).list(attempt.handlers());
        block(attempt.orElse()).block(attempt.finalBody());
      }
      case Statement.Assert check -> open("assert").one(check.test()).maybe(check.message());
      case Statement.Import imports -> open("import").list(imports.names());
      case Statement.ImportFrom imports -> {
        open("from").word(".".repeat(Math.min(imports.level(), 40)) + imports.module());
        list(imports.names());
      }
      case Statement.Global global -> open("global").word(String.join(" ", global.names()));
      case Statement.Nonlocal local -> open("nonlocal").word(String.join(" ", local.names()));
      case Statement.Expr expression -> open("expr").one(expression.value());
      case Statement.Pass _ -> open("pass");
      case Statement.Break _ -> open("break");
      case Statement.Continue _ -> open("continue");
      case Statement.Print print -> open("print").maybe(print.destination()).list(print.values());
      case Statement.Exec exec -> open("exec").one(exec.code()).list(exec.scopes());
      case Statement.Damaged damaged -> open("damaged").all(damaged.found());
    }
    close();
  }

  private void expression(Expression expression) {
    switch (expression) {
      case Expression.Name name -> {
        out.append(name.id().isEmpty() ? "_" : name.id());
        return;
      }
      case Expression.Num number -> {
        out.append(anyNumber ? "0" : number.literal());
        return;
      }
      case Expression.Str string -> {
        quoted("", string.value());
        return;
      }
      case Expression.Bytes bytes -> {
        quoted("b", bytes.value());
        return;
      }
      case Expression.True _ -> {
        out.append("True");
        return;
      }
      case Expression.False _ -> {
        out.append("False");
        return;
      }
      case Expression.None _ -> {
        out.append("None");
        return;
      }
      case Expression.Ellipsis _ -> {
        out.append("...");
        return;
      }
      case Expression.Starred starred -> {
        out.append('*');
        node(starred.value());
        return;
      }
      case Expression.BoolOp operation ->
          open(operation.and() ? "and" : "or").all(operation.values());
      case Expression.NamedExpr named -> open(":=").one(named.target()).one(named.value());
      case Expression.BinOp operation ->
          open(operation.operator()).one(operation.left()).one(operation.right());
      case Expression.UnaryOp operation -> open(operation.operator()).one(operation.operand());
      case Expression.Lambda lambda -> open("lambda").list(lambda.parameters()).one(lambda.body());
      case Expression.IfExp choice ->
          open("if").one(choice.test()).one(choice.body()).one(choice.orElse());
      case Expression.Dict dict -> {
        open("dict");
        for (Expression.DictItem item : dict.items()) {
          if (item.key().isPresent()) {
            one(item.key().get()).out.append(':');
          } else {
            out.append(" **");
          }
          node(item.value());
        }
      }
      case Expression.Set set -> open("set").all(set.elements());
      case Expression.ListComp list -> open("listcomp").one(list.element()).all(list.generators());
      case Expression.SetComp set -> open("setcomp").one(set.element()).all(set.generators());
      case Expression.DictComp dict ->
          open("dictcomp").one(dict.key()).one(dict.value()).all(dict.generators());
      case Expression.GeneratorExp generator ->
          open("generator").one(generator.element()).all(generator.generators());
      case Expression.Await await -> open("await").one(await.value());
      case Expression.Yield yields -> open("yield").maybe(yields.value());
      case Expression.YieldFrom yields -> open("yield from").one(yields.value());
      case Expression.Compare compare -> {
        open("compare").one(compare.first());
        for (int i = 0; i < compare.rest().size(); i++) {
          word(compare.operators().get(i)).one(compare.rest().get(i));
        }
      }
      case Expression.Call call -> {
        out.append(places.apply(call));
        open("call").one(call.function()).all(call.arguments());
      }
      case Expression.JoinedStr joined -> open(joined.template() ? "t" : "f").parts(joined.parts());
      case Expression.FormattedValue field ->
          open("field").one(field.value()).parts(field.specification());
      case Expression.Attribute attribute ->
          open(".").one(attribute.value()).word(attribute.name());
      case Expression.Subscript subscript ->
          open("[]").one(subscript.value()).one(subscript.index());
      case Expression.ListDisplay list -> open("list").all(list.elements());
      case Expression.Tuple tuple -> open("tuple").all(tuple.elements());
      case Expression.Slice slice ->
          open("slice").maybe(slice.lower()).maybe(slice.upper()).maybe(slice.step());
      case Expression.Backquote backquote -> open("`").one(backquote.value());
      case Expression.Damaged damaged -> open("damaged").all(damaged.found());
    }
    close();
  }

  private void quoted(String prefix, String value) {
    out.append(prefix).append('"');
    value
        .codePoints()
        .forEach(
            c -> {
              if (c >= ' ' && c < 127 && c != '"' && c != '\\') {
                out.append((char) c);
              } else {
                out.append("\\{").append(Integer.toHexString(c)).append('}');
              }
            });
    out.append('"');
  }

  /// Of an f-string: constants side by side are one, as for CPython.
  private void parts(List<Expression> parts) {
    StringBuilder constant = new StringBuilder();
    for (Expression part : parts) {
      if (part instanceof Expression.Str string) {
        constant.append(string.value());
      } else {
        constant(constant);
        one(part);
      }
    }
    constant(constant);
  }

  private void constant(StringBuilder text) {
    if (!text.isEmpty()) {
      out.append(' ');
      quoted("", text.toString());
      text.setLength(0);
    }
  }

  private void argument(Argument argument) {
    out.append(
        switch (argument) {
          case Argument.Positional _ -> "";
          case Argument.Keyword keyword -> keyword.name() + "=";
          case Argument.Star _ -> "*";
          case Argument.DoubleStar _ -> "**";
        });
    node(argument.value());
  }

  /// `a/` is positional only, `a!` keyword only.
  private void parameter(Parameter parameter) {
    out.append(
        switch (parameter.kind()) {
          case VAR_POSITIONAL -> "*" + parameter.name();
          case VAR_KEYWORD -> "**" + parameter.name();
          case POSITIONAL_ONLY -> parameter.name() + "/";
          case KEYWORD_ONLY -> parameter.name() + "!";
          case POSITIONAL_OR_KEYWORD -> parameter.name();
        });
    parameter.unpacked().ifPresent(this::one);
    parameter.annotation().ifPresent(annotation -> attached(':', annotation));
    parameter.defaultValue().ifPresent(value -> attached('=', value));
  }

  private void attached(char sign, Node node) {
    out.append(sign);
    node(node);
  }

  private void pattern(Pattern pattern) {
    switch (pattern) {
      case Pattern.MatchValue value -> open("value").one(value.value());
      case Pattern.MatchSingleton singleton -> open("singleton").one(singleton.value());
      case Pattern.MatchSequence sequence -> open("sequence").all(sequence.patterns());
      case Pattern.MatchMapping mapping ->
          open("mapping")
              .list(mapping.keys())
              .list(mapping.patterns())
              .word(mapping.rest().orElse("_"));
      case Pattern.MatchClass type -> {
        open("class").one(type.type()).list(type.patterns());
        word("[" + String.join(" ", type.keywordNames()) + "]").list(type.keywordPatterns());
      }
      case Pattern.MatchStar star -> open("star").word(star.name().orElse("_"));
      case Pattern.MatchAs as -> open("as").maybe(as.pattern()).word(as.name().orElse("_"));
      case Pattern.MatchOr or -> open("or").all(or.patterns());
    }
    close();
  }
}
