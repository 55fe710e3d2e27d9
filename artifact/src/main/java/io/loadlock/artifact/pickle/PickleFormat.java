package io.loadlock.artifact.pickle;

import io.loadlock.artifact.Effect;
import io.loadlock.artifact.Format;
import io.loadlock.artifact.GlobalUse;
import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Nested;
import io.loadlock.artifact.Notice;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.Verdict;
import io.loadlock.artifact.policy.Policy;
import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import io.loadlock.core.Outcome;
import io.loadlock.core.Problem;
import io.loadlock.core.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;

/// Pickles without a container, under any name: protocols 0 to 5, several one after another, and
/// what stands behind the last. See `docs/formats/pickle.md`.
public final class PickleFormat implements Format {
  /// Fewer instructions than this, without PROTO and without a call, are believed only if they fill
  /// the file.
  private static final int FEW = 12;

  /// Zeros behind a pickle that are passed over in search of another one.
  private static final int PADDING = 1 << 16;

  private static final int CHUNK = 1 << 12;

  private final Policy policy;
  private final Function<ByteSource, Interleaving> interleaving;

  public PickleFormat(Policy policy) {
    this(policy, _ -> (_, _) -> new Interleaved.None());
  }

  /// @param interleaving what may stand between the opcodes of a source
  public PickleFormat(Policy policy, Function<ByteSource, Interleaving> interleaving) {
    this.policy = policy;
    this.interleaving = interleaving;
  }

  @Override
  public String name() {
    return "pickle";
  }

  @Override
  public Claim claims(ByteSource content, String name) throws IOException {
    return content.size() == 0 ? Claim.NO : claim(content, 0);
  }

  private static Claim claim(ByteSource content, long position) throws IOException {
    Trial.Result trial = Trial.run(content, position);
    if (trial.proto()) {
      return trial.instructions() > 1 ? Claim.CERTAIN : Claim.POSSIBLE;
    }
    if (trial.calls()) {
      return Claim.POSSIBLE;
    }
    if (trial.broken()) {
      return Claim.NO;
    }
    boolean fills = trial.stop() >= content.size() - 2 && trial.instructions() > 1;
    return fills || trial.longer() || trial.instructions() >= FEW ? Claim.POSSIBLE : Claim.NO;
  }

  @Override
  public Reading read(ByteSource content, String name, Limits limits)
      throws IOException, MalformedException {
    Interleaving between = interleaving.apply(content);
    PickleMachine machine = PickleMachine.of(content, policy, limits).interleaved(between);
    List<Notice> notices = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    List<PickleRun> runs = new ArrayList<>();
    List<Nested> nested = new ArrayList<>();
    long position = 0;
    while (position < content.size() && runs.size() < limits.members()) {
      if (position > 0 && claim(content, position) == Claim.NO) {
        notices.add(trailing(content, position));
        nested.addAll(padded(content, position, limits));
        break;
      }
      PickleRun run = machine.run(position);
      runs.add(run);
      run.broken().ifPresent(problems::add);
      if (run.broken().isPresent()) {
        break;
      }
      position = run.end();
    }
    if (runs.isEmpty() || runs.get(0).opcodes() == 0) {
      throw new MalformedException(
          problems.isEmpty() ? "there is no pickle" : problems.get(0).reason(), 0);
    }
    notices.addAll(machine.notices());
    boolean joblib = !between.arrays().isEmpty();
    if (joblib && machine.verdict() != Verdict.RUNS_CODE) {
      PickleMachine plain = PickleMachine.of(content, policy, limits);
      plain.run(0);
      if (plain.globals().stream().anyMatch(PickleFormat::harm)) {
        // The same bytes for `pickle.load`, which takes the arrays for opcodes. Ordinary ones break
        // at once, or mix up
        // the memos of an array of objects: only a name that is known to do harm counts.
        notices.add(desynchronised(plain));
        machine = plain;
      }
    }
    nested.addAll(0, machine.nested());
    TreeMap<String, String> details = new TreeMap<>();
    details.put("protocol", Integer.toString(runs.get(0).protocol()));
    if (runs.size() > 1) {
      details.put("pickles", Integer.toString(runs.size()));
    }
    runs.get(0)
        .result()
        .ifPresent(
            value -> {
              details.put("value", Decompiler.render(value));
              details.putAll(between.details(value));
            });
    Verdict verdict = machine.verdict();
    List<Effect> effects = new ArrayList<>(machine.effects());
    for (Effect effect : between.effects()) {
      verdict = verdict.worse(effect.verdict());
      effects.add(effect);
    }
    return new Reading(
        joblib ? "joblib" : name(),
        Outcome.of(problems),
        verdict,
        effects,
        machine.globals(),
        between.arrays(),
        notices,
        nested,
        details);
  }

  /// Pickles behind padding: no unpickler gets there by itself, a program that knows the places
  /// does.
  private List<Nested> padded(ByteSource content, long position, Limits limits) throws IOException {
    List<Nested> found = new ArrayList<>();
    long at = behindZeros(content, position);
    while (at < content.size()
        && found.size() < limits.members()
        && claim(content, at) != Claim.NO) {
      PickleRun run = PickleMachine.of(content, policy, limits).run(at);
      long end = run.broken().isPresent() ? content.size() : run.end();
      found.add(new Nested("(byte " + at + ")", at, false, content.slice(at, end - at), "pickle"));
      at = behindZeros(content, end);
    }
    return found;
  }

  /// The first byte that is not zero; the end where there is none near.
  private static long behindZeros(ByteSource content, long position) throws IOException {
    long size = content.size();
    for (long at = position; at < size && at - position < PADDING; at += CHUNK) {
      byte[] bytes = content.bytes(at, (int) Math.min(CHUNK, size - at));
      for (int i = 0; i < bytes.length; i++) {
        if (bytes[i] != 0) {
          return at + i;
        }
      }
    }
    return size;
  }

  private static boolean harm(GlobalUse use) {
    return use.verdict() == Verdict.RUNS_CODE && use.nature() == GlobalUse.Nature.HARMFUL;
  }

  private static Notice desynchronised(PickleMachine plain) {
    return new Notice(
        "pickle-in-array",
        Severity.HIGH,
        plain.effects().isEmpty() ? 0 : plain.effects().get(0).offset(),
        "bytes that joblib.load takes for an array are opcodes for pickle.load, and run code");
  }

  private static Notice trailing(ByteSource content, long position) {
    long count = content.size() - position;
    return new Notice(
        "pickle-trailing-bytes",
        Severity.LOW,
        position,
        count + " bytes behind the last pickle that no unpickler reads");
  }
}
