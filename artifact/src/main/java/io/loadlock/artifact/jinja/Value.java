package io.loadlock.artifact.jinja;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is known of an expression before anything is rendered.
///
/// @param text its text, where that is constant
/// @param items its items, where it is a constant list
/// @param number where it is a whole number
/// @param name where it is a bare name
/// @param pieces the literals it was put together from, one after another
/// @param computed whether operators or filters made it
record Value(
    @Nullable String text,
    @Nullable List<Value> items,
    @Nullable Long number,
    String name,
    String pieces,
    boolean computed) {
  static final Value UNKNOWN = new Value(null, null, null, "", "", false);

  /// Constants longer than this are forgotten.
  private static final int LONGEST = 10_000;

  static Value text(String text) {
    return text.length() > LONGEST
        ? new Value(null, null, null, "", "", true)
        : new Value(text, null, null, "", text, false);
  }

  static Value number(long number) {
    return new Value(null, null, number, "", "", false);
  }

  static Value name(String name) {
    return new Value(null, null, null, name, "", false);
  }

  static Value list(List<Value> items) {
    StringBuilder pieces = new StringBuilder();
    for (Value item : items) {
      pieces.append(item.pieces());
    }
    return new Value(null, List.copyOf(items), null, "", cut(pieces.toString()), false);
  }

  /// Something put together from these that could not be worked out.
  static Value computed(Value... from) {
    StringBuilder pieces = new StringBuilder();
    for (Value value : from) {
      pieces.append(value.pieces());
    }
    return new Value(null, null, null, "", cut(pieces.toString()), true);
  }

  private static String cut(String pieces) {
    return pieces.length() > LONGEST ? pieces.substring(0, LONGEST) : pieces;
  }

  /// As text, where that is constant: numbers print as themselves.
  @Nullable String printed() {
    return text != null ? text : number != null ? Long.toString(number) : null;
  }
}
