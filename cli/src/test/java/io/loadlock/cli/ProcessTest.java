package io.loadlock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// What only shows when the program is a process of its own: signals, pipes, a heap that is full.
@DisabledOnOs(OS.WINDOWS)
class ProcessTest {
  private static final String LOAD = "import pickle\nmodel = pickle.load(open('m.pkl', 'rb'))\n";

  @TempDir private Path folder;

  @Test
  void whoStopsReadingTheReportGetsNoStackTrace() throws Exception {
    write("a.py", "import pickle\n" + "pickle.load(f)\n".repeat(3_000));
    String command = String.join(" ", program("200m", "scan", ".", "--format", "json"));
    String line = "{ " + command + " 2>err; echo $? >code; } | head -c 20 >out";
    assertEquals(0, start(List.of("sh", "-c", line)).waitFor());
    assertEquals("", read("err"));
    assertEquals("1", read("code").strip(), "the code says what was found");
    assertEquals(20, read("out").length());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void anInterruptedProcessReportsWhatItHas() throws Exception {
    Path first = write("000.py", LOAD + "# so that there is something to read\n".repeat(50_000));
    for (int i = 1; i < 60; i++) {
      Files.createLink(folder.resolve("%03d.py".formatted(i)), first);
    }
    long half = 30 * Files.size(first);
    Process process = start(program("1500m", "scan", ".", "--format", "json", "--jobs", "1"));
    while (process.isAlive() && bytesRead(process) < half) {
      process.waitFor(5, TimeUnit.MILLISECONDS);
    }
    start(List.of("kill", "-INT", Long.toString(process.pid()))).waitFor();
    assertEquals(130, process.waitFor(), read("err"));
    String report = read("out");
    assertTrue(report.contains("000.py"), "what was found is reported");
    assertTrue(report.contains("the scan was stopped"), "what was not looked at as well");
  }

  private static long bytesRead(Process process) throws IOException {
    Path counters = Path.of("/proc/" + process.pid() + "/io");
    try {
      return Files.readString(counters)
          .lines()
          .filter(line -> line.startsWith("rchar: "))
          .mapToLong(line -> Long.parseLong(line.substring("rchar: ".length())))
          .sum();
    } catch (IOException e) {
      assumeTrue(process.isAlive(), "the process has ended");
      assumeTrue(false, "this system does not count what a process reads");
      throw e;
    }
  }

  @Test
  void aFileForWhichTheHeapIsTooSmallCostsThatFileOnly() throws Exception {
    write("a.py", LOAD);
    write("big.py", "import pickle\nx = [" + "1, ".repeat(4_000_000) + "]\npickle.load(f)\n");
    write("z.py", LOAD);
    assertEquals(1, run("64m", "scan", "."));
    assertEquals("", read("err"));
    String report = read("out");
    assertTrue(report.contains("a.py:2"), report);
    assertTrue(report.contains("z.py:2"), report);
    assertTrue(report.contains("there is not enough memory to parse it"), report);
  }

  @Test
  void aFullDiskLeavesTheOldReport() throws Exception {
    Path small = Files.createDirectory(folder.resolve("small"));
    List<String> mount = List.of("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", "small");
    assumeTrue(start(mount).waitFor() == 0, "only root mounts");
    try {
      write("a.py", "import pickle\n" + "pickle.load(f)\n".repeat(500));
      Path report = Files.writeString(small.resolve("report.json"), "old");
      assertEquals(2, run("200m", "scan", "a.py", "--output", "json=small/report.json"));
      assertTrue(read("err").contains("small/report.json: No space left on device"), read("err"));
      assertFalse(read("err").contains("\tat "), read("err"));
      assertEquals("old", Files.readString(report));
      try (var files = Files.list(small)) {
        assertEquals(1, files.count(), "nothing half-written stays");
      }
    } finally {
      start(List.of("umount", "small")).waitFor();
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullStandardOutputIsSaid() throws Exception {
    write("a.py", LOAD);
    List<String> command = program("200m", "scan", ".");
    String line = String.join(" ", command) + " >/dev/full 2>err";
    assertEquals(2, start(List.of("sh", "-c", line)).waitFor());
    assertTrue(read("err").contains("cannot write standard output"), read("err"));
    assertFalse(read("err").contains("\tat "), read("err"));
  }

  /// Half a minute, so not part of every run.
  @Test
  @EnabledIfSystemProperty(named = "loadlock.all", matches = "true")
  void oneLineOfTwoHundredMegabytesIsReadOrSaidNotToBe() throws Exception {
    byte[] piece = "1234567, ".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
    try (OutputStream out =
        new BufferedOutputStream(Files.newOutputStream(folder.resolve("long.py")))) {
      out.write("import pickle; pickle.load(f); x = [".getBytes(StandardCharsets.US_ASCII));
      for (long size = 0; size < 200L << 20; size += piece.length) {
        out.write(piece);
      }
      out.write("]; pickle.load(f)\n".getBytes(StandardCharsets.US_ASCII));
    }
    assertEquals(1, run("1500m", "scan", "long.py"));
    assertTrue(read("out").contains("long.py:1:16"), read("out"));
    assertFalse(read("err").contains("internal error"), read("err"));
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private String read(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }

  private int run(String heap, String... words) throws Exception {
    return start(program(heap, words)).waitFor();
  }

  private static List<String> program(String heap, String... words) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + heap);
    command.add("-XX:+UseSerialGC");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Loadlock.class.getName());
    command.addAll(List.of(words));
    return command;
  }

  private Process start(List<String> command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile());
    builder.environment().put("NO_COLOR", "1");
    return builder.start();
  }
}
