package io.loadlock.artifact.keras;

import io.loadlock.artifact.Format;
import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.zip.ZipArchive;
import io.loadlock.artifact.zip.ZipFormat;
import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import java.io.IOException;
import java.util.Set;

/// A `.keras` archive of Keras 3: `config.json`, `metadata.json`, `model.weights.h5` or `.npz`, and
/// `assets/`. Each is handed back as a member; the configuration is read as [KerasConfig].
public final class KerasArchiveFormat implements Format {
  @Override
  public String name() {
    return "keras";
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
      ZipArchive archive = ZipArchive.read(content, Limits.DEFAULT);
      boolean parts =
          archive.find("metadata.json").isPresent()
              || archive.find("model.weights.h5").isPresent()
              || archive.find("model.weights.npz").isPresent()
              || name.endsWith(".keras");
      return parts && archive.find("config.json").isPresent() ? Claim.CERTAIN : Claim.NO;
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
