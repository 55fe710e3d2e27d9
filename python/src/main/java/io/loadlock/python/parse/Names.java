package io.loadlock.python.parse;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;

/// Identifiers and short literals as strings, each made once: the same few hundred words make up
/// nearly all of a file.
final class Names {
  private static final int LONGEST = 64;

  private String[] table = new String[1024];
  private int[] hashes = new int[1024];
  private int size;

  /// The bytes as an identifier: NFKC-folded, as CPython folds it (PEP 3131), when they are not all
  /// ASCII.
  String identifier(byte[] text, int start, int end) {
    String cached = ascii(text, start, end);
    return cached != null
        ? cached
        : Normalizer.normalize(
            new String(text, start, end - start, StandardCharsets.UTF_8), Normalizer.Form.NFKC);
  }

  /// The bytes as they are.
  String literal(byte[] text, int start, int end) {
    String cached = end - start <= LONGEST ? ascii(text, start, end) : null;
    return cached != null ? cached : new String(text, start, end - start, StandardCharsets.UTF_8);
  }

  private @org.jspecify.annotations.Nullable String ascii(byte[] text, int start, int end) {
    int hash = 0;
    for (int i = start; i < end; i++) {
      byte b = text[i];
      if (b < 0) {
        return null;
      }
      hash = hash * 31 + b;
    }
    hash ^= hash >>> 15;
    int mask = table.length - 1;
    int slot = hash & mask;
    while (true) {
      String found = table[slot];
      if (found == null) {
        return add(slot, hash, text, start, end);
      }
      if (hashes[slot] == hash && same(found, text, start, end)) {
        return found;
      }
      slot = (slot + 1) & mask;
    }
  }

  private String add(int slot, int hash, byte[] text, int start, int end) {
    String made = new String(text, start, end - start, StandardCharsets.ISO_8859_1);
    table[slot] = made;
    hashes[slot] = hash;
    if (++size * 2 > table.length) {
      grow();
    }
    return made;
  }

  private void grow() {
    String[] oldTable = table;
    int[] oldHashes = hashes;
    int length = oldTable.length * 2;
    table = new String[length];
    hashes = Arrays.copyOf(oldHashes, length);
    Arrays.fill(hashes, 0);
    for (int i = 0; i < oldTable.length; i++) {
      if (oldTable[i] != null) {
        int slot = oldHashes[i] & (length - 1);
        while (table[slot] != null) {
          slot = (slot + 1) & (length - 1);
        }
        table[slot] = oldTable[i];
        hashes[slot] = oldHashes[i];
      }
    }
  }

  private static boolean same(String word, byte[] text, int start, int end) {
    if (word.length() != end - start) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (word.charAt(i) != text[start + i]) {
        return false;
      }
    }
    return true;
  }
}
