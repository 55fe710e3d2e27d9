package io.loadlock.engine.link;

import io.loadlock.artifact.Limits;
import io.loadlock.core.ByteSource;
import io.loadlock.engine.inspect.Inspector;
import io.loadlock.engine.walk.ModelNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The model files of a run, each read once, whether the walk met it or a load leads to it. Not
/// safe for several threads: what one file needs of memory is all that a run may need.
public final class ModelFiles {
  private final Inspector inspector;
  private final Map<String, Model> models = new TreeMap<>();

  public ModelFiles(Inspector inspector) {
    this.inspector = inspector;
  }

  /// Reads a file that the walk met, if its content is a model's.
  ///
  /// @param certainly whether the file is to be read in any case, because the user named it
  public void meet(String path, Path file, boolean certainly) {
    if (!models.containsKey(path) && (certainly || isModel(path, file))) {
      read(path, file);
    }
  }

  /// Whether a file that was met by chance, on a walk or by a pattern, is a model's.
  boolean isModel(String path, Path file) {
    if (models.containsKey(path)) {
      return true;
    }
    try (ByteSource source = ByteSource.open(file)) {
      return source.size() > 0 && inspector.recognises(source, path);
    } catch (IOException e) {
      // Whether it is a model cannot be told; its name alone says nothing worth an error.
      return ModelNames.isModel(path);
    }
  }

  /// The file at the end of a load, read now if it was not before.
  Model read(String path, Path file) {
    return models.computeIfAbsent(path, _ -> inspect(path, file));
  }

  private Model inspect(String path, Path file) {
    long bytes;
    try {
      bytes = Files.size(file);
    } catch (IOException e) {
      bytes = 0;
    }
    return new Model(path, file, bytes, inspector.inspect(file, path, Limits.DEFAULT));
  }

  /// Those read so far, by path.
  public Iterable<Model> all() {
    return models.values();
  }

  /// One of those read so far.
  public Optional<Model> find(String path) {
    return Optional.ofNullable(models.get(path));
  }
}
