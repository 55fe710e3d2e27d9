package io.loadlock.report;

import io.loadlock.core.FileReport;
import io.loadlock.core.Finding;
import io.loadlock.core.Outcome;
import io.loadlock.core.ScanReport;
import java.io.IOException;
import java.io.Writer;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// A comment on a pull request, in GitHub's and GitLab's Markdown: the worst first, and never
/// longer than either accepts.
final class MarkdownRenderer implements Renderer {
  /// GitHub refuses comments of more than 65,536 characters.
  private static final int LONGEST = 60_000;

  /// Characters of a sentence that are shown.
  private static final int PROSE = 400;

  private static final int FINDINGS = 50;
  private static final int FILES = 20;

  @Override
  public void render(ScanReport report, Setting setting, Writer out) throws IOException {
    Counts counts = Counts.of(report);
    StringBuilder text = new StringBuilder();
    text.append("### loadlock: ").append(counts.findings()).append("\n\n");
    findings(report, text);
    models(report, text);
    unread(report, text);
    text.append(counts.files()).append(". loadlock ").append(escape(report.version()));
    for (String note : report.notes()) {
      text.append("  \n").append(escape(note));
    }
    out.write(text.append('\n').toString());
  }

  private static void findings(ScanReport report, StringBuilder text) {
    List<Finding> findings =
        report.findings().stream()
            .filter(finding -> finding.suppression().isEmpty())
            .sorted(
                Comparator.comparing(Finding::severity)
                    .thenComparing(Finding::rank, Comparator.reverseOrder())
                    .thenComparing(Finding.ORDER))
            .toList();
    if (findings.isEmpty()) {
      return;
    }
    text.append("| severity | where | what | instead |\n| --- | --- | --- | --- |\n");
    int shown = 0;
    for (Finding finding : findings) {
      String row = row(finding);
      if (shown == FINDINGS || text.length() + row.length() > LONGEST) {
        break;
      }
      text.append(row);
      shown++;
    }
    text.append('\n');
    if (shown < findings.size()) {
      text.append("… and ").append(findings.size() - shown).append(" more.\n\n");
    }
  }

  private static String row(Finding finding) {
    return "| **"
        + finding.severity().word()
        + "** | "
        + code(Places.full(finding.location()))
        + " | "
        + prose(finding.message())
        + " "
        + code(finding.rule().value())
        + " "
        + escape(finding.kind())
        + " | "
        + prose(finding.advice())
        + " |\n";
  }

  private static void models(ScanReport report, StringBuilder text) {
    List<FileReport> models = ModelFacts.models(report);
    if (models.isEmpty()) {
      return;
    }
    text.append("<details><summary>")
        .append(Counts.of(models.size(), "model file", "model files"))
        .append("</summary>\n\n");
    for (FileReport file : models.subList(0, Math.min(FILES, models.size()))) {
      text.append("- ").append(code(Printable.of(file.path()))).append(' ');
      text.append(escape(ModelFacts.line(file) + "; " + ModelFacts.loadedBy(file))).append('\n');
    }
    if (models.size() > FILES) {
      text.append("- … and ").append(models.size() - FILES).append(" more\n");
    }
    text.append("\n</details>\n\n");
  }

  private static void unread(ScanReport report, StringBuilder text) {
    List<FileReport> unread =
        report.files().stream()
            .filter(
                file ->
                    file.outcome() instanceof Outcome.Partial
                        || file.outcome() instanceof Outcome.Failed)
            .toList();
    if (unread.isEmpty()) {
      return;
    }
    text.append("<details><summary>")
        .append(Counts.of(unread.size(), "file", "files"))
        .append(" not read to the end</summary>\n\n");
    for (FileReport file : unread.subList(0, Math.min(FILES, unread.size()))) {
      text.append("- ").append(code(Printable.of(file.path()))).append(' ');
      text.append(file.outcome().word()).append(": ");
      text.append(
          escape(
              file.outcome().problems().stream()
                  .map(Object::toString)
                  .collect(Collectors.joining("; "))));
      text.append('\n');
    }
    if (unread.size() > FILES) {
      text.append("- … and ").append(unread.size() - FILES).append(" more\n");
    }
    text.append("\n</details>\n\n");
  }

  /// A sentence in which what stands between backticks is code.
  private static String prose(String text) {
    String[] parts = Printable.of(text, PROSE).split("`", -1);
    if (parts.length % 2 == 0) {
      return escape(text);
    }
    StringBuilder out = new StringBuilder();
    for (int part = 0; part < parts.length; part++) {
      out.append(part % 2 == 1 && !parts[part].isBlank() ? code(parts[part]) : escape(parts[part]));
    }
    return out.toString();
  }

  /// Text that means itself: no markup, no link, no mention of a user or an issue.
  private static String escape(String text) {
    String printable = Printable.of(text, PROSE);
    StringBuilder out = new StringBuilder(printable.length() + 16);
    for (int at = 0; at < printable.length(); at++) {
      char c = printable.charAt(at);
      switch (c) {
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '&' -> out.append("&amp;");
        case '@' -> out.append("@&#8203;");
        case '#' -> out.append("#&#8203;");
        case ':' -> out.append(printable.startsWith("//", at + 1) ? ":&#8203;" : ":");
        case '\\', '`', '*', '_', '[', ']', '|', '~', '!' -> out.append('\\').append(c);
        default -> out.append(c);
      }
    }
    return out.toString();
  }

  /// A code span in a cell of a table, whatever backticks the text has.
  private static String code(String printable) {
    String fence = "`";
    while (printable.contains(fence)) {
      fence += "`";
    }
    String blank = fence.length() > 1 || printable.startsWith(" ") ? " " : "";
    return fence + blank + printable.replace("|", "\\|") + blank + fence;
  }
}
