package io.loadlock.artifact.zip;

import io.loadlock.artifact.Inflating;
import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Notice;
import io.loadlock.artifact.compressed.Codec;
import io.loadlock.artifact.compressed.DecodedSource;
import io.loadlock.artifact.compressed.SourceStream;
import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import io.loadlock.core.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/// A zip archive as its readers see it: the members of the central directory, those of other
/// directories and of local headers alone, and what contradicts.
public final class ZipArchive {
  private final ByteSource source;
  private final Limits limits;
  private final List<Entry> entries;
  private final List<Notice> notices;
  private final List<Problem> problems;
  private final List<Part> parts;

  /// A stretch of the file that the archive proper does not cover.
  ///
  /// @param loaded whether some loader begins to read there: in front, yes; behind the end, no
  public record Part(String name, long offset, long length, boolean loaded) {}

  private ZipArchive(
      ByteSource source,
      Limits limits,
      List<Entry> entries,
      List<Notice> notices,
      List<Problem> problems,
      List<Part> parts) {
    this.source = source;
    this.limits = limits;
    this.entries = List.copyOf(entries);
    this.notices = notices.stream().sorted(Comparator.comparingLong(Notice::offset)).toList();
    this.problems = List.copyOf(problems);
    this.parts = List.copyOf(parts);
  }

  /// Whether the bytes begin as an archive does, or end as one.
  ///
  /// @param atEnd whether to look at the end as well, which for inflated bytes means to inflate all
  ///   of them
  public static boolean recognises(ByteSource source, boolean atEnd) throws IOException {
    if (begins(source)) {
      return true;
    }
    return atEnd && source.size() >= 22 && !Directory.find(source, source.size(), 1).isEmpty();
  }

  /// `PK\3\4`, torch's own test, or `PK\5\6`, an archive without members.
  public static boolean begins(ByteSource source) throws IOException {
    byte[] magic = new byte[4];
    try {
      source.read(0, magic, 0, 4);
    } catch (java.io.EOFException e) {
      return false;
    }
    return magic[0] == 'P'
        && magic[1] == 'K'
        && (magic[2] == 3 && magic[3] == 4 || magic[2] == 5 && magic[3] == 6);
  }

  /// The names in the central directory, without a look at the members: what recognising a kind of
  /// zip takes. Those of the local headers when there is no directory; empty when `source` is
  /// inflated and long, so that its end is not known yet.
  public static List<String> names(ByteSource source) throws IOException {
    if (!ZipFormat.endIsNear(source)) {
      return List.of();
    }
    List<Directory> directories = Directory.find(source, source.size(), Limits.DEFAULT.members());
    if (directories.isEmpty()) {
      return namesInFront(source);
    }
    List<String> names = new ArrayList<>();
    for (Directory.CentralRecord record : directories.get(0).records()) {
      names.add(Names.decode(record.name()));
    }
    return names;
  }

  /// Of an archive that is cut: what its local headers say.
  private static List<String> namesInFront(ByteSource source) throws IOException {
    try {
      return read(source, Limits.DEFAULT).entries().stream().map(Entry::name).toList();
    } catch (MalformedException e) {
      return List.of();
    }
  }

  /// Reads every directory and header, and no member.
  ///
  /// @throws MalformedException when there is neither a directory nor a local header
  public static ZipArchive read(ByteSource source, Limits limits)
      throws IOException, MalformedException {
    Survey survey = new Survey(source, limits);
    survey.run();
    return new ZipArchive(
        source, limits, survey.entries(), survey.notices(), survey.problems(), survey.parts());
  }

  /// The central directory's members in its order, then what other views add. Names may repeat.
  public List<Entry> entries() {
    return entries;
  }

  public List<Notice> notices() {
    return notices;
  }

  public List<Problem> problems() {
    return problems;
  }

  public List<Part> parts() {
    return parts;
  }

  /// The bytes of a part.
  public ByteSource content(Part part) {
    return source.slice(part.offset, part.length);
  }

  /// The last member with this exact name that the central directory has, as Python's `zipfile`
  /// chooses.
  public Optional<Entry> find(String name) {
    Entry found = null;
    for (Entry entry : entries) {
      if (entry.view() == Entry.View.CENTRAL && entry.name().equals(name)) {
        found = entry;
      }
    }
    return Optional.ofNullable(found);
  }

  /// The bytes of a member, inflated when they are read. The declared size bounds nothing here:
  /// what the stream holds is given, since a loader that ignores the size sees it. The CRC is not
  /// checked, as torch does not.
  ///
  /// @throws MalformedException when the method is unknown or the data lies outside of the file
  public ByteSource content(Entry entry) throws MalformedException {
    if (entry.data() < 0 || entry.data() > source.size()) {
      throw new MalformedException(
          "data of " + entry.name() + " lies outside of the archive", entry.header());
    }
    long rest = source.size() - entry.data();
    if (entry.method() == 0) {
      // Readers differ in which of the two sizes they believe.
      long length = Math.clamp(Math.max(entry.packed(), entry.size()), 0, rest);
      return new Metered(source.slice(entry.data(), length), limits.budget());
    }
    return inflating(entry);
  }

  private Inflating inflating(Entry entry) {
    // Deflate and its like know their own end: a packed size that lies must not hide what follows
    // it.
    long rest = source.size() - entry.data();
    long end = entry.packed() <= 0 ? source.size() : entry.data() + Math.min(rest, entry.packed());
    return new DecodedSource(
        () -> open(entry, end), entry.size(), entry.method() == 8 ? 1 : Codec.HEAVY, limits);
  }

  /// The bytes of a member that is deflated, in no other way and not encrypted; empty for others.
  public Optional<Inflating> deflated(Entry entry) {
    boolean inside = entry.data() >= 0 && entry.data() <= source.size();
    return entry.method() == 8 && (entry.flags() & 1) == 0 && inside
        ? Optional.of(inflating(entry))
        : Optional.empty();
  }

  /// The bytes of a member as a slice of the archive itself, where it is stored: fit to be copied
  /// from file to file. Empty where it is compressed or lies outside.
  public Optional<ByteSource> plain(Entry entry) {
    boolean inside =
        entry.data() >= 0 && entry.size() >= 0 && entry.data() <= source.size() - entry.size();
    boolean encrypted = (entry.flags() & 1) != 0;
    return entry.method() == 0 && !encrypted && inside
        ? Optional.of(source.slice(entry.data(), entry.size()))
        : Optional.empty();
  }

  /// Whether [#content] knows the method.
  public static boolean readable(int method) {
    return method == 0
        || method == 8
        || method == 12
        || method == 14
        || method == 93
        || method == 95;
  }

  private InputStream open(Entry entry, long end) throws IOException {
    SourceStream packed = new SourceStream(source, entry.data(), end);
    return switch (entry.method()) {
      case 8 -> new Deflated(packed);
      case 12 -> Codec.BZIP2.open(packed);
      // Bit 1 says that an end marker closes the stream.
      case 14 -> Codec.zipLzma(packed, (entry.flags() & 2) != 0 ? -1 : entry.size());
      case 93 -> Codec.ZSTD.open(packed);
      case 95 -> Codec.XZ.open(packed);
      default -> throw new IOException("compression method " + entry.method() + " is not known");
    };
  }

  /// Raw deflate that gives its native memory back.
  private static final class Deflated extends InflaterInputStream {
    Deflated(InputStream in) {
      // One byte more than there is: zlib asked for it once, and Inflater's documentation still
      // does.
      super(
          new java.io.SequenceInputStream(in, new ByteArrayInputStream(new byte[1])),
          new Inflater(true),
          1 << 14);
    }

    @Override
    public void close() throws IOException {
      super.close();
      inf.end();
    }
  }
}
