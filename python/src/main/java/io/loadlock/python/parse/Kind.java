package io.loadlock.python.parse;

/// Token kinds: the numbers in the kind column of [Tokens]. Plain numbers and not an enum, because
/// a file is a few million of them and each is one byte.
final class Kind {
  static final byte END = 0;
  static final byte NEWLINE = 1;
  static final byte NAME = 2;
  static final byte NUMBER = 3;

  /// A literal without a backslash in it.
  static final byte STRING = 4;

  /// A literal whose backslashes need a look.
  static final byte STRING_ESCAPED = 5;

  /// The prefix and opening quotes of an f-string or t-string.
  static final byte FSTRING_START = 6;

  /// Text between the fields of an f-string, or between those of a format specification.
  static final byte FSTRING_MIDDLE = 7;

  static final byte FSTRING_END = 8;
  static final byte FIELD_OPEN = 9;
  static final byte FIELD_CLOSE = 10;

  /// The `!` before a conversion.
  static final byte FIELD_BANG = 11;

  /// The `:` before a format specification.
  static final byte FIELD_COLON = 12;

  /// A character that no token begins with.
  static final byte STRAY = 13;

  /// IPython's `!command` or `%magic` on the right of an assignment; stands for a value nobody
  /// knows.
  static final byte OUTSIDE = 14;

  static final byte LPAR = 20;
  static final byte RPAR = 21;
  static final byte LBRACKET = 22;
  static final byte RBRACKET = 23;
  static final byte LBRACE = 24;
  static final byte RBRACE = 25;
  static final byte COMMA = 26;
  static final byte COLON = 27;
  static final byte DOT = 28;
  static final byte SEMICOLON = 29;
  static final byte EQUAL = 30;
  static final byte ARROW = 31;
  static final byte WALRUS = 32;
  static final byte ELLIPSIS = 33;
  static final byte BACKQUOTE = 34;
  static final byte TILDE = 35;

  static final byte PLUS = 40;
  static final byte MINUS = 41;
  static final byte STAR = 42;
  static final byte SLASH = 43;
  static final byte DOUBLE_SLASH = 44;
  static final byte PERCENT = 45;
  static final byte AT = 46;
  static final byte PIPE = 47;
  static final byte CARET = 48;
  static final byte AMPERSAND = 49;
  static final byte LEFT_SHIFT = 50;
  static final byte RIGHT_SHIFT = 51;
  static final byte DOUBLE_STAR = 52;
  static final byte LESS = 53;
  static final byte GREATER = 54;
  static final byte LESS_EQUAL = 55;
  static final byte GREATER_EQUAL = 56;
  static final byte EQUAL_EQUAL = 57;
  static final byte NOT_EQUAL = 58;

  /// `+=` and its like; which one is read from the text.
  static final byte AUGMENTED = 59;

  static final byte AND = 70;
  static final byte AS = 71;
  static final byte ASSERT = 72;
  static final byte ASYNC = 73;
  static final byte AWAIT = 74;
  static final byte BREAK = 75;
  static final byte CLASS = 76;
  static final byte CONTINUE = 77;
  static final byte DEF = 78;
  static final byte DEL = 79;
  static final byte ELIF = 80;
  static final byte ELSE = 81;
  static final byte EXCEPT = 82;
  static final byte FALSE = 83;
  static final byte FINALLY = 84;
  static final byte FOR = 85;
  static final byte FROM = 86;
  static final byte GLOBAL = 87;
  static final byte IF = 88;
  static final byte IMPORT = 89;
  static final byte IN = 90;
  static final byte IS = 91;
  static final byte LAMBDA = 92;
  static final byte NONE = 93;
  static final byte NONLOCAL = 94;
  static final byte NOT = 95;
  static final byte OR = 96;
  static final byte PASS = 97;
  static final byte RAISE = 98;
  static final byte RETURN = 99;
  static final byte TRUE = 100;
  static final byte TRY = 101;
  static final byte WHILE = 102;
  static final byte WITH = 103;
  static final byte YIELD = 104;

  private Kind() {}

  /// The keyword that stands in `text` between `start` and `end`, or [#NAME].
  static byte ofWord(byte[] text, int start, int end) {
    int length = end - start;
    if (length < 2 || length > 8) {
      return NAME;
    }
    return switch (text[start]) {
      case 'a' ->
          switch (length) {
            case 2 -> is(text, start, "as") ? AS : NAME;
            case 3 -> is(text, start, "and") ? AND : NAME;
            case 5 -> is(text, start, "async") ? ASYNC : is(text, start, "await") ? AWAIT : NAME;
            case 6 -> is(text, start, "assert") ? ASSERT : NAME;
            default -> NAME;
          };
      case 'b' -> length == 5 && is(text, start, "break") ? BREAK : NAME;
      case 'c' ->
          length == 5 && is(text, start, "class")
              ? CLASS
              : length == 8 && is(text, start, "continue") ? CONTINUE : NAME;
      case 'd' ->
          length != 3 ? NAME : is(text, start, "def") ? DEF : is(text, start, "del") ? DEL : NAME;
      case 'e' ->
          length == 4
              ? is(text, start, "else") ? ELSE : is(text, start, "elif") ? ELIF : NAME
              : length == 6 && is(text, start, "except") ? EXCEPT : NAME;
      case 'f' ->
          switch (length) {
            case 3 -> is(text, start, "for") ? FOR : NAME;
            case 4 -> is(text, start, "from") ? FROM : NAME;
            case 7 -> is(text, start, "finally") ? FINALLY : NAME;
            default -> NAME;
          };
      case 'g' -> length == 6 && is(text, start, "global") ? GLOBAL : NAME;
      case 'i' ->
          switch (length) {
            case 2 ->
                text[start + 1] == 'f'
                    ? IF
                    : text[start + 1] == 'n' ? IN : text[start + 1] == 's' ? IS : NAME;
            case 6 -> is(text, start, "import") ? IMPORT : NAME;
            default -> NAME;
          };
      case 'l' -> length == 6 && is(text, start, "lambda") ? LAMBDA : NAME;
      case 'n' ->
          length == 3 && is(text, start, "not")
              ? NOT
              : length == 8 && is(text, start, "nonlocal") ? NONLOCAL : NAME;
      case 'o' -> length == 2 && text[start + 1] == 'r' ? OR : NAME;
      case 'p' -> length == 4 && is(text, start, "pass") ? PASS : NAME;
      case 'r' ->
          length == 6 && is(text, start, "return")
              ? RETURN
              : length == 5 && is(text, start, "raise") ? RAISE : NAME;
      case 't' -> length == 3 && is(text, start, "try") ? TRY : NAME;
      case 'w' ->
          length == 4 && is(text, start, "with")
              ? WITH
              : length == 5 && is(text, start, "while") ? WHILE : NAME;
      case 'y' -> length == 5 && is(text, start, "yield") ? YIELD : NAME;
      case 'F' -> length == 5 && is(text, start, "False") ? FALSE : NAME;
      case 'N' -> length == 4 && is(text, start, "None") ? NONE : NAME;
      case 'T' -> length == 4 && is(text, start, "True") ? TRUE : NAME;
      default -> NAME;
    };
  }

  private static boolean is(byte[] text, int start, String word) {
    for (int i = word.length() - 1; i > 0; i--) {
      if (text[start + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /// True for the keywords that can never stand inside brackets: a line that begins with one ends
  /// any bracket that was left open.
  static boolean beginsStatement(byte kind) {
    return switch (kind) {
      case ASSERT,
          BREAK,
          CLASS,
          CONTINUE,
          DEF,
          DEL,
          ELIF,
          EXCEPT,
          FINALLY,
          GLOBAL,
          IMPORT,
          PASS,
          RAISE,
          RETURN,
          TRY,
          WHILE,
          WITH ->
          true;
      default -> false;
    };
  }

  static boolean opensBracket(byte kind) {
    return kind == LPAR || kind == LBRACKET || kind == LBRACE;
  }

  static boolean closesBracket(byte kind) {
    return kind == RPAR || kind == RBRACKET || kind == RBRACE;
  }
}
