package io.loadlock.fix;

/// The replacement of a stretch of the text that was parsed.
///
/// @param start offset as in the tree
/// @param end offset behind the last byte that goes; `start` for an insertion
/// @param text what comes; `\n` stands for the file's own line end
record Change(int start, int end, String text) {
  static Change insert(int at, String text) {
    return new Change(at, at, text);
  }
}
