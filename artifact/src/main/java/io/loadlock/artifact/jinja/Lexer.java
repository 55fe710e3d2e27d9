package io.loadlock.artifact.jinja;

import java.util.ArrayList;
import java.util.List;

/// Cuts a template into its tags, as Jinja's `lexer.py` does with the default delimiters; text,
/// comments and raw blocks are passed over.
final class Lexer {
  /// `{{ … }}` or `{% … %}`.
  ///
  /// @param end character behind it
  record Tag(boolean statement, List<Token> tokens, int position, int end, boolean closed) {}

  private static final String[] LONG = {"==", "!=", ">=", "<=", "//", "**"};

  private final String text;
  private int at;

  private Lexer(String text) {
    this.text = text;
  }

  static List<Tag> tags(String text) {
    return new Lexer(text).run();
  }

  private List<Tag> run() {
    List<Tag> tags = new ArrayList<>();
    while (true) {
      int open = text.indexOf('{', at);
      if (open < 0 || open + 1 >= text.length()) {
        return tags;
      }
      switch (text.charAt(open + 1)) {
        case '#' -> {
          int close = text.indexOf("#}", open + 2);
          at = close < 0 ? text.length() : close + 2;
        }
        case '{' -> tags.add(tag(open, false));
        case '%' -> {
          Tag tag = tag(open, true);
          if (!tag.tokens().isEmpty() && tag.tokens().getFirst().is("raw")) {
            at = endRaw(at);
          } else {
            tags.add(tag);
          }
        }
        default -> at = open + 1;
      }
    }
  }

  /// Behind the `{% endraw %}` that follows.
  private int endRaw(int from) {
    for (int open = text.indexOf("{%", from); open >= 0; open = text.indexOf("{%", open + 2)) {
      int word = open + 2;
      while (word < text.length() && (" \t\r\n-+".indexOf(text.charAt(word)) >= 0)) {
        word++;
      }
      if (text.startsWith("endraw", word)) {
        int close = text.indexOf("%}", word);
        return close < 0 ? text.length() : close + 2;
      }
    }
    return text.length();
  }

  private Tag tag(int open, boolean statement) {
    at = open + 2;
    if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
      at++;
    }
    String close = statement ? "%}" : "}}";
    List<Token> tokens = new ArrayList<>();
    int braces = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
      } else if (braces == 0 && ends(close)) {
        return new Tag(statement, tokens, open, at, true);
      } else if (Character.isJavaIdentifierStart(c) && c != '$') {
        int start = at;
        while (at < text.length() && Character.isUnicodeIdentifierPart(text.charAt(at))) {
          at++;
        }
        at = Math.max(at, start + 1);
        tokens.add(new Token(Token.Kind.NAME, text.substring(start, at), start));
      } else if (c >= '0' && c <= '9') {
        tokens.add(number());
      } else if (c == '"' || c == '\'') {
        tokens.add(string(c));
      } else {
        Token operator = operator();
        braces += "([{".contains(operator.text()) ? 1 : ")]}".contains(operator.text()) ? -1 : 0;
        braces = Math.max(braces, 0);
        tokens.add(operator);
      }
    }
    return new Tag(statement, tokens, open, at, false);
  }

  private boolean ends(String close) {
    int from = at;
    if (text.charAt(from) == '-' || text.charAt(from) == '+') {
      from++;
    }
    if (!text.startsWith(close, from)) {
      return false;
    }
    at = from + 2;
    return true;
  }

  private Token number() {
    int start = at;
    while (at < text.length()) {
      char c = text.charAt(at);
      boolean part =
          Character.isLetterOrDigit(c)
              || c == '_'
              || c == '.' && at + 1 < text.length() && Character.isDigit(text.charAt(at + 1));
      if (!part) {
        break;
      }
      at++;
    }
    return new Token(Token.Kind.NUMBER, text.substring(start, at), start);
  }

  private Token operator() {
    int start = at;
    for (String two : LONG) {
      if (text.startsWith(two, at)) {
        at += 2;
        return new Token(Token.Kind.OPERATOR, two, start);
      }
    }
    at++;
    return new Token(Token.Kind.OPERATOR, text.substring(start, at), start);
  }

  /// Decodes what Python's `unicode-escape` decodes.
  private Token string(char quote) {
    int start = at++;
    StringBuilder out = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == quote) {
        break;
      }
      if (c != '\\' || at >= text.length()) {
        out.append(c);
        continue;
      }
      escape(out);
    }
    return new Token(Token.Kind.STRING, out.toString(), start);
  }

  private void escape(StringBuilder out) {
    char c = text.charAt(at++);
    switch (c) {
      case 'n' -> out.append('\n');
      case 't' -> out.append('\t');
      case 'r' -> out.append('\r');
      case 'b' -> out.append('\b');
      case 'f' -> out.append('\f');
      case 'a' -> out.append('\u0007');
      case 'v' -> out.append('\u000b');
      case '\n' -> {}
      case 'x' -> code(out, c, 16, 2);
      case 'u' -> code(out, c, 16, 4);
      case 'U' -> code(out, c, 16, 8);
      case '0', '1', '2', '3', '4', '5', '6', '7' -> {
        at--;
        code(out, c, 8, 3);
      }
      case '\\', '\'', '"' -> out.append(c);
      default -> out.append('\\').append(c);
    }
  }

  private void code(StringBuilder out, char letter, int radix, int most) {
    int value = 0;
    int digits = 0;
    while (digits < most && at < text.length() && Character.digit(text.charAt(at), radix) >= 0) {
      value = value * radix + Character.digit(text.charAt(at++), radix);
      digits++;
    }
    if (digits == 0 || !Character.isValidCodePoint(value)) {
      out.append('\\').append(letter);
    } else {
      out.appendCodePoint(value);
    }
  }
}
