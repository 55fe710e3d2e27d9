package io.loadlock.core;

import java.io.IOException;
import java.nio.file.Path;

/// Writes a file as a whole or not at all: [AtomicFiles] for one.
public final class AtomicFile {
  private AtomicFile() {}

  /// Replaces `target`, through a symbolic link if it is one, and keeps its permissions. When
  /// anything fails the old file is as it was, and no sibling stays behind.
  public static void write(Path target, AtomicFiles.Content content) throws IOException {
    try (AtomicFiles files = new AtomicFiles()) {
      files.write(target, content);
      files.commit();
    }
  }

  /// [#write(Path, AtomicFiles.Content)] for who writes a stream.
  public static void writeStream(Path target, AtomicFiles.Stream content) throws IOException {
    try (AtomicFiles files = new AtomicFiles()) {
      files.writeStream(target, content);
      files.commit();
    }
  }
}
