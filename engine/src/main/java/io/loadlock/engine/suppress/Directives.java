package io.loadlock.engine.suppress;

import io.loadlock.engine.suppress.Directive.Tool;
import io.loadlock.python.parse.ParsedSource.Comment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Reads comments as the tools that invented them do: Bandit's `# nosec`, flake8's and Ruff's `#
/// noqa`, Semgrep's `# nosemgrep`, and loadlock's own `# loadlock: ignore[kind] reason`.
final class Directives {
  private Directives() {}

  /// All that this comment says; a comment may hold several, each behind a `#`.
  static List<Directive> read(Comment comment) {
    List<Directive> found = new ArrayList<>();
    String text = comment.text();
    for (int at = text.indexOf('#'); at >= 0; at = text.indexOf('#', at + 1)) {
      int end = text.indexOf('#', at + 1);
      String part = text.substring(at + 1, end < 0 ? text.length() : end).strip();
      one(part, comment.line(), text.substring(at, end < 0 ? text.length() : end).strip())
          .ifPresent(found::add);
    }
    return found;
  }

  private static Optional<Directive> one(String text, int line, String comment) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (word(lower, "nosec")) {
      return Optional.of(nosec(text.substring(5), line, comment));
    }
    if (word(lower, "noqa")) {
      return Optional.of(noqa(text.substring(4), false, line, comment));
    }
    if (word(lower, "nosemgrep") || word(lower, "nosem")) {
      return Optional.of(
          nosemgrep(text.substring(lower.startsWith("nosemgrep") ? 9 : 5), line, comment));
    }
    for (String tool : List.of("ruff", "flake8")) {
      if (lower.startsWith(tool)) {
        String rest = text.substring(tool.length()).stripLeading();
        String directive = rest.startsWith(":") ? rest.substring(1).stripLeading() : "";
        if (word(directive.toLowerCase(Locale.ROOT), "noqa")) {
          return Optional.of(noqa(directive.substring(4), true, line, comment));
        }
      }
    }
    return loadlock(text, line, comment);
  }

  /// True when `text` begins with this word and not with a longer one.
  private static boolean word(String text, String word) {
    return text.startsWith(word)
        && (text.length() == word.length()
            || !Character.isLetterOrDigit(text.charAt(word.length()))
                && text.charAt(word.length()) != '_');
  }

  /// `# nosec`, `# nosec: B301,B614`, `# nosec B301 reason`. Words that are no codes limit nothing:
  /// Bandit warns and takes the comment as a blanket one.
  private static Directive nosec(String rest, int line, String comment) {
    String text = rest.stripLeading();
    text = text.startsWith(":") ? text.substring(1) : text;
    List<String> codes = new ArrayList<>();
    StringBuilder reason = new StringBuilder();
    for (String token : text.strip().split("[\\s,]+", -1)) {
      if (isCode(token)) {
        codes.add(token);
      } else {
        reason.append(reason.isEmpty() ? "" : " ").append(token);
      }
    }
    return new Directive(Tool.NOSEC, false, codes, line, comment, reason.toString());
  }

  /// `# noqa`, `# noqa: S301,E501`; without the colon what follows is prose.
  private static Directive noqa(String rest, boolean wholeFile, int line, String comment) {
    String text = rest.stripLeading();
    if (!text.startsWith(":")) {
      return new Directive(Tool.NOQA, wholeFile, List.of(), line, comment, text.strip());
    }
    List<String> codes = new ArrayList<>();
    StringBuilder reason = new StringBuilder();
    for (String token : text.substring(1).strip().split("[\\s,]+", -1)) {
      if (reason.isEmpty() && (isCode(token) || isPrefix(token))) {
        codes.add(token);
      } else {
        reason.append(reason.isEmpty() ? "" : " ").append(token);
      }
    }
    return new Directive(Tool.NOQA, wholeFile, codes, line, comment, reason.toString());
  }

  /// `# nosemgrep`, `# nosemgrep: rule-id, other.rule-id`.
  private static Directive nosemgrep(String rest, int line, String comment) {
    String text = rest.stripLeading();
    if (!text.startsWith(":")) {
      return new Directive(Tool.NOSEMGREP, false, List.of(), line, comment, text.strip());
    }
    List<String> ids = new ArrayList<>();
    for (String token : text.substring(1).strip().split("[\\s,]+", -1)) {
      // Semgrep's ids begin with the folders of the rule's file.
      ids.add(token.substring(token.lastIndexOf('.') + 1));
    }
    return new Directive(Tool.NOSEMGREP, false, ids, line, comment, "");
  }

  /// `# loadlock: ignore`, `# loadlock: ignore[torch-load,VNX-PY-013] reason`, `ignore-file` for
  /// the whole file.
  private static Optional<Directive> loadlock(String text, int line, String comment) {
    if (!text.startsWith("loadlock")) {
      return Optional.empty();
    }
    String rest = text.substring("loadlock".length()).stripLeading();
    rest = rest.startsWith(":") ? rest.substring(1).stripLeading() : "";
    if (!rest.startsWith("ignore")) {
      return Optional.empty();
    }
    rest = rest.substring("ignore".length());
    boolean wholeFile = rest.startsWith("-file");
    rest = wholeFile ? rest.substring("-file".length()) : rest;
    List<String> names = new ArrayList<>();
    int close = rest.indexOf(']');
    if (rest.startsWith("[") && close > 0) {
      for (String name : rest.substring(1, close).split(",", -1)) {
        names.add(name.strip());
      }
      rest = rest.substring(close + 1);
    }
    return Optional.of(new Directive(Tool.LOADLOCK, wholeFile, names, line, comment, rest.strip()));
  }

  /// `B301`, `S301`, `DUO103`, `VNX-PY-013`.
  private static boolean isCode(String token) {
    boolean digit = false;
    for (int i = 0; i < token.length(); i++) {
      char c = token.charAt(i);
      boolean letter = c >= 'A' && c <= 'Z';
      digit |= c >= '0' && c <= '9';
      if (!letter && !(c >= '0' && c <= '9') && !(i > 0 && (c == '-' || c == '/'))) {
        return false;
      }
    }
    return digit && !token.isEmpty() && Character.isLetter(token.charAt(0));
  }

  /// flake8 takes the beginning of a code for all codes that begin so.
  private static boolean isPrefix(String token) {
    return !token.isEmpty()
        && token.length() <= 3
        && token.chars().allMatch(Character::isUpperCase);
  }
}
