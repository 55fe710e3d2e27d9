package io.loadlock.artifact.torch;

import io.loadlock.artifact.Format;
import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Nested;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.TorchVersion;
import io.loadlock.artifact.Verdict;
import io.loadlock.artifact.WeightsOnly;
import io.loadlock.artifact.policy.Policy;
import io.loadlock.artifact.tar.TarArchive;
import io.loadlock.artifact.weightsonly.RestrictedLoad;
import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import io.loadlock.core.Outcome;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Checkpoints of torch that are no zip archives, one row for each of their containers.
public final class TorchFormat implements Format {
  /// The container.
  public enum Layout {
    TAR("torch-tar", "tar"),
    RAW("torch-legacy", "pickle");

    private final String word;
    private final String refined;

    Layout(String word, String refined) {
      this.word = word;
      this.refined = refined;
    }
  }

  private static final TorchVersion SINCE = new TorchVersion(2, 6);

  private final Layout layout;
  private final Policy policy;

  public TorchFormat(Layout layout, Policy policy) {
    this.layout = layout;
    this.policy = policy;
  }

  @Override
  public String name() {
    return layout.word;
  }

  @Override
  public Set<String> refines() {
    return Set.of(layout.refined);
  }

  @Override
  public Claim claims(ByteSource content, String name) throws IOException {
    boolean own =
        switch (layout) {
          case TAR -> TarArchive.recognises(content) && isTar(content);
          case RAW -> RawCheckpoint.recognises(content);
        };
    return own ? Claim.CERTAIN : Claim.NO;
  }

  private static boolean isTar(ByteSource content) throws IOException {
    try {
      return TarCheckpoint.recognises(TarArchive.read(content, Limits.DEFAULT));
    } catch (MalformedException e) {
      return false;
    }
  }

  @Override
  public Reading read(ByteSource content, String name, Limits limits)
      throws IOException, MalformedException {
    TorchCheckpoint checkpoint =
        switch (layout) {
          case TAR -> new TarCheckpoint(content, policy, limits).read();
          case RAW -> new RawCheckpoint(content, policy, limits).read();
        };
    if (layout == Layout.RAW) {
      return checkpoint.pickles().get(0);
    }
    return reading(checkpoint);
  }

  /// A checkpoint whose pickles are members.
  static Reading reading(TorchCheckpoint checkpoint) {
    List<Nested> nested = checkpoint.nested();
    return new Reading(
        checkpoint.format(),
        Outcome.of(checkpoint.problems()),
        Verdict.PLAIN_DATA,
        List.of(),
        List.of(),
        List.of(),
        checkpoint.notices(),
        nested,
        weightsOnly(checkpoint),
        new TreeMap<>(checkpoint.details()));
  }

  private static SortedMap<TorchVersion, WeightsOnly> weightsOnly(TorchCheckpoint checkpoint) {
    return switch (checkpoint.format()) {
      case "torch-zip" ->
          checkpoint.pickles().isEmpty()
              ? new TreeMap<>()
              : checkpoint.pickles().get(checkpoint.pickles().size() - 1).weightsOnly();
      case "torch-tar" ->
          RestrictedLoad.refused(
              "Cannot use weights_only=True with files saved in the legacy .tar format", SINCE);
      case "torchscript" ->
          RestrictedLoad.refused("Cannot use weights_only=True with TorchScript archives", SINCE);
      default -> new TreeMap<>();
    };
  }
}
