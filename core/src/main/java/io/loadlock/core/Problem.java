package io.loadlock.core;

/// Why something could not be read to its end, and where.
///
/// @param reason one clause without a full stop, such as `string literal is not closed`
/// @param where the position for people, such as `line 12, column 5` or `data.pkl, byte 1204`;
///   empty when the whole file is meant
public record Problem(String reason, String where) {
  public static Problem of(String reason) {
    return new Problem(reason, "");
  }

  @Override
  public String toString() {
    return where.isEmpty() ? reason : reason + " (" + where + ")";
  }
}
