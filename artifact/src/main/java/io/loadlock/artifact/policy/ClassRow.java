package io.loadlock.artifact.policy;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What was seen of one class in a library's sources, over all versions read.
///
/// @param bases `module:Name`; with `^` in front a metaclass; without a colon one that was not
///   found
/// @param marks the hooks that it defines itself
/// @param sameAs `module:Name` where this is only another way to reach a class, else empty
@SuppressWarnings("StringSplitter") // rows have no empty columns at their end
record ClassRow(List<String> bases, Map<Hook, Mark> marks, String sameAs) {
  /// What the collector thinks of a method that a class defines itself.
  enum Mark {
    /// Not defined here, or defined and merely stores, compares, raises and calls its super's: the
    /// bases decide.
    INHERITS,
    /// Stores, compares and raises, and calls nothing but known builtins.
    PLAIN,
    /// Not understood.
    OPEN,
    /// Compiled: there is no source to understand.
    COMPILED,
    /// Names a function that opens files, runs code or goes to the network.
    HARM
  }

  Mark mark(Hook hook) {
    return marks.getOrDefault(hook, Mark.INHERITS);
  }

  /// One clause.
  String summary() {
    if (marks.isEmpty()) {
      return "a class that defines none of the methods a load may reach";
    }
    StringBuilder text = new StringBuilder("a class that itself defines");
    marks.keySet().forEach(hook -> text.append(' ').append(hook.word()));
    return text.toString();
  }

  /// Reads `BASE,BASE<tab>init= setstate- del!`: `=` plain, `+` plain with super, `-` open, `*`
  /// compiled, `!` harmful.
  static ClassRow parse(String module, String bases, String marks) {
    if (bases.startsWith("=")) {
      return new ClassRow(List.of(), Map.of(), bases.substring(1));
    }
    List<String> all =
        bases.isEmpty()
            ? List.of()
            : List.of(bases.split(",")).stream().map(base -> qualify(module, base)).toList();
    Map<Hook, Mark> found = new EnumMap<>(Hook.class);
    if (!marks.isEmpty()) {
      for (String one : marks.split(" ")) {
        int end = one.length() - 1;
        found.put(
            Hook.of(one.substring(0, end)),
            switch (one.charAt(end)) {
              case '=' -> Mark.PLAIN;
              case '+' -> Mark.INHERITS;
              case '!' -> Mark.HARM;
              case '*' -> Mark.COMPILED;
              default -> Mark.OPEN;
            });
      }
    }
    return new ClassRow(all, found, "");
  }

  /// `:Name` is a class of the same module.
  private static String qualify(String module, String base) {
    if (base.startsWith(":")) {
      return module + base;
    }
    return base.startsWith("^:") ? "^" + module + base.substring(1) : base;
  }
}
