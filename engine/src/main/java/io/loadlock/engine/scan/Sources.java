package io.loadlock.engine.scan;

import io.loadlock.engine.walk.Found;
import io.loadlock.engine.walk.Walk;
import io.loadlock.python.project.SourceTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The sources of a run as the Python front end reads them.
final class Sources implements SourceTree {
  /// Source is text that people, or at most generators, write. So much may one file have, and all
  /// large ones together, because trees stay in memory; notebooks, whose size is their output, do
  /// not count.
  private static final long LARGEST = 256L << 20;

  private static final long LARGE = 16L << 20;

  private final Map<String, Found> files = new TreeMap<>();
  private final Map<String, byte[]> given = new TreeMap<>();
  private @Nullable Set<String> tooMany;

  void add(Found file) {
    files.put(file.path(), file);
  }

  /// Source without a file.
  void add(String path, byte[] content) {
    given.put(path, content);
  }

  @Override
  public List<String> paths() {
    if (given.isEmpty()) {
      return List.copyOf(files.keySet());
    }
    TreeMap<String, Object> all = new TreeMap<>(files);
    all.putAll(given);
    return List.copyOf(all.keySet());
  }

  @Override
  public byte[] read(String path) throws IOException {
    byte[] content = given.get(path);
    if (content != null) {
      return content;
    }
    Found file = files.get(path);
    if (file == null) {
      throw new IOException("no such source: " + path);
    }
    if (file.bytes() > LARGEST) {
      throw new IOException("it is larger than " + (LARGEST >> 20) + " MiB");
    }
    if (file.bytes() > LARGE && tooMany().contains(path)) {
      throw new IOException(
          "it is larger than %d MiB, and such sources are more than %d MiB in all"
              .formatted(LARGE >> 20, LARGEST >> 20));
    }
    // One byte more than its size shows whether it has grown since: what is read is what the file
    // is now.
    try (InputStream in = Files.newInputStream(file.file())) {
      byte[] bytes = in.readNBytes((int) file.bytes());
      int more = in.read();
      if (more < 0) {
        return bytes;
      }
    } catch (java.nio.file.FileSystemException e) {
      throw new IOException(Walk.reason(e), e);
    }
    if (Files.size(file.file()) > LARGEST) {
      throw new IOException("it grows while it is read");
    }
    return Files.readAllBytes(file.file());
  }

  /// The large sources that are left out, the last by path.
  private synchronized Set<String> tooMany() {
    Set<String> paths = tooMany;
    if (paths == null) {
      paths = new HashSet<>();
      long all = 0;
      for (Found file : files.values()) {
        if (file.bytes() > LARGE && !file.path().endsWith(".ipynb")) {
          all += file.bytes();
          if (all > LARGEST) {
            paths.add(file.path());
          }
        }
      }
      tooMany = paths;
    }
    return paths;
  }

  long bytes(String path) {
    byte[] content = given.get(path);
    Found file = files.get(path);
    return content != null ? content.length : file == null ? 0 : file.bytes();
  }
}
