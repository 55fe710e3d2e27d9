package io.loadlock.artifact.keras;

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

/// A `.keras` archive of Keras 3: `config.json`, `metadata.json`, `model.weights.h5` or `.npz`, and
/// `assets/`. Each is handed back as a member; the configuration is read as [KerasConfig].
public final class KerasArchiveFormat implements ZipKind {
  @Override
  public String name() {
    return "keras";
  }

  @Override
  public Set<String> refines() {
    return Set.of(ZipFormat.NAME, "npz");
  }

  @Override
  public boolean holds(List<String> members, String name) {
    boolean parts =
        members.contains("metadata.json")
            || members.contains("model.weights.h5")
            || members.contains("model.weights.npz")
            || name.endsWith(".keras");
    return parts && members.contains("config.json");
  }

  @Override
  public Reading read(ByteSource content, String name, Limits limits)
      throws IOException, MalformedException {
    return ZipFormat.reading(name(), ZipArchive.read(content, limits), entry -> true);
  }
}
