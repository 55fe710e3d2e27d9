package io.loadlock.python.parse;

import static io.loadlock.python.parse.Kind.*;

/// Bytes to tokens, one logical line at a time (Python reference §2.1.5). Lines are scanned on
/// demand, so that the parser can give up on a bracket that was never closed and begin anew at a
/// later line.
final class Scanner {
  private static final int TAB = 8;

  private final byte[] text;
  final Tokens tokens = new Tokens();
  final Problems problems;
  final Comments comments = new Comments();

  /// Whether magics and shell lines belong to the language, and a cell may be indented as a whole.
  final boolean ipython;

  private final StringScanner strings;
  private final Foreign foreign;

  /// The next byte to look at.
  int at;

  /// Where this section of the text ends.
  int limit;

  /// Brackets that are open.
  int depth;

  /// The bracket depth of the f-string field that is being scanned, or -1 outside of one.
  int fieldDepth = -1;

  /// [Kind#FIELD_CLOSE], [Kind#FIELD_BANG] or [Kind#FIELD_COLON] once one of them was met at
  /// [#fieldDepth]; [Kind#NEWLINE] when the field cannot be one.
  byte fieldStop;

  /// Column of the first token of the logical line, tabs to the next multiple of eight, from 0.
  int column;

  /// Column of the deepest line before it that was passed over, such as a magic; -1 for none.
  int passed;

  /// Where an unclosed triple-quoted string begins: what follows may be text. Nowhere: beyond every
  /// text.
  int doubtful = Integer.MAX_VALUE;

  /// Bytes that were scanned more than once. Past the budget every physical line is a logical one,
  /// which needs no second look.
  private long again;

  private boolean everyLine;

  Scanner(byte[] text, Problems problems, boolean ipython) {
    this.text = text;
    this.problems = problems;
    this.ipython = ipython;
    this.strings = new StringScanner(text, this);
    this.foreign = new Foreign(text, this);
  }

  /// Begins a stretch of the text that no token, bracket or block leaves: the whole file, or a cell
  /// of a notebook.
  void section(int start, int end) {
    at = start;
    limit = end;
    doubtful = Integer.MAX_VALUE;
  }

  /// Goes back to the beginning of a physical line.
  void resume(int offset) {
    again += at - offset;
    everyLine |= again > 8L * text.length + (1 << 20);
    at = offset;
    if (offset <= doubtful) {
      doubtful = Integer.MAX_VALUE;
    }
    comments.forget(offset);
    problems.forget(offset);
  }

  /// Scans the next logical line into [#tokens]; at the end of the section that is one [Kind#END].
  void line() {
    tokens.clear();
    depth = 0;
    if (beginLine()) {
      while (!next()) {
        // next() adds the tokens
      }
    } else {
      tokens.add(END, limit, limit);
    }
    tokens.seal();
  }

  /// Moves to the first token of a line that has one, and measures its column.
  private boolean beginLine() {
    passed = -1;
    while (at < limit) {
      int start = at;
      int columns = 0;
      byte b = text[at];
      while (b == ' ' || b == '\t' || b == '\f') {
        columns = b == ' ' ? columns + 1 : b == '\t' ? (columns / TAB + 1) * TAB : 0;
        if (++at == limit) {
          return false;
        }
        b = text[at];
      }
      switch (b) {
        case '\n', '\r' -> at++;
        case '#' -> comment();
        case '\\' -> {
          if (!continuation()) {
            return begin(columns);
          }
        }
        case '<', '=', '>', '|', '%', '!', '?', '{' -> {
          if (!foreign.skipLine(start)) {
            return begin(columns);
          }
          passed = Math.max(passed, columns);
        }
        default -> {
          return begin(columns);
        }
      }
    }
    return false;
  }

  private boolean begin(int columns) {
    column = columns;
    return true;
  }

  /// Scans one token or what stands between two; true when the logical line has ended.
  boolean next() {
    if (at >= limit || tokens.count >= Tokens.MOST) {
      return endOfSection();
    }
    int start = at;
    byte b = text[at];
    switch (b) {
      case ' ', '\t', '\f' -> at++;
      case '\n', '\r' -> {
        return newline();
      }
      case '#' -> comment();
      case '"', '\'' -> strings.string(start, start);
      case '(', '[' -> open(b == '(' ? LPAR : LBRACKET);
      case '{' -> {
        if (!foreign.template()) {
          open(LBRACE);
        }
      }
      case ')' -> close(RPAR);
      case ']' -> close(RBRACKET);
      case '}' -> close(RBRACE);
      case ',' -> add(COMMA, 1);
      case ';' -> add(SEMICOLON, 1);
      case '`' -> add(BACKQUOTE, 1);
      case '~' -> add(TILDE, 1);
      case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
      case '.' -> dot();
      case '\\' -> {
        if (!continuation()) {
          stray(1);
        }
      }
      default -> {
        if (Letters.startsName(b)) {
          word();
        } else if (b < 0) {
          beyondAscii();
        } else {
          operator(b);
        }
      }
    }
    return false;
  }

  private boolean endOfSection() {
    if (at < limit) {
      problems.add("a line of more tokens than loadlock reads at once", at, at);
    }
    tokens.add(NEWLINE, at, at);
    return true;
  }

  private boolean newline() {
    int start = at;
    at += at + 1 < limit && text[at] == '\r' && text[at + 1] == '\n' ? 2 : 1;
    if (depth == 0 || everyLine) {
      tokens.add(NEWLINE, start, at);
      return true;
    }
    foreign.skipMarkers();
    if (statementBegins()) {
      tokens.add(NEWLINE, start, start);
      fieldStop = NEWLINE;
      return true;
    }
    return false;
  }

  /// Whether the line at [#at] begins with a word that no expression can hold, so that the open
  /// bracket is a mistake.
  private boolean statementBegins() {
    int from = at;
    while (from < limit && (text[from] == ' ' || text[from] == '\t')) {
      from++;
    }
    if (from == limit || text[from] < 'a' || text[from] > 'w') {
      return false;
    }
    int to = Letters.endOfAsciiName(text, from, limit);
    if (to - from > 8 || to < limit && text[to] < 0) {
      return false;
    }
    byte kind = Kind.ofWord(text, from, to);
    return Kind.beginsStatement(kind) || kind == FROM && importFollows(to);
  }

  private boolean importFollows(int from) {
    for (int i = from; i + 8 < limit && text[i] != '\n' && text[i] != '\r'; i++) {
      if (text[i] == ' '
          && text[i + 1] == 'i'
          && text[i + 7] == ' '
          && Kind.ofWord(text, i + 1, i + 7) == IMPORT) {
        return true;
      }
    }
    return false;
  }

  void comment() {
    int start = at;
    while (at < limit && text[at] != '\n' && text[at] != '\r') {
      at++;
    }
    comments.add(start, at);
  }

  /// Joins a line with the next one; false when the backslash is not at the end of its line.
  private boolean continuation() {
    int end = at + 1;
    while (end < limit && (text[end] == ' ' || text[end] == '\t')) {
      end++;
    }
    if (end < limit && text[end] != '\n' && text[end] != '\r') {
      return false;
    }
    if (end > at + 1) {
      problems.add("blanks behind a line continuation", at, at + 1);
    }
    at =
        end + 1 < limit && text[end] == '\r' && text[end + 1] == '\n'
            ? end + 2
            : Math.min(end + 1, limit);
    return true;
  }

  void add(byte kind, int length) {
    tokens.add(kind, at, at + length);
    at += length;
  }

  private void open(byte kind) {
    add(kind, 1);
    depth++;
  }

  private void close(byte kind) {
    if (depth == fieldDepth) {
      fieldStop = kind == RBRACE ? FIELD_CLOSE : NEWLINE;
      add(FIELD_CLOSE, 1);
      return;
    }
    add(kind, 1);
    if (depth > 0) {
      depth--;
    }
  }

  private void dot() {
    if (at + 1 < limit && text[at + 1] >= '0' && text[at + 1] <= '9') {
      number();
    } else if (at + 2 < limit && text[at + 1] == '.' && text[at + 2] == '.') {
      add(ELLIPSIS, 3);
    } else {
      add(DOT, 1);
    }
  }

  private void number() {
    int end = Letters.endOfNumber(text, at, limit);
    tokens.add(NUMBER, at, end);
    at = end;
  }

  private void word() {
    int start = at;
    int end = Letters.endOfAsciiName(text, start, limit);
    if (end < limit) {
      byte b = text[end];
      if (b < 0) {
        end = Letters.endOfName(text, end, limit);
      } else if ((b == '"' || b == '\'')
          && end - start <= 2
          && StringScanner.isPrefix(text, start, end)) {
        strings.string(start, end);
        return;
      }
    }
    tokens.add(Kind.ofWord(text, start, end), start, end);
    at = end;
  }

  private void beyondAscii() {
    int end = Letters.endOfName(text, at, limit);
    if (end > at) {
      tokens.add(NAME, at, end);
      at = end;
    } else {
      stray(Letters.lengthOfCharacter(text, at, limit));
    }
  }

  /// Passes over a character that no token begins with.
  void stray(int length) {
    foreign.stray(at, at + length);
    at += length;
  }

  private void operator(byte b) {
    byte second = at + 1 < limit ? text[at + 1] : 0;
    byte third = at + 2 < limit ? text[at + 2] : 0;
    switch (b) {
      case ':' -> colon(second);
      case '=' -> add(second == '=' ? EQUAL_EQUAL : EQUAL, second == '=' ? 2 : 1);
      case '!' -> bang(second);
      case '+' -> plain(PLUS, second);
      case '-' -> {
        if (second == '>') {
          add(ARROW, 2);
        } else {
          plain(MINUS, second);
        }
      }
      case '*' -> doubled(b, STAR, DOUBLE_STAR, second, third);
      case '/' -> doubled(b, SLASH, DOUBLE_SLASH, second, third);
      case '%' -> {
        if (!foreign.assignedMagic()) {
          plain(PERCENT, second);
        }
      }
      case '@' -> plain(AT, second);
      case '|' -> plain(PIPE, second);
      case '^' -> plain(CARET, second);
      case '&' -> plain(AMPERSAND, second);
      case '<' -> {
        if (second == '>') {
          add(NOT_EQUAL, 2);
        } else {
          compared(b, LESS, LESS_EQUAL, LEFT_SHIFT, second, third);
        }
      }
      case '>' -> compared(b, GREATER, GREATER_EQUAL, RIGHT_SHIFT, second, third);
      default -> stray(1);
    }
  }

  private void colon(byte second) {
    if (depth == fieldDepth) {
      fieldStop = FIELD_COLON;
      add(FIELD_COLON, 1);
    } else {
      add(second == '=' ? WALRUS : COLON, second == '=' ? 2 : 1);
    }
  }

  private void bang(byte second) {
    if (second == '=') {
      add(NOT_EQUAL, 2);
    } else if (depth == fieldDepth) {
      fieldStop = FIELD_BANG;
      add(FIELD_BANG, 1);
    } else if (!foreign.assignedCommand()) {
      stray(1);
    }
  }

  private void plain(byte kind, byte second) {
    add(second == '=' ? AUGMENTED : kind, second == '=' ? 2 : 1);
  }

  private void doubled(byte b, byte single, byte twice, byte second, byte third) {
    if (second == b) {
      add(third == '=' ? AUGMENTED : twice, third == '=' ? 3 : 2);
    } else {
      plain(single, second);
    }
  }

  private void compared(byte b, byte single, byte orEqual, byte shift, byte second, byte third) {
    if (second == b) {
      add(third == '=' ? AUGMENTED : shift, third == '=' ? 3 : 2);
    } else {
      add(second == '=' ? orEqual : single, second == '=' ? 2 : 1);
    }
  }
}
