package io.loadlock.pins.file;

import io.loadlock.pins.Bounds;
import io.loadlock.pins.Specifiers;
import io.loadlock.pins.Version;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/// Version constraints as Poetry, Pipenv and conda write them: PEP 440's and, besides, `^1.2`,
/// `~1.2`, `1.2.*`, a bare `1.2`, `*`, and alternatives with `||` or `|`. Source: Poetry's
/// documentation, "Dependency specification"; conda's, "Package match specifications".
final class PoetryConstraint {
  private PoetryConstraint() {}

  static Optional<Bounds> parse(String text) {
    Optional<Bounds> hull = Optional.empty();
    for (String alternative : text.split("\\|\\|?", -1)) {
      Optional<Bounds> bounds = all(alternative);
      if (bounds.isEmpty()) {
        return Optional.empty();
      }
      hull = Optional.of(hull.map(bounds.get()::hull).orElse(bounds.get()));
    }
    return hull;
  }

  private static Optional<Bounds> all(String text) {
    Bounds bounds = Bounds.ANY;
    for (String clause : text.strip().split("[\\s,]+(?![0-9])|,", -1)) {
      Optional<Bounds> next = one(clause.strip());
      if (next.isEmpty()) {
        return Optional.empty();
      }
      bounds = bounds.intersect(next.get());
    }
    return Optional.of(bounds);
  }

  private static Optional<Bounds> one(String clause) {
    if (clause.isEmpty() || clause.equals("*")) {
      return Optional.of(Bounds.ANY);
    }
    String rest = clause.substring(1).strip();
    if (clause.startsWith("^")) {
      return Version.parse(rest).map(PoetryConstraint::caret);
    }
    if (clause.startsWith("~") && !clause.startsWith("~=")) {
      return Version.parse(rest).map(version -> tilde(version, rest));
    }
    if (clause.startsWith("=") && !clause.startsWith("==")) {
      return Specifiers.parse("==" + rest);
    }
    if (Character.isDigit(clause.charAt(0))) {
      return Specifiers.parse("==" + clause);
    }
    return Specifiers.parse(clause);
  }

  /// Up to the next change of the first number that is not zero.
  private static Bounds caret(Version version) {
    List<BigInteger> release = version.release();
    StringBuilder next = new StringBuilder();
    for (BigInteger number : release) {
      if (number.signum() != 0) {
        return Bounds.atLeast(version)
            .intersect(Bounds.below(Version.of(next + "" + number.add(BigInteger.ONE))));
      }
      next.append("0.");
    }
    return Bounds.atLeast(version).intersect(Bounds.below(Version.of(next + "1")));
  }

  /// `~1.2.3` and `~1.2` stay below 1.3, `~1` below 2.
  private static Bounds tilde(Version version, String text) {
    boolean major = !text.contains(".");
    String prefix =
        version.release().get(0)
            + (major ? "" : "." + (version.release().size() > 1 ? version.release().get(1) : 0));
    return Bounds.atLeast(version)
        .intersect(Specifiers.parse("==" + prefix + ".*").orElse(Bounds.ANY));
  }
}
