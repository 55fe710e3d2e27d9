package io.loadlock.artifact.weightsonly;

import io.loadlock.artifact.Limits;
import io.loadlock.artifact.TorchVersion;
import io.loadlock.artifact.WeightsOnly;
import io.loadlock.artifact.pickle.Instruction;
import io.loadlock.artifact.pickle.InstructionReader;
import io.loadlock.artifact.pickle.Opcode;
import io.loadlock.artifact.policy.Policy;
import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Asks every release that was read. All of them see the same instructions in one pass.
public final class RestrictedLoad {
  /// Each release keeps its own stack and memo.
  private static final int SHARE = 8;

  private RestrictedLoad() {}

  /// The releases whose source was read, oldest first.
  public static List<TorchVersion> releases() {
    return Release.ALL.stream().map(Release::version).toList();
  }

  /// What the releases say to `data.pkl` of a zip checkpoint.
  public static SortedMap<TorchVersion, WeightsOnly> zip(
      ByteSource pickle, Policy policy, Limits limits) throws IOException {
    return pickles(pickle, 0, 1, policy, limits);
  }

  /// What they say to a legacy file, whose five pickles follow each other: magic number, protocol,
  /// system, object, keys.
  public static SortedMap<TorchVersion, WeightsOnly> raw(
      ByteSource file, Policy policy, Limits limits) throws IOException {
    return pickles(file, 0, 5, policy, limits);
  }

  /// The same refusal by each release, for files that `torch.load` does not get as far as
  /// unpickling.
  ///
  /// @param since the first release that says so; those before it are unknown
  public static SortedMap<TorchVersion, WeightsOnly> refused(String why, TorchVersion since) {
    SortedMap<TorchVersion, WeightsOnly> answers = new TreeMap<>();
    for (Release release : Release.ALL) {
      answers.put(
          release.version(),
          release.version().compareTo(since) >= 0
              ? new WeightsOnly.Refused(why, List.of())
              : new WeightsOnly.Unknown(
                  "not restated for this kind of file before torch " + since));
    }
    return answers;
  }

  private static SortedMap<TorchVersion, WeightsOnly> pickles(
      ByteSource source, long position, int count, Policy policy, Limits limits)
      throws IOException {
    List<Restricted> readers =
        Release.ALL.stream().map(release -> new Restricted(release, policy)).toList();
    InstructionReader instructions = InstructionReader.of(source, position);
    long left = limits.opcodes() / SHARE;
    int done = 0;
    try {
      while (done < count && !readers.stream().allMatch(Restricted::ended)) {
        Instruction one = instructions.next();
        if (one == null) {
          readers.forEach(reader -> reader.refuse("the pickle ends without STOP"));
          break;
        }
        if (--left < 0) {
          readers.forEach(reader -> reader.giveUp("the pickle is longer than the limits allow"));
          break;
        }
        for (Restricted reader : readers) {
          reader.accept(one);
        }
        if (one.opcode() == Opcode.STOP) {
          done++;
          readers.forEach(Restricted::restart);
        }
      }
    } catch (MalformedException e) {
      readers.forEach(reader -> reader.refuse(e.getMessage() + ""));
    }
    SortedMap<TorchVersion, WeightsOnly> answers = new TreeMap<>();
    readers.forEach(reader -> answers.put(reader.release().version(), reader.answer()));
    return answers;
  }
}
