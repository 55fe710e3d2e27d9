package io.loadlock.artifact.jinja;

import io.loadlock.artifact.Verdict;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Reads one tag after another, and remembers what variables are set to.
final class Statements {
  private final String template;
  private final Suspicions suspicions;

  /// Names that get what the template writes up to the end of their block: `set x`, `macro m()`.
  private final Deque<Block> blocks = new ArrayDeque<>();

  private final Map<String, Value> variables = new HashMap<>();
  private Tokens in = new Tokens(java.util.List.of());
  private Expressions expressions;

  private record Block(String end, String name, int from) {}

  Statements(String template, Suspicions suspicions) {
    this.template = template;
    this.suspicions = suspicions;
    this.expressions = new Expressions(in, variables, suspicions);
  }

  /// Why the tag was not understood, or empty. What its tokens alone show is found in either case.
  Optional<String> read(Lexer.Tag tag) {
    in = new Tokens(tag.tokens());
    expressions = new Expressions(in, variables, suspicions);
    suspicions.tokens(tag.tokens());
    if (!tag.closed()) {
      return Optional.of("a tag of the template is not closed");
    }
    try {
      if (tag.statement()) {
        statement(tag);
      } else {
        expressions.tuple();
        if (in.more()) {
          throw new Unclear("unexpected '" + in.peek().text() + "'");
        }
      }
      return Optional.empty();
    } catch (Unclear e) {
      return Optional.of("a tag of the template was not understood: " + e.getMessage());
    }
  }

  private void statement(Lexer.Tag tag) throws Unclear {
    if (!in.more()) {
      return;
    }
    Token first = in.next();
    switch (first.text()) {
      case "set" -> set(tag);
      case "endset", "endmacro" -> close(first.text(), tag.position());
      case "for" -> {
        String target = in.peek().text();
        targets("in");
        in.expect("in");
        Value iterated = expressions.tuple();
        String pieces = iterated.pieces();
        if (in.more() && in.peek().is("if")) {
          in.next();
          expressions.expression();
        }
        if (in.more() && in.peek().is("recursive")) {
          in.next();
        }
        if (!pieces.isEmpty()) {
          variables.put(target, new Value(null, null, null, "", pieces, true));
        }
      }
      case "import", "from", "include", "extends" ->
          suspicions.danger(
              first.position(),
              first.text() + (in.more() ? " " + in.peek().text() : ""),
              Verdict.UNKNOWN_CODE,
              "takes in another template");
      case "macro",
          "call",
          "filter",
          "block",
          "with",
          "autoescape",
          "trans",
          "if",
          "elif",
          "do",
          "print" -> {
        if (first.is("macro")) {
          blocks.push(new Block("endmacro", in.peek().text(), tag.end()));
        }
        if (first.is("filter")) {
          expressions.filters(Value.UNKNOWN, true);
        } else {
          while (in.more()) {
            expressions.expression();
            while (in.more() && (in.peek().is(",") || in.peek().is("="))) {
              in.next();
            }
          }
        }
      }
      default -> {}
    }
  }

  private void targets(String until) throws Unclear {
    while (in.more() && !in.peek().is(until)) {
      in.next();
    }
    if (!in.more()) {
      throw new Unclear("no '" + until + "'");
    }
  }

  /// A block's text is worth what is written in it, tags and all.
  private void close(String end, int until) {
    if (blocks.isEmpty() || !blocks.peek().end().equals(end)) {
      return;
    }
    Block block = blocks.pop();
    String body = template.substring(Math.min(block.from(), until), until).strip();
    boolean constant = !body.contains("{{") && !body.contains("{%");
    Value text = Value.text(body);
    boolean called = end.equals("endmacro");
    assign(block.name(), constant && !called ? text : Value.computed(text));
  }

  private void assign(String target, Value value) {
    Value before = variables.get(target);
    Value mine = value;
    if (before != null && !before.equals(mine)) {
      // Which branch sets it is not known: what it may be made of adds up.
      Value both = Value.computed(before, mine);
      mine = new Value(mine.text(), mine.items(), mine.number(), "", both.pieces(), true);
    }
    variables.put(target, mine);
  }

  private void set(Lexer.Tag tag) throws Unclear {
    StringBuilder name = new StringBuilder();
    while (in.more() && !in.peek().is("=") && !in.peek().is("|")) {
      name.append(in.next().text());
    }
    if (!in.more() || in.peek().is("|")) {
      blocks.push(new Block("endset", name.toString(), tag.end()));
    }
    if (!in.more()) {
      return;
    }
    if (in.peek().is("|")) {
      expressions.filters(Value.UNKNOWN, false);
      return;
    }
    in.next();
    Value value = expressions.tuple();
    String[] targets = name.toString().split(",", -1);
    for (int i = 0; i < targets.length; i++) {
      Value mine = value;
      if (targets.length > 1) {
        mine =
            value.items() != null && i < value.items().size()
                ? value.items().get(i)
                : Value.computed(value);
      }
      assign(targets[i], mine);
    }
  }
}
