package io.loadlock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `fix` as a user runs it, over files that real torch and numpy have made
/// (`src/test/oracle/fix_models.py`).
class FixCommandTest {
  private static final String BEFORE =
      """
      import torch
      import numpy as np

      def a():
          return torch.load("w/plain.pt", map_location="cpu")

      def b():
          return torch.load("w/ns.pt", weights_only=False)

      def c(path):
          x = torch.load("w/dd.pt", weights_only=False)
          y = torch.load(path)
          return x, y

      n = np.load("w/num.npz", allow_pickle=True)
      o = np.load("w/obj.npz", allow_pickle=True)
      """;

  private static final String SAFE =
      """
      import torch
      import numpy as np
      import argparse

      def a():
          return torch.load("w/plain.pt", map_location="cpu", weights_only=True)

      def b():
          torch.serialization.add_safe_globals([argparse.Namespace])
          return torch.load("w/ns.pt", weights_only=True)

      def c(path):
          x = torch.load("w/dd.pt", weights_only=False)
          y = torch.load(path)
          return x, y

      n = np.load("w/num.npz", allow_pickle=False)
      o = np.load("w/obj.npz", allow_pickle=True)
      """;

  @TempDir Path folder;

  @BeforeEach
  void aProject() throws IOException {
    Files.createDirectories(folder.resolve("w"));
    for (String name : new String[] {"plain.pt", "ns.pt", "dd.pt", "num.npz", "obj.npz"}) {
      try (InputStream in =
          Objects.requireNonNull(FixCommandTest.class.getResourceAsStream("fix/" + name))) {
        Files.copy(in, folder.resolve("w").resolve(name));
      }
    }
    Files.writeString(folder.resolve("requirements.txt"), "torch==2.10.0\n");
    Files.writeString(folder.resolve("load.py"), BEFORE);
  }

  private String source() throws IOException {
    return Files.readString(folder.resolve("load.py"));
  }

  @Test
  void printsADiffAndChangesNothing() throws IOException {
    Invocation fix = Invocation.of(folder, "fix", ".");
    assertTrue(fix.out().startsWith("--- a/load.py\n+++ b/load.py\n@@ -1,"), fix.out());
    assertTrue(
        fix.out().contains("+    return torch.load(\"w/ns.pt\", weights_only=True)\n"), fix.out());
    assertEquals(BEFORE, source());
    assertEquals(0, fix.code());
  }

  @Test
  void writesWhatIsProvenAndASecondRunChangesNothing() throws IOException {
    Invocation fix = Invocation.of(folder, "fix", ".", "--write");
    assertEquals(SAFE, source());
    assertEquals(
        "fixed 3 loads in 1 file; 1 more with --unsafe-fixes, which nothing proves\n", fix.err());
    assertEquals(
        "can fix 0 loads in 0 files; 1 more with --unsafe-fixes, which nothing proves\n",
        Invocation.of(folder, "fix", ".").err());
    assertEquals(SAFE, source());
  }

  @Test
  void writesWhatIsSuggestedOnlyWhenAsked() throws IOException {
    Invocation.of(folder, "fix", ".", "--write", "--unsafe-fixes");
    assertEquals(SAFE.replace("torch.load(path)", "torch.load(path, weights_only=True)"), source());
  }

  @Test
  void provesNothingWithoutKnowingTheVersion() throws IOException {
    Files.delete(folder.resolve("requirements.txt"));
    Invocation fix = Invocation.of(folder, "fix", ".", "--write");
    assertEquals(
        BEFORE.replace("num.npz\", allow_pickle=True", "num.npz\", allow_pickle=False"), source());
    assertEquals(
        "fixed 1 load in 1 file; 2 more with --unsafe-fixes, which nothing proves\n", fix.err());
  }

  @Test
  void checkSaysWhetherThereIsSomethingToFix() {
    assertEquals(1, Invocation.of(folder, "fix", ".", "--check").code());
    Invocation.of(folder, "fix", ".", "--write");
    assertEquals(0, Invocation.of(folder, "fix", ".", "--check").code());
    assertEquals(2, Invocation.of(folder, "fix", ".", "--check", "--write").code());
  }

  @Test
  void whatIsSuppressedStaysAsItIs() throws IOException {
    String accepted = BEFORE.replace("map_location=\"cpu\")", "map_location=\"cpu\")  # nosec");
    Files.writeString(folder.resolve("load.py"), accepted);
    Invocation.of(folder, "fix", ".", "--write");
    assertTrue(
        source().contains("torch.load(\"w/plain.pt\", map_location=\"cpu\")  # nosec"), source());
  }
}
