package io.loadlock.pins;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A version as PEP 440 defines it, with the order of its section "Summary of permitted suffixes
/// and relative ordering".
///
/// @param epoch 0 where none is written
/// @param release the numbers between the dots, at least one, without trailing zeros
/// @param pre `a`, `b` or `rc` and its number
/// @param post the number of a post-release
/// @param dev the number of a development release
/// @param local the segments behind `+`, lower case
/// @param text as written, for people
public record Version(
    BigInteger epoch,
    List<BigInteger> release,
    Optional<Pre> pre,
    Optional<BigInteger> post,
    Optional<BigInteger> dev,
    List<String> local,
    String text)
    implements Comparable<Version> {

  /// A pre-release's phase, `a`, `b` or `rc`, and its number.
  public record Pre(String phase, BigInteger number) {}

  public Version {
    release = withoutTrailingZeros(release);
    local = List.copyOf(local);
  }

  /// Reads a version, with all of PEP 440's "Normalization"; empty when `text` is none.
  public static Optional<Version> parse(String text) {
    return new Scanner(text).version();
  }

  /// A version known to be well formed, such as a constant in the code.
  ///
  /// @throws IllegalArgumentException when it is not
  public static Version of(String text) {
    return parse(text).orElseThrow(() -> new IllegalArgumentException("not a version: " + text));
  }

  /// This version without its local segments: what specifiers without a local part compare with.
  public Version withoutLocal() {
    return new Version(epoch, release, pre, post, dev, List.of(), text);
  }

  @Override
  public int compareTo(Version other) {
    int order = epoch.compareTo(other.epoch);
    order = order != 0 ? order : compareNumbers(release, other.release);
    order = order != 0 ? order : comparePre(this, other);
    order = order != 0 ? order : postOrNone().compareTo(other.postOrNone());
    order = order != 0 ? order : compareDev(this, other);
    return order != 0 ? order : compareLocal(local, other.local);
  }

  /// PEP 440's equality: `1.0` equals `1.0.0` and `v1`, whatever was written.
  @Override
  public boolean equals(Object other) {
    return other instanceof Version version && compareTo(version) == 0;
  }

  @Override
  public int hashCode() {
    return release.hashCode() * 31 + local.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }

  /// A development release without a pre-release sorts before the pre-releases, a final one behind
  /// them.
  private static int comparePre(Version left, Version right) {
    int byPlace = Integer.compare(left.prePlace(), right.prePlace());
    if (byPlace != 0 || left.pre.isEmpty() || right.pre.isEmpty()) {
      return byPlace;
    }
    Pre one = left.pre.get();
    Pre two = right.pre.get();
    int byPhase = one.phase.compareTo(two.phase);
    return byPhase != 0 ? byPhase : one.number.compareTo(two.number);
  }

  private int prePlace() {
    if (pre.isPresent()) {
      return 1;
    }
    return post.isEmpty() && dev.isPresent() ? 0 : 2;
  }

  private BigInteger postOrNone() {
    return post.orElse(BigInteger.ONE.negate());
  }

  private static int compareDev(Version left, Version right) {
    if (left.dev.isEmpty() || right.dev.isEmpty()) {
      return Boolean.compare(left.dev.isEmpty(), right.dev.isEmpty());
    }
    return left.dev.get().compareTo(right.dev.get());
  }

  private static int compareNumbers(List<BigInteger> left, List<BigInteger> right) {
    for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
      BigInteger one = i < left.size() ? left.get(i) : BigInteger.ZERO;
      BigInteger two = i < right.size() ? right.get(i) : BigInteger.ZERO;
      int order = one.compareTo(two);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /// Numbers sort above words, and more segments above fewer (PEP 440, "Local version
  /// identifiers").
  private static int compareLocal(List<String> left, List<String> right) {
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      boolean leftNumber = isNumber(left.get(i));
      boolean rightNumber = isNumber(right.get(i));
      int order =
          leftNumber && rightNumber
              ? new BigInteger(left.get(i)).compareTo(new BigInteger(right.get(i)))
              : leftNumber != rightNumber
                  ? Boolean.compare(leftNumber, rightNumber)
                  : left.get(i).compareTo(right.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(left.size(), right.size());
  }

  private static boolean isNumber(String segment) {
    return Character.isDigit(segment.charAt(0)) && segment.chars().allMatch(Character::isDigit);
  }

  private static List<BigInteger> withoutTrailingZeros(List<BigInteger> numbers) {
    int end = numbers.size();
    while (end > 1 && numbers.get(end - 1).signum() == 0) {
      end--;
    }
    return List.copyOf(numbers.subList(0, end));
  }

  /// One pass over the text, in the order of the grammar of PEP 440, appendix B.
  private static final class Scanner {
    /// Longer version numbers than this are nobody's, and cost quadratic time to read.
    private static final int MAX_DIGITS = 64;

    private final String written;
    private final String text;
    private int at;

    Scanner(String written) {
      this.written = written.strip();
      this.text = this.written.toLowerCase(Locale.ROOT);
    }

    Optional<Version> version() {
      accept("v");
      Optional<BigInteger> first = number();
      if (first.isEmpty()) {
        return Optional.empty();
      }
      BigInteger epoch = BigInteger.ZERO;
      if (accept("!")) {
        epoch = first.get();
        first = number();
        if (first.isEmpty()) {
          return Optional.empty();
        }
      }
      List<BigInteger> release = new ArrayList<>(List.of(first.get()));
      while (peek() == '.' && at + 1 < text.length() && digit(text.charAt(at + 1))) {
        at++;
        Optional<BigInteger> next = number();
        if (next.isEmpty()) {
          return Optional.empty();
        }
        release.add(next.get());
      }
      Optional<Pre> pre = pre();
      Optional<BigInteger> post = post();
      Optional<BigInteger> dev = suffix("dev");
      List<String> local = new ArrayList<>();
      if (accept("+") && !local(local)) {
        return Optional.empty();
      }
      if (at != text.length()) {
        return Optional.empty();
      }
      return Optional.of(new Version(epoch, release, pre, post, dev, local, written));
    }

    private Optional<Pre> pre() {
      for (String word : List.of("alpha", "beta", "preview", "pre", "rc", "a", "b", "c")) {
        Optional<BigInteger> number = suffix(word);
        if (number.isPresent()) {
          String phase = word.startsWith("a") ? "a" : word.startsWith("b") ? "b" : "rc";
          return Optional.of(new Pre(phase, number.get()));
        }
      }
      return Optional.empty();
    }

    private Optional<BigInteger> post() {
      if (peek() == '-' && at + 1 < text.length() && digit(text.charAt(at + 1))) {
        at++;
        return number();
      }
      for (String word : List.of("post", "rev", "r")) {
        Optional<BigInteger> number = suffix(word);
        if (number.isPresent()) {
          return number;
        }
      }
      return Optional.empty();
    }

    /// `[-_.]? word [-_.]? number?`; a number left out is 0.
    private Optional<BigInteger> suffix(String word) {
      int before = at;
      separator();
      if (!accept(word)) {
        at = before;
        return Optional.empty();
      }
      int behind = at;
      separator();
      Optional<BigInteger> number = number();
      if (number.isEmpty()) {
        at = behind;
        return Optional.of(BigInteger.ZERO);
      }
      return number;
    }

    private boolean local(List<String> segments) {
      while (true) {
        int start = at;
        while (at < text.length() && (digit(text.charAt(at)) || letter(text.charAt(at)))) {
          at++;
        }
        if (at == start || at - start > MAX_DIGITS) {
          return false;
        }
        segments.add(text.substring(start, at));
        if (!separator()) {
          return true;
        }
      }
    }

    private Optional<BigInteger> number() {
      int start = at;
      while (at < text.length() && digit(text.charAt(at))) {
        at++;
      }
      if (at == start || at - start > MAX_DIGITS) {
        return Optional.empty();
      }
      return Optional.of(new BigInteger(text.substring(start, at)));
    }

    private boolean separator() {
      char next = peek();
      if (next == '-' || next == '_' || next == '.') {
        at++;
        return true;
      }
      return false;
    }

    private boolean accept(String word) {
      if (text.startsWith(word, at)) {
        at += word.length();
        return true;
      }
      return false;
    }

    private char peek() {
      return at < text.length() ? text.charAt(at) : '\0';
    }

    private static boolean digit(char c) {
      return c >= '0' && c <= '9';
    }

    private static boolean letter(char c) {
      return c >= 'a' && c <= 'z';
    }
  }
}
