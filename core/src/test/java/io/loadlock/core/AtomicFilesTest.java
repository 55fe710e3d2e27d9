package io.loadlock.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
  @TempDir Path folder;

  @Test
  void filesAppearTogether() throws IOException {
    Path one = Files.writeString(folder.resolve("one"), "old");
    Path two = folder.resolve("two");
    try (AtomicFiles files = new AtomicFiles()) {
      files.writeStream(one, out -> out.write('n'));
      Path waiting = files.writeStream(two, out -> out.write('n'));
      assertEquals("n", Files.readString(waiting));
      assertEquals("old", Files.readString(one));
      assertTrue(Files.notExists(two));
      files.commit();
    }
    assertEquals("n", Files.readString(one));
    assertEquals(List.of("one", "two"), names());
  }

  @Test
  void whatFailsLateLeavesAllOldFiles() throws IOException {
    Path one = Files.writeString(folder.resolve("one"), "old");
    Path two = Files.writeString(folder.resolve("two"), "old");
    assertThrows(
        IOException.class,
        () -> {
          try (AtomicFiles files = new AtomicFiles()) {
            files.writeStream(one, out -> out.write('n'));
            files.writeStream(
                two,
                _ -> {
                  throw new IOException("disk full");
                });
            files.commit();
          }
        });
    assertEquals("old", Files.readString(one));
    assertEquals("old", Files.readString(two));
    assertEquals(List.of("one", "two"), names());
  }

  @Test
  void whatIsPrivateIsNeverReadableBeside() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "old");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    AtomicFile.write(
        secret,
        _ -> {
          for (String name : names()) {
            assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))));
          }
        });
  }

  @Test
  void aProcessThatBeganLaterIsAnotherOne() throws IOException {
    long number = ProcessHandle.current().parent().orElseThrow().pid();
    Path left = Files.writeString(folder.resolve(".one." + number + "-1.part"), "half");
    Files.setLastModifiedTime(left, FileTime.from(Instant.EPOCH));
    AtomicFile.writeStream(folder.resolve("one"), out -> out.write('n'));
    assertEquals(List.of("one"), names());
  }

  @Test
  void anotherWriterOfTheSameFileIsLeftAlone() throws IOException {
    Path one = folder.resolve("one");
    try (AtomicFiles files = new AtomicFiles()) {
      files.write(
          one,
          _ -> {
            AtomicFile.writeStream(one, out -> out.write('2'));
            assertEquals("2", Files.readString(one));
          });
      files.commit();
    }
    assertEquals("", Files.readString(one));
    assertEquals(List.of("one"), names());
  }

  @Test
  void aLinkThatLeadsNowhereYetIsWrittenThrough() throws IOException {
    Files.createDirectory(folder.resolve("there"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("there/new"));
    AtomicFile.writeStream(link, out -> out.write('n'));
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("n", Files.readString(folder.resolve("there/new")));
  }

  @Test
  void aCircleOfLinksIsAnError() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("a"), Path.of("b"));
    Files.createSymbolicLink(folder.resolve("b"), Path.of("a"));
    assertThrows(IOException.class, () -> AtomicFile.writeStream(link, out -> out.write('n')));
    assertEquals(List.of("a", "b"), names());
  }

  @Test
  void aReadOnlyFileIsNotReplaced() throws IOException {
    Path one = Files.writeString(folder.resolve("one"), "old");
    Files.setPosixFilePermissions(one, PosixFilePermissions.fromString("r--r--r--"));
    assertThrows(
        AccessDeniedException.class, () -> AtomicFile.writeStream(one, out -> out.write('n')));
    assertEquals("old", Files.readString(one));
    assertEquals(List.of("one"), names());
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
