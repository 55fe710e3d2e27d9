package io.loadlock.report;

import io.loadlock.core.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Bars that are divided like the figures they show, as inline SVG.
final class HtmlBars {
  private static final int WIDTH = 1_000;
  private static final int GAP = 4;

  /// Narrower than this nobody sees it.
  private static final int LEAST = 12;

  private HtmlBars() {}

  /// One part of a bar.
  private record Part(String word, int count) {}

  static void severities(Markup html, Counts counts) throws IOException {
    List<Part> parts = new ArrayList<>();
    for (Severity severity : Severity.values()) {
      parts.add(new Part(severity.word(), counts.of(severity)));
    }
    bar(html, Counts.of(counts.total(), "finding", "findings"), counts.total(), parts);
  }

  static void outcomes(Markup html, Counts counts) throws IOException {
    List<Part> parts = new ArrayList<>();
    for (String word : List.of("complete", "partial", "failed", "skipped")) {
      parts.add(new Part(word, counts.of(word)));
    }
    bar(html, Counts.of(counts.allFiles(), "file", "files"), counts.allFiles(), parts);
  }

  private static void bar(Markup html, String title, int total, List<Part> all) throws IOException {
    List<Part> parts = all.stream().filter(part -> part.count() > 0).toList();
    String told =
        parts.stream()
            .map(part -> part.count() + " " + part.word())
            .collect(Collectors.joining(", "));
    html.open("figure");
    html.open("figcaption").element("b", title).close();
    html.open(
        "svg",
        "viewBox",
        "0 0 " + WIDTH + " 14",
        "preserveAspectRatio",
        "none",
        "role",
        "img",
        "aria-label",
        title + ": " + (told.isEmpty() ? "none" : told));
    html.empty("rect", "class", "ground", "width", "" + WIDTH, "height", "14");
    int at = 0;
    int room = WIDTH - GAP * Math.max(0, parts.size() - 1) - LEAST * parts.size();
    for (Part part : parts) {
      int width = LEAST + (int) ((long) room * part.count() / total);
      html.empty("rect", "class", part.word(), "x", "" + at, "width", "" + width, "height", "14");
      at += width + GAP;
    }
    html.close();
    html.open("ul", "class", "legend");
    for (Part part : parts) {
      html.element("li", part.count() + " " + part.word(), "class", part.word());
    }
    html.close().close().line();
  }
}
