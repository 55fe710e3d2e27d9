package io.loadlock.python.flow;

import io.loadlock.python.value.ModuleModel;
import org.jspecify.annotations.Nullable;

/// The modules of a project, parsed when somebody asks for one.
public interface Modules {
  /// The module that `importer` gets for an absolute dotted name; null where it is none of the
  /// project's.
  @Nullable ModuleModel find(ModuleModel importer, String dotted);

  /// The module of this name from the root of the tree, as relative imports give it.
  @Nullable ModuleModel exact(String dotted);

  /// Whether the words between two offsets of a module may have to do with loading.
  boolean mayMatter(ModuleModel module, int start, int end);

  /// Whether a package of the project may pass on what is in the module or package `child` of it.
  boolean passesOn(String dotted, String child);

  /// True when the name is a folder of the project that has modules and no `__init__`.
  boolean isNamespace(ModuleModel importer, String dotted);
}
