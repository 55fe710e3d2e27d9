package io.loadlock.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.loadlock.core.ScanReport;
import io.loadlock.testkit.Golden;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What every format keeps to.
class RendererTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  static String render(Format format, ScanReport report, Setting setting) throws IOException {
    StringWriter out = new StringWriter();
    format.renderer().render(report, setting, out);
    return out.toString();
  }

  @ParameterizedTest
  @EnumSource
  void rendersTheRichReport(Format format) throws IOException {
    String text = render(format, RichReport.report(), RichReport.setting());
    Golden.check(GOLDEN.resolve("report." + format.word()), text);
    assertEquals(text, render(format, RichReport.report(), RichReport.setting()));
  }

  /// A tab, a line end, and what prints. Nothing that moves a cursor or turns the text around.
  @ParameterizedTest
  @EnumSource
  void emitsNoControlCharacters(Format format) throws IOException {
    String text = render(format, RichReport.report(), RichReport.setting());
    text.codePoints()
        .filter(point -> point != '\n' && Printable.isHarmful(point))
        .findFirst()
        .ifPresent(
            point -> {
              throw new AssertionError("U+%04X".formatted(point));
            });
  }

  @ParameterizedTest
  @EnumSource
  void endsWithALineEnd(Format format) throws IOException {
    ScanReport empty =
        new ScanReport("0.1.0", List.of("."), List.of(), List.of(), List.of(), List.of());
    String text = render(format, empty, RichReport.setting());
    assertTrue(text.isEmpty() || text.endsWith("\n"), text);
  }
}
