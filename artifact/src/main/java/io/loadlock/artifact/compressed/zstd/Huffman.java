package io.loadlock.artifact.compressed.zstd;

import java.io.IOException;

/// A tree for literals (RFC 8878 §4.2): for each value of the next `log` bits a symbol and its
/// length.
final class Huffman {
  private static final int MOST_BITS = 11;

  private final int log;
  private final byte[] symbols;
  private final byte[] lengths;

  private Huffman(int log, byte[] symbols, byte[] lengths) {
    this.log = log;
    this.symbols = symbols;
    this.lengths = lengths;
  }

  record Described(Huffman tree, int end) {}

  /// Weights, four bits each where the first byte is 128 or more, else compressed by FSE in as many
  /// bytes as it says.
  static Described read(byte[] bytes, int start, int limit) throws IOException {
    if (start >= limit) {
      throw new IOException("tree is cut");
    }
    int head = bytes[start] & 0xFF;
    int[] weights = new int[256];
    int count;
    int end;
    if (head >= 128) {
      count = head - 127;
      end = start + 1 + (count + 1) / 2;
      if (end > limit) {
        throw new IOException("tree is cut");
      }
      for (int i = 0; i < count; i++) {
        int pair = bytes[start + 1 + i / 2] & 0xFF;
        weights[i] = i % 2 == 0 ? pair >> 4 : pair & 15;
      }
    } else {
      end = start + 1 + head;
      if (end > limit) {
        throw new IOException("tree is cut");
      }
      count = compressed(bytes, start + 1, end, weights);
    }
    return new Described(of(weights, count), end);
  }

  /// Two interleaved states, each giving every other weight, until the bits run out.
  private static int compressed(byte[] bytes, int start, int end, int[] weights)
      throws IOException {
    FseTable.Described described = FseTable.read(bytes, start, end, 256, 6);
    FseTable table = described.table();
    BackwardBits in = new BackwardBits(bytes, described.end(), end);
    int[] states = {(int) in.take(table.log), (int) in.take(table.log)};
    int count = 0;
    while (count < 254) {
      int turn = count % 2;
      weights[count++] = table.symbols[states[turn]];
      states[turn] = table.bases[states[turn]] + (int) in.take(table.bits[states[turn]]);
      if (in.overrun()) {
        weights[count++] = table.symbols[states[1 - turn]];
        return count;
      }
    }
    throw new IOException("more weights than there are literals");
  }

  /// The last weight is the one that completes a power of two.
  private static Huffman of(int[] weights, int count) throws IOException {
    int sum = 0;
    for (int i = 0; i < count; i++) {
      if (weights[i] > MOST_BITS) {
        throw new IOException("weight of " + weights[i]);
      }
      sum += weights[i] == 0 ? 0 : 1 << weights[i] - 1;
    }
    int log = 32 - Integer.numberOfLeadingZeros(sum);
    int rest = (1 << log) - sum;
    if (sum == 0 || log > MOST_BITS || Integer.bitCount(rest) != 1 || count > 255) {
      throw new IOException("weights make no tree");
    }
    weights[count] = 32 - Integer.numberOfLeadingZeros(rest);
    byte[] symbols = new byte[1 << log];
    byte[] lengths = new byte[1 << log];
    int at = 0;
    for (int weight = 1; weight <= log; weight++) {
      for (int symbol = 0; symbol <= count; symbol++) {
        if (weights[symbol] == weight) {
          int entries = 1 << weight - 1;
          java.util.Arrays.fill(symbols, at, at + entries, (byte) symbol);
          java.util.Arrays.fill(lengths, at, at + entries, (byte) (log + 1 - weight));
          at += entries;
        }
      }
    }
    return new Huffman(log, symbols, lengths);
  }

  /// Decodes one stream into `target[from..to)`.
  void decode(byte[] bytes, int start, int end, byte[] target, int from, int to)
      throws IOException {
    BackwardBits in = new BackwardBits(bytes, start, end);
    int mask = (1 << log) - 1;
    int state = (int) in.take(log);
    for (int at = from; at < to; at++) {
      if (in.left() < -log) {
        throw new IOException("literals are cut");
      }
      target[at] = symbols[state];
      int length = lengths[state];
      state = (state << length | (int) in.take(length)) & mask;
    }
    if (in.left() != -log) {
      throw new IOException("literals do not fill their stream");
    }
  }
}
