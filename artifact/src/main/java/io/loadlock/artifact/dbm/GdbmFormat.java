package io.loadlock.artifact.dbm;

import io.loadlock.artifact.Cursor;
import io.loadlock.artifact.Format;
import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.compressed.Head;
import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;

/// GNU dbm, of either byte order and word size. Source: `gdbm_file_header`, `hash_bucket` and
/// `bucket_element` in gdbm's `gdbmdefs.h`.
///
/// Header: magic u32, block size u32, offset of the directory, its size u32, its bits u32, bucket
/// size u32, elements a bucket u32. The directory is an array of offsets of buckets; several
/// entries may name one bucket.
public final class GdbmFormat implements Format {
  private static final int KEY_MOST = 1 << 16;
  private static final int AVAILABLE = 6;

  /// @param wide whether offsets have 8 bytes
  private record Layout(boolean big, boolean wide) {
    int word() {
      return wide ? 8 : 4;
    }

    /// Where a bucket's elements begin: the count of free stretches, six of them, bits, count.
    int elements() {
      return (wide ? 8 : 4) + AVAILABLE * 2 * word() + 8;
    }

    int element() {
      return 16 + word();
    }
  }

  @Override
  public String name() {
    return "dbm-gnu";
  }

  @Override
  public Claim claims(ByteSource content, String name) throws IOException {
    byte[] head = Head.of(content, 4);
    return head.length == 4 && (magic(head, false) > 0 || magic(head, true) > 0)
        ? Claim.CERTAIN
        : Claim.NO;
  }

  /// The last byte of the magic number when the first three are right, else 0.
  private static int magic(byte[] head, boolean big) {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      value = value << 8 | head[big ? i : 3 - i] & 0xFF;
    }
    return value >>> 8 == 0x13579A && (value & 0xFF) >= 0xCD && (value & 0xFF) <= 0xD1
        ? value & 0xFF
        : 0;
  }

  @Override
  public Reading read(ByteSource content, String name, Limits limits)
      throws IOException, MalformedException {
    byte[] head = Head.of(content, 16);
    boolean big = magic(head, true) > 0;
    int kind = magic(head, big);
    // 0xCE is the magic of old files, whose word is the machine's: a directory above 4 GiB is none.
    boolean wide =
        kind == 0xCF
            || kind == 0xD1
            || kind == 0xCE && head[big ? 8 : 12] == 0 && head[big ? 11 : 15] == 0;
    Layout layout = new Layout(big, wide);
    Cursor cursor = Cursor.of(content);
    Endian numbers = new Endian(cursor, big);
    numbers.seek(8);
    long directory = offset(numbers, layout, "offset of the directory");
    long size = numbers.u32("size of the directory");
    cursor.skip(4);
    long bucketSize = numbers.u32("bucket size");
    long elements = numbers.u32("elements of a bucket");
    if (directory < 0
        || size > content.size() - directory
        || elements * layout.element() + layout.elements() > bucketSize + 8) {
      throw new MalformedException("directory or buckets do not fit", 8);
    }
    Records records = new Records(limits);
    for (long bucket : buckets(numbers, layout, directory, size, limits)) {
      if (!bucket(content, layout, bucket, elements, records)) {
        break;
      }
    }
    return records.reading(name());
  }

  private static long offset(Endian numbers, Layout layout, String what)
      throws IOException, MalformedException {
    return layout.wide() ? numbers.i64(what) : numbers.u32(what);
  }

  private static Set<Long> buckets(
      Endian numbers, Layout layout, long directory, long size, Limits limits)
      throws IOException, MalformedException {
    Set<Long> buckets = new LinkedHashSet<>();
    numbers.seek(directory);
    for (long at = 0;
        at + layout.word() <= size && buckets.size() < limits.members();
        at += layout.word()) {
      buckets.add(offset(numbers, layout, "offset of a bucket"));
    }
    return buckets;
  }

  /// Elements: hash u32 (-1 for none), first four bytes of the key, offset of key and value, their
  /// sizes u32.
  private static boolean bucket(
      ByteSource content, Layout layout, long bucket, long elements, Records records)
      throws IOException {
    try {
      if (bucket < 0 || bucket > content.size()) {
        throw new MalformedException("bucket lies outside of the file", 0);
      }
      Cursor cursor = Cursor.of(content, bucket, content.size());
      Endian numbers = new Endian(cursor, layout.big());
      cursor.skip(layout.elements());
      for (long i = 0; i < elements; i++) {
        boolean used = numbers.u32("hash") != 0xFFFFFFFFL;
        cursor.skip(4);
        long data = offset(numbers, layout, "offset of a record");
        long keySize = numbers.u32("size of a key");
        long valueSize = numbers.u32("size of a value");
        if (used && !record(content, data, keySize, valueSize, records)) {
          return false;
        }
      }
    } catch (MalformedException e) {
      records.problem(String.valueOf(e.getMessage()), bucket);
    }
    return true;
  }

  private static boolean record(
      ByteSource content, long data, long keySize, long valueSize, Records records)
      throws IOException {
    if (data < 0
        || data > content.size()
        || keySize > KEY_MOST
        || keySize + valueSize > content.size() - data) {
      records.problem("record lies outside of the file", data);
      return true;
    }
    String key = Records.key(content.bytes(data, (int) keySize));
    return records.add(key, data + keySize, content.slice(data + keySize, valueSize));
  }
}
