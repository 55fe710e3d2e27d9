package io.loadlock.python.filter;

/// What one look at a file has shown: whether it is to be parsed at once, and else which words it
/// may hold. A Bloom filter over all its words: 'no' is certain, 'yes' nearly so. It is small (1/16
/// of the file), so that the files that were not parsed can be asked again, without being read
/// again, for each wrapper or re-export that turns up.
public final class WordSketch {
  static final WordSketch WANTED = new WordSketch(true);

  private final boolean wanted;
  private final long loading;
  private final long libraries;
  private final long[] bits;

  private WordSketch(boolean wanted) {
    this.wanted = wanted;
    this.loading = ~0L;
    this.libraries = ~0L;
    this.bits = new long[0];
  }

  WordSketch(long loading, long libraries, long[] bits) {
    this.wanted = false;
    this.loading = loading;
    this.libraries = libraries;
    this.bits = bits;
  }

  /// Whether it holds a word of loading of the needles' group of this number, from 0. Certain,
  /// unless there are more than 64 groups.
  public boolean holdsLoading(int group) {
    return (loading & 1L << group) != 0;
  }

  /// Whether it holds a library of the needles' group of this number.
  public boolean holdsLibrary(int group) {
    return (libraries & 1L << group) != 0;
  }

  /// True when the needles, or something that hides words, call for parsing the file.
  public boolean wanted() {
    return wanted;
  }

  /// False when the file certainly does not hold `word` as a whole word. A wanted file may hold
  /// anything.
  public boolean mayHold(String word) {
    if (wanted) {
      return true;
    }
    int hash = WordHash.of(word);
    return has(WordHash.first(hash)) && has(WordHash.second(hash));
  }

  /// [#mayHold] for each of them.
  public boolean mayHoldAll(String... words) {
    for (String word : words) {
      if (!mayHold(word)) {
        return false;
      }
    }
    return true;
  }

  private boolean has(int position) {
    int bit = position & (bits.length * 64 - 1);
    return (bits[bit >>> 6] & 1L << bit) != 0;
  }
}
