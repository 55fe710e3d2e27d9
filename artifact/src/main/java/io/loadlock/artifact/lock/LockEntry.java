package io.loadlock.artifact.lock;

/// One locked file.
///
/// @param path from the lock file's folder, with `/` between folders, without `.`, `..` or a root
/// @param size in bytes
/// @param sha256 64 lower-case hexadecimal digits
/// @param source where the digest was taken from
/// @param verdict what loading it would do when it was locked, such as `plain-data`; empty when it
///   was not inspected
public record LockEntry(String path, long size, String sha256, Source source, String verdict) {
  public LockEntry {
    if (!isInside(path)) {
      throw new IllegalArgumentException("not a path inside the locked folder: " + path);
    }
    if (size < 0 || !Sha256.isHex(sha256)) {
      throw new IllegalArgumentException("not a size and a SHA-256 digest: " + size + " " + sha256);
    }
  }

  /// Where a digest was taken from; the words of the lock file.
  public enum Source {
    /// The file itself, as it was here: trust on first use.
    LOCAL("local"),
    /// A list as `sha256sum` writes it, or a single `FILE.sha256`.
    SHA256SUMS("sha256sums"),
    /// A Git LFS pointer's `oid sha256:`.
    LFS_POINTER("lfs-pointer"),
    /// The name of a blob in a Hugging Face hub cache.
    HUB_CACHE("hub-cache"),
    /// A verified OpenSSF Model Signing bundle.
    MODEL_SIGNING("model-signing");

    private final String word;

    Source(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  /// Whether `path` can only name something below the folder it is relative to, on every system.
  static boolean isInside(String path) {
    if (path.isEmpty()
        || path.startsWith("/")
        || path.indexOf('\\') >= 0
        || path.indexOf('\0') >= 0) {
      return false;
    }
    if (path.length() > 1 && path.charAt(1) == ':') {
      return false;
    }
    for (String part : path.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        return false;
      }
    }
    return true;
  }
}
