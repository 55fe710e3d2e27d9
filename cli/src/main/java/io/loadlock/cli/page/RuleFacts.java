package io.loadlock.cli.page;

import io.loadlock.core.Rule;
import io.loadlock.core.RuleId;
import io.loadlock.core.Rules;
import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.Sink;
import io.loadlock.python.sink.Sinks;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The parts of a rule's page that are facts and so are made from [Rules] and the rows.
public final class RuleFacts {
  private RuleFacts() {}

  /// The line of facts below a page's title.
  public static String line(Rule rule) {
    String cwe =
        rule.cwe().stream().map(number -> "CWE-" + number).collect(Collectors.joining(", "));
    return "**Severity:** %s · **CWE:** %s%s%s"
        .formatted(
            rule.severity().name().toLowerCase(Locale.ROOT),
            cwe,
            identifiers(rule),
            rule.onByDefault() ? "" : " · **Off by default:** `--select` it");
  }

  private static String identifiers(Rule rule) {
    StringBuilder text = new StringBuilder();
    for (String tag : rule.tags()) {
      if (tag.startsWith("external/capec/")) {
        text.append(" · **CAPEC:** ").append(tag.substring(15).toUpperCase(Locale.ROOT));
      } else if (tag.startsWith("attack/")) {
        text.append(" · **ATT&CK:** ").append(tag.substring(7));
      }
    }
    return text.toString();
  }

  /// Every rule with its severity and what it finds.
  ///
  /// @param from the folder that links start from: empty for `docs/rules`
  public static String index(String from) {
    StringBuilder table = new StringBuilder("| rule | severity | finds |\n|---|---|---|\n");
    for (Rule rule : Rules.ALL) {
      table.append(
          "| [%s](%s%s) | %s%s | %s |%n"
              .formatted(
                  rule.id().value(),
                  from,
                  rule.page(),
                  rule.severity().name().toLowerCase(Locale.ROOT),
                  rule.onByDefault() ? "" : ", off by default",
                  rule.summary()));
    }
    return table.toString();
  }

  /// What other tools call the weakness of this rule's rows, with the kinds that each name stands
  /// for.
  public static String codes(Sinks sinks, RuleId rule) {
    var byCode = new java.util.TreeMap<String, TreeSet<String>>();
    for (Sink sink : rows(sinks)) {
      if (sink.rule().equals(rule)) {
        for (String code : sink.codes()) {
          byCode.computeIfAbsent(code, _ -> new TreeSet<>()).add(sink.kind());
        }
      }
    }
    StringBuilder table = new StringBuilder("| code | of | kinds |\n|---|---|---|\n");
    byCode.forEach(
        (code, kinds) ->
            table.append(
                "| `%s` | %s | %s |%n".formatted(code, tool(code), String.join(", ", kinds))));
    return table.toString();
  }

  private static String tool(String code) {
    if (code.matches("B\\d+")) {
      return "Bandit";
    }
    if (code.matches("S[2-6]\\d\\d")) {
      return "Ruff, flake8-bandit";
    }
    if (code.matches("S\\d{4}")) {
      return "SonarPython";
    }
    if (code.startsWith("TOR")) {
      return "TorchFix";
    }
    if (code.startsWith("VNX")) {
      return "Vulnetix";
    }
    return code.startsWith("py/") ? "CodeQL" : "Semgrep";
  }

  static List<Sink> rows(Sinks sinks) {
    return sinks.libraries().stream().map(Library::sinks).flatMap(List::stream).toList();
  }
}
