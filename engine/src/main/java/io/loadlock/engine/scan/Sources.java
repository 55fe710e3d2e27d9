package io.loadlock.engine.scan;

import io.loadlock.engine.walk.Found;
import io.loadlock.engine.walk.Walk;
import io.loadlock.python.project.SourceTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The sources of a run as the Python front end reads them.
final class Sources implements SourceTree {
  /// Source is text that people, or at most generators, write.
  private static final long LARGEST = 256L << 20;

  private final Map<String, Found> files = new TreeMap<>();
  private final Map<String, byte[]> given = new TreeMap<>();

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

  long bytes(String path) {
    byte[] content = given.get(path);
    Found file = files.get(path);
    return content != null ? content.length : file == null ? 0 : file.bytes();
  }
}
