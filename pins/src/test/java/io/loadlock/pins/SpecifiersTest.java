package io.loadlock.pins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpecifiersTest {
  private static final Version DEFAULT_FLIP = Version.of("2.6");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "==2.7.1 | ==2.7.1",
        ">=2.0,<3 | >=2.0,<3",
        "~=2.6 | >=2.6,<3",
        "~=2.6.1 | >=2.6.1,<2.7",
        "~=2.2.post3 | >=2.2.post3,<3",
        "==2.6.* | >=2.6,<2.7",
        "!=2.5, >2.4 | >2.4",
        "(>=1.0) | >=1.0",
        "'' | any version",
        "===2.6.0 | ==2.6.0"
      })
  void admitsTheInterval(String text, String interval) {
    assertEquals(interval, Specifiers.parse(text).orElseThrow().toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.6", "=2.6", ">=", ">=2.*", "~=2", "^2.0", "==2.6.x"})
  void refusesWhatPep440DoesNotKnow(String text) {
    assertTrue(Specifiers.parse(text).isEmpty(), text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {">=2.6", "==2.6.*", "~=2.6.0", ">2.6", "==2.6.0+cu124", ">=2.0,>=2.7", "==3"})
  void provesAtLeast(String text) {
    assertTrue(Specifiers.parse(text).orElseThrow().provesAtLeast(DEFAULT_FLIP));
  }

  @ParameterizedTest
  @ValueSource(strings = {"<2.6", "==2.5.1+cu118", "<=2.5.1", "~=2.5.0", ">=2.0,<2.6"})
  void provesBelow(String text) {
    assertTrue(Specifiers.parse(text).orElseThrow().provesBelow(DEFAULT_FLIP));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ">=2.0", "<=2.6", ">=2.0,<3", "!=2.5", "<2.6,>=2.6"})
  void provesNothing(String text) {
    Bounds bounds = Specifiers.parse(text).orElseThrow();
    assertFalse(bounds.provesAtLeast(DEFAULT_FLIP));
    assertFalse(bounds.provesBelow(DEFAULT_FLIP));
  }

  @Test
  void anIntervalAroundTwoAlternativesIsAsWideAsBoth() {
    Bounds old = Specifiers.parse("==1.13.1").orElseThrow();
    Bounds recent = Specifiers.parse(">=2.6").orElseThrow();
    assertEquals(">=1.13.1", old.hull(recent).toString());
    assertEquals(">=1.13.1", recent.hull(old).toString());
    assertEquals("any version", old.hull(Bounds.ANY).toString());
    assertTrue(old.intersect(recent).isEmpty());
  }
}
