package io.loadlock.artifact.tar;

import io.loadlock.core.MalformedException;
import java.nio.charset.StandardCharsets;

/// One header block: name 100, mode 8, uid 8, gid 8, size 12, mtime 12, checksum 8, type 1, link
/// 100, magic 8, uname 32, gname 32, devmajor 8, devminor 8, prefix 155. Numbers are octal text, or
/// base 256 behind a byte of 0x80 or 0xFF.
record TarHeader(String name, long size, char type, String link) {
  static final int BLOCK = 512;

  /// As CPython does, the sum is right if it is right for signed or for unsigned bytes.
  static boolean checks(byte[] block) {
    if (block.length < BLOCK) {
      return false;
    }
    int unsigned = 8 * ' ';
    int signed = 8 * ' ';
    for (int i = 0; i < BLOCK; i++) {
      if (i < 148 || i >= 156) {
        unsigned += block[i] & 0xFF;
        signed += block[i];
      }
    }
    try {
      long declared = number(block, 148, 8, 0);
      return declared == unsigned || declared == signed;
    } catch (MalformedException e) {
      return false;
    }
  }

  static boolean blank(byte[] block) {
    for (byte value : block) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }

  static TarHeader read(byte[] block, long offset) throws MalformedException {
    String name = text(block, 0, 100);
    char type = (char) (block[156] & 0xFF);
    boolean ustar = text(block, 257, 5).equals("ustar") && block[262] == 0;
    String prefix = ustar && "LKxgS".indexOf(type) < 0 ? text(block, 345, 155) : "";
    if (!prefix.isEmpty()) {
      name = prefix + "/" + name;
    }
    return new TarHeader(name, number(block, 124, 12, offset), type, text(block, 157, 100));
  }

  /// A number of a pax record or of a map of holes.
  static long decimal(String text, long offset) throws MalformedException {
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException e) {
      throw new MalformedException("number in an extended header is not decimal", offset);
    }
  }

  /// Up to a whole block.
  static long padded(long size) {
    return (size + BLOCK - 1) / BLOCK * BLOCK;
  }

  static String text(byte[] block, int from, int length) {
    int end = from;
    while (end < from + length && block[end] != 0) {
      end++;
    }
    return new String(block, from, end - from, StandardCharsets.UTF_8);
  }

  static long number(byte[] block, int from, int length, long offset) throws MalformedException {
    int first = block[from] & 0xFF;
    if (first == 0x80 || first == 0xFF) {
      long value = first == 0xFF ? -1 : 0;
      for (int i = from + 1; i < from + length; i++) {
        if (value != 0 && value != -1 && Math.abs(value) >> 55 != 0) {
          throw new MalformedException("number in a header is too large", offset + from);
        }
        value = value << 8 | block[i] & 0xFF;
      }
      return value;
    }
    // As `int(text, 8)` reads it.
    String digits = text(block, from, length).strip().replace("_", "");
    digits = digits.startsWith("0o") ? digits.substring(2) : digits;
    try {
      return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    } catch (NumberFormatException e) {
      throw new MalformedException("number in a header is not octal", offset + from);
    }
  }
}
