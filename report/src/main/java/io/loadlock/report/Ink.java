package io.loadlock.report;

import io.loadlock.core.Severity;

/// SGR sequences of ECMA-48, or nothing where no colour is wanted.
enum Ink {
  NONE(""),
  BOLD("1"),
  DIM("2"),
  RED("31"),
  STRONG_RED("1;31"),
  YELLOW("33"),
  BLUE("34"),
  CYAN("36"),
  GREEN("32"),
  REVERSED_RED("1;97;41");

  private final String code;

  Ink(String code) {
    this.code = code;
  }

  static Ink of(Severity severity) {
    return switch (severity) {
      case CRITICAL -> REVERSED_RED;
      case HIGH -> STRONG_RED;
      case MEDIUM -> YELLOW;
      case LOW -> CYAN;
    };
  }

  /// `text` in this colour, when colour is wanted.
  String on(String text, boolean colour) {
    return !colour || code.isEmpty() || text.isEmpty()
        ? text
        : "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
