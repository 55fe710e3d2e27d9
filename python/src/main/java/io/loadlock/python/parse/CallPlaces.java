package io.loadlock.python.parse;

import io.loadlock.python.tree.Children;
import io.loadlock.python.tree.Expression;
import io.loadlock.python.tree.Node;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The calls of a tree where CPython's `ast` has them, to compare the two.
public final class CallPlaces {
  private CallPlaces() {}

  /// Each call as `line:column:endline:endcolumn`, lines from 1, columns from 0 in bytes of UTF-8,
  /// sorted, with a blank between.
  public static String of(ParsedSource parsed) {
    return of(parsed, false);
  }

  /// The same as CPython 2 has them: a call begins where the innermost expression at its head does,
  /// within parentheses; ends are not known; `print(…)` and `exec(…)` are no calls.
  public static String ofPython2(ParsedSource parsed) {
    return of(parsed, true);
  }

  private static String of(ParsedSource parsed, boolean python2) {
    byte[] text = parsed.source().text();
    boolean mark = text.length > 2 && text[0] == (byte) 0xEF && text[1] == (byte) 0xBB;
    LineIndex lines = new LineIndex(text, mark ? 3 : 0);
    List<int[]> calls = new ArrayList<>();
    ArrayDeque<Node> open = new ArrayDeque<>(List.of(parsed.module()));
    while (!open.isEmpty()) {
      Node node = open.pop();
      if (node instanceof Expression.Call call && !(python2 && isStatement(call.function()))) {
        calls.add(python2 ? place(text, lines, head(call)) : place(lines, call));
      }
      Children.each(node, open::push);
    }
    calls.sort(Arrays::compare);
    StringBuilder result = new StringBuilder();
    for (int[] call : calls) {
      result.append(result.isEmpty() ? "" : " ").append(call[0]);
      for (int i = 1; i < call.length; i++) {
        result.append(':').append(call[i]);
      }
    }
    return result.toString();
  }

  private static boolean isStatement(Expression function) {
    return function instanceof Expression.Name name
        && (name.id().equals("print") || name.id().equals("exec"));
  }

  private static int[] place(LineIndex lines, Expression.Call call) {
    int line = lines.line(call.start());
    int end = lines.line(call.end());
    return new int[] {line, call.start() - lines.start(line), end, call.end() - lines.start(end)};
  }

  private static int[] place(byte[] text, LineIndex lines, Expression head) {
    int line = lines.line(head.start());
    int end = lines.line(head.end());
    return line < end && head instanceof Expression.Str && isTriple(text, head.start())
        ? new int[] {end, -1}
        : new int[] {line, head.start() - lines.start(line)};
  }

  private static boolean isTriple(byte[] text, int start) {
    int at = start;
    while (text[at] != '"' && text[at] != '\'') {
      at++;
    }
    return text[at + 1] == text[at] && text[at + 2] == text[at];
  }

  private static Expression head(Expression expression) {
    Expression at = expression;
    while (true) {
      switch (at) {
        case Expression.Call call -> at = call.function();
        case Expression.Attribute attribute -> at = attribute.value();
        case Expression.Subscript subscript -> at = subscript.value();
        case Expression.BinOp operation -> at = operation.left();
        case Expression.BoolOp operation -> at = operation.values().getFirst();
        case Expression.Compare compare -> at = compare.first();
        case Expression.IfExp choice -> at = choice.body();
        case Expression.GeneratorExp generator -> at = generator.element();
        case Expression.Tuple tuple when !tuple.elements().isEmpty() ->
            at = tuple.elements().getFirst();
        default -> {
          return at;
        }
      }
    }
  }
}
