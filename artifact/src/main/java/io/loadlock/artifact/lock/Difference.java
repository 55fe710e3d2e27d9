package io.loadlock.artifact.lock;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What is not as it was locked. Each is a fact of its own: what to do about an added file is not
/// what to do about a changed one.
public sealed interface Difference {
  String path();

  /// A model file that is here and not locked.
  record Added(String path) implements Difference {}

  /// A locked file that is not here.
  record Removed(String path) implements Difference {}

  /// A locked file with other bytes.
  ///
  /// @param verdict what loading it would do now; empty when it was not inspected
  record Changed(LockEntry locked, String sha256, long size, String verdict) implements Difference {
    @Override
    public String path() {
      return locked.path();
    }

    /// What loading it means now, compared with then: `was plain-data, is runs-code`.
    public String meaning() {
      String was = locked.verdict();
      if (verdict.isEmpty()) {
        return was.isEmpty() ? "other bytes" : "was " + was + ", is not known";
      }
      if (was.isEmpty()) {
        return "is " + verdict;
      }
      return was.equals(verdict) ? "still " + was : "was " + was + ", is " + verdict;
    }
  }

  /// A locked file that could not be read to its end.
  record Unreadable(String path, String reason) implements Difference {}

  /// What was seen of one file.
  sealed interface Seen {
    record Read(Sha256.Sum sum, String verdict) implements Seen {}

    record Failed(String reason) implements Seen {}
  }

  /// Compares a lock with what is here.
  ///
  /// @param seen every model file of the locked folder, by its path there
  /// @return by path
  static List<Difference> between(LockFile lock, Map<String, Seen> seen) {
    SortedMap<String, Difference> differences = new TreeMap<>();
    SortedMap<String, Seen> left = new TreeMap<>(seen);
    for (LockEntry entry : lock.entries()) {
      Seen found = left.remove(entry.path());
      switch (found) {
        case null -> differences.put(entry.path(), new Removed(entry.path()));
        case Seen.Failed failed ->
            differences.put(entry.path(), new Unreadable(entry.path(), failed.reason()));
        case Seen.Read read -> {
          if (!read.sum().hex().equals(entry.sha256())) {
            differences.put(
                entry.path(),
                new Changed(entry, read.sum().hex(), read.sum().size(), read.verdict()));
          }
        }
      }
    }
    left.keySet().forEach(path -> differences.put(path, new Added(path)));
    return new ArrayList<>(differences.values());
  }
}
