package io.loadlock.artifact.compressed.zstd;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Frames one after another, skippable ones left out. Checksums are not verified. Dictionaries and
/// windows of more than [#MOST_WINDOW] bytes are refused.
public final class ZstdStream extends InputStream {
  private static final int MAGIC = 0xFD2FB528;
  private static final int BLOCK = 128 << 10;

  /// What `zstd` itself accepts without being told: 128 MiB; here half of it.
  private static final int MOST_WINDOW = 64 << 20;

  private final InputStream in;

  /// The window, and behind it the block that is being given.
  private byte[] buffer = {};

  private int given;
  private int end;
  private int window;
  private boolean inFrame;
  private boolean last;
  private boolean checksum;
  private @Nullable Huffman tree;
  private final Map<Sequences.Use, FseTable> tables = new EnumMap<>(Sequences.Use.class);
  private final long[] repeats = new long[3];

  public ZstdStream(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (given == end) {
      if (!inFrame && !frame()) {
        return -1;
      }
      if (last) {
        in.skipNBytes(checksum ? 4 : 0);
        inFrame = false;
      } else {
        block();
      }
    }
    int count = Math.min(length, end - given);
    System.arraycopy(buffer, given, target, from, count);
    given += count;
    return count;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private long little(int count) throws IOException {
    long value = 0;
    for (int i = 0; i < count; i++) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("zstd frame is cut");
      }
      value |= (long) next << 8 * i;
    }
    return value;
  }

  /// §3.1.1.1; false at the end of the stream.
  private boolean frame() throws IOException {
    int first = in.read();
    if (first < 0) {
      return false;
    }
    int magic = first | (int) little(3) << 8;
    if ((magic & 0xFFFFFFF0) == 0x184D2A50) {
      in.skipNBytes(little(4));
      return frame();
    }
    if (magic != MAGIC) {
      throw new IOException("no zstd frame");
    }
    int descriptor = (int) little(1);
    boolean single = (descriptor & 0x20) != 0;
    checksum = (descriptor & 4) != 0;
    long size = 0;
    if (!single) {
      int bits = (int) little(1);
      long base = 1L << 10 + (bits >> 3);
      size = base + base / 8 * (bits & 7);
    }
    int dictionary = new int[] {0, 1, 2, 4}[descriptor & 3];
    if (little(dictionary) != 0) {
      throw new IOException("zstd frame with a dictionary");
    }
    int contentBytes = new int[] {single ? 1 : 0, 2, 4, 8}[descriptor >> 6];
    long content = little(contentBytes) + (contentBytes == 2 ? 256 : 0);
    size = single ? content : size;
    if (size < 0 || size > MOST_WINDOW) {
      throw new IOException("zstd window of " + Long.toUnsignedString(size) + " bytes");
    }
    window = (int) size;
    begin();
    return true;
  }

  private void begin() {
    buffer = new byte[Math.min(window, 1 << 20) + 2 * BLOCK];
    given = 0;
    end = 0;
    inFrame = true;
    last = false;
    tree = null;
    tables.clear();
    repeats[0] = 1;
    repeats[1] = 4;
    repeats[2] = 8;
  }

  /// Makes room for one more block behind what matches may still reach.
  private void room() {
    if (end + BLOCK <= buffer.length) {
      return;
    }
    int keep = Math.min(end, window);
    int wanted = keep + BLOCK;
    byte[] target =
        wanted + BLOCK > buffer.length
            ? new byte[Math.min(window + 2 * BLOCK, 2 * buffer.length + BLOCK)]
            : buffer;
    System.arraycopy(buffer, end - keep, target, 0, keep);
    buffer = target;
    end = keep;
    given = keep;
  }

  /// §3.1.1.2: last u1, type u2, size u21.
  private void block() throws IOException {
    room();
    int header = (int) little(3);
    last = (header & 1) != 0;
    int size = header >> 3;
    if (size > BLOCK) {
      throw new IOException("zstd block of " + size + " bytes");
    }
    switch (header >> 1 & 3) {
      case 0 -> {
        if (in.readNBytes(buffer, end, size) < size) {
          throw new EOFException("zstd block is cut");
        }
        end += size;
      }
      case 1 -> {
        java.util.Arrays.fill(buffer, end, end + size, (byte) little(1));
        end += size;
      }
      case 2 -> {
        byte[] block = in.readNBytes(size);
        if (block.length < size) {
          throw new EOFException("zstd block is cut");
        }
        compressed(block);
      }
      default -> throw new IOException("zstd block of a reserved type");
    }
  }

  private void compressed(byte[] block) throws IOException {
    try {
      int[] at = {0};
      byte[] literals = literals(block, at);
      sequences(block, at[0], literals);
    } catch (IndexOutOfBoundsException e) {
      throw new IOException("zstd block points outside of itself", e);
    }
  }

  /// §3.1.1.3.1. Sets `at` behind the section.
  private byte[] literals(byte[] block, int[] at) throws IOException {
    int head = block[0] & 0xFF;
    int type = head & 3;
    int format = head >> 2 & 3;
    if (type < 2) {
      int length = format == 1 ? 2 : format == 3 ? 3 : 1;
      int size = (int) (number(block, 0, length) >> (length == 1 ? 3 : 4));
      check(size);
      byte[] literals = new byte[size];
      if (type == 0) {
        System.arraycopy(block, length, literals, 0, size);
        at[0] = length + size;
      } else {
        java.util.Arrays.fill(literals, block[length]);
        at[0] = length + 1;
      }
      return literals;
    }
    int length = format < 2 ? 3 : format + 2;
    int bits = format < 2 ? 10 : format == 2 ? 14 : 18;
    long numbers = number(block, 0, length) >> 4;
    int size = (int) (numbers & (1 << bits) - 1);
    int packed = (int) (numbers >> bits & (1 << bits) - 1);
    check(size);
    int end = length + packed;
    int start = length;
    if (end > block.length) {
      throw new IOException("literals are cut");
    }
    if (type == 2) {
      Huffman.Described described = Huffman.read(block, start, end);
      tree = described.tree();
      start = described.end();
    }
    Huffman current = tree;
    if (current == null) {
      throw new IOException("literals by a tree that was not given");
    }
    byte[] literals = new byte[size];
    if (format == 0) {
      current.decode(block, start, end, literals, 0, size);
    } else {
      four(current, block, start, end, literals);
    }
    at[0] = end;
    return literals;
  }

  private static void check(int size) throws IOException {
    if (size > BLOCK) {
      throw new IOException("literals of " + size + " bytes");
    }
  }

  /// Four streams of which three have their sizes in front.
  private static void four(Huffman tree, byte[] block, int start, int end, byte[] literals)
      throws IOException {
    int each = (literals.length + 3) / 4;
    int at = start + 6;
    for (int i = 0; i < 4; i++) {
      int stop = i == 3 ? end : at + (int) number(block, start + 2 * i, 2);
      int to = i == 3 ? literals.length : Math.min(literals.length, (i + 1) * each);
      if (stop > end) {
        throw new IOException("literals are cut");
      }
      tree.decode(block, at, stop, literals, Math.min(i * each, to), to);
      at = stop;
    }
  }

  private static long number(byte[] bytes, int start, int count) {
    long value = 0;
    for (int i = count - 1; i >= 0; i--) {
      value = value << 8 | bytes[start + i] & 0xFF;
    }
    return value;
  }

  /// §3.1.1.3.2.
  private void sequences(byte[] block, int start, byte[] literals) throws IOException {
    int at = start;
    int count = block[at++] & 0xFF;
    if (count >= 128) {
      count =
          count == 255
              ? (int) number(block, at, 2) + 0x7F00
              : (count - 128 << 8) + (block[at] & 0xFF);
      at += count >= 0x7F00 ? 2 : 1;
    }
    int used = 0;
    if (count > 0) {
      int modes = block[at++] & 0xFF;
      at = table(Sequences.Use.LITERAL, modes >> 6, block, at);
      at = table(Sequences.Use.OFFSET, modes >> 4 & 3, block, at);
      at = table(Sequences.Use.MATCH, modes >> 2 & 3, block, at);
      used = execute(block, at, count, literals);
    }
    copy(literals, used, literals.length - used);
  }

  private int table(Sequences.Use use, int mode, byte[] block, int at) throws IOException {
    switch (mode) {
      case 0 -> tables.put(use, use.predefined());
      case 1 -> {
        int symbol = block[at] & 0xFF;
        if (symbol >= use.symbols) {
          throw new IOException("code " + symbol + " is not known");
        }
        tables.put(use, FseTable.constant(symbol));
        return at + 1;
      }
      case 2 -> {
        FseTable.Described described =
            FseTable.read(block, at, block.length, use.symbols, use.mostLog);
        tables.put(use, described.table());
        return described.end();
      }
      default -> {
        if (!tables.containsKey(use)) {
          throw new IOException("a table is repeated that was not given");
        }
      }
    }
    return at;
  }

  /// @return how many literals the sequences used
  private int execute(byte[] block, int at, int count, byte[] literals) throws IOException {
    FseTable literal = Objects.requireNonNull(tables.get(Sequences.Use.LITERAL));
    FseTable offset = Objects.requireNonNull(tables.get(Sequences.Use.OFFSET));
    FseTable match = Objects.requireNonNull(tables.get(Sequences.Use.MATCH));
    BackwardBits in = new BackwardBits(block, at, block.length);
    int literalState = (int) in.take(literal.log);
    int offsetState = (int) in.take(offset.log);
    int matchState = (int) in.take(match.log);
    int used = 0;
    for (int i = 0; i < count; i++) {
      int offsetCode = offset.symbols[offsetState];
      int matchCode = match.symbols[matchState];
      int literalCode = literal.symbols[literalState];
      long offsetValue = (1L << offsetCode) + in.take(offsetCode);
      int matchLength =
          Sequences.MATCH_BASE[matchCode] + (int) in.take(Sequences.MATCH_BITS[matchCode]);
      int literalLength =
          Sequences.LITERAL_BASE[literalCode] + (int) in.take(Sequences.LITERAL_BITS[literalCode]);
      if (i + 1 < count) {
        literalState = literal.bases[literalState] + (int) in.take(literal.bits[literalState]);
        matchState = match.bases[matchState] + (int) in.take(match.bits[matchState]);
        offsetState = offset.bases[offsetState] + (int) in.take(offset.bits[offsetState]);
      }
      if (in.overrun()) {
        throw new IOException("sequences are cut");
      }
      copy(literals, used, literalLength);
      used += literalLength;
      repeat(offset(offsetValue, literalLength), matchLength);
    }
    return used;
  }

  private void copy(byte[] literals, int from, int length) throws IOException {
    if (length > literals.length - from || length > buffer.length - end) {
      throw new IOException("sequences want more literals than there are");
    }
    System.arraycopy(literals, from, buffer, end, length);
    end += length;
  }

  /// §3.1.1.5: values up to 3 mean the last offsets.
  private long offset(long value, int literalLength) throws IOException {
    if (value > 3) {
      shift(value - 3, 2);
      return repeats[0];
    }
    int index = (int) value - 1 + (literalLength == 0 ? 1 : 0);
    long offset = index == 3 ? repeats[0] - 1 : repeats[index];
    if (offset <= 0) {
      throw new IOException("offset of 0");
    }
    shift(offset, Math.min(index, 2));
    return offset;
  }

  /// Puts `offset` first; what was in front of `place` moves back by one.
  private void shift(long offset, int place) {
    for (int i = place; i > 0; i--) {
      repeats[i] = repeats[i - 1];
    }
    repeats[0] = offset;
  }

  private void repeat(long offset, int length) throws IOException {
    if (offset > end || offset > Math.max(window, BLOCK) || length > buffer.length - end) {
      throw new IOException("match reaches in front of the window");
    }
    int from = end - (int) offset;
    for (int i = 0; i < length; i++) {
      buffer[end + i] = buffer[from + i];
    }
    end += length;
  }
}
