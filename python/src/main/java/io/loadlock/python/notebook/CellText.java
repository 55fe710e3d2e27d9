package io.loadlock.python.notebook;

import io.loadlock.core.Location;
import io.loadlock.python.parse.LineIndex;
import io.loadlock.python.parse.SourceText;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The code cells of a notebook one behind the other, each with a line feed behind it, and where
/// each byte of them stands in the JSON.
final class CellText implements SourceText {
  private final byte[] file;
  private final List<Cell> cells;

  private byte[] text;
  private int size;

  /// Where each cell begins in the text, and where the last one ends.
  private final int[] starts;

  /// Runs of the text, in order: where each begins in the text, where in the file, and how many
  /// bytes of the file it takes. [#PLAIN] runs are the same bytes in both; the others are one
  /// character that JSON escapes, or the line feed that was put between.
  private int[] runs = new int[64];

  private int[] origins = new int[64];
  private int[] widths = new int[64];
  private int count;

  private static final int PLAIN = -1;

  private volatile @Nullable Indexes indexes;

  private record Indexes(LineIndex file, LineIndex text) {}

  private CellText(byte[] file, List<Cell> cells) {
    this.file = file;
    this.cells = cells;
    this.text = new byte[1024];
    this.starts = new int[cells.size() + 1];
  }

  static CellText of(byte[] file, List<Cell> cells) {
    CellText result = new CellText(file, cells);
    for (int i = 0; i < cells.size(); i++) {
      result.starts[i] = result.size;
      result.add(cells.get(i));
    }
    result.starts[cells.size()] = result.size;
    result.text = Arrays.copyOf(result.text, result.size);
    return result;
  }

  int cellCount() {
    return cells.size();
  }

  /// Where a cell begins in the text.
  int start(int cell) {
    return starts[cell];
  }

  /// Where it ends, without the line feed behind it.
  int end(int cell) {
    return starts[cell + 1] - 1;
  }

  private void add(Cell cell) {
    int end = 0;
    boolean bare = false;
    int[] strings = cell.strings();
    for (int i = 0; i < strings.length; i++) {
      if (bare) {
        between(end);
      }
      int before = size;
      end = string(strings[i]);
      // nbformat 3 takes lines that nobody gave line ends as lines nevertheless.
      bare = (i == 0 || bare) && i + 1 < strings.length && !endsLine(before);
    }
    between(end);
  }

  private boolean endsLine(int from) {
    return size > from && (text[size - 1] == '\n' || text[size - 1] == '\r');
  }

  private void between(int origin) {
    run(origin, 0);
    append('\n');
  }

  /// Appends what the JSON string whose quote is at `quote` stands for.
  ///
  /// @return the offset of its closing quote, or of the end of the file
  private int string(int quote) {
    int at = quote + 1;
    boolean plain = false;
    while (at < file.length && file[at] != '"') {
      if (file[at] != '\\') {
        if (!plain) {
          run(at, PLAIN);
          plain = true;
        }
        append(file[at++]);
      } else {
        int length = escape(at);
        at += length;
        plain = false;
      }
    }
    return at;
  }

  /// Appends what an escape stands for (RFC 8259 §7).
  ///
  /// @return how many bytes of the file it takes
  private int escape(int at) {
    int kind = at + 1 < file.length ? file[at + 1] : ' ';
    if (kind == 'u') {
      int unit = hex(at);
      if (unit < 0) {
        run(at, 2);
        append('u');
        return 2;
      }
      int low = Character.isHighSurrogate((char) unit) ? hex(at + 6) : -1;
      boolean pair = low >= 0 && Character.isLowSurrogate((char) low);
      run(at, pair ? 12 : 6);
      codePoint(pair ? Character.toCodePoint((char) unit, (char) low) : unit);
      return pair ? 12 : 6;
    }
    int length = Math.min(2, file.length - at);
    run(at, length);
    append(
        switch (kind) {
          case 'n' -> '\n';
          case 't' -> '\t';
          case 'r' -> '\r';
          case 'f' -> '\f';
          case 'b' -> '\b';
          default -> kind;
        });
    return length;
  }

  /// The number of the `\\uXXXX` at `at`, or -1 where none is.
  private int hex(int at) {
    if (at + 6 > file.length || file[at] != '\\' || file[at + 1] != 'u') {
      return -1;
    }
    int value = 0;
    for (int i = at + 2; i < at + 6; i++) {
      int digit = Character.digit(file[i], 16);
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }

  /// In UTF-8; half a surrogate pair as the replacement character.
  private void codePoint(int given) {
    int code = given >= 0xD800 && given < 0xE000 ? 0xFFFD : given;
    if (code < 0x80) {
      append(code);
    } else if (code < 0x800) {
      append(0xC0 | code >> 6);
      append(0x80 | code & 0x3F);
    } else {
      if (code < 0x10000) {
        append(0xE0 | code >> 12);
      } else {
        append(0xF0 | code >> 18);
        append(0x80 | code >> 12 & 0x3F);
      }
      append(0x80 | code >> 6 & 0x3F);
      append(0x80 | code & 0x3F);
    }
  }

  private void append(int b) {
    if (size == text.length) {
      text = Arrays.copyOf(text, size * 2);
    }
    text[size++] = (byte) b;
  }

  private void run(int origin, int width) {
    if (count == runs.length) {
      runs = Arrays.copyOf(runs, count * 2);
      origins = Arrays.copyOf(origins, count * 2);
      widths = Arrays.copyOf(widths, count * 2);
    }
    runs[count] = size;
    origins[count] = origin;
    widths[count++] = width;
  }

  @Override
  public byte[] text() {
    return text;
  }

  private int runOf(int offset) {
    int index = Arrays.binarySearch(runs, 0, count, offset);
    return index >= 0 ? index : -index - 2;
  }

  /// Where the character at `offset` begins in the file.
  private int origin(int offset) {
    int run = runOf(Math.min(offset, size - 1));
    if (run < 0) {
      return 0;
    }
    return widths[run] == PLAIN ? origins[run] + offset - runs[run] : origins[run];
  }

  /// Where the character before `offset` ends in the file, so that a range which ends with its line
  /// does not reach to the next one.
  private int originOfEnd(int offset) {
    int run = runOf(Math.min(offset, size) - 1);
    if (run < 0) {
      return 0;
    }
    return widths[run] == PLAIN ? origins[run] + offset - runs[run] : origins[run] + widths[run];
  }

  private Indexes indexes() {
    Indexes found = indexes;
    if (found == null) {
      found = new Indexes(new LineIndex(file, Utf8.hasMark(file) ? 3 : 0), new LineIndex(text, 0));
      indexes = found;
    }
    return found;
  }

  @Override
  public Location.Source locate(String path, int start, int end) {
    LineIndex lines = indexes().file();
    int from = origin(start);
    int to = end > start ? originOfEnd(end) : from;
    return new Location.Source(path, from, to, lines.point(from), lines.point(to), cell(start));
  }

  private Optional<Location.Cell> cell(int offset) {
    if (cells.isEmpty()) {
      return Optional.empty();
    }
    int index = Arrays.binarySearch(starts, 0, cells.size(), offset);
    index = index >= 0 ? index : Math.max(0, -index - 2);
    Cell cell = cells.get(index);
    LineIndex lines = indexes().text();
    Location.Point point = lines.point(offset);
    int line = point.line() - lines.line(starts[index]) + 1;
    return Optional.of(
        new Location.Cell(cell.number(), cell.codeNumber(), line, point.codePoint()));
  }

  @Override
  public int line(int offset) {
    return indexes().file().line(origin(offset));
  }
}
