package io.loadlock.engine.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.loadlock.core.Finding;
import io.loadlock.core.Location;
import io.loadlock.engine.config.Configuration;
import io.loadlock.python.project.Options.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Small projects in tables, as a whole run reports them: `=== title` begins one, `--- path` a
/// further file of it. A line that ends in `# flag` must be reported, with the severity and the
/// origin that follow, where they do; one with `# maybe` may be, and no other line.
class ScanCasesTest {
  private static final Pattern EXPECTED = Pattern.compile("# (flag|maybe)( \\w+)?( [\\w-]+)?$");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "versions",
        "suppression",
        "judged",
        "wild/versions",
        "wild/taint",
        "wild/library_versions",
        "wild/verified",
        "wild/env_monkeypatch",
        "wild/wrappers"
      })
  void everyLineIsReportedThatMustBeAndNoOther(String table) throws IOException {
    Map<String, String> files = CaseTable.write(table, folder);
    assertFalse(files.isEmpty());
    Map<String, List<String>> found = found();
    List<String> wrong = new ArrayList<>();
    files.forEach(
        (path, text) -> {
          String[] lines = text.split("\n", -1);
          for (int i = 0; i < lines.length; i++) {
            List<String> reported = found.getOrDefault(path + ":" + (i + 1), List.of());
            String difference = difference(lines[i], reported);
            if (!difference.isEmpty()) {
              wrong.add(difference + " " + path + ":" + (i + 1) + " " + lines[i]);
            }
          }
        });
    assertEquals(List.of(), wrong);
  }

  /// What is wrong with the findings on a line; empty where nothing is.
  private static String difference(String line, List<String> reported) {
    Matcher expected = EXPECTED.matcher(line);
    if (!expected.find()) {
      return reported.isEmpty() ? "" : "noise";
    }
    if (expected.group(1).equals("maybe")) {
      return "";
    }
    if (reported.isEmpty()) {
      return "missed";
    }
    String wanted =
        Objects.requireNonNullElse(expected.group(2), "")
            + Objects.requireNonNullElse(expected.group(3), "");
    return reported.stream().anyMatch(one -> one.startsWith(wanted.strip()))
        ? ""
        : "reported as " + reported;
  }

  private Map<String, List<String>> found() throws IOException {
    ScanRequest request =
        ScanRequest.of("test", folder, List.of(Path.of(".")), Configuration.NONE, Progress.NONE);
    Map<String, List<String>> found = new HashMap<>();
    for (Finding finding : Scan.run(request).report().findings()) {
      if (finding.location() instanceof Location.Source place && finding.suppression().isEmpty()) {
        found
            .computeIfAbsent(place.path() + ":" + place.start().line(), _ -> new ArrayList<>())
            .add(finding.severity().word() + " " + finding.properties().getOrDefault("origin", ""));
      }
    }
    return found;
  }
}
