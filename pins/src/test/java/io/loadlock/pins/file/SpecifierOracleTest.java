package io.loadlock.pins.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.loadlock.pins.Bounds;
import io.loadlock.pins.PinFormat;
import io.loadlock.pins.Specifiers;
import io.loadlock.pins.Version;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Of all releases of torch and numpy, a specifier admits the first and the last that `packaging`,
/// poetry-core and rattler say. `./dev oracle pins --names FILE` writes what they say.
class SpecifierOracleTest {
  @Test
  void boundsAreThoseOfTheToolsThatDefineThem() throws IOException {
    Map<String, List<Version>> releases = new HashMap<>();
    for (String[] row : rows("releases.tsv")) {
      releases.computeIfAbsent(row[0], _ -> new ArrayList<>()).add(Version.of(row[1]));
    }
    List<String> wrong = new ArrayList<>();
    int count = 0;
    for (String[] row : rows("specifiers.tsv")) {
      Optional<Bounds> bounds = bounds(row[0], row[2]);
      String found =
          bounds.map(b -> ends(b, releases.getOrDefault(row[1], List.of()))).orElse("not read");
      if (!found.equals(row[3] + " to " + row[4])) {
        wrong.add(
            "%s %s: expected %s to %s, found %s".formatted(row[0], row[2], row[3], row[4], found));
      }
      count++;
    }
    assertEquals("", String.join("\n", wrong));
    assertTrue(count >= 100, () -> "specifiers.tsv is not whole");
  }

  private static Optional<Bounds> bounds(String kind, String text) {
    return switch (kind) {
      case "pep440" -> Specifiers.parse(text);
      case "poetry" -> PoetryConstraint.parse(text);
      default -> {
        Lines lines = new Lines("environment.yml", PinFormat.CONDA_ENVIRONMENT);
        CondaReader.matchSpecification(lines, text, 1);
        yield lines.file().declarations().stream().findFirst().map(line -> line.bounds());
      }
    };
  }

  private static String ends(Bounds bounds, List<Version> releases) {
    List<Version> admitted =
        releases.stream()
            .filter(each -> !bounds.intersect(Bounds.exactly(each)).isEmpty())
            .toList();
    return admitted.isEmpty() ? "none to none" : admitted.getFirst() + " to " + admitted.getLast();
  }

  private static List<String[]> rows(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            SpecifierOracleTest.class.getResourceAsStream("/pins/" + name), name)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().map(line -> line.split("\t", -1)).toList();
    }
  }
}
