package io.loadlock.artifact.compressed.zstd;

import java.io.IOException;

/// A table of finite state entropy (RFC 8878 §4.1): for each state a symbol, and how the next state
/// is found.
final class FseTable {
  final int log;
  final int[] symbols;
  final int[] bits;
  final int[] bases;

  private FseTable(int log) {
    this.log = log;
    int size = 1 << log;
    this.symbols = new int[size];
    this.bits = new int[size];
    this.bases = new int[size];
  }

  /// One symbol that costs nothing.
  static FseTable constant(int symbol) {
    FseTable table = new FseTable(0);
    table.symbols[0] = symbol;
    return table;
  }

  /// @param counts the probability of each symbol; -1 for "less than one"
  static FseTable of(int[] counts, int log) throws IOException {
    FseTable table = new FseTable(log);
    int size = 1 << log;
    int high = size;
    int[] next = new int[counts.length];
    for (int symbol = 0; symbol < counts.length; symbol++) {
      if (counts[symbol] == -1) {
        table.symbols[--high] = symbol;
        next[symbol] = 1;
      } else {
        next[symbol] = counts[symbol];
      }
    }
    int step = (size >> 1) + (size >> 3) + 3;
    int position = 0;
    for (int symbol = 0; symbol < counts.length; symbol++) {
      for (int i = 0; i < counts[symbol]; i++) {
        table.symbols[position] = symbol;
        do {
          position = position + step & size - 1;
        } while (position >= high);
      }
    }
    if (position != 0) {
      throw new IOException("probabilities do not fill their table");
    }
    for (int state = 0; state < size; state++) {
      int number = next[table.symbols[state]]++;
      table.bits[state] = log - (31 - Integer.numberOfLeadingZeros(number));
      table.bases[state] = (number << table.bits[state]) - size;
    }
    return table;
  }

  /// A table as a frame describes it.
  ///
  /// @param end offset behind the description
  record Described(FseTable table, int end) {}

  /// §4.1.1: the accuracy in four bits, then probabilities in as many bits as can still be needed,
  /// from the lowest bit on.
  static Described read(byte[] bytes, int start, int end, int mostSymbols, int mostLog)
      throws IOException {
    ForwardBits in = new ForwardBits(bytes, start, end);
    int log = in.take(4) + 5;
    if (log > mostLog) {
      throw new IOException("accuracy of " + log + " bits, more than " + mostLog);
    }
    int[] counts = new int[mostSymbols];
    int remaining = (1 << log) + 1;
    int symbol = 0;
    while (remaining > 1 && symbol < mostSymbols) {
      int most = 32 - Integer.numberOfLeadingZeros(remaining);
      int low = (1 << most) - 1 - remaining;
      int value = in.peek(most);
      if ((value & (1 << most - 1) - 1) < low) {
        value &= (1 << most - 1) - 1;
        in.skip(most - 1);
      } else {
        in.skip(most);
        if (value >= 1 << most - 1) {
          value -= low;
        }
      }
      int count = value - 1;
      counts[symbol++] = count;
      remaining -= Math.abs(count);
      if (count == 0) {
        int repeat;
        do {
          repeat = in.take(2);
          symbol += repeat;
        } while (repeat == 3 && symbol < mostSymbols);
      }
    }
    if (remaining != 1 || symbol > mostSymbols || in.overrun()) {
      throw new IOException("probabilities of a table are damaged");
    }
    return new Described(of(java.util.Arrays.copyOf(counts, symbol), log), in.byteEnd());
  }

  /// Bits from the lowest of the first byte on.
  private static final class ForwardBits {
    private final byte[] bytes;
    private final int end;
    private final int start;
    private long at;

    ForwardBits(byte[] bytes, int start, int end) {
      this.bytes = bytes;
      this.start = start;
      this.end = end;
    }

    int peek(int count) {
      int value = 0;
      for (int i = count - 1; i >= 0; i--) {
        long index = start + (at + i >> 3);
        int bit = index < end ? bytes[(int) index] >> (int) (at + i & 7) & 1 : 0;
        value = value << 1 | bit;
      }
      return value;
    }

    void skip(int count) {
      at += count;
    }

    int take(int count) {
      int value = peek(count);
      at += count;
      return value;
    }

    boolean overrun() {
      return start + (at + 7 >> 3) > end;
    }

    int byteEnd() {
      return (int) (start + (at + 7 >> 3));
    }
  }
}
