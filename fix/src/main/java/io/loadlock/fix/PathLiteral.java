package io.loadlock.fix;

import io.loadlock.python.parse.ParsedSource;
import io.loadlock.python.tree.Argument;
import io.loadlock.python.tree.Expression;
import io.loadlock.python.tree.ImportAlias;
import io.loadlock.python.tree.Statement;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// The text in a source that a path ends with: where its file's name can be changed.
///
/// @param key equal for paths that name the same file: the path itself, with the source of what is
///   not constant in it
/// @param path of the source that holds the text
/// @param literal the text
record PathLiteral(String key, String path, ParsedSource parsed, Expression.Str literal) {
  private static final int DEPTH = 6;

  /// Empty where the path's end is no text that is written in the project.
  static Optional<PathLiteral> of(
      Trees trees, String path, ParsedSource parsed, Expression expression) {
    return of(trees, path, parsed, expression, DEPTH);
  }

  private static Optional<PathLiteral> of(
      Trees trees, String path, ParsedSource parsed, Expression expression, int depth) {
    if (depth == 0) {
      return Optional.empty();
    }
    return switch (expression) {
      case Expression.Str text -> Optional.of(new PathLiteral(text.value(), path, parsed, text));
      case Expression.Name name -> {
        Optional<Expression> assigned = Constants.assigned(parsed.module(), name.id());
        yield assigned.isPresent()
            ? of(trees, path, parsed, assigned.get(), depth - 1)
            : imported(trees, parsed, name.id(), depth - 1);
      }
      case Expression.Call call -> joined(trees, path, parsed, call, depth - 1);
      case Expression.BinOp sum when sum.operator().equals("/") || sum.operator().equals("+") ->
          behind(
              trees,
              path,
              parsed,
              key(trees, path, parsed, sum.left(), depth - 1),
              sum.operator().equals("/"),
              sum.right(),
              depth - 1);
      default -> Optional.empty();
    };
  }

  /// `os.path.join(…, 'x.pt')`, `Path(…, 'x.pt')`, `str('x.pt')`
  private static Optional<PathLiteral> joined(
      Trees trees, String path, ParsedSource parsed, Expression.Call call, int depth) {
    String function =
        switch (call.function()) {
          case Expression.Name name -> name.id();
          case Expression.Attribute attribute -> attribute.name();
          default -> "";
        };
    boolean plain = call.arguments().stream().allMatch(Argument.Positional.class::isInstance);
    if (!List.of("join", "Path", "PurePath", "str", "fspath").contains(function)
        || !plain
        || call.arguments().isEmpty()) {
      return Optional.empty();
    }
    StringBuilder before = new StringBuilder();
    List<Argument> parts = call.arguments();
    for (Argument part : parts.subList(0, parts.size() - 1)) {
      before.append(before.isEmpty() ? "" : "/");
      before.append(key(trees, path, parsed, part.value(), depth));
    }
    return behind(
        trees, path, parsed, before.toString(), parts.size() > 1, parts.getLast().value(), depth);
  }

  private static Optional<PathLiteral> behind(
      Trees trees,
      String path,
      ParsedSource parsed,
      String before,
      boolean separated,
      Expression last,
      int depth) {
    return of(trees, path, parsed, last, depth)
        .map(
            found ->
                new PathLiteral(
                    before + (separated ? "/" : "") + found.key(),
                    found.path(),
                    found.parsed(),
                    found.literal()));
  }

  /// What stands before the end of a path: its own text where it is constant, else its source,
  /// which means the same only within one file.
  private static String key(
      Trees trees, String path, ParsedSource parsed, Expression expression, int depth) {
    Optional<PathLiteral> literal = of(trees, path, parsed, expression, depth);
    if (literal.isPresent()) {
      return literal.get().key();
    }
    byte[] text = parsed.source().text();
    String source =
        new String(
            text,
            expression.start(),
            expression.end() - expression.start(),
            StandardCharsets.UTF_8);
    return "<" + path + ": " + source + ">";
  }

  /// `from config import MODEL`, of a file of the project that has no namesake.
  private static Optional<PathLiteral> imported(
      Trees trees, ParsedSource parsed, String name, int depth) {
    for (Statement statement : parsed.module().body()) {
      if (statement instanceof Statement.ImportFrom from && !from.module().isEmpty()) {
        for (ImportAlias alias : from.names()) {
          if (alias.asName().orElse(alias.name()).equals(name)) {
            String file = from.module().replace('.', '/') + ".py";
            List<String> files =
                trees.paths().stream()
                    .filter(it -> it.equals(file) || it.endsWith("/" + file))
                    .toList();
            return files.size() != 1
                ? Optional.empty()
                : trees
                    .of(files.getFirst())
                    .flatMap(
                        tree ->
                            Constants.assigned(tree.module(), alias.name())
                                .flatMap(it -> of(trees, files.getFirst(), tree, it, depth)));
          }
        }
      }
    }
    return Optional.empty();
  }

  /// The change of the literal's ending; empty where it does not stand at its end as it is meant.
  Optional<Change> renamed(String from, String to) {
    byte[] text = parsed.source().text();
    int end = literal.end();
    int quote = end - 1;
    while (quote > literal.start() && text[quote - 1] == text[end - 1]) {
      quote--;
    }
    int start = quote - from.length();
    boolean there =
        start > literal.start()
            && new String(text, start, from.length(), StandardCharsets.UTF_8).equals(from);
    return there ? Optional.of(new Change(start, quote, to)) : Optional.empty();
  }
}
