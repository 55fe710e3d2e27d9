package io.loadlock.artifact.pickle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Expectations that a script made.
final class Expected {
  private Expected() {}

  /// The lines of a resource beside this class, comments left out.
  static List<String> lines(String name) {
    try (InputStream in = Expected.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
