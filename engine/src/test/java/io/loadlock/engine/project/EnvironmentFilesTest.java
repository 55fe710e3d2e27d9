package io.loadlock.engine.project;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentFilesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "export X=1|1",
        "X=yes python train.py|yes",
        "ENV X 1|1",
        "ENV X=\"true\" Y=2|true",
        "      X: \"1\"|1",
        "      - X=1|1",
        "        X: 1  # for old files|1",
        "docker run -e X=1 image|1",
        "\"X\": \"1\",|1",
        "X=0|0"
      })
  void assignmentsAreRead(String line, String value) {
    List<EnvironmentFiles.Assignment> found = read(line);
    assertEquals(1, found.size(), line);
    assertEquals(value, found.getFirst().value());
    assertEquals(1, found.getFirst().line());
    assertEquals(line.indexOf('X') + 1, found.getFirst().column());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"# export X=1", "echo $X", "XY=1", "AX=1", "unset X", "if [ X = 1 ]; then"})
  void whatSetsNothingIsNotRead(String line) {
    assertEquals(List.of(), read(line));
  }

  private static List<EnvironmentFiles.Assignment> read(String text) {
    return EnvironmentFiles.read(text.getBytes(StandardCharsets.UTF_8), List.of("X"));
  }
}
