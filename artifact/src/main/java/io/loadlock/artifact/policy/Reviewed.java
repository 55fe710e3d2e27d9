package io.loadlock.artifact.policy;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// One row of a `.review` file, written by somebody who read the library.
@SuppressWarnings("StringSplitter") // rows have no empty columns at their end
sealed interface Reviewed {
  String why();

  /// A function with the arguments it may get.
  record Callable(Ruling.Gives gives, List<Shape> arguments, String why) implements Reviewed {}

  /// A function that may be kept, not called.
  record Keep(String why) implements Reviewed {}

  record Value(String why) implements Reviewed {}

  record Harm(String why) implements Reviewed {}

  /// A class none of whose methods does more than build data, whatever the evidence says.
  record DataClass(List<Shape> arguments, String why) implements Reviewed {}

  /// A class some of whose hooks were read; the evidence decides the others.
  record Hooks(
      List<Shape> arguments,
      Set<Hook> vetted,
      Set<Hook> harmful,
      Set<Hook> unknown,
      Map<String, Ruling.StateUse> states,
      String why)
      implements Reviewed {}

  /// Reads the columns *what* and *verdict*:
  /// - function: `data(SHAPES)`, `instance(…)`, `attribute(…)` and the other words of
  ///   [Ruling.Gives]; `keep`; `harm`
  /// - class: `data`, `data(SHAPES)`; `harm`; or hooks, each vetted, `!` harmful or `?` unknown:
  ///   `new init setstate del!`; `setstate(KEY:loads)` unpickles what the state has under that key,
  ///   `setstate(KEY:formula)` evaluates it
  /// - value: `data`
  static Reviewed parse(String what, String verdict, String why) {
    if (verdict.equals("harm")) {
      return new Harm(why);
    }
    return switch (what) {
      case "function" -> verdict.equals("keep") ? new Keep(why) : callable(verdict, why);
      case "value" -> new Value(why);
      case "class" ->
          verdict.equals("data") || verdict.startsWith("data(")
              ? new DataClass(shapes(verdict, "data*"), why)
              : hooks(verdict, why);
      default -> throw new IllegalArgumentException("neither function, class nor value: " + what);
    };
  }

  private static Reviewed callable(String verdict, String why) {
    int open = verdict.indexOf('(');
    String word = open < 0 ? verdict : verdict.substring(0, open);
    return new Callable(
        Ruling.Gives.valueOf(word.toUpperCase(Locale.ROOT)), shapes(verdict, "data*"), why);
  }

  private static Reviewed hooks(String verdict, String why) {
    Set<Hook> vetted = EnumSet.noneOf(Hook.class);
    Set<Hook> harmful = EnumSet.noneOf(Hook.class);
    Set<Hook> unknown = EnumSet.noneOf(Hook.class);
    Map<String, Ruling.StateUse> states = new TreeMap<>();
    for (String word : verdict.split(" ")) {
      if (word.startsWith("setstate(")) {
        vetted.add(Hook.SETSTATE);
        String[] pair = word.substring("setstate(".length(), word.length() - 1).split(":");
        states.put(pair[0], Ruling.StateUse.valueOf(pair[1].toUpperCase(Locale.ROOT)));
      } else if (word.endsWith("!")) {
        harmful.add(Hook.of(word.substring(0, word.length() - 1)));
      } else if (word.endsWith("?")) {
        unknown.add(Hook.of(word.substring(0, word.length() - 1)));
      } else {
        vetted.add(Hook.of(word));
      }
    }
    return new Hooks(Shape.parse("data*"), vetted, harmful, unknown, states, why);
  }

  private static List<Shape> shapes(String verdict, String otherwise) {
    int open = verdict.indexOf('(');
    return Shape.parse(open < 0 ? otherwise : verdict.substring(open + 1, verdict.length() - 1));
  }
}
