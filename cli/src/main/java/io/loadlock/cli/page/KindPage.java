package io.loadlock.cli.page;

import io.loadlock.python.sink.Alias;
import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.Sink;
import io.loadlock.python.sink.Sinks;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The page of a kind, such as `torch-load`: every row of it with all that the row says.
public final class KindPage {
  private KindPage() {}

  /// Every kind there is, sorted.
  public static List<String> kinds(Sinks sinks) {
    return List.copyOf(
        RuleFacts.rows(sinks).stream()
            .map(Sink::kind)
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  /// The kinds that another tool calls by this code, such as `B614`.
  public static List<String> kindsOf(Sinks sinks, String code) {
    return List.copyOf(
        RuleFacts.rows(sinks).stream()
            .filter(sink -> sink.codes().stream().anyMatch(code::equalsIgnoreCase))
            .map(Sink::kind)
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  /// The Markdown of a kind's page.
  public static String render(Sinks sinks, String kind) {
    StringBuilder page = new StringBuilder("# " + kind + "\n");
    for (Library library : sinks.libraries()) {
      for (Sink sink : library.sinks()) {
        if (sink.kind().equals(kind)) {
          page.append('\n').append(section(sinks, library, sink));
        }
      }
    }
    return page.toString();
  }

  private static String section(Sinks sinks, Library library, Sink sink) {
    StringBuilder text = new StringBuilder();
    text.append("## `")
        .append(SinkTables.call(sink.name(), sink.form()))
        .append("` of ")
        .append(library.title())
        .append("\n\n**Severity:** ")
        .append(SinkTables.severity(sink))
        .append(" · **Rule:** ")
        .append(sink.rule().value())
        .append("\n\n")
        .append(sink.advice())
        .append("\n\n");
    item(text, "Silent", SinkTables.silent(sink));
    sink.subject()
        .ifPresent(
            subject ->
                item(
                    text,
                    "Loads",
                    (subject.parameter().isEmpty()
                            ? "argument " + (subject.position() + 1)
                            : "`" + subject.parameter() + "`")
                        + (subject.ofReceiver() ? " of the object's constructor" : "")));
    sink.safety()
        .flatMap(Sink.Safety::voidedBy)
        .ifPresent(
            parameter -> item(text, "A safe default is void with", "`" + parameter.name() + "`"));
    item(
        text,
        "Takes the safe default from",
        sink.voids().stream().map(name -> "`" + name + "`").collect(Collectors.joining(", ")));
    List<String> names = names(sinks, sink);
    if (names.size() > 1) {
      item(
          text,
          "Also",
          names.stream().skip(1).map(name -> "`" + name + "`").collect(Collectors.joining(", ")));
    }
    item(text, "Elsewhere", String.join(", ", sink.codes()));
    item(text, "Read in", sink.source());
    return text.toString();
  }

  private static void item(StringBuilder text, String title, String value) {
    if (!value.isEmpty()) {
      text.append("- **").append(title).append(":** ").append(value).append('\n');
    }
  }

  /// The row's names, then what they are called under an alias.
  static List<String> names(Sinks sinks, Sink sink) {
    var names = new ArrayList<>(sink.names());
    for (Library library : sinks.libraries()) {
      for (Alias alias : library.aliases()) {
        for (String name : sink.names()) {
          if (name.equals(alias.stands()) || name.startsWith(alias.stands() + ".")) {
            String other = alias.name() + name.substring(alias.stands().length());
            if (!names.contains(other)) {
              names.add(other);
            }
          }
        }
      }
    }
    return names;
  }
}
