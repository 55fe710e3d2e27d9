package io.loadlock.artifact.pickle;

import io.loadlock.artifact.Effect;
import io.loadlock.artifact.Tensor;
import io.loadlock.core.MalformedException;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// Says what follows a BUILD in the stream; joblib's unpickler overrides `load_build` so.
@FunctionalInterface
public interface Interleaving {
  /// @param built the object that has just got its state
  /// @param position byte behind the BUILD
  Interleaved afterBuild(Value.Call built, long position) throws IOException, MalformedException;

  /// The arrays that it has found so far, in the stream's order.
  default List<Tensor> arrays() {
    return List.of();
  }

  /// What it knows the unpickler to do besides.
  default List<Effect> effects() {
    return List.of();
  }

  /// What else is worth showing of the object that the stream builds.
  default Map<String, String> details(Value root) {
    return Map.of();
  }
}
