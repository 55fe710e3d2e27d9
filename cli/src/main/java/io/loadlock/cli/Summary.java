package io.loadlock.cli;

import io.loadlock.core.FileReport;
import io.loadlock.core.Finding;
import io.loadlock.core.Outcome;
import io.loadlock.core.ScanReport;
import io.loadlock.core.Severity;
import io.loadlock.engine.project.Projects;
import io.loadlock.engine.scan.ScanRequest;
import java.io.PrintStream;
import java.util.Map;
import java.util.TreeMap;

/// The counts of each project of a tree, one line each: a folder that declares versions, with what
/// is below it and belongs to no project further down.
final class Summary {
  /// What a project has: files, findings by severity, files that were not read to their end.
  private static final class Row {
    private int files;
    private int unread;
    private int accepted;
    private final int[] findings = new int[Severity.values().length];
  }

  private Summary() {}

  static void print(ScanReport report, ScanRequest request, PrintStream out) {
    Projects projects = new Projects(request.base(), request.paths());
    Map<String, Row> rows = new TreeMap<>();
    for (FileReport file : report.files()) {
      Row row = rows.computeIfAbsent(projects.root(file.path()), _ -> new Row());
      row.files++;
      if (file.outcome() instanceof Outcome.Partial || file.outcome() instanceof Outcome.Failed) {
        row.unread++;
      }
    }
    for (Finding finding : report.findings()) {
      Row row = rows.computeIfAbsent(projects.root(finding.location().path()), _ -> new Row());
      if (finding.suppression().isPresent()) {
        row.accepted++;
      } else {
        row.findings[finding.severity().ordinal()]++;
      }
    }
    int width = rows.keySet().stream().mapToInt(String::length).max().orElse(0);
    width = Math.max(width, "project".length());
    out.println(
        line(width, "project", "files", "critical", "high", "medium", "low", "accepted", "unread"));
    for (Map.Entry<String, Row> each : rows.entrySet()) {
      Row row = each.getValue();
      out.println(
          line(
              width,
              each.getKey().isEmpty() ? "." : Text.plain(each.getKey()),
              row.files,
              row.findings[0],
              row.findings[1],
              row.findings[2],
              row.findings[3],
              row.accepted,
              row.unread));
    }
  }

  private static String line(int width, Object first, Object... rest) {
    StringBuilder line = new StringBuilder(String.valueOf(first));
    while (line.length() < width) {
      line.append(' ');
    }
    for (Object each : rest) {
      String text = String.valueOf(each);
      line.append(" ".repeat(Math.max(1, 10 - text.length()))).append(text);
    }
    return line.toString();
  }
}
