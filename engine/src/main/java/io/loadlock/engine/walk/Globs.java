package io.loadlock.engine.walk;

import java.util.ArrayList;
import java.util.List;

/// Paths by pattern: `*` and `?` within one part, `**` across parts, `[abc]`. A pattern without `/`
/// matches any part of a path; one with `/` matches from its beginning; each matches all that is
/// below what it matches.
public final class Globs {
  private final List<String[]> patterns = new ArrayList<>();

  private Globs(List<String> globs) {
    for (String glob : globs) {
      String text = glob.startsWith("./") ? glob.substring(2) : glob;
      text = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
      if (text.indexOf('/') < 0) {
        text = "**/" + text;
      } else if (text.startsWith("/")) {
        text = text.substring(1);
      }
      patterns.add(text.split("/", -1));
    }
  }

  public static Globs of(List<String> globs) {
    return new Globs(globs);
  }

  /// Whether a path, or a folder above it, matches one of them.
  public boolean match(String path) {
    if (patterns.isEmpty()) {
      return false;
    }
    String[] parts = path.split("/", -1);
    for (String[] pattern : patterns) {
      if (matches(pattern, 0, parts, 0)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(String[] pattern, int at, String[] parts, int from) {
    if (at == pattern.length) {
      return true;
    }
    if (from == parts.length) {
      return at == pattern.length - 1 && pattern[at].equals("**");
    }
    if (pattern[at].equals("**")) {
      for (int next = from; next <= parts.length; next++) {
        if (matches(pattern, at + 1, parts, next)) {
          return true;
        }
      }
      return false;
    }
    return part(pattern[at], 0, parts[from], 0) && matches(pattern, at + 1, parts, from + 1);
  }

  /// Whether one part of a path matches one part of a pattern.
  public static boolean matchPart(String pattern, String name) {
    return part(pattern, 0, name, 0);
  }

  private static boolean part(String pattern, int at, String name, int from) {
    int p = at;
    int n = from;
    int star = -1;
    int resume = 0;
    while (n < name.length()) {
      int width = p < pattern.length() ? one(pattern, p, name.charAt(n)) : 0;
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        resume = n;
      } else if (width > 0) {
        p += width;
        n++;
      } else if (star >= 0) {
        p = star + 1;
        n = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  /// How many characters of the pattern match this one character of the name; 0 where they do not.
  private static int one(String pattern, int at, char c) {
    char p = pattern.charAt(at);
    if (p == '?' || p == c && p != '[' && p != '*') {
      return 1;
    }
    int close = p == '[' ? pattern.indexOf(']', at + 2) : -1;
    if (close < 0) {
      return p == '[' && c == '[' ? 1 : 0;
    }
    boolean negated = pattern.charAt(at + 1) == '!' || pattern.charAt(at + 1) == '^';
    boolean found = false;
    for (int i = at + (negated ? 2 : 1); i < close; i++) {
      if (i + 2 < close && pattern.charAt(i + 1) == '-') {
        found |= pattern.charAt(i) <= c && c <= pattern.charAt(i + 2);
        i += 2;
      } else {
        found |= pattern.charAt(i) == c;
      }
    }
    return found != negated ? close - at + 1 : 0;
  }
}
