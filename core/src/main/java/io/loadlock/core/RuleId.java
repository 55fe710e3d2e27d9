package io.loadlock.core;

/// The stable name of a rule, such as `VNX-PY-013` or `VNX-PY-013/guarded`. It never depends on
/// wording.
public record RuleId(String value) implements Comparable<RuleId> {
  public RuleId {
    if (!value.matches("[A-Z][A-Z0-9-]*(/[a-z][a-z0-9-]*)?")) {
      throw new IllegalArgumentException("not a rule id: " + value);
    }
  }

  @Override
  public int compareTo(RuleId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
