package io.loadlock.testkit;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenTest {
  @TempDir private Path folder;

  @Test
  void equalTextPasses() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "one\ntwo\n");
    assertDoesNotThrow(() -> Golden.check(file, "one\ntwo\n", false));
  }

  @Test
  void aDifferenceNamesItsLineAndLeavesTheFile() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "one\ntwo\n");
    AssertionError error =
        assertThrows(AssertionError.class, () -> Golden.check(file, "one\n2\n", false));
    assertTrue(String.valueOf(error.getMessage()).contains("line 2"), error.getMessage());
    assertEquals("one\ntwo\n", Files.readString(file));
  }

  @Test
  void aMissingFileFailsUnlessItIsToBeWritten() throws IOException {
    Path file = folder.resolve("deep/a.txt");
    assertThrows(AssertionError.class, () -> Golden.check(file, "text", false));
    assertFalse(Files.exists(file));
    Golden.check(file, "text", true);
    assertEquals("text", Files.readString(file));
  }
}
