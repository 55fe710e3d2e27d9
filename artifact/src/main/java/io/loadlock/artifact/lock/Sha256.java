package io.loadlock.artifact.lock;

import io.loadlock.core.ByteSource;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.LongConsumer;

/// SHA-256 (FIPS 180-4) of files, as 64 lower-case hexadecimal digits.
public final class Sha256 {
  /// In bytes: read and hashed while it is in the processor's own memory.
  private static final int BUFFER = 1 << 18;

  private Sha256() {}

  /// The digest of a whole file, and the number of bytes that went into it.
  public record Sum(String hex, long size) {}

  /// Reads all of `file` once.
  public static Sum of(Path file) throws IOException {
    try (ByteSource source = ByteSource.open(file)) {
      return of(source, 0, source.size(), _ -> {});
    }
  }

  /// The digest of the bytes from `start` to before `end` of a source that somebody has open.
  ///
  /// @param progress is told of bytes as they are read
  /// @throws java.io.EOFException when the source ends before `end`
  public static Sum of(ByteSource source, long start, long end, LongConsumer progress)
      throws IOException {
    MessageDigest digest = newDigest();
    byte[] buffer = new byte[(int) Math.min(BUFFER, Math.max(0, end - start))];
    for (long at = start; at < end; at += buffer.length) {
      int count = (int) Math.min(buffer.length, end - at);
      source.read(at, buffer, 0, count);
      digest.update(buffer, 0, count);
      progress.accept(count);
    }
    return new Sum(HexFormat.of().formatHex(digest.digest()), Math.max(0, end - start));
  }

  /// The digest of bytes in memory.
  public static String of(byte[] bytes) {
    return HexFormat.of().formatHex(newDigest().digest(bytes));
  }

  /// Whether `text` is a digest as this class writes it.
  public static boolean isHex(String text) {
    return text.length() == 64
        && text.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
  }

  static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
