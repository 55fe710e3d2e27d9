package io.loadlock.artifact.hdf5;

import io.loadlock.artifact.Cursor;
import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The file's superblock, and reading at its addresses (HDF5 File Format Specification 3.0, section
/// II.A).
///
/// ```
/// "\x89HDF\r\n\x1a\n" at 0, 512, 1024, 2048 …
/// versions 0, 1: version, versions of other parts, size of offsets, size of lengths, … base, free space, end, driver,
///                symbol table entry of the root group
/// versions 2, 3: version, size of offsets, size of lengths, flags, base, extension, end, root object header, checksum
/// ```
final class Hdf5File {
  static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1A, '\n'};

  /// An address that says that there is nothing.
  static final long UNDEFINED = -1;

  private final ByteSource source;
  private final Cursor cursor;
  private final long most;
  private long steps;
  private long base;
  private int offsetSize;
  private int lengthSize;
  private long root;
  private int version;

  private Hdf5File(ByteSource source, long most) {
    this.source = source;
    this.cursor = Cursor.of(source);
    this.most = most;
  }

  /// @param at where the signature is
  /// @param most how many parts of the file may be read
  static Hdf5File open(ByteSource source, long at, long most)
      throws IOException, MalformedException {
    Hdf5File file = new Hdf5File(source, most);
    file.superblock(at);
    return file;
  }

  private void superblock(long at) throws IOException, MalformedException {
    Place in = new Place(at + 8);
    version = in.u8();
    if (version > 3) {
      throw new MalformedException("a superblock of version " + version, at + 8);
    }
    if (version < 2) {
      in.skip(4);
    }
    offsetSize = in.u8();
    lengthSize = in.u8();
    if (!size(offsetSize) || !size(lengthSize)) {
      throw new MalformedException(
          "offsets of " + offsetSize + " and lengths of " + lengthSize + " bytes", at);
    }
    in.skip(version < 2 ? (version == 0 ? 9 : 13) : 1);
    // Addresses count from the base, which is where the superblock really is, whatever it says.
    in.offset();
    base = at;
    in.offset();
    in.offset();
    if (version < 2) {
      in.offset();
      in.offset();
    }
    root = in.offset();
  }

  private static boolean size(int bytes) {
    return bytes == 2 || bytes == 4 || bytes == 8;
  }

  /// A stretch of the file, cut where the file ends.
  ByteSource slice(long position, long length) {
    long from = Math.min(position, source.size());
    return source.slice(from, Math.clamp(length, 0, source.size() - from));
  }

  int version() {
    return version;
  }

  /// Address of the root group's object header.
  long root() {
    return root;
  }

  /// @throws MalformedException when the address is behind the end, or so much has been read
  ///   already
  Place at(long address) throws MalformedException {
    if (++steps > most) {
      throw new MalformedException("more than " + most + " parts", Math.max(address, 0));
    }
    long position = address + base;
    if (address < 0 || position < 0 || position > source.size()) {
      throw new MalformedException("an address of " + Long.toUnsignedString(address), 0);
    }
    return new Place(position);
  }

  /// A position in the file, read on from there. All places share one window.
  final class Place {
    private long position;

    private Place(long position) {
      this.position = position;
    }

    /// From the start of the file.
    long position() {
      return position;
    }

    long remaining() {
      return source.size() - position;
    }

    int u8() throws IOException, MalformedException {
      cursor.seek(position);
      int value = cursor.u8("a number");
      position++;
      return value;
    }

    int u16() throws IOException, MalformedException {
      return (int) unsigned(2);
    }

    long u32() throws IOException, MalformedException {
      return unsigned(4);
    }

    long unsigned(int width) throws IOException, MalformedException {
      cursor.seek(position);
      long value = 0;
      for (int i = 0; i < width; i++) {
        value |= (long) cursor.u8("a number") << (8 * i);
      }
      position += width;
      return value;
    }

    /// An address; [#UNDEFINED] where all bits are set.
    long offset() throws IOException, MalformedException {
      long value = unsigned(offsetSize);
      boolean undefined = offsetSize < 8 ? value == (1L << (8 * offsetSize)) - 1 : value == -1;
      return undefined ? UNDEFINED : value;
    }

    long length() throws IOException, MalformedException {
      return unsigned(lengthSize);
    }

    void skip(long count) throws MalformedException {
      cursor.seek(position);
      cursor.skip(count);
      position += count;
    }

    void seek(long target) throws MalformedException {
      cursor.seek(target);
      position = target;
    }

    byte[] bytes(long count, int limit) throws IOException, MalformedException {
      cursor.seek(position);
      byte[] bytes = cursor.bytes(count, limit, "bytes");
      position += count;
      return bytes;
    }

    /// Whether these four letters come next; steps over them.
    void expect(String signature) throws IOException, MalformedException {
      long at = position;
      byte[] found = bytes(4, 4);
      if (!Arrays.equals(found, signature.getBytes(StandardCharsets.US_ASCII))) {
        throw new MalformedException("no " + signature, at);
      }
    }

    /// Text up to its zero byte, at most `limit` bytes.
    String zeroEnded(int limit) throws IOException, MalformedException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      for (int b = u8(); b != 0; b = u8()) {
        bytes.write(b);
        if (bytes.size() > limit) {
          throw new MalformedException("a name of more than " + limit + " bytes", position);
        }
      }
      return bytes.toString(StandardCharsets.UTF_8);
    }
  }
}
