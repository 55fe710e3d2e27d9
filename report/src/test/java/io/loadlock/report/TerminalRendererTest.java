package io.loadlock.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.loadlock.core.FileReport;
import io.loadlock.core.Outcome;
import io.loadlock.core.Problem;
import io.loadlock.core.ScanReport;
import io.loadlock.report.Excerpts.Excerpt;
import io.loadlock.report.Excerpts.Mark;
import io.loadlock.testkit.Golden;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TerminalRendererTest {
  @Test
  void wrapsProseAndColoursForATerminal() throws IOException {
    Setting setting =
        new Setting(
            RichReport.excerpts(),
            Instant.EPOCH,
            Instant.EPOCH,
            true,
            72,
            Setting.Suppressed.SHOWN,
            Setting.Pages.NONE);
    String text = RendererTest.render(Format.TERMINAL, RichReport.report(), setting);
    Golden.check(
        Path.of("src/test/resources/golden/wide-72.terminal"), text.replace('\u001b', '␛'));
    for (String line : text.replaceAll("\u001b\\[[0-9;]*m", "").split("\n")) {
      assertTrue(Laid.width(line) <= 72 || line.contains("│") || line.contains("   "), line);
    }
  }

  @Test
  void onlyCompleteReadsAsClean() throws IOException {
    assertEquals("No findings\n1 file: 1 complete\n", render(Outcome.COMPLETE));
    String partial = render(Outcome.of(List.of(new Problem("is cut", "line 3"))));
    assertTrue(partial.contains("No findings in what could be read\n"), partial);
    assertTrue(partial.contains("a.py is cut (line 3)"), partial);
    assertFalse(partial.contains("No findings\n"), partial);
  }

  private static String render(Outcome outcome) throws IOException {
    FileReport file = new FileReport("a.py", "python", 3, outcome, new TreeMap<>());
    return RendererTest.render(
        Format.TERMINAL,
        new ScanReport("0.1.0", List.of("."), List.of(), List.of(file), List.of(), List.of()),
        RichReport.setting());
  }

  @Test
  void showsAllOfAShortCallAndTheEndsOfALongOne() {
    assertEquals(
        """
        1 x = load(
              ^^^^^
        2     path,
        3 )
          ^
        """,
        drawn(
            new Excerpt(
                1, List.of("x = load(", "    path,", ")"), new Mark(0, 4), new Mark(2, 1))));
    assertEquals(
        """
        8 x = load(
              ^^^^^
        ⋮
        11   mode) # why
            ^^^^^
        """,
        drawn(
            new Excerpt(
                8,
                List.of("x = load(", "  a,", "  b,", "  mode) # why"),
                new Mark(0, 4),
                new Mark(3, 7))));
  }

  @Test
  void cutsALongLineAroundItsMark() {
    String line = "x".repeat(500) + "load(p)" + "y".repeat(500);
    String drawn = drawn(new Excerpt(1, List.of(line), new Mark(0, 500), new Mark(0, 507)));
    String[] lines = drawn.split("\n");
    assertEquals(lines[0].indexOf("load(p)"), lines[1].indexOf("^^^^^^^"));
    assertTrue(lines[0].startsWith("1 …x") && lines[0].endsWith("y…"), lines[0]);
    assertTrue(lines[0].length() < 130, lines[0]);
  }

  @Test
  void marksAnEmptyPlace() {
    assertEquals(
        "1 ab\n    ^\n", drawn(new Excerpt(1, List.of("ab"), new Mark(0, 2), new Mark(0, 2))));
  }

  private static String drawn(Excerpt excerpt) {
    return Snippet.of(excerpt).stream()
        .map(part -> (part.carets() ? "  " : part.number() + " ") + part.text())
        .map(String::stripTrailing)
        .collect(Collectors.joining("\n", "", "\n"));
  }
}
