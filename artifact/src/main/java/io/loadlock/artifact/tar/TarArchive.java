package io.loadlock.artifact.tar;

import io.loadlock.artifact.ArchivePath;
import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Notice;
import io.loadlock.artifact.compressed.Head;
import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import io.loadlock.core.Problem;
import io.loadlock.core.Severity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The members of a tar file, in its order, and what is odd about them.
public final class TarArchive {
  /// A pax or GNU long-name block larger than this is refused.
  private static final int LONGEST_EXTRA = 1 << 20;

  private final ByteSource source;
  private final Limits limits;
  private final List<TarEntry> entries = new ArrayList<>();
  private final List<Notice> notices = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private long end;

  private TarArchive(ByteSource source, Limits limits) {
    this.source = source;
    this.limits = limits;
  }

  /// Whether the first block is a header with a right checksum, which no other format has by
  /// chance.
  public static boolean recognises(ByteSource source) throws IOException {
    byte[] block = Head.of(source, TarHeader.BLOCK);
    return TarHeader.checks(block) && !TarHeader.blank(block);
  }

  /// Reads every header and no member.
  ///
  /// @throws MalformedException when the first header is none
  public static TarArchive read(ByteSource source, Limits limits)
      throws IOException, MalformedException {
    TarArchive archive = new TarArchive(source, limits);
    archive.walk();
    archive.check();
    return archive;
  }

  public List<TarEntry> entries() {
    return List.copyOf(entries);
  }

  public List<Notice> notices() {
    return List.copyOf(notices);
  }

  public List<Problem> problems() {
    return List.copyOf(problems);
  }

  /// Offset behind the last member that was read.
  public long end() {
    return end;
  }

  /// The last file of this name, as `TarFile.getmember` chooses; a hard link gives what it links
  /// to.
  public Optional<TarEntry> find(String name) {
    String wanted = name;
    for (int hop = 0; hop < 8; hop++) {
      TarEntry found = null;
      for (TarEntry entry : entries) {
        if (plain(entry.name()).equals(plain(wanted))) {
          found = entry;
        }
      }
      if (found == null || !found.linked()) {
        return Optional.ofNullable(found);
      }
      wanted = found.link();
    }
    return Optional.empty();
  }

  private static String plain(String name) {
    return name.startsWith("./") ? name.substring(2) : name;
  }

  /// The bytes of a file, holes filled with zeros; of a member that is cut, what there is.
  public ByteSource content(TarEntry entry) {
    SparseMap holes = entry.holes();
    if (holes != null) {
      try {
        return holes.content(source);
      } catch (MalformedException e) {
        // Said when the archive was read; what is stored is read as it is.
      }
    }
    long size = source.size();
    long from = Math.min(entry.data(), size);
    return source.slice(from, Math.clamp(entry.size(), 0, size - from));
  }

  private void walk() throws IOException, MalformedException {
    long at = 0;
    Map<String, String> global = new HashMap<>();
    Map<String, String> local = new HashMap<>();
    while (entries.size() < limits.members()) {
      end = at;
      if (at > source.size() - TarHeader.BLOCK) {
        if (at < source.size() || entries.isEmpty()) {
          problems.add(new Problem("header is cut", "byte " + at));
        }
        return;
      }
      byte[] block = source.bytes(at, TarHeader.BLOCK);
      if (TarHeader.blank(block)) {
        behind(at);
        return;
      }
      if (!TarHeader.checks(block)) {
        if (at == 0) {
          throw new MalformedException("first header has a wrong checksum", 0);
        }
        problems.add(new Problem("header has a wrong checksum", "byte " + at));
        return;
      }
      try {
        at = member(block, at, global, local);
      } catch (MalformedException e) {
        if (entries.isEmpty()) {
          throw e;
        }
        problems.add(e.toProblem());
        return;
      }
    }
    problems.add(new Problem("more than " + limits.members() + " members", "byte " + at));
  }

  /// @return offset of the next header
  private long member(byte[] block, long at, Map<String, String> global, Map<String, String> local)
      throws IOException, MalformedException {
    TarHeader header = TarHeader.read(block, at);
    long data = at + TarHeader.BLOCK;
    boolean extra = "xgXLK".indexOf(header.type()) >= 0;
    String sized = extra ? null : local.getOrDefault("size", global.get("size"));
    long size = sized == null ? header.size() : TarHeader.decimal(sized, at);
    if (size < 0) {
      throw new MalformedException("negative size", at);
    }
    if (size > source.size() - data) {
      problems.add(
          new Problem(
              "'"
                  + header.name()
                  + "' is cut: "
                  + size
                  + " bytes wanted, "
                  + (source.size() - data)
                  + " left",
              "byte " + data));
    }
    if (extra) {
      extra(header, data, size, header.type() == 'g' ? global : local);
    } else {
      Map<String, String> names = new HashMap<>(global);
      names.putAll(local);
      local.clear();
      long length = TarEntry.bodiless(header.type()) ? 0 : size;
      SparseMap holes =
          header.type() == 'S'
              ? SparseMap.old(source, block, data)
              : SparseMap.described(names) ? SparseMap.pax(source, names, data) : null;
      TarEntry entry =
          new TarEntry(
              names.getOrDefault("GNU.sparse.name", names.getOrDefault("path", header.name())),
              header.type(),
              header.type() == '1' || header.type() == '2'
                  ? names.getOrDefault("linkpath", header.link())
                  : "",
              at,
              data,
              length,
              holes);
      entries.add(entry);
      if (holes != null) {
        unpackable(holes);
      }
      return next(header.type() == 'S' && holes != null ? holes.data() : data, length);
    }
    return next(data, size);
  }

  private void unpackable(SparseMap holes) {
    try {
      holes.content(source);
    } catch (MalformedException e) {
      problems.add(e.toProblem());
    }
  }

  private long next(long data, long size) {
    long rest = source.size() - data;
    return size > rest ? source.size() : data + TarHeader.padded(size);
  }

  /// A pax header (`length key=value\n` records) or a GNU long name.
  private void extra(TarHeader header, long data, long size, Map<String, String> target)
      throws IOException, MalformedException {
    if (size > LONGEST_EXTRA) {
      throw new MalformedException("extended header of " + size + " bytes", data);
    }
    int length = (int) Math.clamp(source.size() - data, 0, size);
    byte[] bytes = source.bytes(data, length);
    if (header.type() == 'L' || header.type() == 'K') {
      target.put(header.type() == 'L' ? "path" : "linkpath", TarHeader.text(bytes, 0, length));
      return;
    }
    int at = 0;
    while (at < length && bytes[at] >= '0' && bytes[at] <= '9') {
      int digits = at;
      long count = 0;
      while (digits < length
          && bytes[digits] >= '0'
          && bytes[digits] <= '9'
          && count < LONGEST_EXTRA) {
        count = count * 10 + bytes[digits++] - '0';
      }
      if (count < digits - at + 3 || count > length - at) {
        throw new MalformedException("extended header record of " + count + " bytes", data + at);
      }
      String record =
          new String(bytes, digits + 1, (int) (at + count - digits - 2), StandardCharsets.UTF_8);
      int equals = record.indexOf('=');
      if (equals > 0) {
        put(target, record.substring(0, equals), record.substring(equals + 1));
      }
      at += (int) count;
    }
  }

  /// Places and sizes of a sparse file's pieces may come one record each.
  private static void put(Map<String, String> target, String key, String value) {
    if (key.equals("GNU.sparse.offset") || key.equals("GNU.sparse.numbytes")) {
      target.merge("GNU.sparse.map", value, (before, more) -> before + "," + more);
    } else {
      target.put(key, value);
    }
  }

  /// Python stops at the first block of zeros; what follows may be an archive for readers that go
  /// on.
  private void behind(long at) throws IOException {
    long rest = at;
    while (rest <= source.size() - TarHeader.BLOCK && rest - at < 64L * TarHeader.BLOCK) {
      if (!TarHeader.blank(source.bytes(rest, TarHeader.BLOCK))) {
        notices.add(
            new Notice(
                "tar-appended",
                Severity.MEDIUM,
                rest,
                (source.size() - rest) + " bytes stand behind the end of the archive."));
        end = rest;
        return;
      }
      rest += TarHeader.BLOCK;
    }
    end = source.size();
  }

  private void check() {
    Map<String, TarEntry> names = new HashMap<>();
    for (TarEntry entry : entries) {
      TarEntry twin = names.put(plain(entry.name()), entry);
      if (twin != null && entry.file()) {
        notices.add(
            new Notice(
                "tar-duplicate",
                Severity.MEDIUM,
                entry.header(),
                "There are two members '"
                    + entry.name()
                    + "', at bytes "
                    + twin.header()
                    + " and "
                    + entry.header()
                    + "."));
      }
      String escape = ArchivePath.escape(entry.name());
      if (!escape.isEmpty()) {
        notices.add(
            new Notice(
                "archive-path",
                Severity.HIGH,
                entry.header(),
                "'" + entry.name() + "' " + escape + "."));
      }
      if (entry.linked()) {
        boolean out = !ArchivePath.escape(entry.link()).isEmpty();
        notices.add(
            new Notice(
                "archive-link",
                out ? Severity.HIGH : Severity.LOW,
                entry.header(),
                "'"
                    + entry.name()
                    + "' is a link to '"
                    + entry.link()
                    + "'"
                    + (out ? ", outside of the archive." : ".")));
      }
      if (entry.type() == '3' || entry.type() == '4' || entry.type() == '6') {
        notices.add(
            new Notice(
                "archive-device",
                Severity.HIGH,
                entry.header(),
                "'" + entry.name() + "' is a device or a pipe."));
      }
    }
  }
}
