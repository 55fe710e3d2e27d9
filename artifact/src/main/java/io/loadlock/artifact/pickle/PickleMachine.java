package io.loadlock.artifact.pickle;

import io.loadlock.artifact.Effect;
import io.loadlock.artifact.GlobalUse;
import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Nested;
import io.loadlock.artifact.Notice;
import io.loadlock.artifact.Verdict;
import io.loadlock.artifact.policy.Policy;
import io.loadlock.core.ByteSource;
import io.loadlock.core.Problem;
import io.loadlock.core.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Executes pickles without executing anything: calls become values that say what was called. One
/// machine reads one source, as many pickles of it as the caller wants, each with a stack and memo
/// of its own; what they do is summed up.
public final class PickleMachine {
  /// What one opcode costs, in bytes of work: sixty thousand members may be one and the same
  /// pickle.
  private static final int OPCODE_WORK = 32;

  private final ByteSource source;
  private final Limits limits;
  private final Account record;
  private final Judge judge;
  private final List<Nested> nested = new ArrayList<>();
  private final Quota quota;
  private @Nullable Interleaving interleaving;
  private int depth;

  private PickleMachine(ByteSource source, Policy policy, Limits limits) {
    this.source = source;
    this.limits = limits;
    this.record = new Account();
    this.judge = new Judge(policy, record, new Loaders());
    this.quota = new Quota(limits.opcodes(), limits.values());
  }

  public static PickleMachine of(ByteSource source, Policy policy, Limits limits) {
    return new PickleMachine(source, policy, limits);
  }

  /// Lets `interleaving` say what stands between the opcodes.
  public PickleMachine interleaved(Interleaving interleaving) {
    this.interleaving = interleaving;
    return this;
  }

  /// Runs the pickle at `position` up to its STOP or to where it breaks.
  public PickleRun run(long position) throws IOException {
    PickleRun run = new Execution(source, interleaving, judge, record, quota).run(position);
    limits.budget().charge(run.opcodes() * OPCODE_WORK);
    return run;
  }

  PickleRun run(long position, Execution.Observer observer) throws IOException {
    return new Execution(source, interleaving, judge, record, quota)
        .observedBy(observer)
        .run(position);
  }

  /// The worst of all runs so far.
  public Verdict verdict() {
    return record.verdict();
  }

  /// What all runs so far do, in order of execution. At most 2,000: a notice counts the others.
  public List<Effect> effects() {
    return record.effects();
  }

  /// The names of all runs so far, in order of first mention.
  public List<GlobalUse> globals() {
    return record.globals();
  }

  public List<Notice> notices() {
    return record.notices();
  }

  /// Bytes that the pickles hand to `torch.load`.
  public List<Nested> nested() {
    return List.copyOf(nested);
  }

  /// The pickles within pickles.
  @SuppressWarnings("ReferenceEquality") // the same source, not an equal one
  private final class Loaders implements Judge.Inner {
    @Override
    public Optional<Value> unpickle(Value.Bytes bytes, long offset) {
      if (depth >= limits.depth()) {
        record.notice(
            "pickle-depth",
            Severity.MEDIUM,
            offset,
            "pickles within pickles, more than " + limits.depth() + " deep: not read");
        return Optional.empty();
      }
      depth++;
      try {
        PickleRun run = new Execution(bytes.slice(), null, judge, record, quota).run(0);
        run.broken().ifPresent(problem -> inner(problem, offset));
        return run.result();
      } catch (IOException e) {
        inner(Problem.of(String.valueOf(e.getMessage())), offset);
        return Optional.empty();
      } finally {
        depth--;
      }
    }

    private void inner(Problem problem, long offset) {
      record.notice(
          "pickle-within", Severity.MEDIUM, offset, "the pickle within breaks: " + problem);
    }

    @Override
    public void torch(Value.Bytes bytes, long offset) {
      if (nested.size() < limits.members()) {
        nested.add(
            new Nested(
                "torch.load@" + offset,
                bytes.source() == source ? bytes.offset() : -1,
                true,
                bytes.slice()));
      }
    }
  }
}
