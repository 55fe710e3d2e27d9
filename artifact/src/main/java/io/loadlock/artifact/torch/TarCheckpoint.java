package io.loadlock.artifact.torch;

import io.loadlock.artifact.Cursor;
import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Nested;
import io.loadlock.artifact.Notice;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.Tensor;
import io.loadlock.artifact.pickle.PickleMachine;
import io.loadlock.artifact.pickle.PickleRun;
import io.loadlock.artifact.pickle.Value;
import io.loadlock.artifact.policy.Policy;
import io.loadlock.artifact.tar.TarArchive;
import io.loadlock.artifact.tar.TarEntry;
import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import io.loadlock.core.Outcome;
import io.loadlock.core.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// `legacy_load`: a tar with the members `storages`, `tensors`, `pickle` and `sys_info`.
///
/// `storages`: a pickle of their number; for each a pickle (key, location, type), the number of
/// elements i64, the elements; then a pickle of views. `tensors`: a pickle of their number; for
/// each a pickle (key, storage, type), the number of dimensions i32 and 4 bytes, sizes i64, strides
/// i64, offset i64. `pickle`: the object.
final class TarCheckpoint {
  private final ByteSource source;
  private final Policy policy;
  private final Limits limits;
  private final List<Problem> problems = new ArrayList<>();
  private final List<Reading> pickles = new ArrayList<>();
  private final List<Nested> nested = new ArrayList<>();
  private final Map<String, Storage> storages = new LinkedHashMap<>();
  private final Map<String, Geometry> geometries = new HashMap<>();
  private Optional<Value> root = Optional.empty();

  /// The member in which `root` is.
  private @Nullable ByteSource objects;

  TarCheckpoint(ByteSource source, Policy policy, Limits limits) {
    this.source = source;
    this.policy = policy;
    this.limits = limits;
  }

  static boolean recognises(TarArchive archive) {
    return archive.find("pickle").isPresent()
        && (archive.find("storages").isPresent() || archive.find("tensors").isPresent());
  }

  TorchCheckpoint read() throws IOException, MalformedException {
    TarArchive archive = TarArchive.read(source, limits);
    problems.addAll(archive.problems());
    for (TarEntry entry : archive.entries()) {
      if (!entry.file()) {
        continue;
      }
      ByteSource content = archive.content(entry);
      Reading reading =
          switch (entry.leaf()) {
            case "storages", "tensors" -> counted(content, entry.leaf().equals("storages"));
            case "pickle" -> object(content);
            default -> null;
          };
      if (reading == null) {
        boolean facts = entry.leaf().equals("sys_info");
        nested.add(new Nested(entry.name(), entry.header(), facts, content, facts ? "pickle" : ""));
      } else {
        pickles.add(reading);
        nested.add(
            new Nested(entry.name(), entry.header(), true, content, "pickle", List.of(reading)));
      }
    }
    Map<String, Tensor> kept = new HashMap<>();
    geometries.forEach((key, geometry) -> kept.put(key, geometry.tensor(storages)));
    List<Tensor> found = tensors(kept);
    nested.replaceAll(member -> member.content() == objects ? with(member, found) : member);
    List<Notice> notices = archive.notices();
    return new TorchCheckpoint(
        "torch-tar",
        root,
        storages,
        kept,
        false,
        pickles,
        notices,
        problems,
        nested,
        new TreeMap<>());
  }

  /// The tensors that the object names, from the member in which their shapes are.
  private List<Tensor> tensors(Map<String, Tensor> kept) {
    if (root.isEmpty() || kept.isEmpty()) {
      return List.of();
    }
    TensorWalk.Found found = TensorWalk.of(root.get(), kept);
    if (!found.complete()) {
      problems.add(Problem.of("more names lead to tensors than can be listed"));
    }
    return found.tensors();
  }

  private static Nested with(Nested member, List<Tensor> tensors) {
    return new Nested(
        member.name(),
        member.offset(),
        member.loaded(),
        member.content(),
        member.format(),
        member.readings().stream().map(reading -> reading.with(tensors)).toList());
  }

  private Reading object(ByteSource content) throws IOException {
    objects = content;
    PickleReading pickle = PickleReading.of(content, policy, limits);
    root = pickle.root();
    return pickle.reading();
  }

  private Reading counted(ByteSource content, boolean storage) throws IOException {
    PickleMachine machine = PickleMachine.of(content, policy, limits);
    List<Problem> broken = new ArrayList<>();
    try {
      long position = 0;
      PickleRun count = finished(machine.run(position));
      position = count.end();
      long items =
          count
              .result()
              .filter(v -> v instanceof Value.Int)
              .map(v -> ((Value.Int) v).value())
              .orElse(-1L);
      if (items < 0) {
        throw new MalformedException("the first pickle is no number", 0);
      }
      for (long i = 0; i < items; i++) {
        PickleRun run = finished(machine.run(position));
        position = storage ? elements(content, run) : geometry(content, run);
      }
      if (storage && position < content.size()) {
        finished(machine.run(position)).result().ifPresent(this::views);
      }
    } catch (MalformedException e) {
      broken.add(e.toProblem());
    }
    return new Reading(
        "pickle",
        Outcome.of(broken),
        machine.verdict(),
        machine.effects(),
        machine.globals(),
        List.of(),
        machine.notices(),
        machine.nested(),
        new TreeMap<>());
  }

  private static PickleRun finished(PickleRun run) throws MalformedException {
    if (run.broken().isPresent()) {
      throw new MalformedException(run.broken().get().reason(), run.end());
    }
    return run;
  }

  private long elements(ByteSource content, PickleRun run) throws IOException, MalformedException {
    Cursor cursor = Cursor.of(content, run.end(), content.size());
    long elements = cursor.i64("length of a storage");
    if (!(run.result().orElse(null) instanceof Value.Tuple tuple)
        || tuple.items().size() < 3
        || !(tuple.items().get(2) instanceof Value.Global type)) {
      throw new MalformedException("storage without key, location and type", run.start());
    }
    String key = Storage.text(tuple.items().get(0));
    Storage storage =
        new Storage(
            key, type.full(), Storage.text(tuple.items().get(1)), elements, Optional.empty());
    long size = storage.size();
    if (size < 0 || size > cursor.remaining()) {
      throw new MalformedException(
          "storage '" + key + "' of " + elements + " elements is cut", cursor.position());
    }
    storages.put(key, storage.with(content.slice(cursor.position(), size)));
    return cursor.position() + size;
  }

  /// Storages that are a part of another: `[(key, key of the other, offset, elements) …]`.
  private void views(Value result) {
    if (!(result instanceof Value.ListValue list)) {
      return;
    }
    for (Value item : list.items()) {
      if (item instanceof Value.Tuple tuple
          && tuple.items().size() == 4
          && tuple.items().get(2) instanceof Value.Int(long offset)
          && tuple.items().get(3) instanceof Value.Int(long elements)) {
        Storage whole = storages.get(Storage.text(tuple.items().get(1)));
        String key = Storage.text(tuple.items().get(0));
        if (whole != null) {
          whole.part(key, offset, elements).ifPresent(part -> storages.put(key, part));
        }
      }
    }
  }

  private long geometry(ByteSource content, PickleRun run) throws IOException, MalformedException {
    long start = run.end();
    Cursor cursor = Cursor.of(content, start, content.size());
    long dimensions = cursor.u32("number of dimensions");
    if (dimensions > 64) {
      throw new MalformedException(dimensions + " dimensions", start);
    }
    cursor.skip(4);
    List<Long> shape = new ArrayList<>();
    List<Long> strides = new ArrayList<>();
    for (long i = 0; i < dimensions; i++) {
      shape.add(cursor.i64("size"));
    }
    for (long i = 0; i < dimensions; i++) {
      strides.add(cursor.i64("stride"));
    }
    long offset = cursor.i64("offset");
    if (run.result().orElse(null) instanceof Value.Tuple tuple && tuple.items().size() >= 2) {
      geometries.put(
          Storage.text(tuple.items().get(0)),
          new Geometry(Storage.text(tuple.items().get(1)), shape, strides, offset));
    }
    return cursor.position();
  }

  /// What the member `tensors` says of one.
  private record Geometry(String storage, List<Long> shape, List<Long> strides, long offset) {
    Tensor tensor(Map<String, Storage> storages) {
      Storage known = storages.get(storage);
      String dtype =
          known == null ? "" : TorchType.ofStorage(known.type()).map(TorchType::torch).orElse("");
      Tensor tensor =
          new Tensor("", dtype, shape, strides, storage, offset, TensorReader.bytes(dtype, shape));
      return Storage.locate(tensor, storages, false);
    }
  }
}
