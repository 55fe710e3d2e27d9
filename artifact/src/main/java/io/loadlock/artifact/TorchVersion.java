package io.loadlock.artifact;

/// A release of torch, by its first two numbers.
public record TorchVersion(int major, int minor) implements Comparable<TorchVersion> {
  /// Reads `2.6`, `2.6.0` or `2.6.0+cu124`.
  ///
  /// @throws IllegalArgumentException for anything else
  public static TorchVersion parse(String text) {
    String[] parts = text.split("[.+]");
    if (parts.length < 2) {
      throw new IllegalArgumentException("not a version of torch: " + text);
    }
    return new TorchVersion(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
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
