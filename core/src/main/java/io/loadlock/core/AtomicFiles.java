package io.loadlock.core;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/// Writes files as a whole or not at all: each into a sibling, which is synced; [#commit] renames
/// them over their targets, one right after the other. Until then every old file is as it was.
/// Whoever has an old file open or mapped keeps it.
///
/// A sibling is called `.NAME.PROCESS-NUMBER.part`. While it is written its process holds a lock on
/// it; one whose process is gone is removed by the next run that writes the same target.
public final class AtomicFiles implements AutoCloseable {
  private static final AtomicInteger SERIAL = new AtomicInteger();

  /// The siblings that are being written by this process.
  private static final Set<Path> UNFINISHED = ConcurrentHashMap.newKeySet();

  /// Held while siblings appear or become their targets; for good by who has abandoned them.
  private static final ReentrantLock CHANGING = new ReentrantLock();

  private static final String SUFFIX = ".part";

  private final List<Pending> pending = new ArrayList<>();

  private record Pending(Path sibling, Path target) {}

  /// What is to be in a file.
  public interface Content {
    /// Writes all of it; the channel stands at position 0.
    void writeTo(FileChannel channel) throws IOException;
  }

  /// What is to be in a file, for who writes a stream.
  public interface Stream {
    void writeTo(OutputStream out) throws IOException;
  }

  /// Writes what `target` will hold after [#commit], or what it leads to if it is a symbolic link.
  /// It will have the permissions of the file that it replaces.
  ///
  /// @return where it stands until then
  /// @throws AccessDeniedException for a target that is there and read-only
  public Path write(Path target, Content content) throws IOException {
    Path real = Files.isSymbolicLink(target) ? followed(target) : target.toAbsolutePath();
    if (Files.exists(real) && isReadOnly(real)) {
      throw new AccessDeniedException(target.toString(), null, "it is read-only");
    }
    removeDebris(real);
    try (Sibling sibling = Sibling.create(real)) {
      pending.add(new Pending(sibling.path, real));
      content.writeTo(sibling.channel);
      sibling.channel.force(true);
      return sibling.path;
    }
  }

  /// [#write(Path, Content)] for who writes a stream.
  public Path writeStream(Path target, Stream content) throws IOException {
    return write(
        target,
        channel -> {
          OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
          content.writeTo(out);
          out.flush();
        });
  }

  /// Renames what was written, in the order in which it was.
  public void commit() throws IOException {
    Set<Path> folders = new LinkedHashSet<>();
    CHANGING.lock();
    try {
      while (!pending.isEmpty()) {
        Pending next = pending.getFirst();
        Files.move(
            next.sibling(),
            next.target(),
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
        UNFINISHED.remove(next.sibling());
        pending.removeFirst();
        Optional.ofNullable(next.target().getParent()).ifPresent(folders::add);
      }
    } finally {
      CHANGING.unlock();
    }
    folders.forEach(AtomicFiles::syncFolder);
  }

  /// Deletes what was written and not committed.
  @Override
  public void close() throws IOException {
    for (Pending one : pending) {
      UNFINISHED.remove(one.sibling());
      Files.deleteIfExists(one.sibling());
    }
    pending.clear();
  }

  /// Deletes what an interrupted run would leave behind; for a shutdown hook. From then on this
  /// process finishes no file: threads that want to wait until it ends.
  public static void abandon() {
    CHANGING.lock();
    for (Path sibling : UNFINISHED) {
      try {
        Files.deleteIfExists(sibling);
      } catch (IOException e) {
        // The next run that writes the same target finds it.
      }
    }
  }

  /// Whether a file says that it is not to be written: renaming over it asks nobody, and root is
  /// asked by nobody.
  public static boolean isReadOnly(Path file) throws IOException {
    if (!Files.isWritable(file)) {
      return true;
    }
    if (Files.getFileAttributeView(file, PosixFileAttributeView.class) == null) {
      return false;
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    return !permissions.contains(PosixFilePermission.OWNER_WRITE)
        && !permissions.contains(PosixFilePermission.GROUP_WRITE)
        && !permissions.contains(PosixFilePermission.OTHERS_WRITE);
  }

  /// Where a link leads, even if nothing is there yet.
  private static Path followed(Path link) throws IOException {
    try {
      return link.toRealPath();
    } catch (NoSuchFileException e) {
      Path target = link.toAbsolutePath().resolveSibling(Files.readSymbolicLink(link)).normalize();
      if (Files.isSymbolicLink(target)) {
        throw new IOException(link + " leads to a link that leads nowhere");
      }
      return target;
    }
  }

  // --- siblings ----------------------------------------------------------------------------------

  /// An open file beside a target, under a name that no other run has.
  private record Sibling(Path path, FileChannel channel) implements AutoCloseable {
    static Sibling create(Path target) throws IOException {
      long process = ProcessHandle.current().pid();
      CHANGING.lock();
      try {
        while (true) {
          Path path =
              target.resolveSibling(
                  prefix(target) + process + "-" + SERIAL.incrementAndGet() + SUFFIX);
          try {
            FileChannel channel =
                FileChannel.open(
                    path,
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            UNFINISHED.add(path);
            Sibling sibling = new Sibling(path, channel);
            sibling.prepare(target);
            return sibling;
          } catch (FileAlreadyExistsException e) {
            // The debris of a killed run that had this process number.
          }
        }
      } finally {
        CHANGING.unlock();
      }
    }

    private void prepare(Path target) throws IOException {
      try {
        channel.tryLock();
      } catch (IOException e) {
        // A file system without locks: there the process number has to do.
      }
      try {
        // Now and not at the end: nobody shall read in the sibling what is private in the target.
        if (Files.exists(target)
            && Files.getFileAttributeView(target, PosixFileAttributeView.class) != null) {
          Files.setPosixFilePermissions(path, Files.getPosixFilePermissions(target));
        }
      } catch (IOException e) {
        channel.close();
        UNFINISHED.remove(path);
        Files.deleteIfExists(path);
        throw e;
      }
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  private static String prefix(Path target) {
    return "." + target.getFileName() + ".";
  }

  /// Deletes siblings of `target` whose process is gone: a killed run could not do it itself.
  private static void removeDebris(Path target) throws IOException {
    Path folder = target.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      return;
    }
    String prefix = prefix(target);
    try (DirectoryStream<Path> siblings =
        Files.newDirectoryStream(folder, path -> isDebris(path, prefix))) {
      for (Path sibling : siblings) {
        Files.deleteIfExists(sibling);
      }
    } catch (DirectoryIteratorException | AccessDeniedException e) {
      // Not to be listed: then there is nothing that we could have left there.
    }
  }

  private static boolean isDebris(Path path, String prefix) throws IOException {
    String name = path.getFileName().toString();
    if (!name.startsWith(prefix) || !name.endsWith(SUFFIX) || UNFINISHED.contains(path)) {
      return false;
    }
    String numbers = name.substring(prefix.length(), name.length() - SUFFIX.length());
    int dash = numbers.indexOf('-');
    if (dash <= 0
        || dash > 10
        || !numbers.chars().allMatch(c -> c == '-' || c >= '0' && c <= '9')) {
      return false;
    }
    return !isRunning(Long.parseLong(numbers.substring(0, dash)), path) && !isLocked(path);
  }

  /// Whether a process of this number has run since the file was last written: numbers come again.
  private static boolean isRunning(long process, Path sibling) throws IOException {
    Instant written = Files.getLastModifiedTime(sibling).toInstant();
    return process != ProcessHandle.current().pid()
        && ProcessHandle.of(process)
            .filter(
                handle ->
                    handle
                        .info()
                        .startInstant()
                        .map(start -> !start.isAfter(written.plusSeconds(1)))
                        .orElse(true))
            .isPresent();
  }

  /// Whether somebody writes it, in another container for instance, whose processes are not seen
  /// here.
  private static boolean isLocked(Path sibling) {
    try (FileChannel channel = FileChannel.open(sibling, StandardOpenOption.WRITE)) {
      return channel.tryLock() == null;
    } catch (OverlappingFileLockException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /// Makes renames durable. Not every system lets a folder be opened; there the rename is all there
  /// is.
  private static void syncFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows; the files themselves are synced.
    }
  }
}
