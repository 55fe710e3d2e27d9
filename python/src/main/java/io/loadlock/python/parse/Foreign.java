package io.loadlock.python.parse;

import static io.loadlock.python.parse.Kind.*;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/// What stands in Python files and is no Python: merge conflict markers, template tags, IPython's
/// magics and shell lines, characters that do not belong there. All of it is passed over, so that
/// the code around it is still read.
final class Foreign {
  /// Magics whose rest of line is a statement that runs.
  private static final Set<String> RUN_THEIR_LINE =
      Set.of(
          "time", "timeit", "prun", "memit", "mprun", "lprun", "snakeviz", "pyinstrument", "debug");

  private final byte[] text;
  private final Scanner scanner;

  /// What [#find] has looked for in vain, and up to where, so that a line is searched once.
  private char barrenOf;

  private int barrenTo;

  Foreign(byte[] text, Scanner scanner) {
    this.text = text;
    this.scanner = scanner;
  }

  /// Passes over the line whose first byte is at `start` and whose first token is where the scanner
  /// is, or over the part of it that is no Python. False when it is Python.
  boolean skipLine(int start) {
    int at = scanner.at;
    return switch (text[at]) {
      case '<', '=', '>', '|' -> at == start && skipMarker();
      case '%' -> magic();
      case '!' -> skipRest("a shell line");
      case '?' -> skipRest("a help line");
      case '{' -> templateComment();
      default -> false;
    };
  }

  /// Passes over merge conflict markers at the beginning of a line within brackets.
  void skipMarkers() {
    while (scanner.at < scanner.limit && skipMarker()) {
      if (scanner.at < scanner.limit) {
        boolean crlf =
            text[scanner.at] == '\r'
                && scanner.at + 1 < scanner.limit
                && text[scanner.at + 1] == '\n';
        scanner.at += crlf ? 2 : 1;
      }
    }
  }

  /// Git's `<<<<<<< ours`, `||||||| base`, `=======` and `>>>>>>> theirs`.
  private boolean skipMarker() {
    int at = scanner.at;
    byte b = text[at];
    if (b != '<' && b != '=' && b != '>' && b != '|' || at + 7 > scanner.limit) {
      return false;
    }
    for (int i = 1; i < 7; i++) {
      if (text[at + i] != b) {
        return false;
      }
    }
    if (at + 7 < scanner.limit
        && text[at + 7] != ' '
        && text[at + 7] != '\n'
        && text[at + 7] != '\r') {
      return false;
    }
    int end = endOfLine(at);
    scanner.problems.add("a merge conflict marker", at, end);
    scanner.at = end;
    return true;
  }

  /// `%magic …` or `%%magic …` at the beginning of a line. True when nothing of the line is left.
  private boolean magic() {
    int at = scanner.at;
    int name = at;
    while (name < scanner.limit && text[name] == '%') {
      name++;
    }
    if (name - at > 2 || name == scanner.limit || !Letters.startsName(text[name])) {
      return false;
    }
    int end = Letters.endOfAsciiName(text, name, scanner.limit);
    if (!RUN_THEIR_LINE.contains(new String(text, name, end - name, StandardCharsets.ISO_8859_1))) {
      return skipRest("an IPython magic");
    }
    report("an IPython magic", at, end);
    scanner.at = behindOptions(end);
    return atEndOfLine(scanner.at);
  }

  /// `-n 10 -r3`: a magic's options, each with the number or the word behind it.
  private int behindOptions(int from) {
    int at = behindBlanks(from);
    while (at + 1 < scanner.limit && text[at] == '-' && Letters.isPart(text[at + 1])) {
      boolean flag = "oqcp".indexOf(text[at + 1]) >= 0;
      int end = Letters.endOfAsciiName(text, at + 1, scanner.limit);
      boolean bare = end - at == 2 && !flag;
      at = behindBlanks(end);
      if (bare && at < scanner.limit && text[at] != '-') {
        int value = at;
        while (value < scanner.limit && text[value] > ' ') {
          value++;
        }
        at = behindBlanks(value);
      }
    }
    return at;
  }

  private int behindBlanks(int from) {
    int at = from;
    while (at < scanner.limit && (text[at] == ' ' || text[at] == '\t')) {
      at++;
    }
    return at;
  }

  private boolean atEndOfLine(int at) {
    return at >= scanner.limit || text[at] == '\n' || text[at] == '\r' || text[at] == '#';
  }

  /// `x = %magic …`
  boolean assignedMagic() {
    if (!behindAssignment()
        || scanner.at + 1 >= scanner.limit
        || !Letters.startsName(text[scanner.at + 1])) {
      return false;
    }
    int at = scanner.at;
    if (magic()) {
      scanner.tokens.add(OUTSIDE, at, Math.max(at + 1, scanner.at));
    }
    return true;
  }

  /// `x = !command`
  boolean assignedCommand() {
    if (!behindAssignment()) {
      return false;
    }
    int at = scanner.at;
    skipRest("a shell command");
    scanner.tokens.add(OUTSIDE, at, scanner.at);
    return true;
  }

  private boolean behindAssignment() {
    Tokens tokens = scanner.tokens;
    return scanner.depth == 0 && tokens.count > 0 && tokens.kinds[tokens.count - 1] == EQUAL;
  }

  private boolean skipRest(String what) {
    int at = scanner.at;
    int end = endOfLine(at);
    while (end > at && end < scanner.limit && text[end - 1] == '\\') {
      int next =
          end + 1 < scanner.limit && text[end] == '\r' && text[end + 1] == '\n' ? end + 2 : end + 1;
      end = endOfLine(next);
    }
    report(what, at, end);
    scanner.at = end;
    return true;
  }

  private void report(String what, int start, int end) {
    if (!scanner.ipython) {
      scanner.problems.add(what, start, end);
    }
  }

  void stray(int start, int end) {
    if (!scanner.ipython || text[start] != '?') {
      scanner.problems.add("a character that belongs to no token", start, end);
    }
  }

  private int endOfLine(int from) {
    int end = from;
    while (end < scanner.limit && text[end] != '\n' && text[end] != '\r') {
      end++;
    }
    return end;
  }

  /// Jinja's `{# … #}` on a line of its own.
  private boolean templateComment() {
    int at = scanner.at;
    if (at + 1 >= scanner.limit || text[at + 1] != '#') {
      return false;
    }
    int end = endOfLine(at);
    if (end - at < 4 || text[end - 1] != '}' || text[end - 2] != '#') {
      return false;
    }
    scanner.problems.add("a template comment", at, end);
    scanner.at = end;
    return true;
  }

  /// Jinja's `{% tag %}`, which is passed over, and `{{ value }}` in the place of a name, which
  /// becomes one.
  boolean template() {
    int at = scanner.at;
    byte second = at + 1 < scanner.limit ? text[at + 1] : 0;
    if (second == '%') {
      int end = find(at + 2, '%', '}');
      if (end < 0) {
        return false;
      }
      scanner.problems.add("a template tag", at, end);
      scanner.at = end;
      return true;
    }
    return second == '{' && nameIsDue(at) && templateName(at);
  }

  private boolean nameIsDue(int at) {
    Tokens tokens = scanner.tokens;
    if (tokens.count == 0) {
      return false;
    }
    return switch (tokens.kinds[tokens.count - 1]) {
      case IMPORT, FROM, CLASS, DEF, AS, DOT -> true;
      case NAME -> tokens.ends[tokens.count - 1] == at;
      default -> false;
    };
  }

  private boolean templateName(int at) {
    int end = find(at + 2, '}', '}');
    if (end < 0) {
      return false;
    }
    end = Letters.endOfName(text, end, scanner.limit);
    Tokens tokens = scanner.tokens;
    int last = tokens.count - 1;
    if (tokens.kinds[last] == NAME) {
      tokens.ends[last] = end;
    } else {
      tokens.add(NAME, at, end);
    }
    scanner.problems.add("a template value in the place of a name", at, end);
    scanner.at = end;
    return true;
  }

  /// The byte behind the two that are looked for, on the same line; -1 when they are not there.
  private int find(int from, char first, char second) {
    if (first == barrenOf && from < barrenTo) {
      return -1;
    }
    int i = from;
    for (; i + 1 < scanner.limit && text[i] != '\n' && text[i] != '\r'; i++) {
      if (text[i] == first && text[i + 1] == second) {
        return i + 2;
      }
    }
    barrenOf = first;
    barrenTo = i;
    return -1;
  }
}
