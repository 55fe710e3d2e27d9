package io.loadlock.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// A diff for a terminal, in git's colours. What could move the cursor is shown, not sent.
final class DiffColour {
  private static final String BOLD = "\u001b[1m";
  private static final String RED = "\u001b[31m";
  private static final String GREEN = "\u001b[32m";
  private static final String CYAN = "\u001b[36m";
  private static final String OFF = "\u001b[0m";

  private DiffColour() {}

  static byte[] of(byte[] diff) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(diff.length + 256);
    int start = 0;
    while (start < diff.length) {
      int end = start;
      while (end < diff.length && diff[end] != '\n') {
        end++;
      }
      String colour = colour(new String(diff, start, end - start, StandardCharsets.ISO_8859_1));
      out.writeBytes(colour.getBytes(StandardCharsets.US_ASCII));
      for (int at = start; at < end; at++) {
        shown(diff[at], out);
      }
      if (!colour.isEmpty()) {
        out.writeBytes(OFF.getBytes(StandardCharsets.US_ASCII));
      }
      out.write('\n');
      start = end + 1;
    }
    return out.toByteArray();
  }

  private static String colour(String line) {
    if (line.startsWith("--- ") || line.startsWith("+++ ")) {
      return BOLD;
    }
    return switch (line.isEmpty() ? ' ' : line.charAt(0)) {
      case '-' -> RED;
      case '+' -> GREEN;
      case '@' -> CYAN;
      default -> "";
    };
  }

  private static void shown(byte b, ByteArrayOutputStream out) {
    boolean control = b >= 0 && b < 0x20 && b != '\t' || b == 0x7F;
    if (control) {
      out.write('^');
      out.write(b ^ 0x40);
    } else {
      out.write(b);
    }
  }
}
