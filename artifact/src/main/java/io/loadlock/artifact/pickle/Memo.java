package io.loadlock.artifact.pickle;

import io.loadlock.core.MalformedException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The memo: an array as long as keys come in order, and a map for those that leap, so that a key
/// of 2^32 costs one entry.
final class Memo {
  private @Nullable Value[] dense = new @Nullable Value[64];
  private final Map<Long, Value> sparse = new HashMap<>();
  private int filled;

  /// How many keys there are: the next MEMOIZE gets this number.
  long size() {
    return filled + (long) sparse.size();
  }

  /// Whether the key is new.
  boolean put(long key, Value value) {
    if (key < dense.length || key < 4L * (filled + 64) && key < 1 << 28) {
      int index = (int) key;
      if (index >= dense.length) {
        dense = Arrays.copyOf(dense, Math.max(dense.length * 2, index + 1));
      }
      boolean fresh = dense[index] == null && sparse.remove(key) == null;
      if (dense[index] == null) {
        filled++;
      }
      dense[index] = value;
      return fresh;
    }
    return sparse.put(key, value) == null;
  }

  Value get(long key, long at) throws MalformedException {
    Value value = key >= 0 && key < dense.length ? dense[(int) key] : null;
    if (value == null) {
      value = sparse.get(key);
    }
    if (value == null) {
      throw new MalformedException("Memo value not found at index " + key, at);
    }
    return value;
  }
}
