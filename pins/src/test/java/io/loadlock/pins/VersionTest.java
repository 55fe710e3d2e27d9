package io.loadlock.pins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTest {
  /// The order of PEP 440, "Summary of permitted suffixes and relative ordering", and the rules
  /// around it.
  private static final List<String> ASCENDING =
      List.of(
          "0.9",
          "1.0.dev456",
          "1.0a1",
          "1.0a2.dev456",
          "1.0a12.dev456",
          "1.0a12",
          "1.0b1.dev456",
          "1.0b2",
          "1.0b2.post345.dev456",
          "1.0b2.post345",
          "1.0rc1.dev456",
          "1.0rc1",
          "1.0",
          "1.0+abc.5",
          "1.0+abc.7",
          "1.0+5",
          "1.0.post456.dev34",
          "1.0.post456",
          "1.0.15",
          "1.1.dev1",
          "1!0.1");

  @Test
  void sortsAsPep440Says() {
    List<Version> shuffled = new ArrayList<>(ASCENDING.stream().map(Version::of).toList());
    Collections.shuffle(shuffled, new Random(440));
    Collections.sort(shuffled);
    assertEquals(ASCENDING, shuffled.stream().map(Version::toString).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "1.0,1",
    "1.0,v1.0.0",
    "1.1a1,1.1-ALPHA.1",
    "1.1rc0,1.1c",
    "1.1rc3,1.1_preview_3",
    "1.0.post1,1.0-1",
    "1.0.post0,1.0-r",
    "1.0.dev0,1.0dev",
    "2.1.0+cu118,2.1+CU118",
    "1.0,0!1.0"
  })
  void equalsItsOtherSpellings(String left, String right) {
    assertEquals(Version.of(left), Version.of(right));
    assertEquals(Version.of(left).hashCode(), Version.of(right).hashCode());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "1..2",
        "1.0+",
        "1.0+a..b",
        "1.x",
        "latest",
        "1.0 beta x",
        "!1",
        "1.0.dev1a"
      })
  void refusesWhatIsNoVersion(String text) {
    assertTrue(Version.parse(text).isEmpty(), text);
  }
}
