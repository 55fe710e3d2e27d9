package io.loadlock.engine.link;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.UnaryOperator;

/// The texts that the value of a path can have. What is not known of a text is the character
/// [#UNKNOWN] in it; what a glob leaves open is the pattern's own `*`.
///
/// @param texts each possible value
/// @param globs whether `*`, `?` and `[` in them are patterns
/// @param others whether it can be something else besides
/// @param reason why nothing is known; empty when something is
record Place(Set<String> texts, boolean globs, boolean others, String reason) {
  static final char UNKNOWN = '\0';

  static Place nothing(String reason) {
    return new Place(Set.of(), false, true, reason);
  }

  static Place one(String text) {
    return new Place(Set.of(text), false, false, "");
  }

  static Place of(Set<String> texts) {
    return new Place(texts, false, false, "");
  }

  boolean known() {
    return reason.isEmpty();
  }

  Place each(UnaryOperator<String> change) {
    Set<String> changed = new LinkedHashSet<>();
    texts.forEach(text -> changed.add(change.apply(text)));
    return new Place(changed, globs, others, reason);
  }

  Place asPattern() {
    return new Place(texts, true, others, reason);
  }

  Place andOthers() {
    return new Place(texts, globs, true, reason);
  }

  /// As `os.path.join`: an absolute part begins anew.
  static String joined(String left, String right) {
    if (left.isEmpty() || right.startsWith("/")) {
      return right;
    }
    return left.endsWith("/") ? left + right : left + "/" + right;
  }

  static String parent(String text) {
    String whole = withoutSlash(text);
    int slash = whole.lastIndexOf('/');
    if (slash < 0) {
      return whole.isEmpty() ? ".." : "";
    }
    return slash == 0 ? "/" : whole.substring(0, slash);
  }

  /// The last part of a path.
  static String name(String text) {
    String whole = withoutSlash(text);
    return whole.substring(whole.lastIndexOf('/') + 1);
  }

  static String withName(String text, String name) {
    String whole = withoutSlash(text);
    return whole.substring(0, whole.lastIndexOf('/') + 1) + name;
  }

  /// What `os.path.splitext` leaves.
  static String withoutSuffix(String text) {
    String name = name(text);
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? text : withName(text, name.substring(0, dot));
  }

  static String suffix(String text) {
    String name = name(text);
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? "" : name.substring(dot);
  }

  private static String withoutSlash(String text) {
    return text.endsWith("/") && text.length() > 1 ? text.substring(0, text.length() - 1) : text;
  }
}
