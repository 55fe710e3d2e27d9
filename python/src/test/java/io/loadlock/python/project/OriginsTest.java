package io.loadlock.python.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.loadlock.python.origin.Source;
import io.loadlock.python.origin.Sources;
import io.loadlock.python.site.FileFacts;
import io.loadlock.python.site.LoadSite;
import io.loadlock.python.site.Provenance;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// From where each load of `origins.txt` gets its path or bytes: a line that loads ends in `# from
/// ORIGIN`, followed by the way to it from its source on, as `path:line` each where the file is
/// another.
final class OriginsTest {
  @TestFactory
  Stream<DynamicTest> cases() throws IOException {
    try (InputStream table = OriginsTest.class.getResourceAsStream("origins.txt")) {
      String text =
          new String(Objects.requireNonNull(table).readAllBytes(), StandardCharsets.UTF_8);
      return Cases.read(text).stream()
          .map(one -> DynamicTest.dynamicTest(one.title(), () -> check(one)));
    }
  }

  private static void check(Cases.Case one) {
    for (boolean thorough : new boolean[] {false, true}) {
      List<String> expected = new ArrayList<>();
      List<String> found = new ArrayList<>();
      one.files()
          .forEach(
              (path, source) -> {
                String[] lines = source.split("\n");
                for (int i = 0; i < lines.length; i++) {
                  int at = lines[i].indexOf("# from ");
                  if (at >= 0) {
                    expected.add(path + ":" + (i + 1) + " " + lines[i].substring(at + 7));
                  }
                }
              });
      for (FileFacts facts : Cases.facts(one.files(), thorough)) {
        for (LoadSite site : facts.sites()) {
          found.add(facts.path() + ":" + site.location().start().line() + " " + text(site));
        }
      }
      assertEquals(expected, found, thorough ? "thorough" : "lazy");
    }
  }

  private static String text(LoadSite site) {
    Provenance provenance = site.provenance();
    StringBuilder text = new StringBuilder(provenance.origin().word());
    if (!provenance.flows().isEmpty()) {
      for (var step : provenance.flows().getFirst()) {
        var where = (io.loadlock.core.Location.Source) step.location();
        if (where.equals(site.location())) {
          continue;
        }
        text.append(' ')
            .append(where.path().equals(site.location().path()) ? "" : where.path() + ":")
            .append(where.start().line());
      }
    }
    return text.toString();
  }

  @Test
  void noRowIsThereTwiceAndEachSaysWhatItIs() {
    List<Source> rows = Sources.standard().all();
    assertTrue(rows.size() > 300);
    for (Source row : rows) {
      assertTrue(row.clause().matches("(is|comes) .*"), row.name());
    }
    assertEquals(rows.size(), Sources.written(), "a name stands in two tables");
  }
}
