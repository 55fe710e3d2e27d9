package io.loadlock.core;

import java.util.List;
import java.util.Optional;

/// Where a finding or an evidence step is.
public sealed interface Location {
  /// The file as the user would name it, with `/` between folders.
  String path();

  /// A stretch of text.
  ///
  /// @param startByte offset of the first byte in the file; for a notebook, in the file as well
  /// @param endByte offset behind the last byte
  /// @param start the first character
  /// @param end the character behind the last one
  /// @param cell the notebook cell, where the file is a notebook
  record Source(
      String path, long startByte, long endByte, Point start, Point end, Optional<Cell> cell)
      implements Location {}

  /// A place inside a file that is not text.
  ///
  /// @param members the way down, outermost first: `["archive.zip", "model/data.pkl"]` without the
  ///   file itself
  /// @param offset byte offset in the innermost member
  /// @param length in bytes; 0 where only the beginning is known
  record Artifact(String path, List<String> members, long offset, long length) implements Location {
    public Artifact {
      members = List.copyOf(members);
    }
  }

  /// A whole file.
  record Whole(String path) implements Location {}

  /// A character position.
  ///
  /// @param line from 1, physical line of the file
  /// @param column from 1, in UTF-16 code units as SARIF's `columnKind: utf16CodeUnits` counts
  /// @param codePoint from 1, in Unicode code points, as editors and Python count
  record Point(int line, int column, int codePoint) {}

  /// A cell of a notebook.
  ///
  /// @param cell from 1, over all cells
  /// @param codeCell from 1, over the code cells
  /// @param line from 1, the line within the cell at which the location starts
  /// @param column from 1, in code points, in that line
  record Cell(int cell, int codeCell, int line, int column) {}
}
