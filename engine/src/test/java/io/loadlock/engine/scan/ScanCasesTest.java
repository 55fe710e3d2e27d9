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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Small projects in tables, as a whole run reports them: `=== title` begins one, `--- path` a
/// further file of it. A line that ends in `# flag` must be reported, one with `# maybe` may be,
/// and no other line.
class ScanCasesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"versions", "suppression", "judged"})
  void everyLineIsReportedThatMustBeAndNoOther(String table) throws IOException {
    Map<String, String> files = CaseTable.write(table, folder);
    assertFalse(files.isEmpty());
    Set<String> found = found();
    List<String> wrong = new ArrayList<>();
    files.forEach(
        (path, text) -> {
          String[] lines = text.split("\n", -1);
          for (int i = 0; i < lines.length; i++) {
            boolean reported = found.contains(path + ":" + (i + 1));
            boolean flagged = lines[i].endsWith("# flag");
            if (flagged != reported && !lines[i].endsWith("# maybe")) {
              wrong.add((flagged ? "missed " : "noise ") + path + ":" + (i + 1) + " " + lines[i]);
            }
          }
        });
    assertEquals(List.of(), wrong);
  }

  private Set<String> found() throws IOException {
    ScanRequest request =
        ScanRequest.of("test", folder, List.of(Path.of(".")), Configuration.NONE, Progress.NONE);
    Set<String> found = new HashSet<>();
    for (Finding finding : Scan.run(request).report().findings()) {
      if (finding.location() instanceof Location.Source place && finding.suppression().isEmpty()) {
        found.add(place.path() + ":" + place.start().line());
      }
    }
    return found;
  }
}
