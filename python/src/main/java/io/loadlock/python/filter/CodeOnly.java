package io.loadlock.python.filter;

/// Follows the strings, comments and brackets of a source, as far as it takes to step over what
/// nothing executes: comments, and strings that are statements of their own, such as docstrings.
/// Licences and prose hold the words of loading more often than code does.
///
/// It may only err on the side of stepping over too little. What can stand for two things makes it
/// *unsure*: a string that does not end, or an f-string that closes inside a replacement field, as
/// PEP 701 allows; then the source has to be looked at whole.
final class CodeOnly {
  private static final boolean[] STEERS = new boolean[128];

  static {
    for (char c : "#'\"()[]{}\\\n\r".toCharArray()) {
      STEERS[c] = true;
    }
  }

  private final byte[] bytes;
  private final int length;

  /// The quote of the string that the position is in; 0 outside of strings.
  private int quote;

  private boolean triple;

  /// Whether `{` and `}` of the string count.
  private boolean formatted;

  private int braces;
  private int brackets;
  private boolean unsure;

  /// @param end of the stretch that is looked at
  CodeOnly(byte[] bytes, int end) {
    this.bytes = bytes;
    this.length = end;
  }

  /// Whether what was stepped over may be code.
  boolean unsure() {
    return unsure || quote != 0 && triple;
  }

  /// Whether an ASCII byte has to be passed; others change nothing.
  static boolean steers(int b) {
    return STEERS[b];
  }

  /// Passes a byte that is no part of a word.
  ///
  /// @param afterWord whether a word ends before it, which may be a string's prefix
  /// @return where to go on: `at`, or the last byte of what is stepped over
  int pass(int at, boolean afterWord) {
    return quote == 0 ? code(at, afterWord) : text(at);
  }

  private int code(int at, boolean afterWord) {
    switch (bytes[at]) {
      case '#' -> {
        int end = at;
        while (end + 1 < length && !isLineEnd(bytes[end + 1])) {
          end++;
        }
        return end;
      }
      case '(', '[', '{' -> brackets++;
      case ')', ']', '}' -> brackets = Math.max(0, brackets - 1);
      case '"', '\'' -> {
        return opened(at, afterWord);
      }
      default -> {}
    }
    return at;
  }

  private int opened(int at, boolean afterWord) {
    int last = isTriple(at) ? at + 2 : at;
    boolean plain = !afterWord || (bytes[at - 1] | 0x20) == 'r' || (bytes[at - 1] | 0x20) == 'u';
    if (plain && brackets == 0 && beginsStatement(afterWord ? at - 1 : at)) {
      int end = end(last, bytes[at], last > at);
      if (end > 0 && endsStatement(end)) {
        return end;
      }
    }
    quote = bytes[at];
    triple = last > at;
    formatted = afterWord && (isFormat(bytes[at - 1]) || at > 1 && isFormat(bytes[at - 2]));
    braces = 0;
    return last;
  }

  private static boolean isFormat(int prefix) {
    return (prefix | 0x20) == 'f' || (prefix | 0x20) == 't';
  }

  private int text(int at) {
    int b = bytes[at];
    if (b == '\\') {
      return escaped(at);
    }
    if (b == '{' || b == '}') {
      braces += b == '{' ? 1 : -1;
    } else if (b == quote && (!triple || isTriple(at))) {
      int last = triple ? at + 2 : at;
      closed();
      return last;
    } else if (isLineEnd(b) && !triple) {
      closed();
    }
    return at;
  }

  /// The last byte of what a backslash takes its meaning; letters go on to be words.
  private int escaped(int at) {
    int next = at + 1 < length ? bytes[at + 1] : ' ';
    if (next == '\r' && at + 2 < length && bytes[at + 2] == '\n') {
      return at + 2;
    }
    return NeedleFilter.isWord(next) || next < 0 ? at : at + 1;
  }

  private void closed() {
    unsure |= formatted && braces != 0;
    quote = 0;
  }

  /// Where the string that opens before `from` has its last byte; -1 where it has none.
  private int end(int from, int delimiter, boolean threefold) {
    for (int i = from + 1; i < length; i++) {
      int b = bytes[i];
      if (b == '\\') {
        i = escaped(i);
      } else if (b == delimiter && (!threefold || isTriple(i))) {
        return threefold ? i + 2 : i;
      } else if (isLineEnd(b) && !threefold) {
        return -1;
      }
    }
    unsure |= threefold;
    return -1;
  }

  private boolean isTriple(int at) {
    return at + 2 < length && bytes[at + 1] == bytes[at] && bytes[at + 2] == bytes[at];
  }

  /// Whether only blanks stand before it in its line, which no backslash joins to the one above.
  private boolean beginsStatement(int at) {
    int i = at - 1;
    while (i >= 0 && isBlank(bytes[i])) {
      i--;
    }
    if (i >= 0 && !isLineEnd(bytes[i])) {
      return false;
    }
    while (i >= 0 && isLineEnd(bytes[i])) {
      i--;
    }
    return i < 0 || bytes[i] != '\\';
  }

  private boolean endsStatement(int last) {
    int i = last + 1;
    while (i < length && isBlank(bytes[i])) {
      i++;
    }
    return i >= length || isLineEnd(bytes[i]) || bytes[i] == '#';
  }

  private static boolean isBlank(int b) {
    return b == ' ' || b == '\t' || b == '\f';
  }

  private static boolean isLineEnd(int b) {
    return b == '\n' || b == '\r';
  }
}
