package io.loadlock.engine.walk;

import java.nio.file.Path;

/// A file that a run looks at.
///
/// @param path as reports name it, with `/` between folders
/// @param file where it is
/// @param kind what it is taken for
/// @param bytes its size when it was met
/// @param named whether the user named it, rather than a folder above it
public record Found(String path, Path file, Kind kind, long bytes, boolean named) {

  /// What a file is taken for, by its name alone; Python scripts without an ending by their first
  /// line.
  public enum Kind {
    /// Python or a notebook.
    SOURCE,
    /// Declares versions.
    PINS,
    /// Sets environment variables: Dockerfiles, compose files, CI, shell scripts.
    ENVIRONMENT,
    /// May be a model file: its content decides.
    CANDIDATE
  }
}
