package io.loadlock.report;

import io.loadlock.core.FileReport;
import io.loadlock.core.Finding;
import io.loadlock.core.Outcome;
import io.loadlock.core.ScanReport;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/// The model files of a page with what each would do, and all files with what became of them.
final class HtmlFiles {
  private static final int MOST = 2_000;

  private final Markup html;
  private final ScanReport report;

  HtmlFiles(Markup html, ScanReport report) {
    this.html = html;
    this.report = report;
  }

  void write() throws IOException {
    models();
    missing();
    all();
  }

  /// How a verdict looks: only what is known to be harmless looks so.
  static String style(String verdict) {
    return switch (verdict) {
      case "plain-data" -> "safe";
      case "needs-types" -> "low";
      case "unknown-code" -> "medium";
      case "runs-code" -> "critical";
      default -> "quiet";
    };
  }

  private void models() throws IOException {
    List<FileReport> models = ModelFacts.models(report);
    if (models.isEmpty()) {
      return;
    }
    html.open("section", "aria-labelledby", "models").line();
    html.element("h2", "Model files", "id", "models").line();
    html.open("div", "class", "wide", "tabindex", "0").open("table").line();
    html.raw(
        "<thead><tr><th scope=\"col\">File</th><th scope=\"col\">Format</th><th scope=\"col\""
            + " class=\"number\">Size</th><th scope=\"col\">Verdict</th><th"
            + " scope=\"col\">weights_only=True</th><th scope=\"col\">Loaded"
            + " by</th></tr></thead>\n");
    html.open("tbody").line();
    for (FileReport file : models.subList(0, Math.min(MOST, models.size()))) {
      model(file);
    }
    html.close().close().close().close().line();
  }

  private void model(FileReport file) throws IOException {
    String verdict = file.properties().getOrDefault("verdict", "");
    html.open("tr").open("th", "scope", "row").element("code", file.path());
    String effects = file.properties().getOrDefault("effects", "");
    if (!effects.isEmpty()) {
      html.open("ul", "class", "effects");
      for (String effect : effects.lines().limit(20).toList()) {
        html.open("li").element("code", effect).close();
      }
      html.close();
    }
    html.close();
    html.element("td", file.format());
    html.element("td", ModelFacts.size(file.bytes()), "class", "number");
    html.open("td").element("span", verdict, "class", "chip " + style(verdict));
    if (!(file.outcome() instanceof Outcome.Complete)) {
      html.text(" ");
      html.element("span", file.outcome().word(), "class", "chip " + file.outcome().word());
    }
    html.close().element("td", file.properties().getOrDefault("weightsOnly", ""));
    String lines = file.properties().getOrDefault("loadedBy", "");
    if (lines.isEmpty()) {
      html.element("td", "no line that was scanned", "class", "quiet");
    } else {
      html.open("td");
      for (String line : lines.split(", ")) {
        html.element("code", line).text(" ");
      }
      html.close();
    }
    html.close().line();
  }

  private void missing() throws IOException {
    List<Finding> missing = ModelFacts.missing(report);
    if (missing.isEmpty()) {
      return;
    }
    html.open("section", "aria-labelledby", "missing").line();
    html.element("h2", "Loads of files that are not here", "id", "missing").line();
    html.element("p", "What these lines load could not be looked at.", "class", "quiet").line();
    html.open("div", "class", "wide", "tabindex", "0").open("table").line();
    html.raw("<thead><tr><th scope=\"col\">Line</th><th scope=\"col\">File</th></tr></thead>\n");
    html.open("tbody").line();
    for (Finding finding : missing.subList(0, Math.min(MOST, missing.size()))) {
      html.open("tr").open("th", "scope", "row");
      html.element("code", Places.full(finding.location())).close();
      html.open("td").element("code", finding.properties().getOrDefault("missingFile", ""));
      html.close().close().line();
    }
    html.close().close().close().close().line();
  }

  private void all() throws IOException {
    List<FileReport> files = report.files();
    html.open("section", "aria-labelledby", "files").line();
    html.element("h2", "Files", "id", "files").line();
    html.open("details").element("summary", Counts.of(report).files()).line();
    html.open("div", "class", "wide", "tabindex", "0").open("table").line();
    html.raw(
        "<thead><tr><th scope=\"col\">File</th><th scope=\"col\">Format</th><th scope=\"col\""
            + " class=\"number\">Size</th><th scope=\"col\">Outcome</th></tr></thead>\n");
    html.open("tbody").line();
    for (FileReport file : files.subList(0, Math.min(MOST, files.size()))) {
      html.open("tr").open("th", "scope", "row").element("code", file.path()).close();
      html.element("td", file.format());
      html.element("td", ModelFacts.size(file.bytes()), "class", "number");
      html.open("td");
      html.element("span", file.outcome().word(), "class", "chip " + file.outcome().word());
      html.text(" " + reason(file.outcome())).close().close().line();
    }
    html.close().close().close().line();
    if (files.size() > MOST) {
      html.element("p", "and " + (files.size() - MOST) + " more; --format json lists all");
    }
    html.close().close().line();
  }

  private static String reason(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Skipped skipped -> skipped.reason();
      case Outcome.Complete _ -> "";
      case Outcome.Partial _, Outcome.Failed _ ->
          outcome.problems().stream().map(Object::toString).collect(Collectors.joining("; "));
    };
  }
}
