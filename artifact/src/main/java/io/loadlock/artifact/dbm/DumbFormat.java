package io.loadlock.artifact.dbm;

import io.loadlock.artifact.Effect;
import io.loadlock.artifact.Format;
import io.loadlock.artifact.GlobalUse;
import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.Verdict;
import io.loadlock.artifact.pickle.PickleFormat;
import io.loadlock.artifact.pickle.PickleMachine;
import io.loadlock.artifact.pickle.PickleRun;
import io.loadlock.artifact.policy.Policy;
import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import io.loadlock.core.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/// The `.dat` file of `dbm.dumb`: values, each at a multiple of 512. Where they are stands in the
/// `.dir` file beside it; here every block on which no earlier value lies is tried. Source:
/// `Lib/dbm/dumb.py`.
public final class DumbFormat implements Format {
  private static final int BLOCK = 512;

  private final Policy policy;

  public DumbFormat(Policy policy) {
    this.policy = policy;
  }

  @Override
  public String name() {
    return "dbm-dumb";
  }

  @Override
  public Claim claims(ByteSource content, String name) throws IOException {
    boolean named = name.toLowerCase(Locale.ROOT).endsWith(".dat") && content.size() > BLOCK;
    boolean pickle = named && new PickleFormat(policy).claims(content, name) != Claim.NO;
    return pickle ? Claim.POSSIBLE : Claim.NO;
  }

  @Override
  public Reading read(ByteSource content, String name, Limits limits)
      throws IOException, MalformedException {
    List<Effect> effects = new ArrayList<>();
    List<GlobalUse> globals = new ArrayList<>();
    Verdict verdict = Verdict.PLAIN_DATA;
    int values = 0;
    long at = 0;
    while (at < content.size() && values < limits.members()) {
      PickleMachine machine = PickleMachine.of(content, policy, limits);
      PickleRun run = machine.run(at);
      boolean counts = run.broken().isEmpty() || machine.verdict() == Verdict.RUNS_CODE;
      if (at == 0 && !counts) {
        throw new MalformedException("the first value is no pickle", 0);
      }
      if (counts) {
        values++;
        verdict = verdict.worse(machine.verdict());
        effects.addAll(machine.effects());
        globals.addAll(machine.globals());
      }
      long end = Math.max(at + 1, counts ? run.end() : at + 1);
      at = (end + BLOCK - 1) / BLOCK * BLOCK;
    }
    if (values < 2) {
      throw new MalformedException("one pickle alone", 0);
    }
    TreeMap<String, String> details = new TreeMap<>();
    details.put("values", Integer.toString(values));
    return new Reading(
        name(),
        Outcome.COMPLETE,
        verdict,
        effects,
        globals,
        List.of(),
        List.of(),
        List.of(),
        details);
  }
}
