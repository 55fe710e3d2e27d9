package io.loadlock.artifact.sklearn;

import io.loadlock.artifact.pickle.Value;
import java.util.ArrayList;
import java.util.List;

/// An estimator that a file holds: the file's root, or one item of a dict, list or tuple that is
/// its root, as people save a model together with its encoder.
///
/// @param key of the item; empty for the root
/// @param indexed whether the key is a position, not a text
public record SavedPart(Estimator estimator, String key, boolean indexed) {
  /// All that there are, in the order of the file.
  public static List<SavedPart> of(Value root) {
    List<SavedPart> parts = new ArrayList<>();
    Estimator.of(root).ifPresent(one -> parts.add(new SavedPart(one, "", false)));
    switch (root) {
      case Value.Dict dict -> {
        for (Value.Entry entry : dict.entries()) {
          if (entry.key() instanceof Value.Text(String key) && !key.isEmpty()) {
            Estimator.of(entry.value()).ifPresent(one -> parts.add(new SavedPart(one, key, false)));
          }
        }
      }
      case Value.ListValue list -> indexed(list.items(), parts);
      case Value.Tuple tuple -> indexed(tuple.items(), parts);
      default -> {}
    }
    return parts;
  }

  private static void indexed(List<Value> items, List<SavedPart> parts) {
    for (int i = 0; i < items.size(); i++) {
      String key = Integer.toString(i);
      Estimator.of(items.get(i)).ifPresent(one -> parts.add(new SavedPart(one, key, true)));
    }
  }
}
