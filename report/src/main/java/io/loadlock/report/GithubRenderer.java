package io.loadlock.report;

import io.loadlock.core.FileReport;
import io.loadlock.core.Finding;
import io.loadlock.core.Location;
import io.loadlock.core.Outcome;
import io.loadlock.core.ScanReport;
import io.loadlock.core.Severity;
import java.io.IOException;
import java.io.Writer;
import java.util.stream.Collectors;

/// Workflow commands of GitHub Actions, which become annotations of the changed lines.
final class GithubRenderer implements Renderer {
  /// Characters of one text; an annotation holds some thousands.
  private static final int LONGEST = 1_000;

  @Override
  public void render(ScanReport report, Setting setting, Writer out) throws IOException {
    for (Finding finding : report.findings()) {
      if (finding.suppression().isEmpty()) {
        out.write("::" + command(finding.severity()) + " file=");
        out.write(property(finding.location().path()));
        out.write(position(finding.location()));
        out.write(",title=" + property(finding.rule() + " " + finding.kind()) + "::");
        out.write(data(finding.message()));
        if (!finding.advice().isEmpty()) {
          out.write("%0A" + data(finding.advice()));
        }
        out.write('\n');
      }
    }
    for (FileReport file : report.files()) {
      unread(file, out);
    }
    Counts counts = Counts.of(report);
    out.write(counts.findings() + "\n" + counts.files() + "\n");
  }

  private static void unread(FileReport file, Writer out) throws IOException {
    String command =
        switch (file.outcome()) {
          case Outcome.Failed _ -> "error";
          case Outcome.Partial _ -> "warning";
          case Outcome.Complete _, Outcome.Skipped _ -> "";
        };
    if (!command.isEmpty()) {
      String text =
          file.outcome().problems().stream()
              .map(Object::toString)
              .collect(Collectors.joining("; "));
      out.write("::" + command + " file=" + property(file.path()));
      out.write(",title=" + property("loadlock: " + file.outcome().word()) + "::");
      out.write(data(text) + "\n");
    }
  }

  private static String command(Severity severity) {
    return switch (severity) {
      case CRITICAL, HIGH -> "error";
      case MEDIUM -> "warning";
      case LOW -> "notice";
    };
  }

  /// Columns are refused for what goes over several lines.
  private static String position(Location location) {
    if (!(location instanceof Location.Source source)) {
      return "";
    }
    String lines = ",line=" + source.start().line() + ",endLine=" + source.end().line();
    return source.start().line() == source.end().line()
        ? lines + ",col=" + source.start().column() + ",endColumn=" + source.end().column()
        : lines;
  }

  private static String data(String text) {
    return Printable.of(text, LONGEST).replace("%", "%25");
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }
}
