package io.loadlock.artifact.lock;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 (FIPS 180-4) of files, as 64 lower-case hexadecimal digits.
public final class Sha256 {
  private static final int BUFFER = 1 << 20;

  private Sha256() {}

  /// The digest of a whole file, and the number of bytes that went into it.
  public record Sum(String hex, long size) {}

  /// Reads `file` once, in pieces of a mebibyte.
  public static Sum of(Path file) throws IOException {
    return of(file, 0, Long.MAX_VALUE);
  }

  /// Reads the bytes from `start` to before `end`, or to the end of the file if that comes first.
  public static Sum of(Path file, long start, long end) throws IOException {
    MessageDigest digest = newDigest();
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    long at = start;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      while (at < end) {
        buffer.limit((int) Math.min(BUFFER, end - at));
        int count = channel.read(buffer, at);
        if (count < 0) {
          break;
        }
        digest.update(buffer.flip());
        at += count;
        buffer.clear();
      }
    }
    return new Sum(HexFormat.of().formatHex(digest.digest()), at - start);
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
