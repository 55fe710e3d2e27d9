package io.loadlock.artifact.numpy;

import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Nested;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.Verdict;
import io.loadlock.artifact.zip.ZipArchive;
import io.loadlock.artifact.zip.ZipFormat;
import io.loadlock.artifact.zip.ZipKind;
import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import io.loadlock.core.Outcome;
import io.loadlock.core.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/// A zip of `.npy` members, as `numpy.savez` writes it and `numpy.load` opens it: each array is
/// read when it is asked for. Members that are no arrays are given back as bytes; they are looked
/// into all the same.
public final class NpzFormat implements ZipKind {
  @Override
  public String name() {
    return "npz";
  }

  @Override
  public Set<String> refines() {
    return Set.of(ZipFormat.NAME);
  }

  @Override
  public boolean holds(List<String> members, String name) {
    long arrays = members.stream().filter(member -> member.endsWith(".npy")).count();
    return arrays > 0 && arrays * 2 >= members.size();
  }

  @Override
  public Reading read(ByteSource content, String name, Limits limits)
      throws IOException, MalformedException {
    ZipArchive archive = ZipArchive.read(content, limits);
    List<Problem> problems = new ArrayList<>(archive.problems());
    List<Nested> nested = ZipFormat.nested(archive, _ -> true, problems);
    return new Reading(
        name(),
        Outcome.of(problems),
        Verdict.PLAIN_DATA,
        List.of(),
        List.of(),
        List.of(),
        archive.notices(),
        nested,
        new TreeMap<>());
  }
}
