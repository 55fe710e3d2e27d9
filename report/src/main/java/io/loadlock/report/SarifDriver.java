package io.loadlock.report;

import io.loadlock.core.Rule;
import io.loadlock.core.ScanReport;
import io.loadlock.core.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// `tool.driver`: what loadlock is, the rules that could have fired, and what it can notify of.
final class SarifDriver {
  /// GitHub accepts no more on one rule.
  private static final int TAGS = 20;

  private static final Map<String, String> NOTIFICATIONS =
      Map.of(
          "partial", "A file was not read to its end; what was found in the rest is reported.",
          "failed", "Nothing could be learnt from a file.",
          "skipped", "A path that is no file to read.",
          "cut", "Results were left out because code scanning accepts no more.",
          "note", "A remark about the run.");

  private static final List<String> NOTIFICATION_ORDER =
      List.of("partial", "failed", "skipped", "cut", "note");

  private SarifDriver() {}

  static void write(JsonText json, ScanReport report, Setting.Pages pages) throws IOException {
    json.field("name", "loadlock");
    json.field("version", report.version());
    json.field("semanticVersion", report.version());
    json.message(
        "shortDescription",
        "From the line of Python that loads a model to the file it loads, without running either.");
    json.list(
        "rules",
        () -> {
          for (Rule rule : report.rules()) {
            json.object(() -> rule(json, rule, pages));
          }
        });
    json.list(
        "notifications",
        () -> {
          for (String id : NOTIFICATION_ORDER) {
            json.object(
                () -> {
                  json.field("id", "loadlock/" + id);
                  json.message("shortDescription", NOTIFICATIONS.getOrDefault(id, id));
                });
          }
        });
  }

  private static void rule(JsonText json, Rule rule, Setting.Pages pages) throws IOException {
    json.field("id", rule.id().value());
    json.field("name", identifier(rule.name()));
    json.message("shortDescription", rule.name());
    json.message("fullDescription", rule.summary());
    json.object("defaultConfiguration", () -> json.field("level", rule.severity().sarifLevel()));
    json.object(
        "help",
        () -> {
          json.field("text", rule.summary());
          json.field("markdown", RulePage.markdown(rule, pages));
        });
    json.object(
        "properties",
        () -> {
          json.texts("tags", tags(rule));
          json.field("precision", "high");
          json.field("problem.severity", problemSeverity(rule.severity()));
          json.field("security-severity", rule.severity().securitySeverity());
        });
  }

  private static List<String> tags(Rule rule) {
    List<String> tags = new ArrayList<>();
    tags.add("security");
    for (int cwe : rule.cwe()) {
      tags.add("external/cwe/cwe-%03d".formatted(cwe));
    }
    tags.addAll(rule.tags());
    return tags.subList(0, Math.min(TAGS, tags.size()));
  }

  private static String problemSeverity(Severity severity) {
    return switch (severity) {
      case CRITICAL, HIGH -> "error";
      case MEDIUM -> "warning";
      case LOW -> "recommendation";
    };
  }

  /// `File runs code when it is loaded` is `FileRunsCodeWhenItIsLoaded`.
  private static String identifier(String name) {
    StringBuilder identifier = new StringBuilder();
    for (String word : name.split("[^A-Za-z0-9]+")) {
      if (!word.isEmpty()) {
        identifier.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
      }
    }
    return identifier.toString();
  }
}
