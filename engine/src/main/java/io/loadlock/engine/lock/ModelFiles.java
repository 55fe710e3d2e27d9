package io.loadlock.engine.lock;

import io.loadlock.artifact.Limits;
import io.loadlock.artifact.lock.Difference.Seen;
import io.loadlock.artifact.lock.PublishedDigest;
import io.loadlock.artifact.lock.Sha256;
import io.loadlock.core.ByteSource;
import io.loadlock.core.Outcome;
import io.loadlock.engine.inspect.Inspection;
import io.loadlock.engine.inspect.Inspector;
import io.loadlock.engine.walk.Found;
import io.loadlock.engine.walk.Unread;
import io.loadlock.engine.walk.Walk;
import io.loadlock.engine.walk.WalkOptions;
import io.loadlock.engine.walk.Walked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;

/// The model files below some paths: those that a format recognises, whatever ignore files say,
/// since models are often kept out of git.
public final class ModelFiles {
  /// In bytes: no LFS pointer is longer.
  private static final int POINTER = 1024;

  private final Path folder;
  private final SortedMap<String, Path> files = new TreeMap<>();
  private final SortedMap<String, String> failures = new TreeMap<>();
  private final SortedMap<String, PublishedDigest> pointers = new TreeMap<>();

  private ModelFiles(Path folder) {
    this.folder = folder;
  }

  /// Looks for them.
  ///
  /// @param folder absolute; names start from it
  /// @param paths in or below it
  public static ModelFiles find(Path folder, List<Path> paths) {
    ModelFiles found = new ModelFiles(folder);
    Walked walked = Walk.walk(paths, new WalkOptions(folder, List.of(), false, Optional.empty()));
    Inspector inspector = Inspector.standard();
    for (Found file : walked.files()) {
      if (file.kind() == Found.Kind.CANDIDATE) {
        found.look(file, inspector);
      }
    }
    for (Unread unread : walked.unread()) {
      if (unread.outcome() instanceof Outcome.Failed failed) {
        found.failures.put(unread.path(), failed.problem().toString());
      }
    }
    return found;
  }

  private void look(Found file, Inspector inspector) {
    try (ByteSource content = ByteSource.open(file.file())) {
      if (content.size() <= POINTER) {
        Optional<PublishedDigest> pointer =
            PublishedDigest.parsePointer(content.bytes(0, (int) content.size()), file.path());
        if (pointer.isPresent()) {
          pointers.put(file.path(), pointer.get());
          return;
        }
      }
      if (file.named() || inspector.recognises(content, file.path())) {
        files.put(file.path(), file.file());
      }
    } catch (IOException e) {
      failures.put(file.path(), Walk.reason(e));
    }
  }

  /// Where each is, by its name.
  public SortedMap<String, Path> files() {
    return files;
  }

  /// Git LFS pointers that stand in the place of a model.
  public SortedMap<String, PublishedDigest> pointers() {
    return pointers;
  }

  /// What could not be looked at, and why.
  public SortedMap<String, String> failures() {
    return failures;
  }

  /// Adds a file whatever it is; a file that is not there is none.
  public void add(String name) {
    Path file = folder.resolve(name);
    if (Files.isRegularFile(file) && !pointers.containsKey(name)) {
      files.putIfAbsent(name, file);
    }
  }

  /// Of all of them together, in bytes.
  public long bytes() {
    return files.values().stream().mapToLong(ModelFiles::size).sum();
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0; // reading it will say why
    }
  }

  /// Reads each of them, several at a time.
  ///
  /// @param progress is told of bytes as they are read, from several threads
  public SortedMap<String, Seen> read(int jobs, LongConsumer progress) {
    SortedMap<String, Seen> seen = new TreeMap<>();
    failures.forEach((name, reason) -> seen.put(name, new Seen.Failed(reason)));
    Inspector inspector = Inspector.standard();
    try (ExecutorService pool = Executors.newFixedThreadPool(jobs)) {
      Map<String, Future<Seen>> running = new TreeMap<>();
      // The largest first: the last one to end should not be the one that takes longest.
      for (Map.Entry<String, Path> file : bySize()) {
        running.put(
            file.getKey(),
            pool.submit(() -> read(file.getKey(), file.getValue(), inspector, progress)));
      }
      for (Map.Entry<String, Future<Seen>> one : running.entrySet()) {
        seen.put(one.getKey(), result(one.getValue()));
      }
    }
    return seen;
  }

  private List<Map.Entry<String, Path>> bySize() {
    Map<String, Long> sizes = new HashMap<>();
    files.forEach((name, file) -> sizes.put(name, size(file)));
    List<Map.Entry<String, Path>> order = new ArrayList<>(files.entrySet());
    order.sort(Comparator.comparingLong(file -> -sizes.getOrDefault(file.getKey(), 0L)));
    return order;
  }

  private static Seen result(Future<Seen> running) {
    try {
      return running.get();
    } catch (ExecutionException e) {
      return new Seen.Failed("internal error: " + e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Seen.Failed("interrupted");
    }
  }

  /// Digest and verdict are of the same open file, whatever happens to its name meanwhile.
  private static Seen read(String name, Path file, Inspector inspector, LongConsumer progress) {
    try (ByteSource content = ByteSource.open(file)) {
      Sha256.Sum sum = Sha256.of(content, 0, content.size(), progress);
      return new Seen.Read(sum, verdict(inspector.inspect(content, name, Limits.DEFAULT)));
    } catch (IOException e) {
      return new Seen.Failed(Walk.reason(e));
    }
  }

  /// The verdict's word; empty unless the file was read to its end.
  private static String verdict(Inspection inspection) {
    return inspection.outcome() instanceof Outcome.Complete ? inspection.verdict().word() : "";
  }
}
