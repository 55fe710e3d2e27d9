package io.loadlock.artifact;

import io.loadlock.core.ByteSource;
import java.util.List;

/// A member that a reader hands back to be recognised and read in its turn.
///
/// @param name as the container has it
/// @param offset where it begins in the container, in bytes; -1 where that means nothing
/// @param loaded whether loading the container would load this member too; what is never loaded
///   cannot make the container worse than a notice does
/// @param content inflated lazily, within the budget
/// @param format the name of the format that the container's loader takes these bytes for, whatever
///   they look like; empty where their content decides
/// @param readings made already by the container's reader, which had to look into the member
///   itself; empty where the loop is to recognise and read it
public record Nested(
    String name,
    long offset,
    boolean loaded,
    ByteSource content,
    String format,
    List<Reading> readings) {
  public Nested {
    readings = List.copyOf(readings);
  }

  public Nested(String name, long offset, boolean loaded, ByteSource content) {
    this(name, offset, loaded, content, "", List.of());
  }

  /// A member that loaders take for `format`.
  public Nested(String name, long offset, boolean loaded, ByteSource content, String format) {
    this(name, offset, loaded, content, format, List.of());
  }
}
