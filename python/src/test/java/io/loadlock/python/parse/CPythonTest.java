package io.loadlock.python.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.loadlock.python.tree.TreeText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Our own files of Python as CPython reads them. `./dev oracle expect` writes what it said; `./dev
/// oracle parse` compares whole libraries.
class CPythonTest {
  private static final Path FIXTURES = Path.of("src/test/resources/parse/fixtures");

  static List<String> expectations() throws IOException {
    return Files.readAllLines(FIXTURES.resolve("calls.tsv"));
  }

  @ParameterizedTest
  @MethodSource("expectations")
  void seesTheCallsAndTheTreeThatCPythonSees(String line)
      throws IOException, NoSuchAlgorithmException {
    String[] expected = line.split("\t", -1);
    ParsedSource parsed = Parser.parse(Files.readAllBytes(FIXTURES.resolve(expected[0])));
    assertEquals(List.of(), parsed.problems());
    boolean python2 = expected[1].equals("2.7");
    assertEquals(expected[3], python2 ? CallPlaces.ofPython2(parsed) : CallPlaces.of(parsed));
    if (!expected[2].equals("-")) {
      byte[] tree = TreeText.comparable(parsed.module()).getBytes(StandardCharsets.UTF_8);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(tree);
      assertEquals(expected[2], HexFormat.of().formatHex(hash, 0, 8));
    }
  }
}
