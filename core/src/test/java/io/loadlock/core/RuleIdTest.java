package io.loadlock.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleIdTest {
  @Test
  void keepsItsText() {
    assertEquals("VNX-PY-013/guarded", new RuleId("VNX-PY-013/guarded").toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "vnx", "VNX-PY-013/", "VNX-PY-013/Guarded", "VNX PY", "VNX-PY-013/a/b"})
  void refusesWhatIsNoId(String text) {
    assertThrows(IllegalArgumentException.class, () -> new RuleId(text));
  }
}
