package io.loadlock.python.parse;

import static io.loadlock.python.parse.Kind.*;

/// How tightly binary operators bind (Python reference §6.17), and what they are called in the
/// tree.
final class Operators {
  static final int OR_LEVEL = 1;
  static final int AND_LEVEL = 2;
  static final int NOT_LEVEL = 3;
  static final int COMPARISON_LEVEL = 4;
  static final int BITWISE_OR_LEVEL = 5;

  private static final byte[] LEVELS = new byte[128];
  private static final String[] TEXTS = new String[128];

  static {
    row(OR, "or", OR_LEVEL);
    row(AND, "and", AND_LEVEL);
    row(LESS, "<", COMPARISON_LEVEL);
    row(GREATER, ">", COMPARISON_LEVEL);
    row(LESS_EQUAL, "<=", COMPARISON_LEVEL);
    row(GREATER_EQUAL, ">=", COMPARISON_LEVEL);
    row(EQUAL_EQUAL, "==", COMPARISON_LEVEL);
    row(NOT_EQUAL, "!=", COMPARISON_LEVEL);
    row(IN, "in", COMPARISON_LEVEL);
    row(IS, "is", COMPARISON_LEVEL);
    row(NOT, "not in", COMPARISON_LEVEL);
    row(PIPE, "|", BITWISE_OR_LEVEL);
    row(CARET, "^", 6);
    row(AMPERSAND, "&", 7);
    row(LEFT_SHIFT, "<<", 8);
    row(RIGHT_SHIFT, ">>", 8);
    row(PLUS, "+", 9);
    row(MINUS, "-", 9);
    row(STAR, "*", 10);
    row(SLASH, "/", 10);
    row(DOUBLE_SLASH, "//", 10);
    row(PERCENT, "%", 10);
    row(AT, "@", 10);
  }

  private Operators() {}

  private static void row(byte kind, String text, int level) {
    LEVELS[kind] = (byte) level;
    TEXTS[kind] = text;
  }

  /// 0 for what is no binary operator.
  static int level(byte kind) {
    return LEVELS[kind];
  }

  static String text(byte kind) {
    return TEXTS[kind];
  }
}
