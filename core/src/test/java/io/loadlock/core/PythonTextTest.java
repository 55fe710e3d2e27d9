package io.loadlock.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PythonTextTest {
  @Test
  void writesALiteralOfPython() {
    assertEquals("\"a/b.pt\"", PythonText.quoted("a/b.pt"));
    assertEquals("\"say \\\"x\\\" \\\\ \\U0000000a\"", PythonText.quoted("say \"x\" \\ \n"));
    assertEquals("\"\\U000000e9\\U0001f600\"", PythonText.quoted("é😀"));
  }
}
