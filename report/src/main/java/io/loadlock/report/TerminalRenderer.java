package io.loadlock.report;

import io.loadlock.core.Evidence;
import io.loadlock.core.FileReport;
import io.loadlock.core.Finding;
import io.loadlock.core.Fix;
import io.loadlock.core.Location;
import io.loadlock.core.Outcome;
import io.loadlock.core.ScanReport;
import io.loadlock.core.Severity;
import java.io.IOException;
import java.io.Writer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Text for people, by file: each finding with its source, why it is one, and what to write
/// instead.
final class TerminalRenderer implements Renderer {
  /// Ways to a load that are shown; a widely used wrapper has hundreds.
  private static final int FLOWS = 3;

  /// Files of one outcome that are listed.
  private static final int FILES = 20;

  private static final int LABEL = 10;

  /// Characters of a sentence that are shown.
  private static final int PROSE = 600;

  @Override
  public void render(ScanReport report, Setting setting, Writer out) throws IOException {
    new Page(report, setting, out).write();
  }

  /// One report being written.
  private static final class Page {
    private final ScanReport report;
    private final Setting setting;
    private final Writer out;
    private final Map<String, FileReport> files = new HashMap<>();

    Page(ScanReport report, Setting setting, Writer out) {
      this.report = report;
      this.setting = setting;
      this.out = out;
      report.files().forEach(file -> files.put(file.path(), file));
    }

    void write() throws IOException {
      String path = "";
      for (Finding finding : report.findings()) {
        if (isShown(finding)) {
          if (!finding.location().path().equals(path)) {
            path = finding.location().path();
            heading(path);
          }
          finding(finding);
        }
      }
      models();
      missing();
      unread("partial", "Not read to the end");
      unread("failed", "Not read");
      unread("skipped", "Skipped");
      summary();
    }

    private boolean isShown(Finding finding) {
      return finding.suppression().isEmpty() || setting.suppressed() == Setting.Suppressed.SHOWN;
    }

    private void heading(String path) throws IOException {
      FileReport file = files.get(path);
      String about = file == null ? "" : ModelFacts.line(file);
      line(ink(Ink.BOLD, Printable.of(path)) + (about.isEmpty() ? "" : "  " + ink(Ink.DIM, about)));
      line("");
    }

    private void finding(Finding finding) throws IOException {
      Severity severity = finding.severity();
      line(
          "  "
              + badge(severity)
              + " "
              + ink(Ink.BOLD, finding.rule().value())
              + " "
              + Printable.of(finding.kind())
              + "  "
              + ink(Ink.CYAN, Places.full(finding.location())));
      paragraph("  ", "  ", Printable.of(finding.message(), PROSE));
      if (finding.location() instanceof Location.Source source) {
        excerpt(source);
      }
      line("");
      steps("because", finding.evidence());
      flows(finding.flows());
      if (!finding.advice().isEmpty()) {
        labelled("instead", Printable.of(finding.advice(), PROSE));
      }
      for (Fix fix : finding.fixes()) {
        String proof = fix.proof().isEmpty() ? "" : " (" + fix.proof() + ")";
        labelled("fix", Printable.of(fix.tier().word() + ": " + fix.description() + proof, PROSE));
      }
      if (finding.suppression().isPresent()) {
        var accepted = finding.suppression().get();
        String place = accepted.line() > 0 ? "line " + accepted.line() + ": " : "";
        labelled("accepted", Printable.of(place + accepted.comment().strip()));
      }
      line("");
    }

    private String badge(Severity severity) {
      return setting.colour()
          ? Ink.of(severity).on(" " + severity.word() + " ", true)
          : severity.word() + " ";
    }

    private void excerpt(Location.Source source) throws IOException {
      var excerpt = setting.excerpts().of(source, 0);
      if (excerpt.isEmpty()) {
        return;
      }
      line("");
      List<Snippet> drawn = Snippet.of(excerpt.get());
      int gutter = drawn.stream().mapToInt(part -> part.number().length()).max().orElse(0);
      for (Snippet part : drawn) {
        String number = " ".repeat(gutter - part.number().length()) + part.number();
        String text = part.carets() ? ink(Ink.RED, part.text()) : part.text();
        line("  " + ink(Ink.BLUE, "  " + number + " │") + (text.isEmpty() ? "" : " " + text));
      }
    }

    private void steps(String label, List<Evidence> steps) throws IOException {
      String name = label;
      for (Evidence step : steps) {
        labelled(name, step(step));
        name = "";
      }
    }

    private String step(Evidence step) {
      return ink(Ink.CYAN, Places.full(step.location())) + " " + Printable.of(step.text(), PROSE);
    }

    private void flows(List<List<Evidence>> flows) throws IOException {
      for (List<Evidence> flow : flows.subList(0, Math.min(FLOWS, flows.size()))) {
        steps("called", flow);
      }
      if (flows.size() > FLOWS) {
        labelled("", "and in " + Counts.of(flows.size() - FLOWS, "more way", "more ways"));
      }
    }

    private void labelled(String label, String text) throws IOException {
      String name = label + " ".repeat(Math.max(1, LABEL - label.length()));
      paragraph("  " + ink(Ink.DIM, name), "  " + " ".repeat(LABEL), text);
    }

    private void models() throws IOException {
      List<FileReport> models = ModelFacts.models(report);
      if (models.isEmpty()) {
        return;
      }
      line(ink(Ink.BOLD, "Model files"));
      for (FileReport file : models.subList(0, Math.min(FILES, models.size()))) {
        paragraph(
            "  ",
            "      ",
            ink(Ink.CYAN, Printable.of(file.path()))
                + " "
                + ModelFacts.line(file)
                + "; "
                + Printable.of(ModelFacts.loadedBy(file), PROSE));
      }
      more(models.size());
      line("");
    }

    private void missing() throws IOException {
      List<Finding> missing = ModelFacts.missing(report).stream().filter(this::isShown).toList();
      if (missing.isEmpty()) {
        return;
      }
      line(ink(Ink.BOLD, "Loads of files that are not here"));
      for (Finding finding : missing.subList(0, Math.min(FILES, missing.size()))) {
        String file = finding.properties().getOrDefault("missingFile", "");
        paragraph(
            "  ",
            "      ",
            ink(Ink.CYAN, Places.full(finding.location())) + " " + Printable.of(file, PROSE));
      }
      more(missing.size());
      line("");
    }

    private void more(int all) throws IOException {
      if (all > FILES) {
        line("  and " + (all - FILES) + " more; --format json lists them all");
      }
    }

    private void unread(String word, String title) throws IOException {
      List<FileReport> unread =
          report.files().stream().filter(file -> file.outcome().word().equals(word)).toList();
      if (unread.isEmpty()) {
        return;
      }
      line(ink(Ink.BOLD, title));
      for (FileReport file : unread.subList(0, Math.min(FILES, unread.size()))) {
        paragraph(
            "  ",
            "      ",
            ink(Ink.CYAN, Printable.of(file.path())) + " " + reason(file.outcome()));
      }
      more(unread.size());
      line("");
    }

    private static String reason(Outcome outcome) {
      String text =
          outcome instanceof Outcome.Skipped skipped
              ? skipped.reason()
              : outcome.problems().stream().map(Object::toString).collect(Collectors.joining("; "));
      return Printable.of(text);
    }

    private void summary() throws IOException {
      Counts counts = Counts.of(report);
      line(ink(counts.isClean() ? Ink.GREEN : Ink.BOLD, counts.findings()));
      line(counts.files());
      for (String note : report.notes()) {
        paragraph("", "", Printable.of(note));
      }
    }

    private String ink(Ink ink, String text) {
      return ink.on(text, setting.colour());
    }

    /// Prose, wrapped at the terminal's width when there is one.
    private void paragraph(String first, String rest, String text) throws IOException {
      if (setting.width() == 0) {
        line(first + text);
        return;
      }
      for (String wrapped : Wrap.at(Math.min(setting.width(), Wrap.WIDEST), first, rest, text)) {
        line(wrapped);
      }
    }

    private void line(String text) throws IOException {
      out.write(text);
      out.write('\n');
    }
  }
}
