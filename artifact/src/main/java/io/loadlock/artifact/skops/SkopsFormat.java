package io.loadlock.artifact.skops;

import io.loadlock.artifact.Format;
import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.zip.ZipArchive;
import io.loadlock.artifact.zip.ZipFormat;
import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import java.io.IOException;
import java.util.Set;

/// A skops archive: `schema.json`, and `N.npy` or `N.npz` for arrays. The schema is handed back as
/// a member.
public final class SkopsFormat implements Format {
  @Override
  public String name() {
    return "skops";
  }

  @Override
  public Set<String> refines() {
    return Set.of(ZipFormat.NAME, "npz");
  }

  @Override
  public Claim claims(ByteSource content, String name) throws IOException {
    if (!ZipFormat.recognises(content)) {
      return Claim.NO;
    }
    try {
      return ZipArchive.read(content, Limits.DEFAULT).find("schema.json").isPresent()
          ? Claim.CERTAIN
          : Claim.NO;
    } catch (MalformedException e) {
      return Claim.NO;
    }
  }

  @Override
  public Reading read(ByteSource content, String name, Limits limits)
      throws IOException, MalformedException {
    return ZipFormat.reading(name(), ZipArchive.read(content, limits), entry -> true);
  }
}
