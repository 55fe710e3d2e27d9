package io.loadlock.python.filter;

/// The hash of a word, as the filter's loop makes it byte by byte, and the two bits of a sketch
/// that stand for it.
final class WordHash {
  private WordHash() {}

  static int of(String word) {
    int hash = 0;
    for (int i = 0; i < word.length(); i++) {
      hash = next(hash, word.charAt(i));
    }
    return hash;
  }

  static int next(int hash, int character) {
    return hash * 0x01000193 + character;
  }

  static int first(int hash) {
    return hash ^ hash >>> 16;
  }

  static int second(int hash) {
    int mixed = hash * 0x9E3779B9;
    return mixed ^ mixed >>> 15;
  }
}
