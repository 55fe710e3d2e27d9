package io.loadlock.artifact.text;

import io.loadlock.artifact.Inflating;
import io.loadlock.artifact.compressed.Head;
import io.loadlock.core.ByteSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Looks for words in bytes, before a text is parsed for their sake. UTF-16 and UTF-32 are looked
/// at without their zero bytes.
final class Needles {
  /// Of a text no more is looked at to recognise it. Configurations are far smaller.
  private static final int MOST = 16 << 20;

  /// Of inflated bytes, which recognition should not inflate to their end.
  private static final int MOST_INFLATED = 1 << 20;

  private Needles() {}

  /// The beginning of the text, as Latin-1.
  static String head(ByteSource content) throws IOException {
    byte[] bytes = Head.of(content, 64);
    return narrow(bytes);
  }

  static String text(ByteSource content) throws IOException {
    int most = content instanceof Inflating ? MOST_INFLATED : (int) Math.min(MOST, content.size());
    return narrow(Head.of(content, most));
  }

  private static String narrow(byte[] bytes) {
    int from =
        bytes.length >= 3
                && bytes[0] == (byte) 0xEF
                && bytes[1] == (byte) 0xBB
                && bytes[2] == (byte) 0xBF
            ? 3
            : 0;
    boolean wide =
        bytes.length >= 4
            && (bytes[0] == 0
                || bytes[1] == 0
                || bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE
                || bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF);
    if (!wide) {
      return new String(bytes, from, bytes.length - from, StandardCharsets.ISO_8859_1);
    }
    StringBuilder out = new StringBuilder(bytes.length / 2);
    for (byte b : bytes) {
      if (b > 0) {
        out.append((char) b);
      }
    }
    return out.toString();
  }

  static boolean any(String text, List<String> words) {
    for (String word : words) {
      if (text.contains(word)) {
        return true;
      }
    }
    return false;
  }

  /// The first character that is no blank; 0 where there is none.
  static char first(String head) {
    for (int i = 0; i < head.length(); i++) {
      char c = head.charAt(i);
      if (c != ' ' && c != '\t' && c != '\n' && c != '\r') {
        return c;
      }
    }
    return 0;
  }

  /// Whether the beginning has control characters that no text has.
  static boolean binary(String head) {
    for (int i = 0; i < head.length(); i++) {
      char c = head.charAt(i);
      if (c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f') {
        return true;
      }
    }
    return false;
  }

  /// The last part of a path, in small letters.
  static String leaf(String name) {
    int slash = Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\'));
    return name.substring(slash + 1).toLowerCase(java.util.Locale.ROOT);
  }
}
