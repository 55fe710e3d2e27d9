package io.loadlock.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PrintableTest {
  @Test
  void leavesTextAlone() {
    String text = "models/größe 数据 🙂 e\u0301 a\u200d b";
    assertEquals(text, Printable.of(text));
    String ascii = "src/train.py";
    assertSame(ascii, Printable.of(ascii));
  }

  @Test
  void escapesWhatATerminalObeys() {
    assertEquals("\\x1b[31m\\x07\\x9b\\x7f", Printable.of("\u001b[31m\u0007\u009b\u007f"));
    assertEquals("a\\nb\\r\\t\\x00", Printable.of("a\nb\r\t\0"));
    assertEquals("\\u202e\\u2066\\u200f\\u061c", Printable.of("\u202e\u2066\u200f\u061c"));
    assertEquals("\\u2028\\u2029\\ufeff\\u200b", Printable.of("\u2028\u2029\ufeff\u200b"));
    assertEquals("\\U000e0041", Printable.of("\uDB40\uDC41"));
    assertEquals("\\ud800x", Printable.of("\ud800x"));
  }

  @Test
  void leavesNothingHarmfulOfAnyCharacter() {
    IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
        .forEach(
            point ->
                Printable.of(Character.toString(point))
                    .codePoints()
                    .forEach(shown -> assertFalse(Printable.isHarmful(shown))));
  }
}
