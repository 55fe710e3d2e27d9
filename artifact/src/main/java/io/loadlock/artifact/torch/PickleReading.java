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
import io.loadlock.artifact.weightsonly.RestrictedLoad;
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
    List<Problem> problems = new ArrayList<>(run.broken().stream().toList());
    TreeMap<String, String> details = new TreeMap<>();
    details.put("protocol", Integer.toString(run.protocol()));
    List<Tensor> tensors = tensors(run.result(), problems);
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
            RestrictedLoad.zip(content, policy, limits),
            details);
    return new PickleReading(reading, run.result());
  }

  /// The tensors below the root; where there are too many, a problem says so.
  static List<Tensor> tensors(Optional<Value> root, List<Problem> problems) {
    if (root.isEmpty()) {
      return List.of();
    }
    TensorWalk.Found found = TensorWalk.of(root.get());
    if (!found.complete()) {
      problems.add(Problem.of("more names lead to tensors than can be listed"));
    }
    return found.tensors();
  }

  Nested nested(String name, long offset, ByteSource content) {
    return new Nested(name, offset, true, content, "pickle", List.of(reading));
  }
}
