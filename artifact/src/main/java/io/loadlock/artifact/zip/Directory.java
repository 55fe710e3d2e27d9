package io.loadlock.artifact.zip;

import io.loadlock.artifact.Cursor;
import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import io.loadlock.core.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The central directory and the record that points to it.
///
/// @param end offset of the end-of-central-directory record
/// @param behind offset of the first byte behind the archive's comment
/// @param start offset of the first central record
/// @param shift bytes in front of the archive that its offsets don't count; negative offsets are
///   possible lies
/// @param records in the order of the directory
/// @param problems what could not be read of it
record Directory(
    long end,
    long behind,
    long start,
    long shift,
    List<CentralRecord> records,
    List<Problem> problems) {
  private static final int END_LENGTH = 22;
  private static final long ZIP64_LOCATOR = 0x07064b50L;
  private static final long ZIP64_END = 0x06064b50L;
  private static final long ALL_ONES = 0xFFFFFFFFL;

  /// CPython looks for the record in the last 65,557 bytes, torch tolerates somewhat more behind
  /// it.
  private static final int SEARCHED = 128 << 10;

  /// APPNOTE 4.3.12.
  ///
  /// @param name as Latin-1, so that names are compared byte by byte
  /// @param header offset of the local header, the shift added
  record CentralRecord(
      String name,
      int madeBy,
      int flags,
      int method,
      long crc,
      long packed,
      long size,
      long header,
      long externalAttributes,
      long offset) {}

  /// The directories whose end record lies before `limit`, the last one first: it is what Python
  /// and torch read; earlier ones are in a comment or in front of appended bytes.
  static List<Directory> find(ByteSource source, long limit, int members) throws IOException {
    List<Directory> found = new ArrayList<>();
    int length = (int) Math.min(SEARCHED, limit);
    byte[] tail = source.bytes(limit - length, length);
    for (int at = length - END_LENGTH; at >= 0 && found.size() < 4; at--) {
      if (tail[at] == 'P' && tail[at + 1] == 'K' && tail[at + 2] == 5 && tail[at + 3] == 6) {
        found.addAll(read(source, limit - length + at, limit, members));
      }
    }
    return found;
  }

  private static List<Directory> read(ByteSource source, long end, long limit, int members)
      throws IOException {
    try {
      Cursor cursor = Cursor.of(source, end, limit);
      cursor.skip(10);
      Place narrow =
          new Place(
              end,
              cursor.u16("number of entries"),
              cursor.u32("size of the directory"),
              cursor.u32("offset of the directory"));
      long behind = Math.min(limit, end + END_LENGTH + cursor.u16("comment length"));
      Frame frame = new Frame(end, behind);
      Optional<Place> wide = end < 20 ? Optional.empty() : zip64(source, end - 20, end);
      if (wide.isEmpty()) {
        return at(source, frame, narrow, members);
      }
      List<Directory> found = new ArrayList<>(at(source, frame, wide.get(), members));
      boolean same = narrow.size == wide.get().size && narrow.offset == wide.get().offset;
      if (narrow.offset != ALL_ONES && narrow.size != ALL_ONES && !same) {
        // CPython and miniz believe the zip64 record; a reader that knows none, or asks it only
        // where a field is all ones, sees this one.
        found.addAll(at(source, frame, narrow, members));
      }
      return found;
    } catch (MalformedException e) {
      return List.of();
    }
  }

  /// What an end record says of the directory.
  ///
  /// @param end where the directory would end if nothing stood between
  private record Place(long end, long count, long size, long offset) {}

  private record Frame(long end, long behind) {}

  private static List<Directory> at(ByteSource source, Frame frame, Place place, int members)
      throws IOException {
    long start = place.end - place.size;
    if (place.size < 0
        || start < 0
        || place.offset < 0
        || (place.count == 0 && place.size == 0 && place.end > 0 && place.offset != start)) {
      return List.of();
    }
    List<Directory> found = new ArrayList<>();
    records(source, frame, start, start - place.offset, start + place.size, place.count, members)
        .ifPresent(found::add);
    if (start != place.offset && place.offset < place.end) {
      // CPython believes the size and corrects the offset; miniz, which torch uses, believes the
      // offset.
      long end = Math.min(place.end, place.offset + place.size);
      records(source, frame, place.offset, 0, end, place.count, members).ifPresent(found::add);
    }
    return found;
  }

  /// APPNOTE 4.3.14 and 4.3.15. The record is looked for where the locator says and, as CPython
  /// does, right before the locator.
  private static Optional<Place> zip64(ByteSource source, long locator, long end)
      throws IOException, MalformedException {
    Cursor there = Cursor.of(source, locator, end);
    if (there.u32("locator") != ZIP64_LOCATOR) {
      return Optional.empty();
    }
    there.skip(4);
    long declared = there.i64("offset of the zip64 record");
    for (long at : new long[] {locator - 56, declared}) {
      if (at < 0 || at > locator - 56) {
        continue;
      }
      Cursor cursor = Cursor.of(source, at, locator);
      if (cursor.u32("signature") == ZIP64_END) {
        cursor.skip(8 + 2 + 2 + 4 + 4 + 8);
        return Optional.of(
            new Place(at, cursor.i64("entries"), cursor.i64("size"), cursor.i64("offset")));
      }
    }
    return Optional.empty();
  }

  private static Optional<Directory> records(
      ByteSource source,
      Frame frame,
      long start,
      long shift,
      long endOfDirectory,
      long count,
      int members)
      throws IOException {
    List<CentralRecord> records = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    Cursor cursor = Cursor.of(source, start, endOfDirectory);
    try {
      while (cursor.remaining() >= 46) {
        if (records.size() >= members) {
          problems.add(
              new Problem("more than " + members + " members", "byte " + cursor.position()));
          break;
        }
        records.add(record(cursor, shift));
      }
    } catch (MalformedException e) {
      if (records.isEmpty()) {
        return Optional.empty();
      }
      problems.add(e.toProblem());
    }
    if (records.size() != count && problems.isEmpty()) {
      problems.add(
          new Problem(
              "directory holds " + records.size() + " members and declares " + count,
              "byte " + frame.end));
    }
    return Optional.of(
        new Directory(
            frame.end, frame.behind, start, shift, List.copyOf(records), List.copyOf(problems)));
  }

  private static CentralRecord record(Cursor cursor, long shift)
      throws IOException, MalformedException {
    long at = cursor.position();
    if (cursor.u32("signature") != 0x02014b50L) {
      throw new MalformedException("no central record", at);
    }
    int madeBy = cursor.u16("version made by");
    cursor.skip(2);
    int flags = cursor.u16("flags");
    int method = cursor.u16("method");
    cursor.skip(4);
    long crc = cursor.u32("crc");
    long packed = cursor.u32("compressed size");
    long size = cursor.u32("size");
    int nameLength = cursor.u16("name length");
    int extraLength = cursor.u16("extra length");
    int commentLength = cursor.u16("comment length");
    cursor.skip(4);
    long attributes = cursor.u32("external attributes");
    long header = cursor.u32("offset of the local header");
    String name = cursor.latin(nameLength, 0xFFFF, "name");
    byte[] extra = cursor.bytes(extraLength, 0xFFFF, "extra");
    cursor.skip(Math.min(commentLength, cursor.remaining()));
    Extra.Sizes wide = Extra.zip64(extra, size, packed, header);
    return new CentralRecord(
        name,
        madeBy,
        flags,
        method,
        crc,
        wide.packed(),
        wide.size(),
        wide.header() + shift,
        attributes,
        at);
  }
}
