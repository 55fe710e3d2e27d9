package io.loadlock.python.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.loadlock.core.Outcome;
import io.loadlock.python.sink.Sinks;
import io.loadlock.python.site.FileFacts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What is too big or too deep costs its own file its completeness, and no other file anything.
class BoundsTest {
  private static final String SIMPLE = "import pickle\npickle.load(open('x', 'rb'))\n";

  private static Map<String, FileFacts> scan(Map<String, String> files, long stack) {
    SourceTree tree =
        new SourceTree() {
          @Override
          public List<String> paths() {
            return files.keySet().stream().sorted().toList();
          }

          @Override
          public byte[] read(String path) {
            return Objects.requireNonNull(files.get(path)).getBytes(StandardCharsets.UTF_8);
          }
        };
    Map<String, FileFacts> facts = new TreeMap<>();
    for (FileFacts file : PythonScan.scan(tree, Options.of(Sinks.standard()), stack)) {
      facts.put(file.path(), file);
    }
    return facts;
  }

  private static void assertPartial(FileFacts file, String reason, String place) {
    assertTrue(file.outcome() instanceof Outcome.Partial, () -> file.outcome().toString());
    assertTrue(
        file.outcome().problems().stream().anyMatch(problem -> problem.toString().contains(reason)),
        () -> file.outcome().toString());
    assertTrue(file.outcome().toString().contains(place), () -> file.outcome().toString());
  }

  @Test
  void aFunctionOfTooManyStepsIsPartialAndTheRestIsFound() {
    StringBuilder source =
        new StringBuilder("import pickle\n\n\ndef work(f):\n    pickle.load(f)\n");
    for (int i = 0; i < 120_000; i++) {
      source.append("    a = b(c, d, e, g, h, i, j)\n");
    }
    Map<String, FileFacts> facts =
        scan(Map.of("big.py", source.toString(), "simple.py", SIMPLE), 1L << 26);
    assertPartial(Objects.requireNonNull(facts.get("big.py")), "too many steps", "line 4");
    assertEquals(1, Objects.requireNonNull(facts.get("big.py")).sites().size());
    assertEquals(1, Objects.requireNonNull(facts.get("simple.py")).sites().size());
    assertEquals(Outcome.COMPLETE, Objects.requireNonNull(facts.get("simple.py")).outcome());
  }

  @Test
  void loopsInsideLoopsEnd() {
    StringBuilder source = new StringBuilder("import pickle\n\n\ndef work(f):\n    x = []\n");
    String indent = "    ";
    for (int i = 0; i < 40; i++) {
      source.append(indent).append("for v").append(i).append(" in x:\n");
      indent += " ";
      source.append(indent).append("x = [x, v").append(i).append("]\n");
    }
    source.append(indent).append("pickle.load(f)\n");
    Map<String, FileFacts> facts =
        scan(Map.of("loops.py", source.toString(), "simple.py", SIMPLE), 1L << 26);
    assertEquals(1, Objects.requireNonNull(facts.get("loops.py")).sites().size());
    assertEquals(1, Objects.requireNonNull(facts.get("simple.py")).sites().size());
  }

  @Test
  void aModuleThatIsTooDeepIsPartialAndTheRestIsFound() {
    String deep =
        "import pickle\n\npickle.load(open('y', 'rb'))\nf = f" + ".a(f)".repeat(3_000) + "\n";
    Map<String, FileFacts> facts = scan(Map.of("deep.py", deep, "simple.py", SIMPLE), 1L << 18);
    assertPartial(Objects.requireNonNull(facts.get("deep.py")), "nested too deeply", "line 1");
    assertEquals(1, Objects.requireNonNull(facts.get("deep.py")).sites().size());
    assertEquals(1, Objects.requireNonNull(facts.get("simple.py")).sites().size());
  }
}
