package io.loadlock.artifact.weightsonly;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A value as far as the restricted unpickler asks: its exact type, and what a few checks look
/// into.
///
/// @param type `list`, `dict`, `str` …; `global` for a reference; `module.Class` for an instance;
///   `?` where only running the function would tell
/// @param detail text of a `str`, items of a `tuple`, full name of a `global`
record Thing(String type, @Nullable Object detail) {
  static final String UNKNOWN = "?";
  static final String GLOBAL = "global";

  static final Thing NONE = new Thing("NoneType", null);
  static final Thing BOOL = new Thing("bool", null);
  static final Thing INT = new Thing("int", null);
  static final Thing FLOAT = new Thing("float", null);
  static final Thing EMPTY_TUPLE = tuple(List.of());

  static Thing tuple(List<Thing> items) {
    return new Thing("tuple", items);
  }

  static Thing text(String text) {
    return new Thing("str", text);
  }

  static Thing global(String full) {
    return new Thing(GLOBAL, full);
  }

  static Thing of(String type) {
    return new Thing(type, null);
  }

  boolean isGlobal() {
    return type.equals(GLOBAL);
  }

  /// The full name of a reference, else empty.
  String name() {
    return isGlobal() && detail instanceof String full ? full : "";
  }

  @SuppressWarnings("unchecked") // only #tuple makes tuples
  List<Thing> items() {
    return type.equals("tuple") && detail instanceof List<?> list ? (List<Thing>) list : List.of();
  }

  Optional<String> text() {
    return type.equals("str") && detail instanceof String text
        ? Optional.of(text)
        : Optional.empty();
  }
}
