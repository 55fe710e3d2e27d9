package io.loadlock.engine.link;

import io.loadlock.artifact.lock.LockEntry;
import io.loadlock.artifact.lock.LockFile;
import io.loadlock.artifact.lock.Sha256;
import io.loadlock.core.MalformedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The `loadlock.lock` files of a run. A file counts as locked when the nearest lock above it has
/// its path, its size and its digest; it is hashed only when path and size agree.
final class Locks {
  private static final long LARGEST = 64 << 20;

  private final Path base;
  private final Map<Path, Optional<Map<String, LockEntry>>> byFolder = new HashMap<>();
  private final Map<Path, Boolean> verified = new HashMap<>();

  Locks(Path base) {
    this.base = base;
  }

  boolean holds(Path file) {
    return verified.computeIfAbsent(file, this::verify);
  }

  private boolean verify(Path file) {
    for (Path folder = file.getParent(); folder != null; folder = folder.getParent()) {
      Optional<Map<String, LockEntry>> lock = byFolder.computeIfAbsent(folder, Locks::read);
      if (lock.isPresent()) {
        String path = folder.relativize(file).toString().replace(java.io.File.separatorChar, '/');
        LockEntry entry = lock.get().get(path);
        return entry != null && matches(file, entry);
      }
      if (folder.equals(base)) {
        break;
      }
    }
    return false;
  }

  private static boolean matches(Path file, LockEntry entry) {
    try {
      return Files.size(file) == entry.size() && Sha256.of(file).hex().equals(entry.sha256());
    } catch (IOException e) {
      return false;
    }
  }

  /// A lock that is half understood protects nothing: it counts as one without entries.
  private static Optional<Map<String, LockEntry>> read(Path folder) {
    Path file = folder.resolve(LockFile.NAME);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    Map<String, LockEntry> entries = new HashMap<>();
    try {
      if (Files.size(file) <= LARGEST) {
        for (LockEntry entry : LockFile.parse(Files.readAllBytes(file)).entries()) {
          entries.put(entry.path(), entry);
        }
      }
    } catch (IOException | MalformedException e) {
      return Optional.of(Map.of());
    }
    return Optional.of(entries);
  }
}
