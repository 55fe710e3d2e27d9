package io.loadlock.pins;

/// One line of one file that says which versions of a distribution are wanted.
///
/// @param distribution normalized name (PEP 503)
/// @param bounds what the line admits
/// @param marker the environment marker it holds under, empty for everywhere
/// @param scope who gets it
/// @param path the file, with `/` between folders
/// @param line from 1
/// @param text what the line says, such as `torch==2.7.1`
public record Declaration(
    String distribution,
    Bounds bounds,
    String marker,
    Scope scope,
    String path,
    int line,
    String text) {

  /// Who gets a dependency.
  public enum Scope {
    /// Everyone who installs or runs the project.
    RUNTIME,
    /// Only who asks: an extra, a dependency group, a file for tests or documentation.
    OPTIONAL
  }
}
