package io.loadlock.artifact.pickle;

import io.loadlock.artifact.Limits;
import io.loadlock.artifact.policy.Policy;
import io.loadlock.core.ByteSource;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Runs one pickle under the bundled policy.
record Judged(PickleMachine machine, PickleRun run) {
  static final Policy POLICY = Policy.bundled();

  static Judged of(byte[] pickle) {
    return of(pickle, Limits.DEFAULT);
  }

  static Judged of(byte[] pickle, Limits limits) {
    try {
      PickleMachine machine = PickleMachine.of(ByteSource.of(pickle), POLICY, limits);
      return new Judged(machine, machine.run(0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Value result() {
    return run.result().orElseThrow();
  }

  @Override
  public String toString() {
    return machine.verdict() + " " + machine.effects() + " " + machine.globals() + " " + run;
  }
}
