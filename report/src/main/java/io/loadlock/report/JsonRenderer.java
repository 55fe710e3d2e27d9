package io.loadlock.report;

import io.loadlock.core.Evidence;
import io.loadlock.core.FileReport;
import io.loadlock.core.Finding;
import io.loadlock.core.Fix;
import io.loadlock.core.Location;
import io.loadlock.core.Outcome;
import io.loadlock.core.Problem;
import io.loadlock.core.Rule;
import io.loadlock.core.ScanReport;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/// All that is known, by `docs/schema/scan.schema.json`.
final class JsonRenderer implements Renderer {
  /// Raised when a field changes its meaning or goes; new fields do not raise it.
  private static final int VERSION = 1;

  @Override
  public void render(ScanReport report, Setting setting, Writer out) throws IOException {
    try (JsonText json = JsonText.to(out)) {
      new Document(json).write(report, setting);
    }
  }

  /// One document being written.
  private record Document(JsonText json) {
    void write(ScanReport report, Setting setting) throws IOException {
      json.object(
          () -> {
            json.object(
                "tool",
                () -> {
                  json.field("name", "loadlock");
                  json.field("version", report.version());
                });
            json.field("schemaVersion", VERSION);
            json.texts("roots", report.roots());
            json.object("summary", () -> summary(Counts.of(report)));
            json.list("findings", () -> findings(report, setting));
            json.list(
                "files",
                () -> {
                  for (FileReport file : report.files()) {
                    file(file);
                  }
                });
            json.list(
                "rules",
                () -> {
                  for (Rule rule : report.rules()) {
                    rule(rule);
                  }
                });
            json.texts("notes", report.notes());
          });
    }

    private void summary(Counts counts) throws IOException {
      json.object(
          "findings",
          () -> {
            for (var entry : counts.bySeverity().entrySet()) {
              json.field(entry.getKey().word(), entry.getValue());
            }
          });
      json.field("suppressed", counts.suppressed());
      json.object(
          "files",
          () -> {
            for (var entry : counts.byOutcome().entrySet()) {
              json.field(entry.getKey(), entry.getValue());
            }
          });
    }

    private void findings(ScanReport report, Setting setting) throws IOException {
      PartialFingerprints fingerprints = new PartialFingerprints(setting.excerpts());
      for (Finding finding : report.findings()) {
        String fingerprint = fingerprints.of(finding).own();
        json.object(() -> finding(finding, fingerprint));
      }
    }

    private void finding(Finding finding, String fingerprint) throws IOException {
      json.field("rule", finding.rule().value());
      json.field("kind", finding.kind());
      json.field("severity", finding.severity().word());
      json.field("rank", finding.rank());
      json.object("location", () -> location(finding.location()));
      json.field("message", finding.message());
      json.field("advice", finding.advice());
      json.list("evidence", () -> steps(finding.evidence()));
      json.list(
          "flows",
          () -> {
            for (List<Evidence> flow : finding.flows()) {
              json.list(() -> steps(flow));
            }
          });
      json.list(
          "fixes",
          () -> {
            for (Fix fix : finding.fixes()) {
              json.object(() -> fix(fix));
            }
          });
      if (finding.suppression().isPresent()) {
        var suppression = finding.suppression().get();
        json.object(
            "suppression",
            () -> {
              json.field("comment", suppression.comment());
              json.field("line", suppression.line());
              json.field("justification", suppression.justification());
            });
      }
      json.object("properties", () -> json.texts(finding.properties()));
      json.field("fingerprint", fingerprint);
    }

    private void steps(List<Evidence> steps) throws IOException {
      for (Evidence step : steps) {
        json.object(
            () -> {
              json.object("location", () -> location(step.location()));
              json.field("text", step.text());
            });
      }
    }

    private void fix(Fix fix) throws IOException {
      json.field("tier", fix.tier().word());
      json.field("description", fix.description());
      json.field("proof", fix.proof());
      json.list(
          "edits",
          () -> {
            for (Fix.Edit edit : fix.edits()) {
              json.object(
                  () -> {
                    json.object("location", () -> location(edit.location()));
                    json.field("replacement", edit.replacement());
                  });
            }
          });
    }

    private void location(Location location) throws IOException {
      json.field("path", location.path());
      switch (location) {
        case Location.Source source -> source(source);
        case Location.Artifact artifact -> {
          json.texts("members", artifact.members());
          json.field("byteOffset", artifact.offset());
          json.field("byteLength", artifact.length());
        }
        case Location.Whole _ -> {}
      }
    }

    private void source(Location.Source source) throws IOException {
      json.field("startLine", source.start().line());
      json.field("startColumn", source.start().codePoint());
      json.field("endLine", source.end().line());
      json.field("endColumn", source.end().codePoint());
      json.field("startByte", source.startByte());
      json.field("endByte", source.endByte());
      if (source.cell().isPresent()) {
        var cell = source.cell().get();
        json.object(
            "cell",
            () -> {
              json.field("cell", cell.cell());
              json.field("codeCell", cell.codeCell());
              json.field("line", cell.line());
              json.field("column", cell.column());
            });
      }
    }

    private void file(FileReport file) throws IOException {
      json.object(
          () -> {
            json.field("path", file.path());
            json.field("format", file.format());
            json.field("bytes", file.bytes());
            json.field("outcome", file.outcome().word());
            if (file.outcome() instanceof Outcome.Skipped skipped) {
              json.field("reason", skipped.reason());
            }
            json.list(
                "problems",
                () -> {
                  for (Problem problem : file.outcome().problems()) {
                    json.object(
                        () -> {
                          json.field("reason", problem.reason());
                          json.field("where", problem.where());
                        });
                  }
                });
            json.object("properties", () -> json.texts(file.properties()));
          });
    }

    private void rule(Rule rule) throws IOException {
      json.object(
          () -> {
            json.field("id", rule.id().value());
            json.field("name", rule.name());
            json.field("summary", rule.summary());
            json.field("severity", rule.severity().word());
            json.numbers("cwe", rule.cwe());
            json.texts("tags", rule.tags());
            json.field("onByDefault", rule.onByDefault());
          });
    }
  }
}
