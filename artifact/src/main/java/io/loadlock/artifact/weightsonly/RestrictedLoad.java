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
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Asks every release that was read. All of them see the same instructions in one pass, and one
/// machine speaks for those that have not differed yet.
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
    return pickles(pickle, 1, Release.ALL, policy, limits);
  }

  /// What they say to a legacy file, whose five pickles follow each other: magic number, protocol,
  /// system, object, keys.
  public static SortedMap<TorchVersion, WeightsOnly> raw(
      ByteSource file, Policy policy, Limits limits) throws IOException {
    return pickles(file, 5, Release.ALL, policy, limits);
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

  /// What `releases` say to the first `count` pickles of a file.
  static SortedMap<TorchVersion, WeightsOnly> pickles(
      ByteSource source, int count, List<Release> releases, Policy policy, Limits limits)
      throws IOException {
    Readers readers = new Readers(releases, policy);
    InstructionReader instructions = InstructionReader.of(source, 0);
    long left = limits.opcodes() / SHARE;
    int done = 0;
    try {
      while (done < count && !readers.ended()) {
        Instruction one = instructions.next();
        if (one == null) {
          readers.all.forEach(reader -> reader.refuse("the pickle ends without STOP"));
          break;
        }
        if (--left < 0) {
          readers.all.forEach(
              reader -> reader.giveUp("the pickle is longer than the limits allow"));
          break;
        }
        readers.accept(one);
        if (one.opcode() == Opcode.STOP) {
          done++;
          readers.all.forEach(Restricted::restart);
        }
      }
    } catch (MalformedException e) {
      readers.all.forEach(reader -> reader.refuse(e.getMessage() + ""));
    }
    SortedMap<TorchVersion, WeightsOnly> answers = new TreeMap<>();
    for (Restricted reader : readers.all) {
      reader.releases().forEach(release -> answers.put(release.version(), reader.answer()));
    }
    return answers;
  }

  /// One machine for all releases, and one more whenever some of them go another way.
  private static final class Readers {
    private List<Restricted> all;

    Readers(List<Release> releases, Policy policy) {
      all = List.of(new Restricted(releases, policy));
    }

    boolean ended() {
      for (Restricted reader : all) {
        if (!reader.ended()) {
          return false;
        }
      }
      return true;
    }

    void accept(Instruction next) {
      for (Restricted reader : all) {
        if (!reader.agree(next)) {
          part(next);
          break;
        }
      }
      for (Restricted reader : all) {
        reader.accept(next);
      }
    }

    private void part(Instruction next) {
      List<Restricted> parted = new ArrayList<>();
      for (Restricted reader : all) {
        if (reader.agree(next)) {
          parted.add(reader);
        } else {
          parted.addAll(reader.split(next));
        }
      }
      all = parted;
    }
  }
}
