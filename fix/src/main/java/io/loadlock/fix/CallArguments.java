package io.loadlock.fix;

import io.loadlock.python.tree.Argument;
import io.loadlock.python.tree.Expression;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// The arguments of one call, and how to give one more or another value.
final class CallArguments {
  private final byte[] text;
  private final Expression.Call call;

  CallArguments(byte[] text, Expression.Call call) {
    this.text = text;
    this.call = call;
  }

  /// The argument that fills this parameter, where the call writes it out.
  Optional<Argument> find(String keyword, int position) {
    boolean positionKnown = true;
    List<Argument> arguments = call.arguments();
    for (int i = 0; i < arguments.size(); i++) {
      boolean found =
          switch (arguments.get(i)) {
            case Argument.Keyword given -> given.name().equals(keyword);
            case Argument.Positional _ -> positionKnown && i == position;
            case Argument.Star _, Argument.DoubleStar _ -> false;
          };
      if (found) {
        return Optional.of(arguments.get(i));
      }
      positionKnown &= !(arguments.get(i) instanceof Argument.Star);
    }
    return Optional.empty();
  }

  /// Whether `*values` or `**values` could fill parameters that are not seen.
  boolean spreads() {
    return call.arguments().stream().anyMatch(CallArguments::isSpread);
  }

  private static boolean isSpread(Argument argument) {
    return argument instanceof Argument.Star || argument instanceof Argument.DoubleStar;
  }

  /// Adds `keyword=value` behind the last argument, before a trailing comma if there is one, in the
  /// style of the call: on a line of its own where the last argument has one, behind the comment
  /// that belongs to that. Empty where the call has a lone generator, which would need parentheses.
  List<Change> add(String keyword, String value) {
    String added = keyword + "=" + value;
    if (call.arguments().isEmpty()) {
      return List.of(Change.insert(call.end() - 1, added));
    }
    Argument last = lastInSource();
    if (last.value() instanceof Expression.GeneratorExp && call.arguments().size() == 1) {
      return List.of();
    }
    int end = outerEnd(last);
    if (!ownLine(last)) {
      return List.of(Change.insert(end, ", " + added));
    }
    String line = "\n" + Lines.indentation(text, last.start()) + added;
    int comma = comma(last.end());
    int comment = commentEnd(comma < 0 ? end : comma + 1);
    if (comment < 0) {
      return List.of(Change.insert(end, "," + line));
    }
    return comma < 0
        ? List.of(Change.insert(end, ","), Change.insert(comment, line))
        : List.of(Change.insert(comment, line + ","));
  }

  /// Where the comment ends that only blanks keep from `from`; -1 where there is none.
  private int commentEnd(int from) {
    int at = from;
    while (text[at] == ' ' || text[at] == '\t') {
      at++;
    }
    if (text[at] != '#') {
      return -1;
    }
    while (text[at] != '\n' && text[at] != '\r') {
      at++;
    }
    return at;
  }

  /// Lets `keyword` mean `value` in a mapping of which nobody knows whether it has that key:
  /// `**options` becomes `**{**options, "keyword": value}`. Empty where the call spreads more than
  /// that one.
  Optional<Change> override(String keyword, String value) {
    List<Argument> spreads = call.arguments().stream().filter(CallArguments::isSpread).toList();
    if (spreads.size() != 1 || !(spreads.getFirst() instanceof Argument.DoubleStar spread)) {
      return Optional.empty();
    }
    int start = spread.start() + 2;
    int end = outerEnd(spread);
    String mapping = new String(text, start, end - start, StandardCharsets.UTF_8).strip();
    return Optional.of(
        new Change(start, end, "{**%s, \"%s\": %s}".formatted(mapping, keyword, value)));
  }

  /// Removes an argument together with one comma.
  Change remove(Argument argument) {
    List<Argument> arguments = call.arguments();
    int index = arguments.indexOf(argument);
    if (index > 0) {
      return new Change(outerEnd(arguments.get(index - 1)), outerEnd(argument), "");
    }
    int end = comma(argument.end());
    if (end < 0) {
      end = call.end() - 1;
    } else {
      end++;
      while (text[end] == ' ') {
        end++;
      }
    }
    return new Change(afterParenthesis(), end, "");
  }

  /// Behind the call's own opening parenthesis.
  private int afterParenthesis() {
    int at = call.function().end();
    while (text[at] != '(') {
      at++;
    }
    return at + 1;
  }

  private Argument lastInSource() {
    Argument last = call.arguments().getFirst();
    for (Argument argument : call.arguments()) {
      if (argument.end() > last.end()) {
        last = argument;
      }
    }
    return last;
  }

  /// Behind the argument and the parentheses around it: the tree's positions are inside them, as
  /// CPython's are.
  private int outerEnd(Argument argument) {
    int stop = comma(argument.end());
    int limit = stop < 0 ? call.end() - 1 : stop;
    int end = argument.end();
    boolean comment = false;
    for (int at = argument.end(); at < limit; at++) {
      comment = text[at] == '#' || comment && text[at] != '\n' && text[at] != '\r';
      if (text[at] == ')' && !comment) {
        end = at + 1;
      }
    }
    return end;
  }

  /// The comma behind an argument, comments passed over; -1 where there is none.
  private int comma(int from) {
    boolean comment = false;
    for (int at = from; at < call.end() - 1; at++) {
      comment = text[at] == '#' || comment && text[at] != '\n' && text[at] != '\r';
      if (text[at] == ',' && !comment) {
        return at;
      }
    }
    return -1;
  }

  /// Whether the argument begins its line, and another line than the call.
  private boolean ownLine(Argument argument) {
    int at = argument.start() - 1;
    while (at >= 0 && (text[at] == ' ' || text[at] == '\t')) {
      at--;
    }
    return at > call.function().end() && (text[at] == '\n' || text[at] == '\r');
  }
}
