package io.loadlock.python.value;

import io.loadlock.python.parse.ParsedSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A file of the project.
public final class ModuleModel extends Unit {
  private final String path;
  private final String name;
  private final boolean isPackage;
  private final Supplier<ParsedSource> source;
  private @Nullable ParsedSource parsed;

  /// @param name its dotted name, such as `pkg.io`; a package's own for its `__init__`
  /// @param source parses the file, when somebody asks for its tree
  public ModuleModel(String path, String name, boolean isPackage, Supplier<ParsedSource> source) {
    this.path = path;
    this.name = name;
    this.isPackage = isPackage;
    this.source = source;
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
    ParsedSource tree = parsed;
    if (tree == null) {
      tree = source.get();
      parsed = tree;
    }
    return tree;
  }

  /// Whether its tree is there.
  public boolean isParsed() {
    return parsed != null;
  }

  /// Takes a tree that was made before anybody asked for it; null drops one that is of no use.
  public void parsed(@Nullable ParsedSource tree) {
    parsed = tree;
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
