package io.loadlock.engine.project;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Environment variables that Dockerfiles, compose files, CI configurations, `.env` files and shell
/// scripts set, read line by line: `export NAME=value`, `ENV NAME value`, `NAME: "value"`, `-
/// NAME=value`. What a program computes is not seen.
public final class EnvironmentFiles {
  private EnvironmentFiles() {}

  /// One variable that is set.
  ///
  /// @param line from 1
  /// @param column from 1, where the name begins
  /// @param value without quotes
  public record Assignment(String variable, String value, int line, int column) {}

  /// The places where one of `variables` is set.
  public static List<Assignment> read(byte[] content, List<String> variables) {
    List<Assignment> found = new ArrayList<>();
    String text = new String(content, StandardCharsets.UTF_8);
    int number = 0;
    for (String line : text.split("\\r\\n|\\r|\\n", -1)) {
      number++;
      for (String variable : variables) {
        int at = line.indexOf(variable);
        if (at < 0 || isComment(line, at)) {
          continue;
        }
        Optional<String> value = value(line, at, at + variable.length());
        if (value.isPresent()) {
          found.add(new Assignment(variable, value.get(), number, at + 1));
        }
      }
    }
    return found;
  }

  private static boolean isComment(String line, int at) {
    int hash = line.indexOf('#');
    return hash >= 0 && hash < at && (hash == 0 || Character.isWhitespace(line.charAt(hash - 1)));
  }

  private static Optional<String> value(String line, int start, int end) {
    if (start > 0
            && (Character.isLetterOrDigit(line.charAt(start - 1))
                || "_$".indexOf(line.charAt(start - 1)) >= 0)
        || end < line.length()
            && (Character.isLetterOrDigit(line.charAt(end)) || line.charAt(end) == '_')) {
      return Optional.empty(); // a longer name, or a use
    }
    String rest = line.substring(end);
    rest = rest.startsWith("\"") || rest.startsWith("'") ? rest.substring(1) : rest; // a quoted key
    String behind = rest.stripLeading();
    boolean docker = line.substring(0, start).strip().equalsIgnoreCase("ENV");
    if (behind.startsWith("=") && behind.length() == rest.length() || behind.startsWith(":")) {
      return Optional.of(word(behind.substring(1).strip()));
    }
    return docker && !behind.isEmpty() ? Optional.of(word(behind)) : Optional.empty();
  }

  /// The first word, or what is between quotes.
  private static String word(String text) {
    if (text.startsWith("\"") || text.startsWith("'")) {
      int close = text.indexOf(text.charAt(0), 1);
      return close < 0 ? text.substring(1) : text.substring(1, close);
    }
    int end = 0;
    while (end < text.length()
        && !Character.isWhitespace(text.charAt(end))
        && ";&|,}\"'".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return text.substring(0, end);
  }
}
