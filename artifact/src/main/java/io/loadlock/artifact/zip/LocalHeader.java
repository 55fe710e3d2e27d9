package io.loadlock.artifact.zip;

import io.loadlock.artifact.Cursor;
import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import java.io.IOException;

/// APPNOTE 4.3.7: signature, version needed u16, flags u16, method u16, time u16, date u16, crc
/// u32, packed u32, size u32, name length u16, extra length u16, name, extra.
///
/// @param name as Latin-1, so that names are compared byte by byte
/// @param data offset of the first byte behind the header
record LocalHeader(
    String name, int flags, int method, long crc, long packed, long size, long offset, long data) {
  static final long SIGNATURE = 0x04034b50L;
  static final int LENGTH = 30;

  /// @param expected length of the name, which is read at once with what is before it
  static LocalHeader read(ByteSource source, long offset, int expected)
      throws IOException, MalformedException {
    if (offset < 0 || offset > source.size() - LENGTH) {
      throw new MalformedException("local header lies outside of the archive", offset);
    }
    // No more than is needed: an archive has thousands of these, gigabytes apart.
    long near = Math.min(source.size(), offset + LENGTH + expected);
    Cursor cursor = Cursor.of(source, offset, near);
    if (cursor.u32("signature") != SIGNATURE) {
      throw new MalformedException("no local header where the directory points", offset);
    }
    cursor.skip(2);
    int flags = cursor.u16("flags");
    int method = cursor.u16("method");
    cursor.skip(4);
    long crc = cursor.u32("crc");
    long packed = cursor.u32("compressed size");
    long size = cursor.u32("size");
    int nameLength = cursor.u16("name length");
    int extraLength = cursor.u16("extra length");
    long data = offset + LENGTH + nameLength + extraLength;
    if (data > source.size()) {
      throw new MalformedException("local header is cut", offset);
    }
    boolean wide = packed == 0xFFFFFFFFL || size == 0xFFFFFFFFL;
    boolean all = nameLength == expected && !wide && cursor.remaining() >= nameLength;
    Cursor behind = all ? cursor : Cursor.of(source, offset + LENGTH, data);
    String name = behind.latin(nameLength, 0xFFFF, "name");
    if (wide) {
      Extra.Sizes sizes = Extra.zip64(behind.bytes(extraLength, 0xFFFF, "extra"), size, packed, 0);
      size = sizes.size();
      packed = sizes.packed();
    }
    return new LocalHeader(name, flags, method, crc, packed, size, offset, data);
  }

  /// Whether the sizes follow the data instead.
  boolean streamed() {
    return (flags & 8) != 0;
  }
}
