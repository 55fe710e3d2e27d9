package io.loadlock.artifact.compressed;

import io.loadlock.artifact.Format;
import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Nested;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.Verdict;
import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import io.loadlock.core.Outcome;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// One compressed stream round one thing.
public final class CompressedFormat implements Format {
  private final Codec codec;

  public CompressedFormat(Codec codec) {
    this.codec = codec;
  }

  @Override
  public String name() {
    return codec.word();
  }

  @Override
  public Claim claims(ByteSource content, String name) throws IOException {
    return Codec.recognise(Head.of(content, Codec.MAGIC_LENGTH), name).equals(Optional.of(codec))
        ? Claim.CERTAIN
        : Claim.NO;
  }

  @Override
  public Reading read(ByteSource content, String name, Limits limits)
      throws IOException, MalformedException {
    long size = content.size();
    DecodedSource decoded =
        new DecodedSource(
            () -> codec.open(new SourceStream(content, 0, size)), -1, codec.weight(), limits);
    Nested nested = new Nested(inner(name), 0, true, decoded);
    return new Reading(
        name(),
        Outcome.COMPLETE,
        Verdict.PLAIN_DATA,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(nested),
        new TreeMap<>());
  }

  /// `model.pkl` for `model.pkl.gz`.
  private static String inner(String name) {
    String leaf = name.substring(name.lastIndexOf('/') + 1);
    int dot = leaf.lastIndexOf('.');
    return dot > 0 ? leaf.substring(0, dot) : leaf;
  }
}
