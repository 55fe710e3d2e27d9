package io.loadlock.pins;

import java.util.Locale;
import java.util.Optional;

/// A dependency specification as PEP 508 writes it: `torch[opt] >=2.0,<3 ; python_version >=
/// "3.9"`.
///
/// @param distribution its normalized name (PEP 503)
/// @param bounds what it admits; everything for a direct reference, whose version is not said
/// @param marker the environment marker as written, empty where it holds everywhere
/// @param direct true for `name @ url`
public record Requirement(String distribution, Bounds bounds, String marker, boolean direct) {

  /// Reads one; empty when `text` is none.
  public static Optional<Requirement> parse(String text) {
    int nameEnd = nameEnd(text);
    if (nameEnd == 0) {
      return Optional.empty();
    }
    String name = normalize(text.substring(0, nameEnd));
    int at = skipBlanks(text, nameEnd);
    if (at < text.length() && text.charAt(at) == '[') {
      int close = text.indexOf(']', at);
      if (close < 0) {
        return Optional.empty();
      }
      at = skipBlanks(text, close + 1);
    }
    if (at < text.length() && text.charAt(at) == '@') {
      // A URL may hold a semicolon; a marker behind one stands after a blank.
      int marker = text.indexOf(" ;", at);
      return Optional.of(
          new Requirement(
              name,
              fromUrl(text.substring(at)),
              marker < 0 ? "" : text.substring(marker + 2).strip(),
              true));
    }
    int semicolon = text.indexOf(';', at);
    String specifiers = text.substring(at, semicolon < 0 ? text.length() : semicolon);
    String marker = semicolon < 0 ? "" : text.substring(semicolon + 1).strip();
    return Specifiers.parse(specifiers).map(bounds -> new Requirement(name, bounds, marker, false));
  }

  /// PEP 503's normalized name: lower case, runs of `-`, `_` and `.` as one `-`.
  public static String normalize(String name) {
    StringBuilder normal = new StringBuilder();
    boolean separator = false;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '-' || c == '_' || c == '.') {
        separator = true;
        continue;
      }
      if (separator && !normal.isEmpty()) {
        normal.append('-');
      }
      separator = false;
      normal.append(c);
    }
    return normal.toString().toLowerCase(Locale.ROOT);
  }

  /// What a path or URL without a name in front says of itself: a wheel by its file name, anything
  /// else by the fragment `#egg=`. Empty when it names nothing.
  public static Optional<Requirement> ofReference(String text) {
    int blank = text.indexOf(" ;");
    String url = (blank < 0 ? text : text.substring(0, blank)).strip();
    String marker = blank < 0 ? "" : text.substring(blank + 2).strip();
    int egg = url.indexOf("#egg=");
    String file =
        url.substring(
            url.lastIndexOf('/', url.indexOf('#') < 0 ? url.length() : url.indexOf('#')) + 1);
    String name =
        egg >= 0 ? url.substring(egg + "#egg=".length()) : file.contains(".whl") ? file : "";
    int end = egg >= 0 ? nameEnd(name) : Math.max(0, name.indexOf('-'));
    return end == 0
        ? Optional.empty()
        : Optional.of(
            new Requirement(normalize(name.substring(0, end)), fromUrl(url), marker, true));
  }

  /// The name that `text` begins with, normalized, whatever follows; empty when it begins with
  /// none.
  public static String nameOf(String text) {
    return normalize(text.substring(0, nameEnd(text)));
  }

  /// A wheel's file name carries its version (PEP 427):
  /// `torch-2.1.0+cpu-cp311-cp311-linux_x86_64.whl`.
  static Bounds fromUrl(String url) {
    int query = url.indexOf('#') < 0 ? url.length() : url.indexOf('#');
    String path = url.substring(0, query).strip();
    if (!path.endsWith(".whl")) {
      return Bounds.ANY;
    }
    String[] parts = path.substring(path.lastIndexOf('/') + 1).split("-", -1);
    return parts.length < 5
        ? Bounds.ANY
        : Version.parse(parts[1].replace("%2B", "+")).map(Bounds::exactly).orElse(Bounds.ANY);
  }

  private static int nameEnd(String text) {
    int end = 0;
    while (end < text.length() && nameCharacter(text.charAt(end))) {
      end++;
    }
    while (end > 0 && "-_.".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return end > 0 && "-_.".indexOf(text.charAt(0)) >= 0 ? 0 : end;
  }

  private static boolean nameCharacter(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || "-_.".indexOf(c) >= 0;
  }

  private static int skipBlanks(String text, int from) {
    int at = from;
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
    return at;
  }
}
