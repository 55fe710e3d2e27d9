package io.loadlock.artifact.pickle;

import io.loadlock.core.MalformedException;
import java.io.IOException;

/// Says what follows a BUILD in the stream; joblib's unpickler overrides `load_build` so.
@FunctionalInterface
public interface Interleaving {
  /// @param built the object that has just got its state
  /// @param position byte behind the BUILD
  Interleaved afterBuild(Value.Call built, long position) throws IOException, MalformedException;
}
