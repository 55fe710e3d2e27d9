package io.loadlock.report;

import io.loadlock.core.Evidence;
import io.loadlock.core.FileReport;
import io.loadlock.core.Finding;
import io.loadlock.core.Fix;
import io.loadlock.core.Location;
import io.loadlock.core.ScanReport;
import io.loadlock.core.Severity;
import io.loadlock.report.Excerpts.Excerpt;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The findings of a page, by file.
final class HtmlFindings {
  /// Beyond this a page is slow to open; JSON and SARIF have all.
  private static final int MOST = 3_000;

  private static final int AROUND = 2;
  private static final int FLOWS = 10;

  /// Of a source line that is shown.
  private static final int LONGEST = 400;

  private final Markup html;
  private final ScanReport report;
  private final Setting setting;
  private final Map<String, FileReport> files = new HashMap<>();

  HtmlFindings(Markup html, ScanReport report, Setting setting) {
    this.html = html;
    this.report = report;
    this.setting = setting;
    report.files().forEach(file -> files.put(file.path(), file));
  }

  void write() throws IOException {
    html.open("section", "aria-labelledby", "findings").line();
    html.element("h2", "Findings", "id", "findings").line();
    if (report.findings().isEmpty()) {
      html.element("p", Counts.of(report).findings() + ".", "class", "empty");
      html.close().line();
      return;
    }
    filters();
    SortedMap<String, List<Finding>> byFile = new TreeMap<>();
    for (Finding finding : report.findings().subList(0, Math.min(MOST, report.findings().size()))) {
      byFile.computeIfAbsent(finding.location().path(), _ -> new ArrayList<>()).add(finding);
    }
    for (Map.Entry<String, List<Finding>> entry : byFile.entrySet()) {
      file(entry.getKey(), entry.getValue());
    }
    if (report.findings().size() > MOST) {
      int left = report.findings().size() - MOST;
      html.element(
          "p",
          Counts.of(left, "more finding is", "more findings are")
              + " not on this page; --format json lists all.",
          "class",
          "empty");
    }
    html.element(
        "p", "No finding fits the filter.", "class", "empty", "id", "nothing", "hidden", "");
    html.close().line();
  }

  /// Shown by the script, which alone makes them work.
  private void filters() throws IOException {
    html.open("form", "id", "filter", "hidden", "", "aria-label", "Filter the findings");
    html.raw(
        "<label class=\"search\">Search <input type=\"search\" autocomplete=\"off\""
            + " placeholder=\"path, rule or text\"></label>\n");
    html.open("div", "role", "group", "aria-label", "Severity");
    for (Severity severity : Severity.values()) {
      html.open("label");
      html.raw("<input type=\"checkbox\" checked value=\"" + severity.word() + "\">");
      html.text(severity.word()).close();
    }
    html.raw("<label><input type=\"checkbox\" checked value=\"suppressed\">suppressed</label>");
    html.close().close().line();
  }

  private void file(String path, List<Finding> findings) throws IOException {
    html.open("section", "class", "file").line();
    html.open("h3").element("code", path);
    FileReport file = files.get(path);
    String about = file == null ? "" : ModelFacts.line(file);
    String count = Counts.of(findings.size(), "finding", "findings");
    html.element("small", about.isEmpty() ? count : count + " · " + about).close().line();
    for (Finding finding : findings) {
      finding(finding);
    }
    html.close().line();
  }

  private void finding(Finding finding) throws IOException {
    String severity = finding.severity().word();
    boolean accepted = finding.suppression().isPresent();
    html.open(
        "article",
        "class",
        "finding " + severity + (accepted ? " accepted" : ""),
        "data-severity",
        accepted ? "suppressed" : severity);
    html.open("p", "class", "head");
    html.element("span", severity, "class", "badge");
    html.element("code", finding.rule().value()).text(" ");
    html.element("span", finding.kind(), "class", "kind").text(" ");
    String place = Places.inFile(finding.location());
    html.element("span", place, "class", "place").close();
    html.open("p", "class", "message").prose(finding.message()).close().line();
    if (finding.location() instanceof Location.Source source) {
      var excerpt = setting.excerpts().of(source, AROUND);
      if (excerpt.isPresent()) {
        excerpt(excerpt.get());
      }
    }
    if (accepted) {
      accepted(finding);
    }
    if (!finding.advice().isEmpty()) {
      html.open("p", "class", "advice").element("b", "Instead").text(" ");
      html.prose(finding.advice()).close().line();
    }
    for (Fix fix : finding.fixes()) {
      fix(fix);
    }
    linked(finding);
    reasoning(finding);
    html.close().line();
  }

  private void accepted(Finding finding) throws IOException {
    var suppression = finding.suppression().orElseThrow();
    html.open("p", "class", "advice").element("b", "Accepted");
    String place = suppression.line() > 0 ? " in line " + suppression.line() + " by " : " by ";
    html.text(place).element("code", suppression.comment());
    html.close().line();
  }

  private void excerpt(Excerpt excerpt) throws IOException {
    html.open("pre", "class", "source", "tabindex", "0");
    int first = 0;
    while (first < excerpt.from().line() && excerpt.lines().get(first).isBlank()) {
      first++;
    }
    int last = excerpt.lines().size() - 1;
    while (last > excerpt.to().line() && excerpt.lines().get(last).isBlank()) {
      last--;
    }
    for (int line = first; line <= last; line++) {
      html.element("i", Integer.toString(excerpt.firstLine() + line));
      String text = excerpt.lines().get(line);
      boolean inside = line >= excerpt.from().line() && line <= excerpt.to().line();
      int begin = line == excerpt.from().line() ? excerpt.from().column() : indent(text);
      int end = line == excerpt.to().line() ? excerpt.to().column() : text.stripTrailing().length();
      if (inside && begin < end) {
        source(text.substring(0, begin), true);
        html.open("mark");
        source(text.substring(begin, end), false);
        html.close();
        source(text.substring(end), false);
      } else {
        source(text, false);
      }
      html.line();
    }
    html.close().line();
  }

  private static int indent(String text) {
    return text.length() - text.stripLeading().length();
  }

  /// Source keeps its tabs, and of a long line what is near the mark.
  private void source(String text, boolean tail) throws IOException {
    String shown = text;
    if (text.length() > LONGEST) {
      shown =
          tail ? "…" + text.substring(text.length() - LONGEST) : text.substring(0, LONGEST) + "…";
    }
    html.text(Laid.of(shown).text());
  }

  private void fix(Fix fix) throws IOException {
    html.open("p", "class", "advice").element("b", "Fix").text(" ");
    html.element("span", fix.tier().word(), "class", "chip " + fix.tier().word());
    html.text(" ").prose(fix.description());
    if (!fix.proof().isEmpty()) {
      html.text(" (").prose(fix.proof()).text(")");
    }
    html.close().line();
  }

  /// The file that the line loads, and what is known of it.
  private void linked(Finding finding) throws IOException {
    String linked = finding.properties().get("linkedFile");
    if (linked == null) {
      return;
    }
    html.open("p", "class", "advice").element("b", "Loads").text(" ").element("code", linked);
    FileReport file = files.get(linked);
    String verdict =
        finding
            .properties()
            .getOrDefault(
                "linkedVerdict", file == null ? "" : file.properties().getOrDefault("verdict", ""));
    if (!verdict.isEmpty()) {
      html.text(" ").element("span", verdict, "class", "chip " + HtmlFiles.style(verdict));
    }
    html.close().line();
  }

  private void reasoning(Finding finding) throws IOException {
    if (finding.evidence().isEmpty() && finding.flows().isEmpty()) {
      return;
    }
    html.open("details").element("summary", summary(finding)).line();
    if (!finding.evidence().isEmpty()) {
      steps("Because", finding.evidence());
    }
    List<List<Evidence>> flows = finding.flows();
    for (List<Evidence> flow : flows.subList(0, Math.min(FLOWS, flows.size()))) {
      steps("Reached from", flow);
    }
    if (flows.size() > FLOWS) {
      html.element("p", "and in " + Counts.of(flows.size() - FLOWS, "more way", "more ways"));
    }
    html.close().line();
  }

  private static String summary(Finding finding) {
    String steps = Counts.of(finding.evidence().size(), "step", "steps");
    String ways = Counts.of(finding.flows().size(), "way to it", "ways to it");
    if (finding.flows().isEmpty()) {
      return "Why: " + steps;
    }
    return finding.evidence().isEmpty() ? "Why: " + ways : "Why: " + steps + ", " + ways;
  }

  private void steps(String title, List<Evidence> steps) throws IOException {
    html.element("h4", title).open("ol", "class", "steps").line();
    for (Evidence step : steps) {
      html.open("li");
      html.element("span", Places.full(step.location()), "class", "place");
      html.text(" ").prose(step.text());
      if (step.location() instanceof Location.Source source) {
        var excerpt = setting.excerpts().of(source, 0);
        if (excerpt.isPresent()) {
          html.open("code", "class", "line");
          source(excerpt.get().lines().getFirst().strip(), false);
          html.close();
        }
      }
      html.close().line();
    }
    html.close().line();
  }
}
