package io.loadlock.engine.walk;

/// Names under which model files are published.
public final class ModelNames {
  private ModelNames() {}

  /// Whether a path ends like a model file's. It says nothing about the content.
  public static boolean isModel(String path) {
    return FileNames.isModel(path.substring(path.lastIndexOf('/') + 1));
  }
}
