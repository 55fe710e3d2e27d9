package io.loadlock.engine.export;

import io.loadlock.artifact.Format;
import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Verdict;
import io.loadlock.artifact.compressed.Codec;
import io.loadlock.artifact.compressed.DecodedSource;
import io.loadlock.artifact.compressed.Head;
import io.loadlock.artifact.compressed.SourceStream;
import io.loadlock.artifact.convert.ConversionException;
import io.loadlock.artifact.joblib.JoblibArrays;
import io.loadlock.artifact.lock.Sha256;
import io.loadlock.artifact.pickle.PickleFormat;
import io.loadlock.artifact.pickle.PickleMachine;
import io.loadlock.artifact.pickle.PickleRun;
import io.loadlock.artifact.policy.Policy;
import io.loadlock.artifact.sklearn.SavedPart;
import io.loadlock.core.ByteSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A file of joblib or pickle that holds an estimator of scikit-learn, read without executing it.
///
/// @param sha256 of the file, hexadecimal
/// @param verdict on everything that loading executes
/// @param unknown what is not known to be harmless, as the calls would be written
public record SavedEstimator(SavedPart part, String sha256, Verdict verdict, List<String> unknown) {
  public SavedEstimator {
    unknown = List.copyOf(unknown);
  }

  /// Reads it; empty where the file is something else.
  ///
  /// @param key of the dict, list or tuple that holds it; empty for the only one
  /// @throws ConversionException where it is one, and loading it would run code
  public static Optional<SavedEstimator> read(Path file, String key)
      throws IOException, ConversionException {
    Limits limits = Limits.DEFAULT.fresh();
    try (ByteSource source = ByteSource.open(file);
        ByteSource content = decoded(source, limits)) {
      String name = String.valueOf(file.getFileName());
      if (new PickleFormat(Policy.bundled()).claims(content, name) == Format.Claim.NO) {
        return Optional.empty();
      }
      PickleMachine machine =
          PickleMachine.of(content, Policy.bundled(), limits)
              .interleaved(new JoblibArrays(content));
      PickleRun run = machine.run(0);
      List<SavedPart> parts = run.result().map(SavedPart::of).orElse(List.of());
      if (parts.isEmpty()) {
        return Optional.empty();
      }
      SavedPart part = chosen(parts, key);
      List<String> unknown = new ArrayList<>();
      for (var effect : machine.effects()) {
        if (effect.verdict() == Verdict.RUNS_CODE) {
          throw new ConversionException("loading it would run " + effect.text());
        }
        if (effect.verdict() == Verdict.UNKNOWN_CODE) {
          unknown.add(effect.text());
        }
      }
      if (machine.verdict() == Verdict.RUNS_CODE) {
        throw new ConversionException("loading it would run code");
      }
      // Of the open file, not of what may have its name by now.
      String sha256 = Sha256.of(source, 0, source.size(), _ -> {}).hex();
      return Optional.of(new SavedEstimator(part, sha256, machine.verdict(), unknown));
    }
  }

  private static SavedPart chosen(List<SavedPart> parts, String key) throws ConversionException {
    List<SavedPart> fitting =
        key.isEmpty() ? parts : parts.stream().filter(part -> part.key().equals(key)).toList();
    if (fitting.size() == 1) {
      return fitting.getFirst();
    }
    String keys = parts.stream().map(SavedPart::key).collect(Collectors.joining(", "));
    throw new ConversionException(
        fitting.isEmpty()
            ? "there is no estimator at " + key + (keys.isEmpty() ? "" : "; there are " + keys)
            : "it holds several estimators: " + keys + ". Choose one with --key");
  }

  private static ByteSource decoded(ByteSource source, Limits limits) throws IOException {
    Optional<Codec> codec = Codec.recognise(Head.of(source, Codec.MAGIC_LENGTH), "");
    long size = source.size();
    return codec.isEmpty()
        ? source.slice(0, size)
        : new DecodedSource(
            () -> codec.get().open(new SourceStream(source, 0, size)),
            -1,
            codec.get().weight(),
            limits);
  }
}
