package io.loadlock.report;

import io.loadlock.core.FileReport;
import io.loadlock.core.Finding;
import io.loadlock.core.Location;
import io.loadlock.core.Outcome;
import io.loadlock.core.Rule;
import io.loadlock.core.ScanReport;
import io.loadlock.core.Severity;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// GitLab's SAST report, `gl-sast-report.json`, by version 15 of its security report schemas.
final class GitlabRenderer implements Renderer {
  private static final String VERSION = "15.2.1";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  @Override
  public void render(ScanReport report, Setting setting, Writer out) throws IOException {
    try (JsonText json = JsonText.to(out)) {
      json.object(
          () -> {
            json.field("version", VERSION);
            json.object("scan", () -> scan(json, report, setting));
            json.list("vulnerabilities", () -> vulnerabilities(json, report, setting));
          });
    }
  }

  private static void scan(JsonText json, ScanReport report, Setting setting) throws IOException {
    json.object("analyzer", () -> tool(json, report));
    json.object("scanner", () -> tool(json, report));
    json.field("type", "sast");
    json.field("status", "success");
    json.field("start_time", time(setting.started()));
    json.field("end_time", time(setting.ended()));
    json.list(
        "messages",
        () -> {
          for (FileReport file : report.files()) {
            if (!(file.outcome() instanceof Outcome.Complete)) {
              json.object(() -> message(json, file));
            }
          }
        });
  }

  private static String time(Instant instant) {
    return TIME.format(instant);
  }

  private static void tool(JsonText json, ScanReport report) throws IOException {
    json.field("id", "loadlock");
    json.field("name", "loadlock");
    json.field("version", report.version());
    json.object("vendor", () -> json.field("name", "loadlock"));
  }

  private static void message(JsonText json, FileReport file) throws IOException {
    String text =
        switch (file.outcome()) {
          case Outcome.Skipped skipped -> skipped.reason();
          case Outcome other ->
              other.problems().stream().map(Object::toString).collect(Collectors.joining("; "));
        };
    json.field("level", file.outcome() instanceof Outcome.Skipped ? "info" : "warn");
    json.field("value", file.path() + ": " + file.outcome().word() + ": " + text);
  }

  private static void vulnerabilities(JsonText json, ScanReport report, Setting setting)
      throws IOException {
    Map<String, Rule> rules = new HashMap<>();
    report.rules().forEach(rule -> rules.put(rule.id().value(), rule));
    PartialFingerprints fingerprints = new PartialFingerprints(setting.excerpts());
    Uris uris = new Uris(report);
    for (Finding finding : report.findings()) {
      String fingerprint = fingerprints.of(finding).own();
      if (finding.suppression().isEmpty()) {
        Rule rule = rules.get(finding.rule().value());
        String name = rule == null ? finding.rule().value() : rule.name();
        List<Integer> cwe = rule == null ? List.of() : rule.cwe();
        json.object(
            () -> {
              json.field("id", fingerprint);
              json.field("name", name);
              json.field("description", description(finding));
              json.field("severity", severity(finding.severity()));
              if (!finding.advice().isEmpty()) {
                json.field("solution", finding.advice());
              }
              json.list("identifiers", () -> identifiers(json, finding, cwe));
              json.object("location", () -> location(json, finding.location(), uris));
            });
      }
    }
  }

  private static String description(Finding finding) {
    StringBuilder text = new StringBuilder(finding.message());
    finding
        .evidence()
        .forEach(
            step ->
                text.append("\n- ")
                    .append(Places.full(step.location()))
                    .append(' ')
                    .append(step.text()));
    return text.toString();
  }

  private static String severity(Severity severity) {
    return switch (severity) {
      case CRITICAL -> "Critical";
      case HIGH -> "High";
      case MEDIUM -> "Medium";
      case LOW -> "Low";
    };
  }

  private static void identifiers(JsonText json, Finding finding, List<Integer> cwe)
      throws IOException {
    json.object(
        () -> {
          json.field("type", "loadlock_rule_id");
          json.field("name", finding.rule() + " " + finding.kind());
          json.field("value", finding.rule() + "/" + finding.kind());
        });
    for (int number : cwe) {
      json.object(
          () -> {
            json.field("type", "cwe");
            json.field("name", "CWE-" + number);
            json.field("value", Integer.toString(number));
            json.field("url", "https://cwe.mitre.org/data/definitions/" + number + ".html");
          });
    }
  }

  private static void location(JsonText json, Location location, Uris uris) throws IOException {
    json.field("file", uris.path(location.path()));
    if (location instanceof Location.Source source) {
      json.field("start_line", source.start().line());
      json.field("end_line", source.end().line());
    }
  }
}
