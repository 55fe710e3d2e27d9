package io.loadlock.artifact.torch;

import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Nested;
import io.loadlock.artifact.Notice;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.Tensor;
import io.loadlock.artifact.pickle.PickleMachine;
import io.loadlock.artifact.pickle.PickleRun;
import io.loadlock.artifact.pickle.Value;
import io.loadlock.artifact.policy.Policy;
import io.loadlock.core.ByteSource;
import io.loadlock.core.Outcome;
import io.loadlock.core.Problem;
import io.loadlock.core.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// One pickle in a member of its own, of which `torch.load` reads the first stream only.
///
/// @param root what it builds; empty where it breaks
record PickleReading(Reading reading, Optional<Value> root) {
  static PickleReading of(ByteSource content, Policy policy, Limits limits) throws IOException {
    PickleMachine machine = PickleMachine.of(content, policy, limits);
    PickleRun run = machine.run(0);
    List<Notice> notices = new ArrayList<>(machine.notices());
    List<Nested> nested = new ArrayList<>(machine.nested());
    long rest = content.size() - run.end();
    if (run.broken().isEmpty() && rest > 0) {
      notices.add(
          new Notice(
              "pickle-trailing-bytes",
              Severity.MEDIUM,
              run.end(),
              rest + " bytes stand behind the pickle, where torch does not read."));
      nested.add(
          new Nested("(behind the pickle)", run.end(), false, content.slice(run.end(), rest)));
    }
    List<Problem> problems = run.broken().stream().toList();
    TreeMap<String, String> details = new TreeMap<>();
    details.put("protocol", Integer.toString(run.protocol()));
    List<Tensor> tensors = List.of();
    Reading reading =
        new Reading(
            "pickle",
            Outcome.of(problems),
            machine.verdict(),
            machine.effects(),
            machine.globals(),
            tensors,
            notices,
            nested,
            details);
    return new PickleReading(reading, run.result());
  }

  Nested nested(String name, long offset, ByteSource content) {
    return new Nested(name, offset, true, content, "pickle", List.of(reading));
  }
}
