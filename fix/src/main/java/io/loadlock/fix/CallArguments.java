package io.loadlock.fix;

import io.loadlock.python.tree.Argument;
import io.loadlock.python.tree.Expression;
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
    return call.arguments().stream()
        .anyMatch(
            argument ->
                argument instanceof Argument.Star || argument instanceof Argument.DoubleStar);
  }

  /// Adds `keyword=value` behind the last argument, before a trailing comma if there is one, in the
  /// style of the call: on a line of its own where the last argument has one. Empty where the call
  /// has a lone generator, which would need parentheses.
  Optional<Change> add(String keyword, String value) {
    String added = keyword + "=" + value;
    if (call.arguments().isEmpty()) {
      return Optional.of(Change.insert(call.end() - 1, added));
    }
    Argument last = lastInSource();
    if (last.value() instanceof Expression.GeneratorExp && call.arguments().size() == 1) {
      return Optional.empty();
    }
    String separator = ownLine(last) ? "\n" + Lines.indentation(text, last.start()) : " ";
    return Optional.of(Change.insert(outerEnd(last), "," + separator + added));
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
