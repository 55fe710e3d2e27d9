package io.loadlock.cli.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.loadlock.core.Finding;
import io.loadlock.core.Location;
import io.loadlock.core.Rule;
import io.loadlock.core.Rules;
import io.loadlock.engine.config.Configuration;
import io.loadlock.engine.config.Configuration.Selection;
import io.loadlock.engine.scan.Scan;
import io.loadlock.engine.scan.ScanRequest;
import io.loadlock.python.project.Options.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// The examples of the rules' pages: a `python` block is scanned as `example.py`, beside the files
/// whose blocks stand before it (```` ```text requirements.txt ````). A line marked `# flagged`
/// must be reported by the page's own rule, or by the one named behind a colon; no other line may
/// be.
class RuleExamplesTest {
  private static final Pattern FENCE = Pattern.compile("^( *)```(\\w+)(?: (\\S+))?$");
  private static final Pattern MARK = Pattern.compile("# flagged(?:: (\\S+))?$");

  @TempDir Path folder;

  @TestFactory
  List<DynamicTest> everyExample() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Rule rule : Rules.ALL) {
      for (Example example : examples(RulePages.read(rule))) {
        String name = rule.id().value() + " line " + example.line();
        tests.add(DynamicTest.dynamicTest(name, () -> check(rule, example)));
      }
    }
    assertFalse(tests.isEmpty());
    return tests;
  }

  private void check(Rule rule, Example example) throws IOException {
    Path project = Files.createTempDirectory(folder, "example");
    for (Map.Entry<String, String> file : example.files().entrySet()) {
      Files.writeString(project.resolve(file.getKey()), file.getValue());
    }
    String source = java.util.Objects.requireNonNull(example.files().get("example.py"));
    assertEquals(expected(rule, source), found(rule, project), source);
  }

  private static Map<Integer, String> expected(Rule rule, String source) {
    Map<Integer, String> lines = new TreeMap<>();
    int number = 0;
    for (String line : source.split("\n", -1)) {
      number++;
      Matcher mark = MARK.matcher(line);
      if (mark.find()) {
        lines.put(number, mark.group(1) == null ? rule.id().value() : mark.group(1));
      }
    }
    return lines;
  }

  private static Map<Integer, String> found(Rule rule, Path project) {
    Selection selection =
        new Selection(
            rule.onByDefault() ? List.of() : List.of(rule.id().value()), List.of(), Map.of());
    Configuration configuration =
        new Configuration(
            "",
            List.of(),
            List.of(),
            Optional.empty(),
            false,
            List.of(),
            List.of(),
            selection,
            List.of());
    ScanRequest request =
        ScanRequest.of("test", project, List.of(Path.of(".")), configuration, Progress.NONE);
    Map<Integer, String> lines = new TreeMap<>();
    for (Finding finding : Scan.run(request).report().findings()) {
      if (finding.location() instanceof Location.Source place
          && place.path().endsWith("example.py")) {
        lines.merge(place.start().line(), finding.rule().value(), (one, two) -> one + " " + two);
      }
    }
    return lines;
  }

  /// @param line of the page where its fence opens
  private record Example(int line, Map<String, String> files) {}

  private static List<Example> examples(String page) {
    List<Example> examples = new ArrayList<>();
    Map<String, String> files = new LinkedHashMap<>();
    String[] lines = page.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      Matcher fence = FENCE.matcher(lines[i]);
      if (!fence.matches()) {
        continue;
      }
      int start = i;
      StringBuilder content = new StringBuilder();
      for (i++; !lines[i].strip().equals("```"); i++) {
        content.append(lines[i].substring(Math.min(fence.group(1).length(), lines[i].length())));
        content.append('\n');
      }
      if (fence.group(2).equals("python")) {
        files.put("example.py", content.toString());
        examples.add(new Example(start + 1, Map.copyOf(files)));
        files.clear();
      } else if (fence.group(3) != null) {
        files.put(fence.group(3), content.toString());
      }
    }
    return examples;
  }
}
