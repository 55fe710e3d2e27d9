package io.loadlock.python.parse;

import static io.loadlock.python.parse.Kind.*;

/// String literals to tokens (Python reference §2.4.1, PEP 701, PEP 750). An f-string becomes a
/// start, texts, fields whose expressions are ordinary tokens, and an end; one that cannot be read
/// so is taken as plain text.
final class StringScanner {
  /// CPython's MAXFSTRINGLEVEL is 150; each level costs stack here.
  private static final int DEEPEST = 60;

  private final byte[] text;
  private final Scanner scanner;
  private int nesting;

  /// Bytes that were scanned as an f-string in vain. Past the budget f-strings are plain text.
  private long inVain;

  StringScanner(byte[] text, Scanner scanner) {
    this.text = text;
    this.scanner = scanner;
  }

  /// Whether the letters before a quote make it a string: any of Python 2.7 to 3.14.
  static boolean isPrefix(byte[] text, int start, int end) {
    int first = text[start] | 0x20;
    if (end - start == 1) {
      return first == 'r' || first == 'b' || first == 'u' || first == 'f' || first == 't';
    }
    int second = text[start + 1] | 0x20;
    return first == 'r' && (second == 'b' || second == 'f' || second == 't')
        || second == 'r' && (first == 'b' || first == 'f' || first == 't' || first == 'u');
  }

  /// Scans the literal whose prefix begins at `start` and whose quotes begin at `quotes`.
  void string(int start, int quotes) {
    boolean formatted = false;
    boolean raw = false;
    for (int i = start; i < quotes; i++) {
      int letter = text[i] | 0x20;
      formatted |= letter == 'f' || letter == 't';
      raw |= letter == 'r';
    }
    if (formatted && nesting < DEEPEST && inVain <= 4L * text.length + (1 << 16)) {
      if (formatted(start, quotes, raw)) {
        return;
      }
      scanner.problems.add("an f-string that is not well-formed", start, scanner.at);
    }
    if (isTriple(quotes)) {
      triple(start, quotes);
    } else {
      single(start, quotes);
    }
  }

  private boolean isTriple(int at) {
    return at + 2 < scanner.limit && text[at + 1] == text[at] && text[at + 2] == text[at];
  }

  private void single(int start, int quotes) {
    byte quote = text[quotes];
    int limit = scanner.limit;
    byte kind = STRING;
    int p = quotes + 1;
    while (p < limit) {
      byte b = text[p];
      if (b == quote) {
        scanner.tokens.add(kind, start, p + 1);
        scanner.at = p + 1;
        return;
      }
      if (b == '\\') {
        kind = STRING_ESCAPED;
        p = behindEscape(p);
      } else if (b == '\n' || b == '\r') {
        break;
      } else {
        p++;
      }
    }
    int end = Math.min(p, limit);
    scanner.problems.add("a string that is never closed", start, end);
    scanner.tokens.add(kind, start, end);
    scanner.at = end;
  }

  private void triple(int start, int quotes) {
    byte quote = text[quotes];
    int limit = scanner.limit;
    byte kind = STRING;
    int p = quotes + 3;
    while (p < limit) {
      byte b = text[p];
      if (b == quote && isTriple(p)) {
        scanner.tokens.add(kind, start, p + 3);
        scanner.at = p + 3;
        return;
      }
      if (b == '\\') {
        kind = STRING_ESCAPED;
        p = behindEscape(p);
      } else {
        p++;
      }
    }
    unclosed(start, quotes);
  }

  /// Most often the quotes that are missing are some line below, so what follows the first line is
  /// read as code again.
  private void unclosed(int start, int quotes) {
    int limit = scanner.limit;
    scanner.problems.add("a triple-quoted string that is never closed", start, limit);
    int end = Math.min(quotes + 3, limit);
    while (end < limit && text[end] != '\n' && text[end] != '\r') {
      end++;
    }
    scanner.tokens.add(STRING, start, end);
    scanner.at = end;
    scanner.depth = 0;
    scanner.doubtful = Math.min(scanner.doubtful, start);
  }

  /// The byte behind a backslash and what it escapes.
  private int behindEscape(int at) {
    boolean crlf = at + 2 < scanner.limit && text[at + 1] == '\r' && text[at + 2] == '\n';
    return at + (crlf ? 3 : 2);
  }

  private boolean formatted(int start, int quotes, boolean raw) {
    Tokens tokens = scanner.tokens;
    int count = tokens.count;
    int depth = scanner.depth;
    int fieldDepth = scanner.fieldDepth;
    int commentCount = scanner.comments.size();
    int problemCount = scanner.problems.size();
    int length = isTriple(quotes) ? 3 : 1;
    nesting++;
    tokens.add(FSTRING_START, start, quotes + length);
    scanner.at = quotes + length;
    boolean closed = texts(text[quotes], length == 3, raw, false);
    nesting--;
    scanner.depth = depth;
    scanner.fieldDepth = fieldDepth;
    scanner.fieldStop = 0;
    if (closed) {
      scanner.add(FSTRING_END, length);
      return true;
    }
    inVain += scanner.at - start;
    tokens.truncate(count);
    scanner.comments.truncate(commentCount);
    scanner.problems.truncate(problemCount);
    return false;
  }

  /// The texts and fields up to the closing quotes, or up to the `}` behind a format specification.
  private boolean texts(byte quote, boolean triple, boolean raw, boolean specification) {
    int limit = scanner.limit;
    int from = scanner.at;
    int p = from;
    while (p < limit) {
      byte b = text[p];
      byte second = p + 1 < limit ? text[p + 1] : 0;
      if (b == quote && (!triple || isTriple(p))) {
        flush(from, p);
        return !specification;
      } else if (b == '{' && second == '{' && !specification
          || b == '}' && second == '}' && !specification) {
        p += 2;
      } else if (b == '{') {
        flush(from, p);
        if (!field(quote, triple, raw)) {
          return false;
        }
        p = from = scanner.at;
      } else if (b == '}' && specification) {
        flush(from, p);
        return true;
      } else if (b == '\\') {
        p = behindFormattedEscape(p, raw, second);
      } else if ((b == '\n' || b == '\r') && !triple) {
        break;
      } else {
        p++;
      }
    }
    scanner.at = Math.min(p, limit);
    return false;
  }

  /// A backslash never hides a brace, and `\N{DASH}` is one character.
  private int behindFormattedEscape(int at, boolean raw, byte second) {
    if (second == '{' || second == '}') {
      return at + 1;
    }
    if (!raw && second == 'N' && at + 2 < scanner.limit && text[at + 2] == '{') {
      int end = at + 3;
      while (end < scanner.limit
          && (Letters.isPart(text[end]) || text[end] == ' ' || text[end] == '-')) {
        end++;
      }
      return end < scanner.limit && text[end] == '}' ? end + 1 : at + 2;
    }
    return behindEscape(at);
  }

  private void flush(int from, int to) {
    if (to > from) {
      scanner.tokens.add(FSTRING_MIDDLE, from, to);
    }
    scanner.at = to;
  }

  private boolean field(byte quote, boolean triple, boolean raw) {
    int depth = scanner.depth;
    int outer = scanner.fieldDepth;
    if (++nesting > 2 * DEEPEST) {
      nesting--;
      return false;
    }
    scanner.add(FIELD_OPEN, 1);
    scanner.depth = depth + 1;
    scanner.fieldDepth = depth + 1;
    byte stop = fieldTokens();
    if (stop == FIELD_BANG) {
      stop = fieldTokens();
    }
    if (stop == FIELD_COLON && texts(quote, triple, raw, true)) {
      scanner.add(FIELD_CLOSE, 1);
      stop = FIELD_CLOSE;
    }
    scanner.depth = depth;
    scanner.fieldDepth = outer;
    scanner.fieldStop = 0;
    nesting--;
    return stop == FIELD_CLOSE;
  }

  private byte fieldTokens() {
    scanner.fieldStop = 0;
    while (scanner.fieldStop == 0) {
      if (scanner.at >= scanner.limit || scanner.next()) {
        return NEWLINE;
      }
    }
    return scanner.fieldStop;
  }
}
