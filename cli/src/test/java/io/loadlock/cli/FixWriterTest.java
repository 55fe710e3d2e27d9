package io.loadlock.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.loadlock.engine.remedy.Patch;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What can go wrong while files are written: whatever it is, each file is the old one or the new
/// one, and nothing else is left in the folder.
class FixWriterTest {
  private static final String BEFORE = "import torch\nx = torch.load('x.pt')\n";
  private static final String AFTER = "import torch\nx = torch.load('x.pt', weights_only=True)\n";

  @TempDir Path folder;

  private Path source(String name) throws IOException {
    return Files.writeString(folder.resolve(name), BEFORE);
  }

  private static Patch patch(String name) {
    return new Patch(
        name, BEFORE.getBytes(StandardCharsets.UTF_8), AFTER.getBytes(StandardCharsets.UTF_8));
  }

  private void write(String... names) throws IOException {
    PrintStream none =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    Shell shell =
        new Shell(
            new ByteArrayInputStream(new byte[0]), none, none, folder, Map.of(), false, false);
    FixWriter.write(Stream.of(names).map(FixWriterTest::patch).toList(), Optional.empty(), shell);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void writesNothingWhereOneFileHasChangedSinceItWasScanned() throws IOException {
    Path a = source("a.py");
    Path b = source("b.py");
    Files.writeString(b, BEFORE + "# more\n");
    IOException thrown = assertThrows(IOException.class, () -> write("a.py", "b.py"));
    assertEquals(
        "b.py has changed while it was being scanned: nothing was written", thrown.getMessage());
    assertEquals(BEFORE, Files.readString(a));
    assertEquals(BEFORE + "# more\n", Files.readString(b));
    assertEquals(List.of("a.py", "b.py"), names());
  }

  @Test
  void writesNothingWhereOneFileIsGone() throws IOException {
    Path a = source("a.py");
    assertThrows(IOException.class, () -> write("a.py", "gone.py"));
    assertEquals(BEFORE, Files.readString(a));
  }

  @Test
  void leavesAReadOnlyFileAlone() throws IOException {
    assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
    Path a = source("a.py");
    Path b = source("b.py");
    Files.setPosixFilePermissions(b, PosixFilePermissions.fromString("r--r--r--"));
    IOException thrown = assertThrows(IOException.class, () -> write("a.py", "b.py"));
    assertEquals("b.py is read-only: nothing was written", thrown.getMessage());
    assertEquals(BEFORE, Files.readString(a));
    assertEquals(BEFORE, Files.readString(b));
  }

  @Test
  void keepsPermissionsAndWritesThroughASymbolicLink() throws IOException {
    assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
    Path real = source("real.py");
    Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rwxr-x---"));
    Path link = Files.createSymbolicLink(folder.resolve("link.py"), Path.of("real.py"));
    write("link.py");
    assertTrue(Files.isSymbolicLink(link));
    assertEquals(AFTER, Files.readString(real));
    assertEquals("rwxr-x---", PosixFilePermissions.toString(Files.getPosixFilePermissions(real)));
    assertEquals(List.of("link.py", "real.py"), names());
  }

  @Test
  void severalRunsAtOnceEndWithOneWholeFile() throws Exception {
    for (int round = 0; round < 20; round++) {
      Path a = source("a.py");
      List<Future<Integer>> runs = new ArrayList<>();
      try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
        Callable<Integer> run =
            () -> {
              write("a.py");
              return 0;
            };
        for (int i = 0; i < 4; i++) {
          runs.add(threads.submit(run));
        }
      }
      for (Future<Integer> run : runs) {
        try {
          run.get();
        } catch (ExecutionException e) {
          // It saw what the quicker one had written: nothing is lost.
          assertTrue(e.getCause() instanceof IOException, e::toString);
        }
      }
      assertEquals(AFTER, Files.readString(a));
      assertEquals(List.of("a.py"), names());
    }
  }

  /// On a file system of one page that is full: `mount` needs root.
  @Test
  void aFullDiskLeavesTheFileAsItWas() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk.toString()) == 0);
    try {
      Path a = Files.writeString(disk.resolve("a.py"), BEFORE);
      byte[] filler = new byte[4096];
      try (OutputStream out = Files.newOutputStream(disk.resolve("filler"))) {
        while (true) {
          out.write(filler);
        }
      } catch (IOException full) {
        // As it should be.
      }
      Path b = source("b.py");
      IOException thrown = assertThrows(IOException.class, () -> write("b.py", "disk/a.py"));
      assertTrue(
          String.valueOf(thrown.getMessage()).startsWith("writing disk/a.py failed: "),
          thrown::toString);
      assertTrue(
          String.valueOf(thrown.getMessage()).endsWith(": nothing was written"), thrown::toString);
      assertEquals(BEFORE, Files.readString(b));
      assertArrayEquals(BEFORE.getBytes(StandardCharsets.UTF_8), Files.readAllBytes(a));
      try (Stream<Path> files = Files.list(disk)) {
        assertEquals(2, files.count());
      }
    } finally {
      run("umount", disk.toString());
    }
  }

  /// A file that is a mount point cannot be renamed over, which shows at the last step only.
  @Test
  void whatFailsAtTheLastStepPutsTheOthersBack() throws Exception {
    Path a = source("a.py");
    Path b = source("b.py");
    Path c = source("c.py");
    Path under = source("under.py");
    assumeTrue(run("mount", "--bind", under.toString(), b.toString()) == 0);
    try {
      IOException thrown = assertThrows(IOException.class, () -> write("a.py", "b.py", "c.py"));
      assertTrue(
          String.valueOf(thrown.getMessage()).startsWith("writing b.py failed: "),
          thrown::toString);
      assertTrue(
          String.valueOf(thrown.getMessage()).endsWith(": the files are as they were"),
          thrown::toString);
      for (Path file : List.of(a, b, c)) {
        assertEquals(BEFORE, Files.readString(file));
      }
      assertEquals(List.of("a.py", "b.py", "c.py", "under.py"), names());
    } finally {
      run("umount", b.toString());
    }
  }

  private static int run(String... command) throws IOException, InterruptedException {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      return -1; // there is no such program here
    }
    process.getInputStream().readAllBytes();
    return process.waitFor(20, TimeUnit.SECONDS) ? process.exitValue() : -1;
  }
}
