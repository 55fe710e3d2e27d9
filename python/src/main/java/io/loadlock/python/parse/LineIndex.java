package io.loadlock.python.parse;

import io.loadlock.core.Location.Point;
import java.util.Arrays;

/// The lines of a UTF-8 text: ended by LF, CR LF or CR, as Python ends them.
public final class LineIndex {
  private final byte[] text;
  private final int[] starts;
  private final int count;

  /// The column that was asked for last. Whoever asks in order pays for a long line once;
  /// immutable, so that a race costs time only.
  private Step last = new Step(0, 0, 1, 1);

  private record Step(int line, int offset, int column, int codePoint) {}

  /// @param first the offset at which the first line begins: behind a byte order mark
  public LineIndex(byte[] text, int first) {
    this.text = text;
    int[] found = new int[Math.max(16, text.length / 32)];
    int size = 1;
    found[0] = first;
    for (int i = 0; i < text.length; i++) {
      byte b = text[i];
      if (b == '\n' || b == '\r' && (i + 1 == text.length || text[i + 1] != '\n')) {
        if (size == found.length) {
          found = Arrays.copyOf(found, size * 2);
        }
        found[size++] = i + 1;
      }
    }
    this.starts = found;
    this.count = size;
  }

  /// From 1.
  public int line(int offset) {
    int index = Arrays.binarySearch(starts, 0, count, offset);
    return index >= 0 ? index + 1 : Math.max(1, -index - 1);
  }

  /// The offset at which a line begins.
  ///
  /// @param line from 1
  public int start(int line) {
    return starts[line - 1];
  }

  /// The character at `offset`; one behind the last character of the text is a place too.
  public Point point(int offset) {
    int line = line(offset);
    Step from = last;
    if (from.line != line || from.offset > offset) {
      from = new Step(line, start(line), 1, 1);
    }
    int column = from.column;
    int codePoint = from.codePoint;
    for (int i = Math.max(0, from.offset); i < offset && i < text.length; i++) {
      byte b = text[i];
      if ((b & 0xC0) != 0x80) {
        codePoint++;
        column += (b & 0xF8) == 0xF0 ? 2 : 1;
      }
    }
    last = new Step(line, offset, column, codePoint);
    return new Point(line, column, codePoint);
  }
}
