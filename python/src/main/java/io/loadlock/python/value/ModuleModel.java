package io.loadlock.python.value;

import io.loadlock.python.parse.ParsedSource;
import org.jspecify.annotations.Nullable;

/// A file of the project.
public final class ModuleModel extends Unit {
  private final String path;
  private final String name;
  private final boolean isPackage;
  private final ParsedSource parsed;

  /// @param name its dotted name, such as `pkg.io`; a package's own for its `__init__`
  public ModuleModel(String path, String name, boolean isPackage, ParsedSource parsed) {
    this.path = path;
    this.name = name;
    this.isPackage = isPackage;
    this.parsed = parsed;
  }

  public String path() {
    return path;
  }

  public String name() {
    return name;
  }

  public boolean isPackage() {
    return isPackage;
  }

  public ParsedSource parsed() {
    return parsed;
  }

  @Override
  public ModuleModel module() {
    return this;
  }

  @Override
  public @Nullable Unit parent() {
    return null;
  }

  @Override
  public String toString() {
    return "module " + name;
  }
}
