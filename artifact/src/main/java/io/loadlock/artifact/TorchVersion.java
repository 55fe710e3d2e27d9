package io.loadlock.artifact;

/// A release of torch, by its first two numbers.
public record TorchVersion(int major, int minor) implements Comparable<TorchVersion> {
  /// Reads `2.6`, `2.6.0` or `2.6.0+cu124`.
  ///
  /// @throws IllegalArgumentException for anything else
  public static TorchVersion parse(String text) {
    int dot = text.indexOf('.');
    int end = dot + 1;
    while (end < text.length() && Character.isDigit(text.charAt(end))) {
      end++;
    }
    if (dot < 1 || end == dot + 1 || end - dot > 6) {
      throw new IllegalArgumentException("not a version of torch: " + text);
    }
    return new TorchVersion(
        Integer.parseInt(text.substring(0, dot)), Integer.parseInt(text.substring(dot + 1, end)));
  }

  @Override
  public int compareTo(TorchVersion other) {
    return major != other.major
        ? Integer.compare(major, other.major)
        : Integer.compare(minor, other.minor);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
