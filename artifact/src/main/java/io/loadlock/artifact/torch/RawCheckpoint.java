package io.loadlock.artifact.torch;

import io.loadlock.artifact.Cursor;
import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Nested;
import io.loadlock.artifact.Notice;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.Tensor;
import io.loadlock.artifact.compressed.Head;
import io.loadlock.artifact.pickle.PickleMachine;
import io.loadlock.artifact.pickle.PickleRun;
import io.loadlock.artifact.pickle.Value;
import io.loadlock.artifact.policy.Policy;
import io.loadlock.artifact.weightsonly.RestrictedLoad;
import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import io.loadlock.core.Outcome;
import io.loadlock.core.Problem;
import io.loadlock.core.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// `_legacy_save`: five pickles one after another (a magic number, the protocol 1001, facts about
/// the system, the object, the sorted keys of its storages), then for each key the number of
/// elements as an i64 and the elements.
final class RawCheckpoint {
  private static final byte[] MAGIC = {
    (byte) 0x8A,
    10,
    0x6C,
    (byte) 0xFC,
    (byte) 0x9C,
    0x46,
    (byte) 0xF9,
    0x20,
    0x6A,
    (byte) 0xA8,
    0x50,
    0x19
  };
  private static final int PICKLES = 5;

  private final ByteSource source;
  private final Policy policy;
  private final Limits limits;
  private final List<Problem> problems = new ArrayList<>();
  private final List<Notice> notices = new ArrayList<>();
  private final List<Nested> nested = new ArrayList<>();
  private final Map<String, String> details = new TreeMap<>();
  private Map<String, Storage> storages = new LinkedHashMap<>();

  RawCheckpoint(ByteSource source, Policy policy, Limits limits) {
    this.source = source;
    this.policy = policy;
    this.limits = limits;
  }

  /// The magic number as LONG1 within the first bytes, whatever protocol frames it.
  static boolean recognises(ByteSource source) throws IOException {
    byte[] head = Head.of(source, 32);
    if (head.length < MAGIC.length + 3 || (head[0] & 0xFF) != 0x80) {
      return false;
    }
    for (int at = 2; at + MAGIC.length <= head.length; at++) {
      if (java.util.Arrays.equals(head, at, at + MAGIC.length, MAGIC, 0, MAGIC.length)) {
        return true;
      }
    }
    return false;
  }

  TorchCheckpoint read() throws IOException, MalformedException {
    PickleMachine machine = PickleMachine.of(source, policy, limits);
    List<PickleRun> runs = new ArrayList<>();
    long position = 0;
    while (runs.size() < PICKLES) {
      PickleRun run = machine.run(position);
      runs.add(run);
      position = run.end();
      if (run.broken().isPresent()) {
        problems.add(run.broken().get());
        break;
      }
    }
    Optional<Value> root = runs.size() > 3 ? runs.get(3).result() : Optional.empty();
    boolean big =
        runs.size() > 2 && runs.get(2).result().map(RawCheckpoint::bigEndian).orElse(false);
    root.ifPresent(value -> storages = Storage.of(value));
    if (problems.isEmpty()) {
      storages(runs.get(PICKLES - 1).result().orElseThrow(), position, big);
    }
    notices.addAll(machine.notices());
    details.put("protocol", Integer.toString(runs.get(0).protocol()));
    List<Nested> inner = new ArrayList<>(machine.nested());
    inner.addAll(nested);
    boolean turned = big;
    List<Tensor> tensors =
        PickleReading.tensors(root, problems).stream()
            .map(one -> Storage.locate(one, storages, turned))
            .toList();
    Reading reading =
        new Reading(
            "torch-legacy",
            Outcome.of(problems),
            machine.verdict(),
            machine.effects(),
            machine.globals(),
            tensors,
            notices,
            inner,
            RestrictedLoad.raw(source, policy, limits),
            new TreeMap<>(details));
    return new TorchCheckpoint(
        "torch-legacy",
        root,
        storages,
        Map.of(),
        big,
        List.of(reading),
        notices,
        problems,
        inner,
        details);
  }

  private static boolean bigEndian(Value facts) {
    return facts instanceof Value.Dict dict
        && dict.get("little_endian")
            .filter(v -> v instanceof Value.Bool(boolean little) && !little)
            .isPresent();
  }

  private void storages(Value keys, long start, boolean big) throws IOException {
    if (!(keys instanceof Value.ListValue list)) {
      problems.add(new Problem("the fifth pickle is no list of keys", "byte " + start));
      return;
    }
    Cursor cursor = Cursor.of(source, start, source.size());
    try {
      for (Value item : list.items()) {
        String key = Storage.text(item);
        long elements =
            big ? cursor.i64Big("length of a storage") : cursor.i64("length of a storage");
        Storage storage = storages.get(key);
        if (storage == null || storage.elementSize() < 0) {
          throw new MalformedException(
              "storage '" + key + "' has no known type", cursor.position());
        }
        if (elements < 0 || elements > cursor.remaining() / storage.elementSize()) {
          throw new MalformedException(
              "storage '" + key + "' of " + elements + " elements is cut", cursor.position());
        }
        if (elements < storage.elements()) {
          problems.add(
              new Problem(
                  "storage '"
                      + key
                      + "' has "
                      + elements
                      + " elements, "
                      + storage.elements()
                      + " are declared",
                  "byte " + cursor.position()));
        }
        long length = elements * storage.elementSize();
        storages.put(key, storage.with(source.slice(cursor.position(), length)));
        cursor.skip(length);
      }
      behind(cursor.position());
    } catch (MalformedException e) {
      problems.add(e.toProblem());
    }
  }

  private void behind(long at) {
    long rest = source.size() - at;
    if (rest > 0) {
      notices.add(
          new Notice(
              "torch-appended", Severity.LOW, at, rest + " bytes stand behind the last storage."));
      nested.add(new Nested("(appended)", at, false, source.slice(at, rest)));
    }
  }
}
