package io.loadlock.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// GitHub's `primaryLocationLineHash`, by the algorithm that its upload action publishes
/// (`src/fingerprints.ts`), so that alerts stay the same whoever computes it.
///
/// A line is named by the next hundred characters from its start, blanks and tabs left out, line
/// ends as `\n`, the end of the file as U+FFFF and then zeros. Their polynomial in 37, modulo 2⁶⁴,
/// is written in hexadecimal, and behind it how many lines of the file have had the same so far.
final class LineHashes {
  private static final int BLOCK = 100;
  private static final long BASE = 37;
  private static final char END = '\uFFFF';

  /// 37¹⁰⁰, the weight with which a character leaves the window.
  private static final long LEAVING = power();

  private final char[] window = new char[BLOCK];

  /// Beside each character of the window whether a line starts with it.
  private final boolean[] starts = new boolean[BLOCK];

  private final Map<String, Integer> seen = new HashMap<>();
  private final List<String> hashes = new ArrayList<>();
  private long hash;
  private int at;

  private LineHashes() {}

  /// The hash of each line of `text`, the first line's first.
  static List<String> of(String text) {
    LineHashes lines = new LineHashes();
    boolean start = true;
    for (int index = 0; index < text.length(); index++) {
      char c = text.charAt(index);
      if (c == ' ' || c == '\t' || (c == '\n' && index > 0 && text.charAt(index - 1) == '\r')) {
        continue;
      }
      char read = c == '\r' ? '\n' : c;
      lines.take(read, start);
      start = read == '\n';
    }
    lines.take(END, start);
    for (int rest = 0; rest < BLOCK; rest++) {
      lines.take('\0', false);
    }
    return lines.hashes;
  }

  private void take(char read, boolean start) {
    if (starts[at]) {
      String name = Long.toHexString(hash);
      hashes.add(name + ":" + seen.merge(name, 1, Integer::sum));
    }
    hash = BASE * hash + read - LEAVING * window[at];
    window[at] = read;
    starts[at] = start;
    at = (at + 1) % BLOCK;
  }

  private static long power() {
    long power = 1;
    for (int factor = 0; factor < BLOCK; factor++) {
      power *= BASE;
    }
    return power;
  }
}
