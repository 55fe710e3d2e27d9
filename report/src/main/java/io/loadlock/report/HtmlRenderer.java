package io.loadlock.report;

import io.loadlock.core.FileReport;
import io.loadlock.core.Finding;
import io.loadlock.core.Outcome;
import io.loadlock.core.Rule;
import io.loadlock.core.ScanReport;
import io.loadlock.core.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// One page that needs nothing else: no network, no fonts, and no script for what it shows; its
/// script only filters. The content security policy allows this very style and script and nothing
/// that a scanned file could smuggle in.
final class HtmlRenderer implements Renderer {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  @Override
  public void render(ScanReport report, Setting setting, Writer out) throws IOException {
    Markup html = new Markup(out);
    Counts counts = Counts.of(report);
    html.raw("<!doctype html>\n").open("html", "lang", "en").line();
    head(html, counts);
    html.open("body").line();
    header(html, report, setting, counts);
    html.open("main", "id", "content").line();
    summary(html, counts);
    unread(html, report);
    new HtmlFindings(html, report, setting).write();
    new HtmlFiles(html, report).write();
    rules(html, report);
    notes(html, report);
    html.close().line();
    html.element(
        "footer",
        "loadlock "
            + report.version()
            + " reads code and model files and never runs either. Columns count code points.");
    html.line().raw("<script>" + resource("report.js") + "</script>\n");
    html.close().close().line();
  }

  private static void head(Markup html, Counts counts) throws IOException {
    String style = resource("report.css");
    html.open("head").line();
    html.raw("<meta charset=\"utf-8\">\n");
    html.raw(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '"
            + hash(style)
            + "'; script-src '"
            + hash(resource("report.js"))
            + "'; base-uri 'none'; form-action 'none'\">\n");
    html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    html.raw("<meta name=\"color-scheme\" content=\"light dark\">\n");
    html.raw("<meta name=\"referrer\" content=\"no-referrer\">\n");
    html.element("title", "loadlock: " + counts.findings()).line();
    html.raw("<style>" + style + "</style>\n");
    html.close().line();
  }

  private static void header(Markup html, ScanReport report, Setting setting, Counts counts)
      throws IOException {
    html.raw("<a class=\"skip\" href=\"#content\">To the findings</a>\n");
    html.open("header");
    html.raw(
        "<svg class=\"mark\" viewBox=\"0 0 32 32\" aria-hidden=\"true\"><circle cx=\"16\" cy=\"16\""
            + " r=\"13\"/><circle cx=\"16\" cy=\"16\" r=\"6.5\"/><path d=\"M16 3v6.5M16 22.5V29M3"
            + " 16h6.5M22.5 16H29\"/></svg>");
    html.open("div");
    html.element("p", "loadlock scan", "class", "product");
    html.element("h1", headline(counts));
    html.open("p", "class", "about").text(roots(report));
    html.text(" · ").element("time", TIME.format(setting.started()), "datetime", at(setting));
    html.text(" · loadlock " + report.version()).close();
    html.close().close().line();
  }

  private static String at(Setting setting) {
    return DateTimeFormatter.ISO_INSTANT.format(setting.started().truncatedTo(ChronoUnit.SECONDS));
  }

  private static String headline(Counts counts) {
    if (counts.total() == 0) {
      return counts.findings();
    }
    for (Severity severity : Severity.values()) {
      int count = counts.of(severity);
      if (count > 0) {
        return Counts.of(count, severity.word() + " finding", severity.word() + " findings");
      }
    }
    throw new IllegalStateException("findings of no severity");
  }

  private static String roots(ScanReport report) {
    List<String> roots =
        report.roots().stream().map(root -> root.equals(".") ? "this folder" : root).toList();
    return roots.size() <= 3
        ? String.join(", ", roots)
        : String.join(", ", roots.subList(0, 3)) + " and " + (roots.size() - 3) + " more";
  }

  private static void summary(Markup html, Counts counts) throws IOException {
    html.open("section", "class", "summary", "aria-label", "Summary").line();
    html.open("ul", "class", "tiles").line();
    for (Severity severity : Severity.values()) {
      tile(html, counts.of(severity), severity.word(), severity.word());
    }
    tile(html, counts.suppressed(), "suppressed", "quiet");
    html.close().line();
    html.open("div", "class", "bars").line();
    HtmlBars.severities(html, counts);
    HtmlBars.outcomes(html, counts);
    html.close().close().line();
  }

  private static void tile(Markup html, int count, String word, String style) throws IOException {
    html.open("li", "class", "tile " + style + (count == 0 ? " none" : ""));
    html.element("b", Integer.toString(count)).text(" ").element("span", word).close().line();
  }

  /// What was not read comes before what was found: it may hide the worst.
  private static void unread(Markup html, ScanReport report) throws IOException {
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
    html.open("section", "class", "unread", "aria-labelledby", "unread").line();
    html.element(
        "h2",
        Counts.of(unread.size(), "file was", "files were") + " not read to the end",
        "id",
        "unread");
    html.element("p", "Nothing is said about the parts that are missing.");
    html.open("ul").line();
    for (FileReport file : unread) {
      html.open("li");
      html.element("code", file.path()).text(" ");
      html.element("span", file.outcome().word(), "class", "chip " + file.outcome().word());
      html.text(
          " "
              + file.outcome().problems().stream()
                  .map(Object::toString)
                  .collect(Collectors.joining("; ")));
      html.close().line();
    }
    html.close().close().line();
  }

  private static void rules(Markup html, ScanReport report) throws IOException {
    Set<String> fired = new TreeSet<>();
    for (Finding finding : report.findings()) {
      fired.add(finding.rule().value());
    }
    List<Rule> rules =
        report.rules().stream().filter(rule -> fired.contains(rule.id().value())).toList();
    if (rules.isEmpty()) {
      return;
    }
    html.open("section", "class", "rules", "aria-labelledby", "rules").line();
    html.element("h2", "Rules that were broken", "id", "rules").open("dl").line();
    for (Rule rule : rules) {
      html.open("dt").element("code", rule.id().value()).text(" " + rule.name()).close();
      html.element("dd", rule.summary()).line();
    }
    html.close().close().line();
  }

  private static void notes(Markup html, ScanReport report) throws IOException {
    if (report.notes().isEmpty()) {
      return;
    }
    html.open("section", "aria-labelledby", "notes").element("h2", "Notes", "id", "notes");
    html.open("ul").line();
    for (String note : report.notes()) {
      html.element("li", note).line();
    }
    html.close().close().line();
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = HtmlRenderer.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String hash(String content) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
