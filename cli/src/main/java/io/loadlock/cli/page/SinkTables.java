package io.loadlock.cli.page;

import io.loadlock.core.RuleId;
import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.Sink;
import io.loadlock.python.sink.Sink.Default;
import io.loadlock.python.sink.Sink.Form;
import io.loadlock.python.sink.Sink.Safety;
import io.loadlock.python.sink.Sinks;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Markdown tables made from the rows of sinks.
public final class SinkTables {
  private SinkTables() {}

  /// The rows of one rule, a table for each library.
  public static String byLibrary(Sinks sinks, RuleId rule) {
    StringBuilder text = new StringBuilder();
    for (Library library : sinks.libraries()) {
      List<Sink> rows = library.sinks().stream().filter(sink -> sink.rule().equals(rule)).toList();
      if (rows.isEmpty()) {
        continue;
      }
      text.append(text.isEmpty() ? "" : "\n")
          .append("### ")
          .append(library.title())
          .append("\n\n| call | kind | severity | silent |\n|---|---|---|---|\n");
      for (Sink sink : rows) {
        text.append(
            "| %s | `%s` | %s | %s |%n"
                .formatted(called(sink), sink.kind(), severity(sink), silent(sink)));
      }
    }
    return text.toString();
  }

  /// The rows whose default has changed with a version, and when.
  public static String versions(Sinks sinks) {
    StringBuilder table = new StringBuilder("| call | without | safe since |\n|---|---|---|\n");
    for (Sink sink : RuleFacts.rows(sinks)) {
      sink.safety()
          .ifPresent(
              safety -> {
                String since = since(safety);
                if (!since.isEmpty()) {
                  table.append(
                      "| `%s` | %s | %s |%n"
                          .formatted(
                              sink.name(),
                              safety.parameter().isEmpty()
                                  ? "whatever the call says"
                                  : "`" + safety.parameter() + "`",
                              since));
                }
              });
    }
    return table.toString();
  }

  private static String since(Safety safety) {
    return safety.absent().stream()
        .filter(each -> each.safe() && !each.since().isEmpty())
        .map(SinkTables::version)
        .collect(Collectors.joining(", "));
  }

  private static String version(Default from) {
    return from.distribution() + " " + from.since();
  }

  /// How the first of a row's names is called, and how many more there are.
  static String called(Sink sink) {
    int more = sink.names().size() - 1;
    String others =
        more == 0 ? "" : more == 1 ? " and 1 name more" : " and " + more + " names more";
    return "`" + call(sink.name(), sink.form()) + "`" + others;
  }

  /// A name as a call of it looks.
  static String call(String name, Form form) {
    int dot = name.lastIndexOf('.');
    return switch (form) {
      case FUNCTION, CONSTRUCTOR, CLASS_METHOD -> name + "(…)";
      case METHOD -> name.substring(0, dot) + "(…)" + name.substring(dot) + "(…)";
    };
  }

  static String severity(Sink sink) {
    return sink.severity().name().toLowerCase(Locale.ROOT);
  }

  /// When a call of this row is not reported, or less.
  static String silent(Sink sink) {
    StringBuilder text = new StringBuilder();
    sink.safety().ifPresent(safety -> text.append(when(safety)));
    sink.hook()
        .ifPresent(
            method ->
                text.append(text.isEmpty() ? "" : "; ")
                    .append("a subclass whose `")
                    .append(method)
                    .append("` admits a fixed, harmless set"));
    if (!sink.inverses().isEmpty()) {
      text.append(text.isEmpty() ? "" : "; ")
          .append("on what `" + sink.inverses().getFirst() + "` has just returned");
    }
    return text.isEmpty() ? "never" : text.toString();
  }

  static String when(Safety safety) {
    String remaining =
        safety
            .remaining()
            .map(left -> " (then " + left.name().toLowerCase(Locale.ROOT) + ")")
            .orElse("");
    if (safety.parameter().isEmpty()) {
      return "from " + since(safety) + " on" + remaining;
    }
    String argument = "`" + safety.parameter() + "`";
    String values =
        safety.values().stream().map(value -> "`" + value + "`").collect(Collectors.joining(", "));
    String given =
        switch (safety.condition()) {
          case MUST_BE_TRUE -> "`" + safety.parameter() + "=True`";
          case MUST_BE_FALSE -> "`" + safety.parameter() + "=False`";
          case MUST_BE_GIVEN -> argument + " given";
          case MUST_BE_ONE_OF ->
              safety.values().size() == 1
                  ? "`" + safety.parameter() + "=" + safety.values().getFirst() + "`"
                  : argument + " one of " + values;
          case MUST_END_WITH -> argument + " ends with " + values;
          case MUST_BE_CLOSED -> argument + " a written-out list";
        };
    return given + (safety.safeByDefault() ? ", or not given" : "") + remaining;
  }
}
