package io.loadlock.python.filter;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decides from the bytes of a file whether it must be parsed. It may only err on the side of
/// parsing:
/// - whole words are looked for, wherever they stand in what is executed, strings included;
/// - an identifier that CPython folds to ASCII (PEP 3131) is not spelt as it is read: such a file
///   is always wanted;
/// - so is one in an encoding that may hide words, and a notebook whose JSON spells ASCII letters
///   as escapes.
///
/// Immutable, and safe to use from several threads.
///
/// The way of a project: look at each file once and keep its [WordSketch]; parse the wanted ones;
/// for each wrapper or re-export found in them, parse the files of which `sketch.mayHoldAll(module,
/// name)`; go on until nothing is added.
public final class NeedleFilter {
  private static final int USED = 1;
  private static final int ALONE = 2;
  private static final int REFLECTION = 4;

  /// One bit for each group; beyond this many, groups share bits.
  private static final int GROUPS = 64;

  private static final int BEGINNINGS = 1 << 16;
  private static final long[] NO_SKETCH = {};

  /// The characters of words as themselves, everything else as 0.
  private static final byte[] WORD = new byte[256];

  static {
    for (char c = 0; c < 128; c++) {
      if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_') {
        WORD[c] = (byte) c;
      }
    }
  }

  /// A hash table of the needles: the word, whether the slot is used, and the groups in which it is
  /// a word of loading or a library.
  private final byte[][] words;

  private final int[] hashes;
  private final byte[] roles;
  private final long[] loading;
  private final long[] libraries;
  private final int mask;

  /// What a name that is put together may begin with: two letters or more of a word of loading.
  private final Set<String> beginnings = new HashSet<>();

  /// A bit for each of them, by its hash, which spares most words the way to the set.
  private final long[] beginningBits = new long[BEGINNINGS / 64];

  public NeedleFilter(Needles needles) {
    int count = needles.alone().size() + needles.reflection().size();
    for (Needles.Group group : needles.groups()) {
      count += group.loading().size() + group.libraries().size();
    }
    int size = Math.max(64, Integer.highestOneBit(count * 8));
    this.words = new byte[size][];
    this.hashes = new int[size];
    this.roles = new byte[size];
    this.loading = new long[size];
    this.libraries = new long[size];
    this.mask = size - 1;
    needles.alone().forEach(word -> roles[slot(word)] |= ALONE);
    needles.reflection().forEach(word -> roles[slot(word)] |= REFLECTION);
    for (int i = 0; i < needles.groups().size(); i++) {
      long bit = 1L << i % GROUPS;
      needles.groups().get(i).loading().forEach(this::addBeginnings);
      needles.groups().get(i).loading().forEach(word -> loading[slot(word)] |= bit);
      needles.groups().get(i).libraries().forEach(word -> libraries[slot(word)] |= bit);
    }
  }

  private void addBeginnings(String word) {
    for (int end = word.length() - 1; end >= 2; end--) {
      String beginning = word.substring(0, end);
      if (!beginnings.add(beginning)) {
        return; // and so are the shorter ones
      }
      int bit = WordHash.first(WordHash.of(beginning)) & BEGINNINGS - 1;
      beginningBits[bit >>> 6] |= 1L << bit;
    }
  }

  /// Where a word stands, or now does.
  private int slot(String word) {
    int hash = WordHash.of(word);
    byte[] bytes = word.getBytes(StandardCharsets.ISO_8859_1);
    int slot = WordHash.first(hash) & mask;
    while (roles[slot] != 0 && !(hashes[slot] == hash && Arrays.equals(words[slot], bytes))) {
      slot = (slot + 1) & mask;
    }
    words[slot] = bytes;
    hashes[slot] = hash;
    roles[slot] |= USED;
    return slot;
  }

  /// Looks at a file of Python.
  public WordSketch source(byte[] bytes) {
    if (hidesWords(bytes)) {
      return WordSketch.WANTED;
    }
    return code(bytes, 0, bytes.length, sketch(bytes.length), false);
  }

  /// The words of what is executed of a stretch of a source that was parsed.
  public WordSketch words(byte[] bytes, int start, int end) {
    return code(bytes, start, end, sketch(end - start), true);
  }

  /// Whether what is executed of a stretch of a source would make a file wanted. Names that CPython
  /// folds to ASCII do here as well.
  public boolean holds(byte[] bytes, int start, int end) {
    return code(bytes, start, end, NO_SKETCH, false).wanted();
  }

  /// [#holds] for a stretch that could not be read: comments and docstrings count as well.
  public boolean holdsAnywhere(byte[] bytes, int start, int end) {
    return look(bytes, start, end, null, false, NO_SKETCH, false).wanted();
  }

  /// Looks at a notebook: the words in its JSON, behind escapes such as `\n` as well.
  public WordSketch notebook(byte[] bytes) {
    if (startsLikeUtf16(bytes)) {
      return WordSketch.WANTED;
    }
    return look(bytes, 0, bytes.length, null, true, sketch(bytes.length), false);
  }

  private WordSketch code(byte[] bytes, int start, int end, long[] bits, boolean all) {
    CodeOnly code = new CodeOnly(bytes, end);
    WordSketch sketch = look(bytes, start, end, code, false, bits, all);
    return code.unsure() && !sketch.wanted()
        ? look(bytes, start, end, null, false, bits, all)
        : sketch;
  }

  static boolean isWord(int b) {
    return WORD[b & 0xFF] != 0;
  }

  /// @param code steps over what nothing executes; null to look at everything
  /// @param bits takes two bits for each word
  /// @param all whether to go on when the file is wanted
  private WordSketch look(
      byte[] bytes,
      int start,
      int end,
      @Nullable CodeOnly code,
      boolean json,
      long[] bits,
      boolean all) {
    int wrap = bits.length * 64 - 1;
    int found = 0;
    long called = 0;
    long owned = 0;
    // In JSON quotes are escaped ones.
    boolean spliced = json;
    int hash = 0;
    for (int i = start; i <= end; i++) {
      int b = i < end ? bytes[i] : ' ';
      byte letter = WORD[b & 0xFF];
      if (letter != 0) {
        hash = WordHash.next(hash, letter);
        continue;
      }
      boolean afterWord = hash != 0;
      if (afterWord) {
        int first = WordHash.first(hash);
        if (wrap > 0) {
          int second = WordHash.second(hash);
          bits[(first & wrap) >>> 6] |= 1L << first;
          bits[(second & wrap) >>> 6] |= 1L << second;
        }
        int slot = find(bytes, i, hash, first);
        if (slot >= 0) {
          found |= roles[slot];
          called |= loading[slot];
          owned |= libraries[slot];
          if (!all && ((found & ALONE) != 0 || (called & owned) != 0)) {
            return WordSketch.WANTED;
          }
        }
        spliced = spliced || (b == '"' || b == '\'') && i < end && isPiece(bytes, i, first);
        if (!all && spliced && owned != 0 && (found & REFLECTION) != 0) {
          return WordSketch.WANTED;
        }
        hash = 0;
      }
      if (b < 0) {
        if (!all && Folding.foldsToAscii(bytes, i)) {
          return WordSketch.WANTED;
        }
      } else if (json && b == '\\') {
        if (hidesLetter(bytes, i)) {
          return WordSketch.WANTED;
        }
        i++;
      } else if (code != null && i < end && CodeOnly.steers(b)) {
        i = code.pass(i, afterWord);
      }
    }
    return new WordSketch(called, owned, bits);
  }

  /// A power of two of longs with about one bit for every other byte of the stretch.
  private static long[] sketch(int length) {
    return new long[Integer.highestOneBit(Math.clamp(length / 128, 4, 8192) * 2 - 1)];
  }

  /// The slot of the needle that ends before `end`, or -1.
  private int find(byte[] bytes, int end, int hash, int first) {
    int slot = first & mask;
    while (roles[slot] != 0) {
      if (hashes[slot] == hash && endsWith(bytes, end, words[slot])) {
        return slot;
      }
      slot = (slot + 1) & mask;
    }
    return -1;
  }

  /// Whether the string that closes at `at` is one word that other words of loading begin with, or
  /// is turned around.
  private boolean isPiece(byte[] bytes, int at, int hash) {
    int bit = hash & BEGINNINGS - 1;
    boolean turned = at + 1 < bytes.length && bytes[at + 1] == '[';
    if (!turned && (beginningBits[bit >>> 6] & 1L << bit) == 0) {
      return false;
    }
    int start = at;
    while (start > 0 && WORD[bytes[start - 1] & 0xFF] != 0) {
      start--;
    }
    return start > 0
        && bytes[start - 1] == bytes[at]
        && (turned
            || beginnings.contains(
                new String(bytes, start, at - start, StandardCharsets.ISO_8859_1)));
  }

  private static boolean endsWith(byte[] bytes, int end, byte[] word) {
    int from = end - word.length;
    if (from < 0) {
      return false;
    }
    for (int i = 0; i < word.length; i++) {
      if (bytes[from + i] != word[i]) {
        return false;
      }
    }
    return true;
  }

  /// Whether the JSON escape at `at` stands for an ASCII letter or one that CPython folds to it.
  private static boolean hidesLetter(byte[] bytes, int at) {
    if (at + 5 >= bytes.length || bytes[at + 1] != 'u') {
      return false;
    }
    int code = 0;
    for (int i = at + 2; i < at + 6; i++) {
      int digit = Character.digit(bytes[i], 16);
      if (digit < 0) {
        return false;
      }
      code = code << 4 | digit;
    }
    return code < 128
        ? WORD[code] != 0
        : Folding.folds(code) || Character.isHighSurrogate((char) code) && code == 0xD835;
  }

  private static boolean startsLikeUtf16(byte[] bytes) {
    return bytes.length > 1
        && (bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE
            || bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF
            || bytes[0] == 0
            || bytes[1] == 0);
  }

  /// Whether the file's encoding may spell words in other bytes than ASCII's: a UTF-16 mark, or a
  /// cookie (looked for more loosely than PEP 263 does) for an encoding whose characters are not
  /// known here.
  private static boolean hidesWords(byte[] bytes) {
    if (startsLikeUtf16(bytes)) {
      return true;
    }
    int lines = 0;
    for (int i = 0; i + 8 < bytes.length && lines < 2 && i < 2000; i++) {
      if (bytes[i] == '\n' || bytes[i] == '\r' && bytes[i + 1] != '\n') {
        lines++;
      } else if (bytes[i] == 'c'
          && bytes[i + 1] == 'o'
          && bytes[i + 5] == 'g'
          && (bytes[i + 6] == ':' || bytes[i + 6] == '=')) {
        String name = cookie(bytes, i + 7);
        return !isUtf8(name) && (!extendsAscii(name) || hasOthers(bytes));
      }
    }
    return false;
  }

  private static String cookie(byte[] bytes, int from) {
    int start = from;
    while (start < bytes.length && (bytes[start] == ' ' || bytes[start] == '\t')) {
      start++;
    }
    int end = start;
    while (end < bytes.length
        && (WORD[bytes[end] & 0xFF] != 0 || bytes[end] == '-' || bytes[end] == '.')) {
      end++;
    }
    return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1)
        .toLowerCase(Locale.ROOT)
        .replace('_', '-');
  }

  private static boolean isUtf8(String name) {
    return name.startsWith("utf-8") || name.equals("utf8") || name.endsWith("ascii");
  }

  /// Encodings in which ASCII bytes mean what they mean in ASCII.
  private static boolean extendsAscii(String name) {
    return name.startsWith("latin")
        || name.startsWith("iso-8859")
        || name.startsWith("iso8859")
        || name.startsWith("iso-latin")
        || name.startsWith("cp125")
        || name.startsWith("windows-125")
        || name.startsWith("koi8")
        || name.startsWith("gb")
        || name.startsWith("euc");
  }

  private static boolean hasOthers(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0) {
        return true;
      }
    }
    return false;
  }
}
