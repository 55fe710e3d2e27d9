package io.loadlock.artifact.zip;

import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Notice;
import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import io.loadlock.core.Problem;
import io.loadlock.core.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Walks over an archive once and gathers members, contradictions and the stretches that no member
/// covers.
final class Survey {
  /// Bytes of gaps that are searched for hidden local headers.
  private static final int SEARCHED = 16 << 20;

  private final ByteSource source;
  private final Limits limits;
  private final List<Entry> entries = new ArrayList<>();
  private final List<Notice> notices = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private final List<ZipArchive.Part> parts = new ArrayList<>();
  private final List<Extent> extents = new ArrayList<>();
  private final Set<Long> headers = new HashSet<>();
  private int searched;

  /// What one local header and its data cover.
  private record Extent(long start, long end, String name) {}

  Survey(ByteSource source, Limits limits) {
    this.source = source;
    this.limits = limits;
  }

  List<Entry> entries() {
    return entries;
  }

  List<Notice> notices() {
    return notices;
  }

  List<Problem> problems() {
    return problems;
  }

  List<ZipArchive.Part> parts() {
    return parts;
  }

  void run() throws IOException, MalformedException {
    List<Directory> directories = Directory.find(source, source.size(), limits.members());
    if (directories.isEmpty()) {
      withoutDirectory();
      return;
    }
    Directory main = directories.get(0);
    problems.addAll(main.problems());
    for (Directory.CentralRecord record : main.records()) {
      central(record);
    }
    for (Directory other : directories.subList(1, directories.size())) {
      other(main, other);
    }
    Names.check(entries, notices);
    cover(main);
    around(main);
  }

  private void central(Directory.CentralRecord record) throws IOException {
    int mode = record.madeBy() >> 8 == 3 ? (int) (record.externalAttributes() >>> 16) : 0;
    String name = Names.decode(record.name());
    if (!ZipArchive.readable(record.method())) {
      problems.add(
          new Problem(
              "compression method " + record.method() + " of " + name + " is not known",
              "byte " + record.offset()));
    }
    if ((record.flags() & 1) != 0) {
      problems.add(new Problem(name + " is marked as encrypted", "byte " + record.offset()));
    }
    try {
      LocalHeader local = LocalHeader.read(source, record.header(), record.name().length());
      headers.add(record.header());
      entries.add(
          new Entry(
              name,
              Entry.View.CENTRAL,
              record.flags(),
              record.method(),
              record.crc(),
              record.packed(),
              record.size(),
              record.header(),
              local.data(),
              mode));
      extents.add(new Extent(record.header(), end(local.data(), record.packed()), name));
      compare(record, local, name, mode);
    } catch (MalformedException e) {
      problems.add(new Problem(e.getMessage() + ": " + name, "byte " + record.offset()));
    }
  }

  private long end(long data, long packed) {
    long rest = source.size() - data;
    return packed < 0 || packed > rest ? source.size() : data + packed;
  }

  /// Each difference that makes a reader which trusts the local header see something else. Sizes
  /// and CRC may be zero where a descriptor follows the data (bit 3).
  private void compare(Directory.CentralRecord record, LocalHeader local, String name, int mode) {
    long at = record.header();
    if (!local.name().equals(record.name())) {
      notice(
          "zip-name-mismatch",
          Severity.HIGH,
          at,
          "The directory calls this member '"
              + name
              + "', its local header '"
              + Names.decode(local.name())
              + "'.");
    }
    boolean unset = local.streamed() || record.packed() == 0;
    if (local.method() != record.method()) {
      notice(
          "zip-method-mismatch",
          Severity.HIGH,
          at,
          "The directory says that "
              + name
              + " is compressed by method "
              + record.method()
              + ", its local header says "
              + local.method()
              + ".");
      if (ZipArchive.readable(local.method())) {
        entries.add(
            new Entry(
                name,
                Entry.View.LOCAL,
                local.flags(),
                local.method(),
                local.crc(),
                unset ? record.packed() : local.packed(),
                record.size(),
                at,
                local.data(),
                mode));
      }
    }
    if (((local.flags() ^ record.flags()) & ~8) != 0) {
      notice(
          "zip-flags-mismatch",
          Severity.MEDIUM,
          at,
          "The flags of "
              + name
              + " are 0x%04x in the directory and 0x%04x in its local header."
                  .formatted(record.flags(), local.flags()));
    }
    if ((record.flags() & 1) != 0 || (local.flags() & 1) != 0) {
      notice(
          "zip-encrypted",
          Severity.MEDIUM,
          at,
          name + " is marked as encrypted; it is read as if it were not.");
    }
    boolean zero = local.packed() == 0 && local.size() == 0;
    if (!(unset && zero) && (local.packed() != record.packed() || local.size() != record.size())) {
      notice(
          "zip-size-mismatch",
          Severity.MEDIUM,
          at,
          "The sizes of "
              + name
              + " are "
              + record.packed()
              + " and "
              + record.size()
              + " in the directory, "
              + local.packed()
              + " and "
              + local.size()
              + " in its local header.");
    }
    if (record.method() == 0 && record.packed() != record.size()) {
      notice(
          "zip-size-mismatch",
          Severity.MEDIUM,
          at,
          name
              + " is stored in "
              + record.packed()
              + " bytes and declared as "
              + record.size()
              + ".");
    }
    if (!local.streamed() && local.crc() != record.crc()) {
      notice(
          "zip-crc-mismatch",
          Severity.LOW,
          at,
          "The two records of " + name + " declare different checksums.");
    }
  }

  /// What a record makes of the bytes that it points to: two directories may call them by different
  /// names.
  private record Seen(long header, String name, int method) {
    static Seen of(Directory.CentralRecord record) {
      return new Seen(record.header(), record.name(), record.method());
    }
  }

  /// A second directory: in the comment, before appended bytes, or where the offset rather than the
  /// size points.
  private void other(Directory main, Directory other) throws IOException {
    Set<Seen> known = new HashSet<>();
    for (Directory.CentralRecord record : main.records()) {
      known.add(Seen.of(record));
    }
    List<String> names = new ArrayList<>();
    for (Directory.CentralRecord record : other.records()) {
      if (known.add(Seen.of(record))) {
        central(record);
        names.add(Names.decode(record.name()));
      }
    }
    if (!names.isEmpty()) {
      notice(
          "zip-second-directory",
          Severity.HIGH,
          other.start(),
          "Besides the directory at byte "
              + main.start()
              + " there is another with members of its own: "
              + Names.some(names)
              + ".");
    }
  }

  /// What lies between the members. Overlaps let one byte be two members.
  private void cover(Directory main) throws IOException {
    extents.sort(Comparator.comparingLong(Extent::start).thenComparingLong(Extent::end));
    long covered = extents.isEmpty() ? main.start() : extents.get(0).start();
    int overlaps = 0;
    for (Extent extent : extents) {
      if (extent.start() < covered && overlaps++ < 3) {
        notice(
            "zip-overlap",
            Severity.HIGH,
            extent.start(),
            extent.name() + " overlaps another member.");
      } else if (extent.start() > covered) {
        gap(covered, extent.start());
      }
      covered = Math.max(covered, extent.end());
    }
    if (covered < main.start()) {
      gap(covered, main.start());
    }
  }

  private void around(Directory main) throws IOException {
    long first = extents.isEmpty() ? main.start() : Math.min(extents.get(0).start(), main.start());
    if (first > 0) {
      notice("zip-prepended", Severity.MEDIUM, 0, first + " bytes stand in front of the archive.");
      if (ZipArchive.begins(source)) {
        Glued.split(source, first, limits, parts);
      }
    }
    long behind = source.size() - main.behind();
    if (behind > 0) {
      notice(
          "zip-appended",
          Severity.MEDIUM,
          main.behind(),
          behind + " bytes stand behind the archive.");
      parts.add(new ZipArchive.Part("(appended)", main.behind(), behind, false));
    }
  }

  /// A descriptor of 12 to 24 bytes or padding is usual; a local header is not.
  private void gap(long from, long to) throws IOException {
    int length = (int) Math.min(to - from, SEARCHED - searched);
    if (length < LocalHeader.LENGTH) {
      return;
    }
    searched += length;
    byte[] bytes = source.bytes(from, length);
    for (int i = 0; i + LocalHeader.LENGTH <= length; i++) {
      if (bytes[i] == 'P' && bytes[i + 1] == 'K' && bytes[i + 2] == 3 && bytes[i + 3] == 4) {
        i = Math.max(i, (int) Math.min(length, hidden(from + i) - from));
      }
    }
    if (length > 1024
        && entries.stream()
            .noneMatch(e -> e.view() == Entry.View.LOCAL_ONLY && e.header() >= from)) {
      notice("zip-gap", Severity.LOW, from, (to - from) + " bytes between members belong to none.");
    }
  }

  /// @return offset of the last byte that this header explains
  private long hidden(long at) throws IOException {
    try {
      LocalHeader local = LocalHeader.read(source, at, 0);
      String name = Names.decode(local.name());
      if (!headers.add(at) || entries.size() >= limits.members()) {
        return at;
      }
      entries.add(
          new Entry(
              name,
              Entry.View.LOCAL_ONLY,
              local.flags(),
              local.method(),
              local.crc(),
              local.packed() == 0 ? -1 : local.packed(),
              local.size(),
              at,
              local.data(),
              0));
      notice(
          "zip-hidden-member",
          Severity.HIGH,
          at,
          "'"
              + name
              + "' has a local header and no record in the directory: only readers that go from"
              + " front to back see it.");
      return local.streamed() ? at : end(local.data(), local.packed()) - 1;
    } catch (MalformedException e) {
      return at;
    }
  }

  /// An archive that is cut or damaged at its end: all that is left are local headers.
  private void withoutDirectory() throws IOException, MalformedException {
    if (!ZipArchive.begins(source)) {
      throw new MalformedException("no end-of-central-directory record", source.size());
    }
    problems.add(
        new Problem(
            "no central directory: the archive is cut or damaged at its end",
            "byte " + source.size()));
    long at = 0;
    while (entries.size() < limits.members()) {
      LocalHeader local;
      try {
        local = LocalHeader.read(source, at, 0);
      } catch (MalformedException e) {
        break;
      }
      long packed = local.streamed() && local.packed() == 0 ? -1 : local.packed();
      entries.add(
          new Entry(
              Names.decode(local.name()),
              Entry.View.CENTRAL,
              local.flags(),
              local.method(),
              local.crc(),
              packed,
              local.size(),
              at,
              local.data(),
              0));
      if (packed >= 0) {
        at = end(local.data(), packed);
      }
      at = next(packed < 0 ? local.data() : at);
      if (at < 0) {
        break;
      }
    }
  }

  /// The next local header at or behind `from`; -1 when there is none within reach.
  private long next(long from) throws IOException {
    long at = from;
    while (at < source.size() && searched < SEARCHED) {
      int length = (int) Math.min(1 << 16, source.size() - at);
      byte[] bytes = source.bytes(at, length);
      searched += length;
      for (int i = 0; i + 4 <= length; i++) {
        if (bytes[i] == 'P' && bytes[i + 1] == 'K' && bytes[i + 2] == 3 && bytes[i + 3] == 4) {
          return at + i;
        }
      }
      if (length < 1 << 16) {
        return -1;
      }
      at += length - 3;
    }
    return -1;
  }

  private void notice(String kind, Severity severity, long offset, String message) {
    notices.add(new Notice(kind, severity, offset, message));
  }
}
