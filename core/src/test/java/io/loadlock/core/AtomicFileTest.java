package io.loadlock.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path folder;

  @Test
  void replacesAndLeavesNothingBeside() throws IOException {
    Path target = Files.writeString(folder.resolve("report.json"), "old");
    AtomicFile.writeStream(target, out -> out.write("new".getBytes(StandardCharsets.UTF_8)));
    assertEquals("new", Files.readString(target));
    assertEquals(List.of("report.json"), names());
  }

  @Test
  void aFailureKeepsTheOldFileAndLeavesNoDebris() throws IOException {
    Path target = Files.writeString(folder.resolve("report.json"), "old");
    assertThrows(
        IOException.class,
        () ->
            AtomicFile.writeStream(
                target,
                out -> {
                  out.write(new byte[1 << 20]);
                  throw new IOException("disk full");
                }));
    assertEquals("old", Files.readString(target));
    assertEquals(List.of("report.json"), names());
  }

  @Test
  void writesThroughALinkAndKeepsPermissions() throws IOException {
    Path real = Files.writeString(folder.resolve("real"), "old");
    Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-r-----"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("real"));
    AtomicFile.writeStream(link, out -> out.write('n'));
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("n", Files.readString(real));
    assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(real)));
  }

  @Test
  void removesWhatAKilledRunLeftAndNothingElse() throws IOException, InterruptedException {
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    long running = ProcessHandle.current().parent().orElseThrow().pid();
    Files.writeString(folder.resolve(".report.json." + gone.pid() + "-1.part"), "half");
    Files.writeString(folder.resolve(".report.json." + running + "-1.part"), "somebody's");
    Files.writeString(folder.resolve(".report.json.old-1.part"), "a user's");
    AtomicFile.writeStream(folder.resolve("report.json"), out -> out.write('n'));
    assertEquals(
        List.of(".report.json." + running + "-1.part", ".report.json.old-1.part", "report.json"),
        names());
  }

  @Test
  void aFolderThatDoesNotExistIsAnError() {
    Path target = folder.resolve("none/report.json");
    assertThrows(IOException.class, () -> AtomicFile.writeStream(target, out -> out.write('n')));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
