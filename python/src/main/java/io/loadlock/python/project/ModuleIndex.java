package io.loadlock.python.project;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Which file an import means. Files are named from the root of the tree: `app/io/read.py` is
/// `app.io.read`; an import's name is looked for from each folder that may be on `sys.path`.
final class ModuleIndex {
  /// Folders that hold packages by custom.
  private static final List<String> LAYOUTS = List.of("src", "lib", "python");

  private final Map<String, String> pathOf = new HashMap<>();
  private final Set<String> folders = new HashSet<>();
  private final Set<String> packages = new HashSet<>();
  private final Map<String, Set<String>> rootsOf = new HashMap<>();
  private final Set<String> layouts = new TreeSet<>();
  private final List<String> configured;

  /// The last names of all modules and folders: most imports end in another.
  private final Set<String> lastNames = new HashSet<>();

  ModuleIndex(List<String> paths, List<String> configured) {
    this.configured = configured.stream().map(ModuleIndex::dotted).toList();
    for (String path : paths) {
      if (!path.endsWith(".py") && !path.endsWith(".pyi") && !path.endsWith(".pyw")) {
        continue;
      }
      String name = nameOf(path);
      if (path.endsWith(".pyi") && pathOf.containsKey(name)) {
        continue;
      }
      pathOf.put(name, path);
      lastNames.add(last(name));
      if (isPackage(path)) {
        packages.add(name);
      }
      for (String folder = folderOf(path); !folder.isEmpty(); folder = above(folder)) {
        if (!folders.add(folder)) {
          break;
        }
        lastNames.add(last(folder));
        if (LAYOUTS.contains(last(folder))) {
          layouts.add(folder);
        }
      }
    }
    for (String name : pathOf.keySet()) {
      String root = rootOf(name);
      String first = first(root.isEmpty() ? name : name.substring(root.length() + 1));
      rootsOf.computeIfAbsent(first, _ -> new HashSet<>()).add(root);
    }
  }

  static boolean isPackage(String path) {
    return path.endsWith("/__init__.py") || path.equals("__init__.py");
  }

  /// The dotted name of a file from the root of the tree.
  static String nameOf(String path) {
    if (isPackage(path)) {
      return folderOf(path);
    }
    int dot = path.lastIndexOf('.');
    return dotted(dot > path.lastIndexOf('/') ? path.substring(0, dot) : path);
  }

  private static String folderOf(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : dotted(path.substring(0, slash));
  }

  private static String dotted(String path) {
    String name = path.replace('/', '.');
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  private static String above(String folder) {
    int dot = folder.lastIndexOf('.');
    return dot < 0 ? "" : folder.substring(0, dot);
  }

  private static String last(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static String first(String name) {
    int dot = name.indexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  /// The folder above the outermost package that the name is in.
  private String rootOf(String name) {
    String at = packages.contains(name) ? name : above(name);
    while (!at.isEmpty() && packages.contains(at)) {
      at = above(at);
    }
    return at;
  }

  /// The path of the module of this name from the root of the tree.
  @Nullable String exact(String name) {
    return pathOf.get(name);
  }

  boolean isFolder(String name) {
    return folders.contains(name) && !packages.contains(name);
  }

  /// The path of the module that a file gets for an absolute import.
  ///
  /// @param strict for names of well-known libraries, which only a file that certainly comes first
  ///   on `sys.path` can hide
  @Nullable String find(String importer, String dotted, boolean strict) {
    if (!lastNames.contains(last(dotted))) {
      return null;
    }
    for (String root : roots(importer, first(dotted), strict)) {
      String path = pathOf.get(under(root, dotted));
      if (path != null) {
        return path;
      }
    }
    return null;
  }

  /// The module of a library whose own source tree this is: below a folder of the library's name
  /// that is a package at the top, or stands in a folder such as `src`.
  @Nullable String home(String dotted) {
    String first = first(dotted);
    String path = packages.contains(first) ? pathOf.get(dotted) : null;
    for (String layout : layouts) {
      if (path == null && !packages.contains(layout) && folders.contains(under(layout, first))) {
        path = pathOf.get(under(layout, dotted));
      }
    }
    return path;
  }

  boolean isNamespace(String importer, String dotted, boolean strict) {
    if (!lastNames.contains(last(dotted))) {
      return false;
    }
    for (String root : roots(importer, first(dotted), strict)) {
      if (isFolder(under(root, dotted))) {
        return true;
      }
    }
    return false;
  }

  private static String under(String root, String dotted) {
    return root.isEmpty() ? dotted : root + "." + dotted;
  }

  private Set<String> roots(String importer, String first, boolean strict) {
    Set<String> roots = new LinkedHashSet<>();
    String folder = folderOf(importer);
    if (!packages.contains(folder)) {
      roots.add(folder);
    }
    roots.add(rootOf(nameOf(importer)));
    roots.addAll(configured);
    if (strict) {
      return roots;
    }
    for (String at = folder; ; at = above(at)) {
      roots.add(at);
      for (String layout : LAYOUTS) {
        roots.add(under(at, layout));
      }
      if (at.isEmpty()) {
        break;
      }
    }
    Set<String> elsewhere = rootsOf.getOrDefault(first, Set.of());
    List<String> sorted = new ArrayList<>(elsewhere);
    sorted.sort(null);
    roots.addAll(sorted);
    return roots;
  }
}
