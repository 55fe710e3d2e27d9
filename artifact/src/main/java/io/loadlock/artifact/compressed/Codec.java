package io.loadlock.artifact.compressed;

import io.loadlock.artifact.compressed.zstd.ZstdStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.InflaterInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorInputStream;
import org.tukaani.xz.LZMAInputStream;
import org.tukaani.xz.XZInputStream;

/// One row for each compressed stream: how it is recognised, what a byte of it costs, how it is
/// decoded. Streams that follow one another are one stream, as in Python's `gzip`, `bz2` and `lzma`
/// modules.
public enum Codec {
  GZIP("gzip", 1),
  ZLIB("zlib", 1),
  /// joblib's own before 0.10: `ZF`, the size as hexadecimal text filled up with blanks, zlib.
  ZFILE("joblib-zfile", 1),
  BZIP2("bzip2", 8),
  XZ("xz", 4),
  LZMA("lzma", 4),
  LZ4("lz4", 1),
  ZSTD("zstd", 8);

  /// Bytes of work for each byte that a slow codec makes.
  public static final int HEAVY = 8;

  /// An LZMA dictionary larger than this is refused: a header may claim 4 GiB.
  private static final int MEMORY_KIB = 80 << 10;

  /// In bytes: enough for [#recognise].
  public static final int MAGIC_LENGTH = 16;

  private final String word;
  private final int weight;

  Codec(String word, int weight) {
    this.word = word;
    this.weight = weight;
  }

  /// Lower case, such as `gzip`.
  public String word() {
    return word;
  }

  /// Bytes of work for each byte made.
  public int weight() {
    return weight;
  }

  /// By the first [#MAGIC_LENGTH] bytes; fewer if there are no more.
  ///
  /// @param name of the file, for what has no magic
  public static Optional<Codec> recognise(byte[] head, String name) {
    if (begins(head, 0x1F, 0x8B, 8)) {
      return Optional.of(GZIP);
    }
    if (begins(head, 'B', 'Z', 'h')
        && head.length > 9
        && head[3] >= '1'
        && head[3] <= '9'
        && (at(head, 4) == 0x31 && at(head, 5) == 0x41
            || at(head, 4) == 0x17 && at(head, 5) == 0x72)) {
      return Optional.of(BZIP2);
    }
    if (begins(head, 'Z', 'F', '0', 'x')) {
      return Optional.of(ZFILE);
    }
    if (begins(head, 0xFD, '7', 'z', 'X', 'Z', 0)) {
      return Optional.of(XZ);
    }
    if (begins(head, 0x28, 0xB5, 0x2F, 0xFD)) {
      return Optional.of(ZSTD);
    }
    if (begins(head, 0x04, 0x22, 0x4D, 0x18)) {
      return Optional.of(LZ4);
    }
    if (zlib(head)) {
      return Optional.of(ZLIB);
    }
    return lzma(head, name.toLowerCase(Locale.ROOT)) ? Optional.of(LZMA) : Optional.empty();
  }

  /// RFC 1950: method 8, window up to 32 KiB, no dictionary, and the two bytes divide by 31. That
  /// is 16 bits of magic, so the compression level must be one that zlib writes and the first
  /// deflate block must have a type.
  private static boolean zlib(byte[] head) {
    if (head.length < 8) {
      return false;
    }
    int header = at(head, 0) << 8 | at(head, 1);
    return at(head, 0) == 0x78
        && header % 31 == 0
        && (header & 0x20) == 0
        && (at(head, 2) >> 1 & 3) != 3;
  }

  /// The old format has no magic. What liblzma's own guess asks for: properties that exist, a
  /// dictionary of a power of two or the sum of two, a size that is unknown or below 2^38, and the
  /// zero that its range coder begins with. Other properties than those that everybody writes are
  /// believed only under a name for which a library asks liblzma to guess.
  private static boolean lzma(byte[] head, String name) {
    if (head.length < 14 || at(head, 13) != 0) {
      return false;
    }
    int properties = at(head, 0);
    boolean usual = properties == 0x5D;
    boolean named = name.endsWith(".xz") || name.endsWith(".lzma");
    if (!usual && (!named || properties >= 9 * 5 * 5 || properties % 9 + properties / 9 % 5 > 4)) {
      return false;
    }
    int dictionary = at(head, 1) | at(head, 2) << 8 | at(head, 3) << 16 | at(head, 4) << 24;
    int lower = dictionary & ~Integer.highestOneBit(dictionary);
    boolean round = lower == 0 || lower == Integer.highestOneBit(dictionary) >>> 1;
    if (dictionary == 0 || dictionary != -1 && !round) {
      return false;
    }
    boolean unknown = true;
    for (int i = 5; i < 13; i++) {
      unknown &= at(head, i) == 0xFF;
    }
    return unknown || at(head, 10) < 0x40 && at(head, 11) == 0 && at(head, 12) == 0;
  }

  private static boolean begins(byte[] head, int... magic) {
    if (head.length < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if (at(head, i) != magic[i]) {
        return false;
      }
    }
    return true;
  }

  private static int at(byte[] head, int index) {
    return head[index] & 0xFF;
  }

  /// Decodes from the first byte of `packed` on.
  public InputStream open(InputStream packed) throws IOException {
    return switch (this) {
      case GZIP -> new GzipStream(packed);
      case ZLIB -> new InflaterInputStream(packed);
      case ZFILE -> zfile(packed);
      case BZIP2 -> new BZip2CompressorInputStream(packed, true);
      case XZ -> new XZInputStream(packed, MEMORY_KIB);
      case LZMA -> lzma(packed);
      case ZSTD -> new ZstdStream(new BufferedInputStream(packed, 1 << 16));
      case LZ4 -> new FramedLZ4CompressorInputStream(packed, true);
    };
  }

  /// The text has room for `hex(2**64)`: 19 characters, 20 under Python 2.
  private static InputStream zfile(InputStream packed) throws IOException {
    packed.skipNBytes(2 + 19);
    PushbackInputStream rest = new PushbackInputStream(packed);
    int next = rest.read();
    if (next >= 0 && next != ' ') {
      rest.unread(next);
    }
    return new InflaterInputStream(rest);
  }

  /// Of a dictionary larger than we would allocate only the last part is kept: an honest stream
  /// that needs more ends there as damaged.
  private static InputStream lzma(InputStream packed) throws IOException {
    byte[] head = packed.readNBytes(13);
    if (head.length < 13) {
      throw new IOException("LZMA header is cut");
    }
    long dictionary = little(head, 1, 4);
    long size = little(head, 5, 8);
    int kept = (int) Math.min(dictionary, (long) MEMORY_KIB << 10);
    return new LZMAInputStream(packed, size, head[0], kept);
  }

  private static long little(byte[] bytes, int from, int count) {
    long value = 0;
    for (int i = from + count - 1; i >= from; i--) {
      value = value << 8 | bytes[i] & 0xFF;
    }
    return value;
  }

  /// APPNOTE 5.8.8: version u16, length u16 (5), properties, dictionary size u32, then raw LZMA.
  ///
  /// @param size that the archive declares; -1 where an end marker closes the stream
  public static InputStream zipLzma(InputStream packed, long size) throws IOException {
    byte[] head = packed.readNBytes(9);
    if (head.length < 9) {
      throw new IOException("LZMA header is cut");
    }
    long dictionary = little(head, 5, 4);
    if (dictionary > (long) MEMORY_KIB << 10) {
      throw new IOException("LZMA dictionary of " + dictionary + " bytes");
    }
    return new LZMAInputStream(packed, size, head[4], (int) dictionary);
  }
}
