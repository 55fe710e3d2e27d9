package io.loadlock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.loadlock.core.FileReport;
import io.loadlock.core.Outcome;
import io.loadlock.engine.config.Configuration;
import io.loadlock.engine.scan.Scan;
import io.loadlock.engine.scan.ScanRequest;
import io.loadlock.engine.scan.ScanResult;
import io.loadlock.python.project.Options.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Whatever is wrong with one file, the others are scanned, and the run says what it could not
/// read.
class BadInputTest {
  private static final String LOAD = "import pickle\nmodel = pickle.load(open('m.pkl', 'rb'))\n";

  @TempDir private Path folder;

  @Test
  void aMissingPathIsExitCodeThreeAndTheOthersAreScanned() throws IOException {
    write("a.py", "print()\n");
    Invocation run = scan("a.py", "nowhere");
    assertEquals(3, run.code());
    assertTrue(run.out().contains("nowhere"), run.out());
    write("b.py", LOAD);
    assertEquals(1, scan("b.py", "nowhere").code(), "findings win over what is missing");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void anUnreadableFileFails() throws IOException {
    write("a.py", LOAD);
    write("b.py", LOAD);
    Path file = folder.resolve("a.py");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    Assumptions.assumeFalse(Files.isReadable(file), "whoever runs this may read everything");
    Invocation run = scan(".", "--fail-on", "never");
    assertEquals(3, run.code());
    assertTrue(run.out().contains("no permission"), run.out());
    assertTrue(run.out().contains("b.py:2"), run.out());
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aCircleOfLinksEnds() throws IOException {
    write("a/b.py", LOAD);
    Files.createSymbolicLink(folder.resolve("a/up"), Path.of(".."));
    Files.createSymbolicLink(folder.resolve("one"), Path.of("two"));
    Files.createSymbolicLink(folder.resolve("two"), Path.of("one"));
    Invocation run = scan(".");
    assertEquals(1, run.code());
    assertTrue(run.out().contains("a/b.py:2"), run.out());
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aPipeIsSkipped() throws Exception {
    Path pipe = folder.resolve("pipe.py");
    Process made = new ProcessBuilder("mkfifo", pipe.toString()).start();
    Assumptions.assumeTrue(made.waitFor() == 0, "this system has no mkfifo");
    write("b.py", LOAD);
    Invocation run = scan(".", "--format", "json");
    assertEquals(1, run.code());
    assertTrue(run.out().contains("a device, a pipe or a socket, not a file"), run.out());
    assertEquals(0, scan("/dev/null").code());
  }

  @Test
  void whateverTheBytesOfASourceAreItEndsAndTheOthersAreScanned() throws IOException {
    Map<String, byte[]> bad =
        Map.ofEntries(
            Map.entry("zero.py", new byte[0]),
            Map.entry("nul.py", bytes("import pickle\0\npickle.load(f)\n")),
            Map.entry("invalid.py", new byte[] {'x', (byte) 0xFF, (byte) 0xC3, '\n'}),
            Map.entry("lies.py", bytes("# coding: utf-16\nimport pickle\npickle.load(f)\n")),
            Map.entry("unknown-coding.py", bytes("# coding: martian\nimport pickle\n")),
            Map.entry("parentheses.py", bytes("pickle.load(" + "(".repeat(100_000))),
            Map.entry("minus.py", bytes("import pickle\nx = " + "-".repeat(100_000) + "pickle\n")),
            Map.entry("blocks.py", bytes(blocks(1_000))),
            Map.entry(
                "line.py",
                bytes("import pickle\n" + "if x: ".repeat(100_000) + "pickle.load(f)\n")),
            Map.entry(
                "elif.py",
                bytes("import pickle\nif x: pass\n" + "elif x: pickle.load(f)\n".repeat(2_000))),
            Map.entry(
                "nested.py",
                bytes(
                    nested(
                        "[",
                        "{",
                        "lambda: ",
                        "not ",
                        "x if y else ",
                        "x = ",
                        "f'{",
                        "await ",
                        "*",
                        "~",
                        "x.",
                        "f(",
                        "x[",
                        "x or "))),
            Map.entry("no.ipynb", bytes("pickle.load(f)")),
            Map.entry("no-cells.ipynb", bytes("{\"nbformat\": 4}")),
            Map.entry("zero.ipynb", new byte[0]),
            Map.entry("output.ipynb", bytes(notebook("x".repeat(3_000_000)))));
    for (Map.Entry<String, byte[]> file : bad.entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue());
    }
    write("z.py", LOAD);
    Invocation run = scan(".");
    assertEquals(1, run.code());
    assertFalse(run.err().contains("internal error"), run.err());
    assertTrue(run.out().contains("z.py:2"), run.out());
    assertTrue(run.out().contains("output.ipynb"), run.out());
  }

  private static String blocks(int depth) {
    StringBuilder text = new StringBuilder("import pickle\n");
    for (int i = 0; i < depth; i++) {
      text.append(" ".repeat(i)).append("if x:\n");
    }
    return text.append(" ".repeat(depth)).append("pickle.load(f)\n").toString();
  }

  /// Each of these 100,000 times in a line of its own, a load in its depth.
  private static String nested(String... openings) {
    StringBuilder text = new StringBuilder("import pickle\n");
    for (String opening : openings) {
      text.append(opening.repeat(100_000)).append("pickle.load(f)\n");
    }
    return text.toString();
  }

  private static String notebook(String output) {
    return "{\"cells\": [{\"cell_type\": \"code\", \"metadata\": {}, \"execution_count\": 1,"
        + " \"outputs\": [{\"output_type\": \"stream\", \"name\": \"stdout\", \"text\": [\""
        + output
        + "\"]}], \"source\": [\"import pickle\\n\", \"pickle.load(f)\"]}],"
        + " \"metadata\": {}, \"nbformat\": 4, \"nbformat_minor\": 5}";
  }

  @Test
  void oneLineOfManyMegabytesIsRead() throws IOException {
    byte[] line = new byte[20 << 20];
    Arrays.fill(line, (byte) ' ');
    byte[] start = bytes("import pickle; x = 1;");
    System.arraycopy(start, 0, line, 0, start.length);
    byte[] end = bytes("; pickle.load(f)\n");
    System.arraycopy(end, 0, line, line.length - end.length, end.length);
    Files.write(folder.resolve("long.py"), line);
    assertEquals(1, scan("long.py").code());
  }

  @Test
  void aFileThatCannotBeReadToItsEndIsAllowedByName() throws IOException {
    Files.write(folder.resolve("no.ipynb"), bytes("pickle.load(f)"));
    assertEquals(3, scan(".").code());
    write("loadlock.toml", "allow-partial = [\"no.ipynb\"]\n");
    assertEquals(0, scan(".").code());
  }

  @Test
  void aFileThatVanishesBetweenWalkAndReadFails() throws IOException {
    write("a.py", LOAD);
    write("b.py", LOAD);
    ScanResult result = run(new Vanishing(folder));
    List<String> words =
        result.report().files().stream().map(file -> file.outcome().word()).toList();
    assertEquals(2, words.size());
    assertTrue(words.contains("complete"), words.toString());
  }

  /// Deletes and grows files while they are scanned.
  private record Vanishing(Path folder) implements Progress {
    @Override
    public void read(String path) {
      try {
        Files.deleteIfExists(folder.resolve("b.py"));
        Files.writeString(folder.resolve("a.py"), "# grown while it was read\n" + LOAD);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Test
  void anInterruptedScanReportsWhatItHas() throws IOException {
    for (int i = 0; i < 50; i++) {
      write("a" + i + ".py", LOAD);
    }
    ScanResult result = run(new Stopping(new AtomicInteger()));
    assertTrue(result.interrupted());
    assertTrue(result.incomplete());
    assertEquals(50, result.report().files().size(), "each file is accounted for");
    for (FileReport file : result.report().files()) {
      boolean told =
          file.outcome() instanceof Outcome.Complete || !file.outcome().problems().isEmpty();
      assertTrue(told, file.toString());
    }
  }

  /// Stops after ten files.
  private record Stopping(AtomicInteger count) implements Progress {
    @Override
    public void read(String path) {
      count.incrementAndGet();
    }

    @Override
    public boolean cancelled() {
      return count.get() >= 10;
    }
  }

  @Test
  void aReportThatCannotBeWrittenLeavesTheOldOne() throws IOException {
    write("a.py", LOAD);
    Assumptions.assumeTrue(Files.isWritable(Path.of("/dev/full")), "this system has no full disk");
    Invocation full = scan(".", "--output", "json=/dev/full");
    assertEquals(2, full.code());
    assertTrue(full.err().contains("cannot write /dev/full"), full.err());
    Path old = folder.resolve("kept/r.json");
    Files.createDirectories(old.getParent());
    Files.writeString(old, "old");
    Files.createDirectory(folder.resolve("kept/sub"));
    assertEquals(2, scan(".", "--output", "json=kept/r.json/no").code());
    assertEquals("old", Files.readString(old));
  }

  private ScanResult run(Progress progress) {
    return Scan.run(
        ScanRequest.of("test", folder, List.of(Path.of(".")), Configuration.NONE, progress));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private Invocation scan(String... words) {
    return Invocation.of(
        folder, Stream.concat(Stream.of("scan"), Stream.of(words)).toArray(String[]::new));
  }

  private void write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
