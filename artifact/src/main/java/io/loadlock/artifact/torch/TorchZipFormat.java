package io.loadlock.artifact.torch;

import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.policy.Policy;
import io.loadlock.artifact.zip.ZipFormat;
import io.loadlock.artifact.zip.ZipKind;
import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/// Zip archives of `torch.save`, `torch.jit.save` and `torch.package`.
public final class TorchZipFormat implements ZipKind {
  private final Policy policy;

  public TorchZipFormat(Policy policy) {
    this.policy = policy;
  }

  @Override
  public String name() {
    return "torch-zip";
  }

  @Override
  public Set<String> refines() {
    return Set.of(ZipFormat.NAME);
  }

  @Override
  public boolean holds(List<String> members, String name) {
    return ZipCheckpoint.recognises(members);
  }

  @Override
  public Reading read(ByteSource content, String name, Limits limits)
      throws IOException, MalformedException {
    return TorchFormat.reading(new ZipCheckpoint(content, policy, limits).read());
  }
}
