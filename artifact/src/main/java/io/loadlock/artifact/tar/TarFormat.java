package io.loadlock.artifact.tar;

import io.loadlock.artifact.Format;
import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Nested;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.Verdict;
import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import io.loadlock.core.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Any tar archive that no format of its own claims: each member is somebody's to load.
public final class TarFormat implements Format {
  public static final String NAME = "tar";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Claim claims(ByteSource content, String name) throws IOException {
    return TarArchive.recognises(content) ? Claim.CERTAIN : Claim.NO;
  }

  @Override
  public Reading read(ByteSource content, String name, Limits limits)
      throws IOException, MalformedException {
    TarArchive archive = TarArchive.read(content, limits);
    TreeMap<String, String> details = new TreeMap<>();
    details.put("members", Integer.toString(archive.entries().size()));
    return new Reading(
        NAME,
        Outcome.of(archive.problems()),
        Verdict.PLAIN_DATA,
        List.of(),
        List.of(),
        List.of(),
        archive.notices(),
        nested(archive, content, _ -> true),
        details);
  }

  /// All files, and what stands behind the end, as nested sources.
  ///
  /// @param loaded which members loading the archive loads too
  public static List<Nested> nested(
      TarArchive archive, ByteSource content, Predicate<TarEntry> loaded) {
    List<Nested> nested = new ArrayList<>();
    for (TarEntry entry : archive.entries()) {
      if (entry.file()) {
        nested.add(
            new Nested(entry.name(), entry.header(), loaded.test(entry), archive.content(entry)));
      }
    }
    if (archive.end() < content.size()) {
      long rest = content.size() - archive.end();
      nested.add(
          new Nested("(appended)", archive.end(), false, content.slice(archive.end(), rest)));
    }
    return nested;
  }
}
