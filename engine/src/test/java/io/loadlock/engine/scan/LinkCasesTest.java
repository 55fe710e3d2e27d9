package io.loadlock.engine.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.loadlock.core.Finding;
import io.loadlock.core.Location;
import io.loadlock.engine.config.Configuration;
import io.loadlock.python.project.Options.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every way to write a path, as a whole run follows it. A line that loads ends in the files that
/// it leads to: `# -> a, b`, with `…` where it may be something else besides, or `# -> nothing` and
/// why.
class LinkCasesTest {
  @TempDir Path folder;

  @Test
  void everyLineLeadsToItsFilesAndToNoOther() throws IOException {
    Map<String, String> files = CaseTable.write("links", folder);
    Map<String, String> found = new TreeMap<>();
    files.keySet().forEach(path -> found.putAll(links(path.substring(0, path.indexOf('/')))));
    List<String> wrong = new ArrayList<>();
    files.forEach(
        (path, text) -> {
          String[] lines = text.split("\n", -1);
          for (int i = 0; i < lines.length; i++) {
            int at = lines[i].lastIndexOf("  # -> ");
            String expected = at < 0 ? "" : lines[i].substring(at + 7);
            String actual = found.getOrDefault(path + ":" + (i + 1), "");
            if (!actual.equals(expected)) {
              wrong.add(path + ":" + (i + 1) + ": " + lines[i].strip() + " leads to " + actual);
            }
          }
        });
    assertEquals(List.of(), wrong);
  }

  /// The links of one project, by line.
  private Map<String, String> links(String project) {
    ScanRequest request =
        ScanRequest.of(
            "test",
            folder.resolve(project),
            List.of(Path.of(".")),
            Configuration.NONE,
            Progress.NONE);
    Map<String, String> links = new TreeMap<>();
    for (Finding finding : Scan.run(request).report().findings()) {
      if (finding.location() instanceof Location.Source place) {
        links.put(project + "/" + place.path() + ":" + place.start().line(), link(finding));
      }
    }
    return links;
  }

  private static String link(Finding finding) {
    Map<String, String> properties = finding.properties();
    String linked = properties.get("linkedFile");
    return linked == null
        ? "nothing: " + properties.get("notLinked")
        : linked + (properties.containsKey("linkedOthers") ? ", …" : "");
  }
}
