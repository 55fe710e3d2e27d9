package io.loadlock.python.parse;

/// Thrown where the grammar does not fit, caught where the parser knows how to go on. It has
/// neither stack nor text: damaged files throw it by the thousand.
@SuppressWarnings("StaticAssignmentOfThrowable") // thrown often, and without a stack trace
final class Unparsable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  static final Unparsable HERE = new Unparsable("the grammar does not fit");
  static final Unparsable TOO_DEEP = new Unparsable("nested too deeply");

  private Unparsable(String reason) {
    super(reason, null, false, false);
  }
}
