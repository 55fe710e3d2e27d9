package io.loadlock.core;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Writes a file as a whole or not at all: into a sibling, which is synced and renamed over the
/// target. Whoever has the old file open or mapped keeps it as it was.
public final class AtomicFile {
  private static final AtomicInteger SERIAL = new AtomicInteger();

  /// The siblings that are being written by this process.
  private static final Set<Path> UNFINISHED = ConcurrentHashMap.newKeySet();

  private static final String SUFFIX = ".part";

  private AtomicFile() {}

  /// What is to be in the file.
  public interface Content {
    /// Writes all of it; the channel stands at position 0.
    void writeTo(FileChannel channel) throws IOException;
  }

  /// What is to be in the file, for who writes a stream.
  public interface Stream {
    void writeTo(OutputStream out) throws IOException;
  }

  /// Replaces `target`, through a symbolic link if it is one, and keeps its permissions. When
  /// anything fails the old file is as it was, and no sibling stays behind.
  public static void write(Path target, Content content) throws IOException {
    Path real = Files.isSymbolicLink(target) ? target.toRealPath() : target.toAbsolutePath();
    removeDebris(real);
    Path sibling = createSibling(real);
    UNFINISHED.add(sibling);
    try {
      try (FileChannel channel =
          FileChannel.open(sibling, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        content.writeTo(channel);
        channel.force(true);
      }
      keepPermissions(real, sibling);
      Files.move(
          sibling, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException | RuntimeException | Error e) {
      Files.deleteIfExists(sibling);
      throw e;
    } finally {
      UNFINISHED.remove(sibling);
    }
    syncFolder(real);
  }

  /// Deletes what an interrupted run would leave behind; for a shutdown hook.
  public static void deleteUnfinished() {
    for (Path sibling : UNFINISHED) {
      try {
        Files.deleteIfExists(sibling);
      } catch (IOException e) {
        // The next run that writes the same target finds it.
      }
    }
  }

  /// Deletes siblings of `target` whose process is gone: a killed run could not do it itself.
  private static void removeDebris(Path target) throws IOException {
    Path folder = target.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      return;
    }
    String prefix = "." + target.getFileName() + ".";
    try (DirectoryStream<Path> siblings =
        Files.newDirectoryStream(folder, path -> isDebris(path.getFileName().toString(), prefix))) {
      for (Path sibling : siblings) {
        Files.deleteIfExists(sibling);
      }
    } catch (DirectoryIteratorException | AccessDeniedException e) {
      // Not to be listed: then there is nothing that we could have left there.
    }
  }

  private static boolean isDebris(String name, String prefix) {
    if (!name.startsWith(prefix) || !name.endsWith(SUFFIX)) {
      return false;
    }
    String numbers = name.substring(prefix.length(), name.length() - SUFFIX.length());
    int dash = numbers.indexOf('-');
    if (dash <= 0
        || dash > 10
        || !numbers.chars().allMatch(c -> c == '-' || c >= '0' && c <= '9')) {
      return false;
    }
    long process = Long.parseLong(numbers.substring(0, dash));
    return process != ProcessHandle.current().pid() && ProcessHandle.of(process).isEmpty();
  }

  /// [#write(Path, Content)] for who writes a stream.
  public static void writeStream(Path target, Stream content) throws IOException {
    write(
        target,
        channel -> {
          OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
          content.writeTo(out);
          out.flush();
        });
  }

  /// Creates an empty file beside `target`, under a name that no other run has.
  private static Path createSibling(Path target) throws IOException {
    long process = ProcessHandle.current().pid();
    while (true) {
      String name =
          "." + target.getFileName() + "." + process + "-" + SERIAL.incrementAndGet() + SUFFIX;
      Path sibling = target.resolveSibling(name);
      try {
        FileChannel.open(sibling, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE).close();
        return sibling;
      } catch (FileAlreadyExistsException e) {
        // The debris of a killed run that had this process number.
      }
    }
  }

  private static void keepPermissions(Path from, Path to) throws IOException {
    if (Files.exists(from)
        && Files.getFileAttributeView(from, PosixFileAttributeView.class) != null) {
      Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(from));
    }
  }

  /// Makes the rename itself durable. Not every system lets a folder be opened; there the rename is
  /// all there is.
  private static void syncFolder(Path file) {
    Path folder = file.getParent();
    if (folder == null) {
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows; the file itself is synced.
    }
  }
}
