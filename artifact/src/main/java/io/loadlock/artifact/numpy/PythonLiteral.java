package io.loadlock.artifact.numpy;

import io.loadlock.core.MalformedException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What `ast.literal_eval` accepts of the headers that NumPy writes: strings, integers (Python 2's
/// `L` too), `True`, `False`, `None`, tuples, lists and dictionaries. Nothing else is evaluated.
sealed interface PythonLiteral {
  record Text(String value) implements PythonLiteral {}

  record Whole(BigInteger value) implements PythonLiteral {}

  record Truth(boolean value) implements PythonLiteral {}

  record None() implements PythonLiteral {}

  /// A tuple or a list.
  record Sequence(boolean tuple, List<PythonLiteral> items) implements PythonLiteral {}

  record Mapping(Map<String, PythonLiteral> items) implements PythonLiteral {}

  /// @param offset of the text in its member, for messages
  static PythonLiteral parse(String text, long offset) throws MalformedException {
    Reader reader = new Reader(text, offset);
    PythonLiteral value = reader.value(0);
    reader.blanks();
    if (reader.at < text.length()) {
      throw reader.malformed("something follows the literal");
    }
    return value;
  }

  /// Recursive descent.
  final class Reader {
    private static final int DEEPEST = 32;

    private final String text;
    private final long offset;
    private int at;

    private Reader(String text, long offset) {
      this.text = text;
      this.offset = offset;
    }

    private MalformedException malformed(String problem) {
      return new MalformedException(problem, offset + at);
    }

    private void blanks() {
      while (at < text.length() && " \t\r\n\f".indexOf(text.charAt(at)) >= 0) {
        at++;
      }
    }

    private char peek() throws MalformedException {
      blanks();
      if (at >= text.length()) {
        throw malformed("literal is not closed");
      }
      return text.charAt(at);
    }

    private PythonLiteral value(int depth) throws MalformedException {
      if (depth > DEEPEST) {
        throw malformed("literal is nested deeper than " + DEEPEST);
      }
      char first = peek();
      return switch (first) {
        case '{' -> mapping(depth);
        case '(' -> sequence(')', depth);
        case '[' -> sequence(']', depth);
        case '\'', '"' -> new Text(string());
        default -> word();
      };
    }

    private PythonLiteral mapping(int depth) throws MalformedException {
      Map<String, PythonLiteral> items = new LinkedHashMap<>();
      at++;
      while (peek() != '}') {
        if (!(value(depth + 1) instanceof Text(String key))) {
          throw malformed("a key is no string");
        }
        if (peek() != ':') {
          throw malformed("no colon behind a key");
        }
        at++;
        items.put(key, value(depth + 1));
        separator('}');
      }
      at++;
      return new Mapping(items);
    }

    private PythonLiteral sequence(char close, int depth) throws MalformedException {
      List<PythonLiteral> items = new ArrayList<>();
      boolean comma = false;
      at++;
      while (peek() != close) {
        items.add(value(depth + 1));
        comma = separator(close);
      }
      at++;
      if (close == ')' && items.size() == 1 && !comma) {
        return items.get(0);
      }
      return new Sequence(close == ')', items);
    }

    private boolean separator(char close) throws MalformedException {
      char next = peek();
      if (next == ',') {
        at++;
        return true;
      }
      if (next != close) {
        throw malformed("neither a comma nor a closing bracket");
      }
      return false;
    }

    private String string() throws MalformedException {
      char quote = text.charAt(at++);
      StringBuilder out = new StringBuilder();
      while (at < text.length() && text.charAt(at) != quote) {
        char next = text.charAt(at++);
        if (next == '\\' && at < text.length()) {
          next = escape(text.charAt(at++));
        }
        out.append(next);
      }
      if (at >= text.length()) {
        throw malformed("string is not closed");
      }
      at++;
      return out.toString();
    }

    private char escape(char letter) throws MalformedException {
      return switch (letter) {
        case 'n' -> '\n';
        case 't' -> '\t';
        case 'x' -> hex(2);
        case 'u' -> hex(4);
        default -> letter;
      };
    }

    private char hex(int digits) throws MalformedException {
      try {
        char value = (char) Integer.parseInt(text, at, Math.min(text.length(), at + digits), 16);
        at += digits;
        return value;
      } catch (NumberFormatException e) {
        throw malformed("escape is not hexadecimal");
      }
    }

    private PythonLiteral word() throws MalformedException {
      int start = at;
      while (at < text.length()
          && (Character.isLetterOrDigit(text.charAt(at)) || "+-_".indexOf(text.charAt(at)) >= 0)) {
        at++;
      }
      String word = text.substring(start, at);
      switch (word) {
        case "True":
          return new Truth(true);
        case "False":
          return new Truth(false);
        case "None":
          return new None();
        case "u", "b":
          if (at < text.length() && (text.charAt(at) == '\'' || text.charAt(at) == '"')) {
            return new Text(string());
          }
          break;
        default:
          break;
      }
      String digits = word.endsWith("L") ? word.substring(0, word.length() - 1) : word;
      if (digits.length() > 40) {
        throw malformed("number of " + digits.length() + " digits");
      }
      try {
        return new Whole(new BigInteger(digits.replace("_", "")));
      } catch (NumberFormatException e) {
        throw malformed("'" + word + "' is no literal");
      }
    }
  }
}
