package io.loadlock.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// `src/test/resources/line-hashes/make.py` computes the same hashes from their definition.
class LineHashesTest {
  @TestFactory
  List<DynamicTest> hashesLinesAsGitHubDoes() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (String row : Files.readAllLines(Path.of("src/test/resources/line-hashes/expected.tsv"))) {
      String[] fields = row.split("\t", -1);
      StringBuilder text = new StringBuilder();
      for (String unit : fields[1].isEmpty() ? new String[0] : fields[1].split(" ")) {
        text.append((char) Integer.parseInt(unit, 16));
      }
      tests.add(
          DynamicTest.dynamicTest(
              fields[0],
              () -> assertEquals(List.of(fields[2].split(" ")), LineHashes.of(text.toString()))));
    }
    assertEquals(16, tests.size());
    return tests;
  }

  @Test
  void aLineKeepsItsHashWhenLinesComeBeforeIt() {
    String tail = "state = torch.load(path)\n" + "# and so on\n".repeat(12);
    assertEquals(LineHashes.of(tail).getFirst(), LineHashes.of("import torch\n\n" + tail).get(2));
  }
}
