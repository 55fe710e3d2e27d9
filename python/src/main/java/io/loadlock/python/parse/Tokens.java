package io.loadlock.python.parse;

import java.util.Arrays;

/// The tokens of one logical line as columns, and the place up to which a parser has read them. The
/// last one is always [Kind#NEWLINE] or [Kind#END], so that looking at the current token needs no
/// check.
final class Tokens {
  /// More tokens than this in one logical line are read in pieces, so that hostile input cannot
  /// make the columns grow without bound. The longest line of the corpora has some 200,000.
  static final int MOST = 1 << 22;

  byte[] kinds = new byte[512];
  int[] starts = new int[512];
  int[] ends = new int[512];
  int count;

  /// Index of the token that is to be read next.
  int at;

  void clear() {
    count = 0;
    at = 0;
  }

  void add(byte kind, int start, int end) {
    if (count + 4 > kinds.length) {
      grow();
    }
    kinds[count] = kind;
    starts[count] = start;
    ends[count] = end;
    count++;
  }

  private void grow() {
    int size = kinds.length * 2;
    kinds = Arrays.copyOf(kinds, size);
    starts = Arrays.copyOf(starts, size);
    ends = Arrays.copyOf(ends, size);
  }

  /// Drops the tokens from `index` on.
  void truncate(int index) {
    count = index;
  }

  /// Makes looking a little past the last token harmless.
  void seal() {
    kinds[count] = Kind.END;
    kinds[count + 1] = Kind.END;
    kinds[count + 2] = Kind.END;
  }

  byte kind() {
    return kinds[at];
  }

  byte peek() {
    return kinds[at + 1];
  }

  /// Where the current token begins.
  int start() {
    return starts[at];
  }

  /// Where the token before the current one ends.
  int lastEnd() {
    return at == 0 ? starts[0] : ends[at - 1];
  }

  boolean accept(byte kind) {
    if (kinds[at] == kind) {
      at++;
      return true;
    }
    return false;
  }
}
