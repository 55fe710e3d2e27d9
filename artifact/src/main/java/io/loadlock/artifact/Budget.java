package io.loadlock.artifact;

/// What one outermost file may still cost, shared by all that is nested in it: without it, a few
/// kilobytes of archives within archives, each within its own bounds, unfold without end.
///
/// The unit of [#spend] is a *byte of work*: one byte that inflating made, or that was read from a
/// member. A slow codec spends several for each byte it makes, so that equal budgets take about
/// equal time. Not for use by several threads.
public final class Budget {
  private final long allowed;
  private final int allowedMembers;
  private long spent;
  private int members;

  private Budget(long allowed, int allowedMembers) {
    this.allowed = allowed;
    this.allowedMembers = allowedMembers;
  }

  /// @param bytes of work
  /// @param members nested members, on all levels together
  public static Budget of(long bytes, int members) {
    return new Budget(bytes, members);
  }

  /// A budget that never ends, for reading one thing alone: what is read is then bounded by
  /// [Limits] only.
  static Budget endless() {
    return new Budget(Long.MAX_VALUE, Integer.MAX_VALUE);
  }

  /// Spends `bytes` of work.
  ///
  /// @return false, and nothing is spent, when there is not as much left
  public boolean spend(long bytes) {
    if (bytes > allowed - spent) {
      return false;
    }
    spent += bytes;
    return true;
  }

  /// Spends `bytes` of work that is done already; all that is left where it is not as much.
  public void charge(long bytes) {
    spent += Math.min(bytes, allowed - spent);
  }

  /// Whether nothing is left.
  public boolean spentUp() {
    return spent >= allowed;
  }

  /// Spends one member.
  ///
  /// @return false when none is left
  public boolean member() {
    if (members >= allowedMembers) {
      return false;
    }
    members++;
    return true;
  }

  /// Bytes of work so far: tests assert it, where a stopwatch would depend on the machine.
  public long spent() {
    return spent;
  }

  public int members() {
    return members;
  }

  public long left() {
    return allowed - spent;
  }
}
