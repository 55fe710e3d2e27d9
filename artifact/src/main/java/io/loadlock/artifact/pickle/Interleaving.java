package io.loadlock.artifact.pickle;

import io.loadlock.artifact.Tensor;
import io.loadlock.core.MalformedException;
import java.io.IOException;
import java.util.List;

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
}
