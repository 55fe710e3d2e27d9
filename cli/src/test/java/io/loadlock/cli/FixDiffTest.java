package io.loadlock.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The diff that `fix` prints, taken by the programs that people give it to.
class FixDiffTest {
  private static final String LOAD = "import torch\nx = torch.load('x.pt')";

  @TempDir Path folder;

  /// Names and contents that diffs are known to stumble over.
  private static Map<String, byte[]> sources() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("plain.py", LOAD + "\n");
    texts.put("no newline at its end.py", LOAD);
    texts.put("sub/grün.py", "# é\n" + LOAD + "\n");
    texts.put("windows.py", LOAD.replace("\n", "\r\n") + "\r\n");
    texts.put("mark.py", "\ufeff" + LOAD + "\n");
    texts.put("feed.py", LOAD + "\n\f\ny = 1\n");
    Map<String, byte[]> sources = new LinkedHashMap<>();
    texts.forEach((name, text) -> sources.put(name, text.getBytes(StandardCharsets.UTF_8)));
    sources.put(
        "latin.py",
        ("# coding: latin-1\n" + LOAD + "  # ß\n").getBytes(StandardCharsets.ISO_8859_1));
    sources.put(
        "book.ipynb",
        """
        {"cells": [{"cell_type": "code", "metadata": {}, "outputs": [], "source": ["import torch\\n",
          "x = torch.load(\\"x.pt\\")"]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        """
            .getBytes(StandardCharsets.UTF_8));
    return sources;
  }

  private Path tree(String name) throws IOException {
    Path tree = folder.resolve(name);
    for (Map.Entry<String, byte[]> source : sources().entrySet()) {
      Path file = tree.resolve(source.getKey());
      Files.createDirectories(file.getParent());
      Files.write(file, source.getValue());
    }
    return tree;
  }

  private void agrees(String name, String... command) throws IOException, InterruptedException {
    Path patched = tree(name);
    Path written = tree(name + "-written");
    Path diff = folder.resolve(name + ".diff");
    Files.write(diff, Invocation.output(patched, "fix", ".", "--unsafe-fixes"));
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .directory(patched.toFile())
              .redirectInput(diff.toFile())
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      if (Boolean.getBoolean("loadlock.all")) {
        throw e;
      }
      assumeTrue(false, "there is no " + command[0] + " here");
      return;
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    Invocation.of(written, "fix", ".", "--write", "--unsafe-fixes");
    for (String source : sources().keySet()) {
      assertArrayEquals(
          Files.readAllBytes(written.resolve(source)),
          Files.readAllBytes(patched.resolve(source)),
          source);
    }
  }

  @Test
  void gitAppliesIt() throws Exception {
    agrees("git", "git", "apply", "-p1", "-");
  }

  @Test
  void patchAppliesIt() throws Exception {
    agrees("patch", "patch", "-p1", "--binary", "--batch");
  }

  @Test
  void isTheSameEachTime() throws Exception {
    Path tree = tree("twice");
    assertArrayEquals(
        Invocation.output(tree, "fix", ".", "--unsafe-fixes"),
        Invocation.output(tree, "fix", ".", "--unsafe-fixes", "--diff", "--jobs", "3"));
  }
}
