package io.loadlock.artifact.dbm;

import io.loadlock.artifact.Cursor;
import io.loadlock.artifact.Format;
import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.Segments;
import io.loadlock.artifact.compressed.Head;
import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import java.io.IOException;

/// Hash files of Berkeley DB 3 and later. Source: `dbinc/db_page.h`.
///
/// Every page: log position 8, number u32, previous u32, next u32, entries u16, offset of the data
/// u16, level u8, type u8, then an array of offsets u16. Entries are keys and values in turn: a
/// byte of type, then the bytes (1) or the place of an overflow chain (3: 3 unused, page u32,
/// length u32).
public final class BerkeleyFormat implements Format {
  private static final int MAGIC = 0x061561;
  private static final int PAGE_HEADER = 26;
  private static final int HASH_UNSORTED = 2;
  private static final int HASH = 13;
  private static final int KEY_MOST = 1 << 16;

  @Override
  public String name() {
    return "dbm-berkeley";
  }

  @Override
  public Claim claims(ByteSource content, String name) throws IOException {
    byte[] head = Head.of(content, 16);
    boolean present =
        head.length == 16
            && (is(head, 12, false)
                || is(head, 12, true)
                || is(head, 0, true)
                || is(head, 0, false));
    return present ? Claim.CERTAIN : Claim.NO;
  }

  private static boolean is(byte[] head, int at, boolean big) {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      value = value << 8 | head[at + (big ? i : 3 - i)] & 0xFF;
    }
    return value == MAGIC;
  }

  @Override
  public Reading read(ByteSource content, String name, Limits limits)
      throws IOException, MalformedException {
    byte[] head = Head.of(content, 16);
    boolean big = is(head, 12, true);
    if (!big && !is(head, 12, false)) {
      throw new MalformedException("hash file of Berkeley DB 1.85, which is not read", 0);
    }
    Cursor cursor = Cursor.of(content);
    Endian numbers = new Endian(cursor, big);
    numbers.seek(20);
    long pageSize = numbers.u32("page size");
    if (pageSize < 512 || pageSize > 65536 || Long.bitCount(pageSize) != 1) {
      throw new MalformedException("page size of " + pageSize, 20);
    }
    Records records = new Records(limits);
    boolean more = true;
    for (long page = 1; more && (page + 1) * pageSize <= content.size(); page++) {
      try {
        numbers.seek(page * pageSize + 20);
        int entries = numbers.u16("entries");
        cursor.skip(3);
        int type = cursor.u8("page type");
        if (type == HASH || type == HASH_UNSORTED) {
          more =
              new Page(content, big, page * pageSize, (int) pageSize, entries, limits)
                  .records(records);
        }
      } catch (MalformedException e) {
        records.problem(String.valueOf(e.getMessage()), e.offset());
      }
    }
    if (content.size() % pageSize != 0) {
      records.problem("last page is cut", content.size());
    }
    return records.reading(name());
  }

  private record Page(
      ByteSource content, boolean big, long start, int size, int entries, Limits limits) {
    boolean records(Records records) throws IOException, MalformedException {
      Endian numbers = new Endian(Cursor.of(content, start, start + size), big);
      numbers.seek(start + PAGE_HEADER);
      int[] offsets = new int[Math.min(entries, size / 2)];
      for (int i = 0; i < offsets.length; i++) {
        offsets[i] = numbers.u16("offset of an entry");
      }
      for (int i = 0; i + 1 < offsets.length; i += 2) {
        int end = i == 0 ? size : offsets[i - 1];
        ByteSource key = entry(offsets[i], end);
        ByteSource value = entry(offsets[i + 1], offsets[i]);
        String name = Records.key(key.bytes(0, (int) Math.min(key.size(), KEY_MOST)));
        if (!records.add(name, start + offsets[i + 1], value)) {
          return false;
        }
      }
      return true;
    }

    private ByteSource entry(int offset, int end) throws IOException, MalformedException {
      if (offset < PAGE_HEADER || offset >= end || end > size) {
        throw new MalformedException("entry lies outside of its page", start + offset);
      }
      Cursor cursor = Cursor.of(content, start + offset, start + end);
      int type = cursor.u8("type of an entry");
      if (type == 1) {
        return content.slice(cursor.position(), cursor.remaining());
      }
      if (type != 3) {
        throw new MalformedException("entry of type " + type + " is not read", start + offset);
      }
      cursor.skip(3);
      Endian numbers = new Endian(cursor, big);
      return chain(numbers.u32("first page"), numbers.u32("length"));
    }

    private ByteSource chain(long first, long length) throws IOException, MalformedException {
      Segments segments = new Segments(content);
      long page = first;
      long left = length;
      Cursor cursor = Cursor.of(content);
      Endian numbers = new Endian(cursor, big);
      while (page != 0 && left > 0) {
        if (!limits.budget().spend(PAGE_HEADER)) {
          throw new MalformedException(
              "overflow chains are longer than the budget allows", page * size);
        }
        numbers.seek(page * size + 16);
        page = numbers.u32("next page");
        cursor.skip(2);
        long here = Math.min(left, numbers.u16("length on a page"));
        if (here == 0 || here > size - PAGE_HEADER) {
          throw new MalformedException("overflow page holds " + here + " bytes", cursor.position());
        }
        segments.add(cursor.position() + 2, here);
        left -= here;
      }
      if (left > 0) {
        throw new MalformedException("overflow chain is " + left + " bytes short", first * size);
      }
      return segments;
    }
  }
}
