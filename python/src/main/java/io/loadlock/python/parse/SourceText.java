package io.loadlock.python.parse;

import io.loadlock.core.Location;

/// The text that a tree stands on, and the way from the tree's offsets to places in the file on
/// disk.
///
/// Offsets count the bytes of [#text]. For nearly every file these are the bytes on disk. A file in
/// another encoding is parsed as UTF-8, a notebook as its code cells one behind the other; then
/// only [#locate] knows the place on disk. It is the one way to a [Location] for both, and safe to
/// call from several threads.
public interface SourceText {
  /// What was parsed, in UTF-8 (or in bytes that were taken for it). Not a copy; nobody may write
  /// to it.
  byte[] text();

  /// Where the text between two offsets stands in the file, lines and columns as a user counts
  /// them.
  ///
  /// @param path what the file is called in reports
  /// @param start offset in [#text]
  /// @param end offset behind the last byte
  Location.Source locate(String path, int start, int end);

  /// The line of the file at which `offset` stands, from 1: the `line` of what [#locate] gives,
  /// without the columns.
  int line(int offset);
}
