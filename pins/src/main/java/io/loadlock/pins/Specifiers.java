package io.loadlock.pins;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A comma-separated list of PEP 440 version specifiers, reduced to the interval they admit.
public final class Specifiers {
  /// Longer operators first, so that `==` is not read out of `===`.
  private static final List<String> OPERATORS =
      List.of("===", "~=", "==", "!=", "<=", ">=", "<", ">");

  private Specifiers() {}

  /// The interval that `text` admits, such as `>=2.0,<3`; empty when it is not written as PEP 440
  /// says. An empty text admits everything.
  public static Optional<Bounds> parse(String text) {
    Bounds bounds = Bounds.ANY;
    for (String clause : split(text)) {
      Optional<Bounds> next = clause(clause);
      if (next.isEmpty()) {
        return Optional.empty();
      }
      bounds = bounds.intersect(next.get());
    }
    return Optional.of(bounds);
  }

  private static List<String> split(String text) {
    String stripped = text.strip();
    if (stripped.startsWith("(") && stripped.endsWith(")")) {
      stripped = stripped.substring(1, stripped.length() - 1);
    }
    List<String> clauses = new ArrayList<>();
    for (String clause : stripped.split(",", -1)) {
      if (!clause.isBlank()) {
        clauses.add(clause.strip());
      }
    }
    return clauses;
  }

  private static Optional<Bounds> clause(String clause) {
    for (String operator : OPERATORS) {
      if (clause.startsWith(operator)) {
        return bounds(operator, clause.substring(operator.length()).strip());
      }
    }
    return Optional.empty();
  }

  private static Optional<Bounds> bounds(String operator, String text) {
    if (text.endsWith(".*")) {
      Optional<Version> prefix = Version.parse(text.substring(0, text.length() - 2));
      return switch (operator) {
        case "==" -> prefix.map(version -> within(version, segments(text) - 1));
        case "!=" -> prefix.map(_ -> Bounds.ANY);
        default -> Optional.empty();
      };
    }
    Optional<Version> version = Version.parse(text);
    return switch (operator) {
      case "==" -> version.map(Bounds::exactly);
      // Arbitrary equality is a comparison of text; one that is a version pins it all the same.
      case "===" -> Optional.of(version.map(Bounds::exactly).orElse(Bounds.ANY));
      case "!=" -> version.map(_ -> Bounds.ANY);
      case "<=" -> version.map(Bounds::atMost);
      case ">=" -> version.map(Bounds::atLeast);
      case "<" -> version.map(Bounds::below);
      case ">" -> version.map(Bounds::above);
      case "~=" ->
          segments(text) < 2
              ? Optional.empty()
              : version.map(
                  start -> Bounds.atLeast(start).intersect(within(start, segments(text) - 1)));
      default -> Optional.empty();
    };
  }

  /// `==prefix.*`: from the prefix itself up to, without it, the prefix with its last number
  /// raised.
  ///
  /// @param count how many numbers of the release make the prefix
  static Bounds within(Version version, int count) {
    List<BigInteger> prefix = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      prefix.add(i < version.release().size() ? version.release().get(i) : BigInteger.ZERO);
    }
    Version low = release(version.epoch(), prefix);
    prefix.set(count - 1, prefix.get(count - 1).add(BigInteger.ONE));
    return Bounds.atLeast(low).intersect(Bounds.below(release(version.epoch(), prefix)));
  }

  private static Version release(BigInteger epoch, List<BigInteger> numbers) {
    StringBuilder text = new StringBuilder();
    if (epoch.signum() != 0) {
      text.append(epoch).append('!');
    }
    for (int i = 0; i < numbers.size(); i++) {
      text.append(i == 0 ? "" : ".").append(numbers.get(i));
    }
    return Version.of(text.toString());
  }

  /// How many dot-separated parts the release of `text` is written with, a final `*` included.
  private static int segments(String text) {
    int count = 1;
    for (int i = text.indexOf('!') + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.') {
        boolean numberFollows =
            i + 1 < text.length()
                && (Character.isDigit(text.charAt(i + 1)) || text.charAt(i + 1) == '*');
        if (!numberFollows) {
          break;
        }
        count++;
      } else if (!Character.isDigit(c) && c != 'v' && c != 'V') {
        break;
      }
    }
    return count;
  }
}
