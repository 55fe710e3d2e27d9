package io.loadlock.core;

/// Bytes that break their format's rules. Thrown deep inside a reader and caught once, at the
/// format's boundary, where it becomes a [Problem].
public final class MalformedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final long offset;

  /// @param problem one clause without a full stop
  /// @param offset in bytes from the start of the member that is being read
  public MalformedException(String problem, long offset) {
    super(problem);
    this.offset = offset;
  }

  public long offset() {
    return offset;
  }

  /// `problem (byte N)`, as reports print it.
  public Problem toProblem() {
    return new Problem(String.valueOf(getMessage()), "byte " + offset);
  }
}
