package io.loadlock.artifact.skops;

import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.zip.ZipArchive;
import io.loadlock.artifact.zip.ZipFormat;
import io.loadlock.artifact.zip.ZipKind;
import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/// A skops archive: `schema.json`, and `N.npy` or `N.npz` for arrays. The schema is handed back as
/// a member.
public final class SkopsFormat implements ZipKind {
  @Override
  public String name() {
    return "skops";
  }

  @Override
  public Set<String> refines() {
    return Set.of(ZipFormat.NAME, "npz");
  }

  @Override
  public boolean holds(List<String> members, String name) {
    return members.contains("schema.json");
  }

  @Override
  public Reading read(ByteSource content, String name, Limits limits)
      throws IOException, MalformedException {
    return ZipFormat.reading(name(), ZipArchive.read(content, limits), entry -> true);
  }
}
