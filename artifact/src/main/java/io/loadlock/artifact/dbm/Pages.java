package io.loadlock.artifact.dbm;

import io.loadlock.artifact.Cursor;
import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Segments;
import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The b-trees of an SQLite database. Pages count from 1; numbers are big-endian.
final class Pages {
  private static final int INTERIOR = 5;
  private static final int LEAF = 13;
  private static final int TEXT_MOST = 1 << 16;

  private final ByteSource content;
  private final Limits limits;
  private final int pageSize;
  private final int usable;
  private final Set<Long> seen = new HashSet<>();

  /// One column of a row.
  ///
  /// @param serial type: an even number from 12 on is a blob, an odd one from 13 on a text
  private record Column(long serial, ByteSource bytes) {
    boolean blob() {
      return serial >= 12 && serial % 2 == 0;
    }

    boolean text() {
      return serial >= 13 && serial % 2 == 1;
    }

    String string() throws IOException {
      return new String(
          bytes.bytes(0, (int) Math.min(bytes.size(), TEXT_MOST)), StandardCharsets.UTF_8);
    }

    long integer() throws IOException {
      long value = 0;
      for (byte next : bytes.bytes(0, (int) Math.min(8, bytes.size()))) {
        value = value << 8 | next & 0xFF;
      }
      return serial == 9 ? 1 : value;
    }
  }

  @FunctionalInterface
  private interface Rows {
    /// @return false when no more are wanted
    boolean row(long rowId, long offset, List<Column> columns)
        throws IOException, MalformedException;
  }

  private Pages(ByteSource content, Limits limits, int pageSize, int reserved) {
    this.content = content;
    this.limits = limits;
    this.pageSize = pageSize;
    this.usable = pageSize - reserved;
  }

  static Pages of(ByteSource content, Limits limits) throws IOException, MalformedException {
    Cursor cursor = Cursor.of(content);
    cursor.skip(16);
    int size = cursor.u8("page size") << 8 | cursor.u8("page size");
    size = size == 1 ? 65536 : size;
    cursor.skip(2);
    int reserved = cursor.u8("reserved bytes");
    if (size < 512 || Integer.bitCount(size) != 1 || size - reserved < 480) {
      throw new MalformedException("page size of " + size + " with " + reserved + " reserved", 16);
    }
    return new Pages(content, limits, size, reserved);
  }

  /// The first table is the schema: type, name, table, root page, SQL.
  void database(Records records) throws IOException, MalformedException {
    List<String> names = new ArrayList<>();
    List<Long> roots = new ArrayList<>();
    table(
        1,
        records,
        (_, _, columns) -> {
          if (columns.size() >= 4
              && columns.get(0).text()
              && columns.get(0).string().equals("table")
              && columns.get(1).text()) {
            names.add(columns.get(1).string());
            roots.add(columns.get(3).integer());
          }
          return names.size() < limits.members();
        });
    for (int i = 0; i < roots.size(); i++) {
      String name = names.get(i);
      if (roots.get(i) > 0) {
        table(
            roots.get(i),
            records,
            (rowId, offset, columns) -> blobs(name, rowId, offset, columns, records));
      }
    }
    if (content.size() % pageSize != 0) {
      records.problem("last page is cut", content.size());
    }
  }

  /// In `Dict` of `dbm.sqlite3` the first column is the key.
  private static boolean blobs(
      String table, long rowId, long offset, List<Column> columns, Records records)
      throws IOException {
    boolean dictionary = table.equals("Dict") && columns.size() == 2;
    for (int i = dictionary ? 1 : 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      if (column.blob() && column.bytes().size() > 0) {
        String name = dictionary ? columns.get(0).string() : table + "/" + rowId + "/" + i;
        if (!records.add(name, offset, column.bytes())) {
          return false;
        }
      }
    }
    return true;
  }

  private void table(long root, Records records, Rows rows) throws IOException {
    Deque<Long> pages = new ArrayDeque<>(List.of(root));
    while (!pages.isEmpty()) {
      long page = pages.pop();
      long start = (page - 1) * pageSize;
      if (page < 1 || page > content.size() / pageSize || !seen.add(page)) {
        records.problem("page " + page + " does not exist or is used twice", Math.max(0, start));
        continue;
      }
      try {
        if (!page(start, page == 1 ? start + 100 : start, pages, rows)) {
          return;
        }
      } catch (MalformedException e) {
        records.problem(String.valueOf(e.getMessage()), e.offset());
      }
    }
  }

  /// Page header: type u8, first free block u16, cells u16, start of the cells u16, fragments u8,
  /// and in interior pages the rightmost child u32; then the offsets of the cells.
  private boolean page(long start, long header, Deque<Long> pages, Rows rows)
      throws IOException, MalformedException {
    Cursor cursor = Cursor.of(content, start, start + pageSize);
    Endian numbers = new Endian(cursor, true);
    numbers.seek(header);
    int type = cursor.u8("page type");
    cursor.skip(2);
    int cells = numbers.u16("cells");
    cursor.skip(3);
    if (type != INTERIOR && type != LEAF) {
      throw new MalformedException("page of type " + type + " in a table", header);
    }
    if (type == INTERIOR) {
      pages.push(numbers.u32("rightmost child"));
    }
    int[] offsets = new int[Math.min(cells, pageSize / 2)];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = numbers.u16("offset of a cell");
    }
    for (int offset : offsets) {
      numbers.seek(start + Math.min(offset, pageSize));
      if (type == INTERIOR) {
        pages.push(numbers.u32("child"));
      } else if (!row(cursor, rows)) {
        return false;
      }
    }
    return true;
  }

  private boolean row(Cursor cursor, Rows rows) throws IOException, MalformedException {
    long at = cursor.position();
    long length = varint(cursor);
    long rowId = varint(cursor);
    ByteSource payload = payload(cursor, length);
    Cursor record = Cursor.of(payload);
    long header = varint(record);
    if (header > payload.size()) {
      throw new MalformedException("header of a row is longer than the row", at);
    }
    List<Column> columns = new ArrayList<>();
    long data = header;
    while (record.position() < header && columns.size() < 2000) {
      long serial = varint(record);
      long size = size(serial);
      if (size < 0 || size > payload.size() - data) {
        throw new MalformedException("column of a row is longer than the row", at);
      }
      columns.add(new Column(serial, payload.slice(data, size)));
      data += size;
    }
    return rows.row(rowId, at, columns);
  }

  /// What does not fit on the page goes on in a chain of overflow pages: next page u32, then bytes.
  private ByteSource payload(Cursor cursor, long length) throws IOException, MalformedException {
    int most = usable - 35;
    long local = length;
    if (length > most) {
      int least = (usable - 12) * 32 / 255 - 23;
      long fitting = least + (length - least) % (usable - 4);
      local = fitting <= most ? fitting : least;
    }
    if (length < 0 || local > cursor.remaining() || length > content.size()) {
      throw new MalformedException("row of " + length + " bytes does not fit", cursor.position());
    }
    Segments segments = new Segments(content);
    segments.add(cursor.position(), local);
    cursor.skip(local);
    long left = length - local;
    long page = left > 0 ? cursor.u32Big("first overflow page") : 0;
    while (left > 0) {
      long start = (page - 1) * pageSize;
      if (page < 1 || page > content.size() / pageSize || !limits.budget().spend(4)) {
        throw new MalformedException(
            "overflow page " + page + " does not exist", cursor.position());
      }
      long here = Math.min(left, usable - 4);
      segments.add(start + 4, here);
      left -= here;
      page = Cursor.of(content, start, start + pageSize).u32Big("next overflow page");
    }
    return segments;
  }

  /// Bytes that a column of this serial type takes.
  private static long size(long serial) {
    if (serial >= 12) {
      return (serial - 12) / 2;
    }
    return switch ((int) Math.max(serial, -1)) {
      case 0, 8, 9 -> 0;
      case 1, 2, 3, 4 -> serial;
      case 5 -> 6;
      case 6, 7 -> 8;
      default -> -1;
    };
  }

  /// Up to nine bytes, seven bits each, the ninth with eight.
  private static long varint(Cursor cursor) throws IOException, MalformedException {
    long value = 0;
    for (int i = 0; i < 8; i++) {
      int next = cursor.u8("variable-length number");
      value = value << 7 | next & 0x7F;
      if (next < 0x80) {
        return value;
      }
    }
    return value << 8 | cursor.u8("variable-length number");
  }
}
