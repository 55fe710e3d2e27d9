package io.loadlock.artifact.zip;

import io.loadlock.artifact.Format;
import io.loadlock.artifact.Inflating;
import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Nested;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.Verdict;
import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import io.loadlock.core.Outcome;
import io.loadlock.core.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Any zip archive that no format of its own claims: each member is somebody's to load.
public final class ZipFormat implements Format {
  public static final String NAME = "zip";

  /// Above this, inflated bytes are not inflated to their end only to see whether an archive ends
  /// there.
  private static final long TAIL_IN_INFLATED = 16 << 20;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Claim claims(ByteSource content, String name) throws IOException {
    return recognises(content) ? Claim.CERTAIN : Claim.NO;
  }

  /// For formats that are zips of a kind: whether this is a zip at all.
  public static boolean recognises(ByteSource content) throws IOException {
    return ZipArchive.recognises(content, endIsNear(content));
  }

  /// Whether looking at the end costs little.
  static boolean endIsNear(ByteSource content) {
    return !(content instanceof Inflating inflating)
        || inflating.expected() >= 0 && inflating.expected() <= TAIL_IN_INFLATED;
  }

  @Override
  public Reading read(ByteSource content, String name, Limits limits)
      throws IOException, MalformedException {
    return reading(NAME, ZipArchive.read(content, limits), entry -> true);
  }

  /// For formats that are zips of a kind: the archive with its members handed back.
  ///
  /// @param format the reading's name
  /// @param loaded as in [#nested]
  public static Reading reading(String format, ZipArchive archive, Predicate<Entry> loaded) {
    List<Problem> problems = new ArrayList<>(archive.problems());
    List<Nested> nested = nested(archive, loaded, problems);
    TreeMap<String, String> details = new TreeMap<>();
    details.put("members", Integer.toString(archive.entries().size()));
    return new Reading(
        format,
        Outcome.of(problems),
        Verdict.PLAIN_DATA,
        List.of(),
        List.of(),
        List.of(),
        archive.notices(),
        nested,
        details);
  }

  /// All members and parts as nested sources.
  ///
  /// @param loaded which members loading the archive loads too; what only a local header describes
  ///   never is
  /// @param problems gets what cannot be handed back
  public static List<Nested> nested(
      ZipArchive archive, Predicate<Entry> loaded, List<Problem> problems) {
    List<Nested> nested = new ArrayList<>();
    for (Entry entry : archive.entries()) {
      if (entry.directory() && entry.size() == 0
          || entry.symlink()
          || !ZipArchive.readable(entry.method())) {
        continue;
      }
      boolean counts = entry.view() != Entry.View.LOCAL_ONLY && loaded.test(entry);
      try {
        nested.add(new Nested(entry.name(), entry.header(), counts, archive.content(entry)));
      } catch (MalformedException e) {
        problems.add(e.toProblem());
      }
    }
    for (ZipArchive.Part part : archive.parts()) {
      nested.add(new Nested(part.name(), part.offset(), part.loaded(), archive.content(part)));
    }
    return nested;
  }
}
