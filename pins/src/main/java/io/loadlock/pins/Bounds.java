package io.loadlock.pins;

import java.util.Optional;

/// The smallest interval that holds every version a declaration admits. Exclusions in its middle
/// (`!=`) are not kept: they prove nothing about the ends. Pre-releases are left aside, as
/// installers leave them unless asked.
///
/// @param lower the lowest version, empty for none
/// @param lowerIncluded whether it is admitted itself
/// @param upper the highest version, empty for none
/// @param upperIncluded whether it is admitted itself
public record Bounds(
    Optional<Version> lower,
    boolean lowerIncluded,
    Optional<Version> upper,
    boolean upperIncluded) {

  /// Every version.
  public static final Bounds ANY = new Bounds(Optional.empty(), false, Optional.empty(), false);

  public static Bounds exactly(Version version) {
    return new Bounds(Optional.of(version), true, Optional.of(version), true);
  }

  public static Bounds atLeast(Version version) {
    return new Bounds(Optional.of(version), true, Optional.empty(), false);
  }

  public static Bounds above(Version version) {
    return new Bounds(Optional.of(version), false, Optional.empty(), false);
  }

  public static Bounds below(Version version) {
    return new Bounds(Optional.empty(), false, Optional.of(version), false);
  }

  public static Bounds atMost(Version version) {
    return new Bounds(Optional.empty(), false, Optional.of(version), true);
  }

  /// True when every admitted version is `version` or newer.
  public boolean provesAtLeast(Version version) {
    return !isEmpty() && lower.isPresent() && lower.get().compareTo(version) >= 0;
  }

  /// True when every admitted version is older than `version`.
  public boolean provesBelow(Version version) {
    if (isEmpty() || upper.isEmpty()) {
      return false;
    }
    int order = upper.get().withoutLocal().compareTo(version);
    return order < 0 || order == 0 && !upperIncluded;
  }

  /// True when nothing satisfies both ends: the declaration contradicts itself.
  public boolean isEmpty() {
    if (lower.isEmpty() || upper.isEmpty()) {
      return false;
    }
    int order = lower.get().compareTo(upper.get());
    return order > 0 || order == 0 && !(lowerIncluded && upperIncluded);
  }

  /// What both admit.
  public Bounds intersect(Bounds other) {
    boolean ownLower = lower.isPresent() && (other.lower.isEmpty() || lowerWins(other));
    boolean ownUpper = upper.isPresent() && (other.upper.isEmpty() || upperWins(other));
    return new Bounds(
        ownLower ? lower : other.lower,
        ownLower ? lowerIncluded : other.lowerIncluded,
        ownUpper ? upper : other.upper,
        ownUpper ? upperIncluded : other.upperIncluded);
  }

  /// The smallest interval around what either admits.
  public Bounds hull(Bounds other) {
    if (isEmpty()) {
      return other;
    }
    if (other.isEmpty()) {
      return this;
    }
    boolean noLower = lower.isEmpty() || other.lower.isEmpty();
    boolean noUpper = upper.isEmpty() || other.upper.isEmpty();
    Bounds low = !noLower && lowerWins(other) ? other : this;
    Bounds high = !noUpper && upperWins(other) ? other : this;
    return new Bounds(
        noLower ? Optional.empty() : low.lower,
        !noLower && low.lowerIncluded,
        noUpper ? Optional.empty() : high.upper,
        !noUpper && high.upperIncluded);
  }

  /// As PEP 440 would write it, `any version` where nothing is excluded.
  @Override
  public String toString() {
    if (lower.isEmpty() && upper.isEmpty()) {
      return "any version";
    }
    if (lower.isPresent() && lower.equals(upper)) {
      return "==" + lower.get();
    }
    String low = lower.map(version -> (lowerIncluded ? ">=" : ">") + version).orElse("");
    String high = upper.map(version -> (upperIncluded ? "<=" : "<") + version).orElse("");
    return low.isEmpty() || high.isEmpty() ? low + high : low + "," + high;
  }

  /// True when this lower end is the stricter one; both are present.
  private boolean lowerWins(Bounds other) {
    int order = lower.orElseThrow().compareTo(other.lower.orElseThrow());
    return order > 0 || order == 0 && !lowerIncluded;
  }

  private boolean upperWins(Bounds other) {
    int order = upper.orElseThrow().compareTo(other.upper.orElseThrow());
    return order < 0 || order == 0 && !upperIncluded;
  }
}
