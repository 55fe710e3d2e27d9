package io.loadlock.artifact.named;

import java.util.Optional;

/// Paths that a model file gives for its loader to open.
public final class Paths {
  private Paths() {}

  /// Why this path leaves the model's own folder; empty where it stays inside.
  public static Optional<String> escape(String path) {
    String plain = path.replace('\\', '/');
    if (plain.matches("[A-Za-z][A-Za-z0-9+.-]+:/.*")) {
      return Optional.of("is a URL");
    }
    if (plain.startsWith("/") || plain.startsWith("~") || plain.matches("[A-Za-z]:.*")) {
      return Optional.of("is absolute");
    }
    int depth = 0;
    for (String part : plain.split("/", -1)) {
      if (part.equals("..")) {
        depth--;
      } else if (!part.isEmpty() && !part.equals(".")) {
        depth++;
      }
      if (depth < 0) {
        return Optional.of("leaves the model's folder");
      }
    }
    return path.indexOf('\0') >= 0 ? Optional.of("holds a zero byte") : Optional.empty();
  }
}
