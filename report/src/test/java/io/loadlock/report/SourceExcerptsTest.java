package io.loadlock.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.loadlock.core.Location;
import io.loadlock.report.Excerpts.Excerpt;
import io.loadlock.testkit.Corruptions;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SourceExcerptsTest {
  private static Location.Source source(int line, int from, int to) {
    return new Location.Source(
        "a.py",
        0,
        0,
        new Location.Point(line, from, from),
        new Location.Point(line, to, to),
        Optional.empty());
  }

  private static Excerpts of(String text, Charset charset) {
    return SourceExcerpts.reading(_ -> Optional.of(text.getBytes(charset)));
  }

  @Test
  void countsLinesAsPythonDoes() {
    Excerpts excerpts = of("a\r\nb\rc\nload(p)\n", StandardCharsets.UTF_8);
    Excerpt excerpt = excerpts.of(source(4, 1, 8), 2).orElseThrow();
    assertEquals(List.of("b", "c", "load(p)", ""), excerpt.lines());
    assertEquals(2, excerpt.firstLine());
    assertEquals("load(p)", excerpt.marked());
  }

  @Test
  void readsByTheCookieAndPastTheMark() {
    String latin = "# -*- coding: latin-1 -*-\ngröße = load(p)\n";
    assertEquals(
        "load(p)",
        of(latin, StandardCharsets.ISO_8859_1).of(source(2, 9, 16), 0).orElseThrow().marked());
    String marked = "\ufeffload(p)\n";
    assertEquals(
        "load(p)",
        of(marked, StandardCharsets.UTF_8).of(source(1, 1, 8), 0).orElseThrow().marked());
  }

  @Test
  void hasNothingForAFileThatHasChanged() {
    Excerpts excerpts = of("a\n", StandardCharsets.UTF_8);
    assertEquals(Optional.empty(), excerpts.of(source(7, 1, 2), 0));
    assertEquals(Optional.empty(), excerpts.of(source(1, 5, 6), 0));
    assertEquals(
        Optional.empty(), SourceExcerpts.reading(_ -> Optional.empty()).of(source(1, 1, 1), 0));
  }

  private static final String NOTEBOOK =
      "\ufeff{\"cells\": [{\"source\": \"one\"}, {\"metadata\": {\"cells\": [{\"source\":"
          + " \"no\"}]}, \"source\": [\"\\u00e9 = '\\\\\\ud83d\\ude42数'\\n"
          + "\", \"x = load(\\n"
          + "\", \"  p)\"]}]}";

  private static final String OLD =
      "{\"worksheets\": [{\"cells\": [{\"source\": \"# one\"}, {\"input\": \"y\\n"
          + "x = load(\\n"
          + "  p)\"}]}]}";

  private static Location.Source cell(String notebook, int number) {
    int from = notebook.indexOf("load(");
    int to = notebook.indexOf("p)") + 2;
    return new Location.Source(
        "a.ipynb",
        notebook.substring(0, from).getBytes(StandardCharsets.UTF_8).length,
        notebook.substring(0, to).getBytes(StandardCharsets.UTF_8).length,
        new Location.Point(1, 1, 1),
        new Location.Point(1, 1, 1),
        Optional.of(new Location.Cell(number, number, 2, 5)));
  }

  @Test
  void readsCellsOfNotebooks() {
    Excerpt excerpt = of(NOTEBOOK, StandardCharsets.UTF_8).of(cell(NOTEBOOK, 2), 1).orElseThrow();
    assertEquals(List.of("é = '\\🙂数'", "x = load(", "  p)"), excerpt.lines());
    assertEquals(1, excerpt.firstLine());
    assertEquals("load(\n  p)", excerpt.marked());
    Excerpt old = of(OLD, StandardCharsets.UTF_8).of(cell(OLD, 2), 0).orElseThrow();
    assertEquals(List.of("x = load(", "  p)"), old.lines());
    assertEquals(2, old.firstLine());
    assertEquals("load(\n  p)", old.marked());
    assertEquals(Optional.empty(), of(NOTEBOOK, StandardCharsets.UTF_8).of(cell(NOTEBOOK, 3), 0));
  }

  @Test
  void survivesDamagedNotebooks() {
    byte[] whole = NOTEBOOK.getBytes(StandardCharsets.UTF_8);
    Location.Source place = cell(NOTEBOOK, 2);
    Stream.concat(Corruptions.cuts(whole, 7, 0), Corruptions.seeded(whole, 7, 500))
        .forEach(damaged -> SourceExcerpts.reading(_ -> Optional.of(damaged.bytes())).of(place, 1));
  }
}
