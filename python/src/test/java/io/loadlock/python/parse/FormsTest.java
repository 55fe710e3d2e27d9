package io.loadlock.python.parse;

import io.loadlock.python.tree.TreeText;
import io.loadlock.testkit.Golden;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tables of source and tree: `>>> ` begins a snippet, `... ` goes on with it, then come its tree
/// and its problems.
class FormsTest {
  @ParameterizedTest
  @ValueSource(strings = {"forms.txt", "damage.txt"})
  void everyFormHasItsTree(String name) throws IOException {
    Path file = Path.of("src/test/resources/parse", name);
    List<String> lines = Files.readAllLines(file);
    StringBuilder table = new StringBuilder();
    StringBuilder snippet = new StringBuilder();
    boolean answer = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.startsWith(">>> ") || line.startsWith("... ")) {
        snippet.append(line.substring(4)).append('\n');
        table.append(line).append('\n');
        boolean last = i + 1 == lines.size() || !lines.get(i + 1).startsWith("... ");
        if (last) {
          answer(snippet.toString(), table);
          snippet.setLength(0);
          answer = true;
        }
      } else if (line.isEmpty()) {
        table.append('\n');
        answer = false;
      } else if (!answer) {
        table.append(line).append('\n');
      }
    }
    Golden.check(file, table.toString());
  }

  private static void answer(String snippet, StringBuilder table) {
    ParsedSource parsed = Parser.parse(snippet.getBytes(StandardCharsets.UTF_8));
    table.append(TreeText.of(parsed.module())).append('\n');
    for (SyntaxProblem problem : parsed.problems()) {
      var place = parsed.source().locate("", problem.start(), problem.end());
      table
          .append("! %d:%d ".formatted(place.start().line(), place.start().column()))
          .append(problem.reason())
          .append('\n');
    }
  }
}
