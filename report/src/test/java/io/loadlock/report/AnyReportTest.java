package io.loadlock.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.loadlock.core.Outcome;
import io.loadlock.core.ScanReport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whatever a report holds, every format renders it, shows nothing harmful, and is well-formed.
class AnyReportTest {
  private static final int REPORTS = 150;

  @ParameterizedTest
  @EnumSource
  void rendersAnything(Format format) throws Exception {
    for (int seed = 0; seed < REPORTS; seed++) {
      AnyReport any = new AnyReport(seed);
      ScanReport report = any.report();
      String text;
      try {
        text = RendererTest.render(format, report, any.setting());
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
      String shown = text.replaceAll("\u001b\\[[0-9;]*m", "");
      assertTrue(
          shown.codePoints().allMatch(point -> point == '\n' || !Printable.isHarmful(point)),
          "seed " + seed);
      wellFormed(format, text);
    }
  }

  private static void wellFormed(Format format, String text) throws Exception {
    switch (format) {
      case JSON, SARIF, GITLAB -> new ObjectMapper().readTree(text);
      case JUNIT ->
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
      case TERMINAL, HTML, MARKDOWN, GITHUB -> {}
    }
  }

  /// No line of a workflow's output is a command that a scanned file has written.
  @Test
  void githubHasNoCommandsButItsOwn() throws IOException {
    for (int seed = 0; seed < REPORTS; seed++) {
      AnyReport any = new AnyReport(seed);
      ScanReport report = any.report();
      long own =
          report.findings().stream().filter(found -> found.suppression().isEmpty()).count()
              + report.files().stream()
                  .filter(
                      file ->
                          file.outcome() instanceof Outcome.Partial
                              || file.outcome() instanceof Outcome.Failed)
                  .count();
      String text = RendererTest.render(Format.GITHUB, report, any.setting());
      assertEquals(own, text.lines().filter(line -> line.startsWith("::")).count());
    }
  }
}
