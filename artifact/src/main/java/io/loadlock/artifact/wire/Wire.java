package io.loadlock.artifact.wire;

import io.loadlock.artifact.Cursor;
import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// The fields of one message of protocol buffers, one after another, without a schema and without
/// copying: a field that nobody asks for costs its tag and its length. Positions are 64 bits wide.
///
/// ```
/// tag = field number << 3 | type      0 varint   1 eight bytes   2 length, bytes   3, 4 group   5 four bytes
/// ```
public final class Wire {
  /// Messages within messages.
  private static final int DEPTH = 100;

  /// Shared by all messages of one file.
  private static final class File {
    final ByteSource source;
    final Cursor cursor;
    final long most;
    long fields;

    File(ByteSource source, long most) {
      this.source = source;
      this.cursor = Cursor.of(source);
      this.most = most;
    }
  }

  private final File file;
  private final long end;
  private final int depth;
  private long position;
  private int field;
  private int type;
  private long value;
  private long start;

  private Wire(File file, long position, long end, int depth) {
    this.file = file;
    this.position = position;
    this.end = end;
    this.depth = depth;
  }

  /// @param fields how many may be read in all messages of the file together
  public static Wire of(ByteSource source, long fields) {
    return new Wire(new File(source, fields), 0, source.size(), 0);
  }

  /// Goes to the next field; false at the end of the message.
  public boolean next() throws IOException, MalformedException {
    if (position >= end) {
      return false;
    }
    if (++file.fields > file.most) {
      throw new MalformedException("more than " + file.most + " fields", position);
    }
    long at = position;
    long tag = varint();
    if (tag >>> 3 == 0 || tag >>> 3 > 536_870_911L) {
      throw new MalformedException("a field number of " + (tag >>> 3), at);
    }
    field = (int) (tag >>> 3);
    type = (int) (tag & 7);
    switch (type) {
      case 0 -> value = varint();
      case 1 -> value = fixed(8);
      case 5 -> value = fixed(4);
      case 2 -> {
        value = varint();
        start = position;
        if (value < 0 || value > end - position) {
          throw new MalformedException(
              "a field of "
                  + Long.toUnsignedString(value)
                  + " bytes, "
                  + (end - position)
                  + " left",
              at);
        }
        position += value;
      }
      default -> throw new MalformedException("a field of type " + type, at);
    }
    return true;
  }

  private long varint() throws IOException, MalformedException {
    Cursor in = file.cursor;
    in.seek(position);
    long result = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      if (position >= end) {
        throw new MalformedException("ends within a number", position);
      }
      int b = in.u8("a number");
      position++;
      result |= shift > 63 ? 0 : (long) (b & 0x7F) << shift;
      if (b < 0x80) {
        return result;
      }
    }
    throw new MalformedException("a number of more than ten bytes", position);
  }

  private long fixed(int width) throws IOException, MalformedException {
    if (width > end - position) {
      throw new MalformedException("ends within a number", position);
    }
    file.cursor.seek(position);
    position += width;
    return width == 8 ? file.cursor.i64("a number") : file.cursor.u32("a number");
  }

  /// The current field's number.
  public int field() {
    return field;
  }

  /// Whether the current field has a length: text, bytes, a message, packed numbers.
  public boolean isBytes() {
    return type == 2;
  }

  public boolean isNumber() {
    return type == 0;
  }

  /// The number; of a field with a length, the length in bytes.
  public long number() {
    return value;
  }

  /// Where the current field's content begins.
  public long offset() {
    return isBytes() ? start : position;
  }

  /// The current field as a message.
  public Wire message() throws MalformedException {
    if (!isBytes()) {
      throw new MalformedException("field " + field + " is no message", position);
    }
    if (depth >= DEPTH) {
      throw new MalformedException("messages nested deeper than " + DEPTH, start);
    }
    return new Wire(file, start, start + value, depth + 1);
  }

  /// The current field as UTF-8, at most `most` bytes of it; empty where it has no length.
  public String text(int most) throws IOException {
    return isBytes() ? new String(bytes(most), StandardCharsets.UTF_8) : "";
  }

  public byte[] bytes(int most) throws IOException {
    return file.source.bytes(start, (int) Math.min(value, most));
  }

  /// The current field's bytes as a source.
  public ByteSource slice() {
    return file.source.slice(start, value);
  }
}
