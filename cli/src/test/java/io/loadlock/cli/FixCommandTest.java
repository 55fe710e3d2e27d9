package io.loadlock.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
    assertTrue(fix.err().startsWith("fixed 3 loads in 1 file: 3 safe, 0 suggested\n"), fix.err());
    String again = Invocation.of(folder, "fix", ".").err();
    assertTrue(again.startsWith("can fix 0 loads in 0 files\n1 more with --unsafe-fixes"), again);
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
    assertTrue(
        fix.err().contains("\n3 more with --unsafe-fixes, which nothing proves\n"), fix.err());
  }

  @Test
  void saysWhatItDoesWhatItCouldDoAndWhyItLeavesTheRest() {
    assertEquals(
        """
        can fix 3 loads in 1 file: 3 safe, 0 suggested
          load.py:5: safe: Pass weights_only=True. w/plain.pt is accepted by torch 2.10 and newer, as far as the project allows.
          load.py:8: safe: Pass weights_only=True and allow argparse.Namespace. w/ns.pt is accepted by torch 2.10 and newer, as far as the project allows, once they are allowed.
          load.py:15: safe: Pass allow_pickle=False. w/num.npz holds no objects.
        1 more with --unsafe-fixes, which nothing proves
          load.py:12: suggested: Pass weights_only=True.
        2 loads without a remedy here
          the safe call refuses w/dd.pt: Can only SETITEM for dict, collections.OrderedDict, collections.Counter, but got collections.defaultdict; loadlock convert can write its tensors as safetensors: load.py:11
          the safe call refuses w/obj.npz, which holds objects: load.py:16
        """,
        Invocation.of(folder, "fix", ".").err());
  }

  @Test
  void checkSaysWhetherThereIsSomethingToFix() {
    assertEquals(1, Invocation.of(folder, "fix", ".", "--check").code());
    Invocation.of(folder, "fix", ".", "--write");
    assertEquals(0, Invocation.of(folder, "fix", ".", "--check").code());
    assertEquals(2, Invocation.of(folder, "fix", ".", "--check", "--write").code());
  }

  @Test
  void saysFromWhichReleaseOnASuggestedFixHolds() throws IOException {
    Files.delete(folder.resolve("requirements.txt"));
    String said = Invocation.of(folder, "fix", ".").err();
    assertTrue(
        said.contains(
            "load.py:8: suggested: Pass weights_only=True and allow argparse.Namespace. w/ns.pt is"
                + " accepted by torch 2.4 and newer, as far as its sources were read, once they are"
                + " allowed."),
        said);
  }

  @Test
  void writesNoArgumentThatTheProjectsReleaseDoesNotHave() throws IOException {
    String source =
        """
        import torch.distributed as dist
        dist.all_gather_object(gathered, mine)
        """;
    Files.writeString(folder.resolve("load.py"), source);
    Invocation fix = Invocation.of(folder, "fix", ".", "--unsafe-fixes", "--write");
    assertEquals(source, source());
    assertTrue(
        fix.err()
            .endsWith(
                "  weights_only came with torch 2.15, and the project has torch 2.10.0:"
                    + " load.py:2\n"),
        fix.err());
    Files.delete(folder.resolve("requirements.txt"));
    String suggested = Invocation.of(folder, "fix", ".").err();
    assertTrue(
        suggested.contains("Pass weights_only=True, which torch 2.15 and newer have."), suggested);
  }

  @Test
  void fixesOfSeveralFilesStandInSarifWithTheReasonsOfWhatHasNone() throws IOException {
    Files.writeString(
        folder.resolve("wrapper.py"),
        """
        import torch
        def read(path, safe=False):
            return torch.load(path, weights_only=safe)
        """);
    Files.writeString(
        folder.resolve("load.py"),
        """
        from wrapper import read
        import pickle
        a = read("w/plain.pt", False)
        b = pickle.load(open("x.pkl", "rb"))
        """);
    String sarif = Invocation.of(folder, "scan", ".", "--format", "sarif").out();
    String all = sarif.replaceAll("\\s+", "");
    assertTrue(all.contains("\"insertedContent\":{\"text\":\"True\"}"), sarif);
    assertEquals(2, all.split("\"insertedContent\":\\{\"text\":\"True\"", -1).length - 1, sarif);
    assertTrue(sarif.contains("no argument makes `pickle.load` safe"), sarif);
  }

  @Test
  void takesStandardInput() {
    String source = "import numpy as np\nx = np.load('w/num.npz', allow_pickle=True)\n";
    Invocation diff = Invocation.reading(source, folder, "fix", "-");
    assertTrue(
        diff.out().startsWith("--- a/stdin.py\n+++ b/stdin.py\n@@ -1,2 +1,2 @@"), diff.out());
    Invocation written = Invocation.reading(source, folder, "fix", "-", "--write", "-q");
    assertEquals(source.replace("True", "False"), written.out());
    assertEquals("", written.err());
    assertEquals(1, Invocation.reading(source, folder, "fix", "-", "--check").code());
    String clean = "print('nothing')\n";
    assertEquals(clean, Invocation.reading(clean, folder, "fix", "-", "--write").out());
    assertEquals(BEFORE, assertDoesNotThrow(this::source));
  }

  @Test
  void takesOneFileAndOneKind() throws IOException {
    Files.writeString(folder.resolve("other.py"), BEFORE);
    Invocation.of(folder, "fix", "load.py", "--write", "--select", "numpy-load");
    assertEquals(
        BEFORE.replace("num.npz\", allow_pickle=True", "num.npz\", allow_pickle=False"), source());
    Invocation.of(folder, "fix", "load.py", "--write", "--ignore", "torch-load");
    assertTrue(source().contains("torch.load(\"w/plain.pt\", map_location=\"cpu\")"), source());
    assertEquals(BEFORE, Files.readString(folder.resolve("other.py")));
  }

  @Test
  void coloursADiffOnATerminalAlone() {
    String plain = Invocation.of(folder, "fix", ".").out();
    assertFalse(plain.contains("\u001b"));
    String coloured = Invocation.colourful(folder, "fix", ".").out();
    assertTrue(coloured.contains("\u001b[31m-    return torch.load"), coloured);
    assertEquals(plain, coloured.replaceAll("\u001b\\[[0-9;]*m", ""));
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
