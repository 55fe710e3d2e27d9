package io.loadlock.engine.walk;

import io.loadlock.core.Outcome;
import io.loadlock.core.Problem;
import io.loadlock.engine.walk.Found.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Goes through files and folders in the order of their names.
///
/// Links to files are read; links to folders are not followed, unless the user names one: what they
/// lead to is either in the tree already or outside of it. So no circle of links can hold a walk
/// up.
public final class Walk {
  /// Entries of ignored folders that are looked at in order to count model files.
  private static final int COUNTED = 20_000;

  /// Folders within folders; deeper ones are said to be left out. No operating system lets paths
  /// grow that long by accident.
  private static final int DEPTH = 512;

  private final WalkOptions options;
  private final Globs exclude;
  private final Map<String, Found> files = new HashMap<>();
  private final Map<String, Unread> unread = new HashMap<>();

  /// Whether the user named a folder such as `.venv`, or one in it: all that is below is wanted.
  private boolean inside;

  private int ignoredModels;
  private int counted;

  private Walk(WalkOptions options) {
    this.options = options;
    this.exclude = Globs.of(options.exclude());
  }

  /// Walks these paths. One that is not there is [Outcome.Failed] in the answer.
  public static Walked walk(List<Path> paths, WalkOptions options) {
    Walk walk = new Walk(options);
    for (Path path : paths) {
      walk.root(path);
    }
    return new Walked(
        walk.files.values().stream().sorted((a, b) -> a.path().compareTo(b.path())).toList(),
        walk.unread.values().stream().sorted((a, b) -> a.path().compareTo(b.path())).toList(),
        walk.ignoredModels,
        walk.counted < COUNTED);
  }

  /// How reports name a path that the user wrote: relative to the base where it is below it, else
  /// as written.
  public static String name(Path path, Path base) {
    Path full = base.resolve(path).normalize();
    Path shown = full.startsWith(base) ? base.relativize(full) : path.normalize();
    return shown.toString().replace(java.io.File.separatorChar, '/');
  }

  private void root(Path path) {
    Path file = options.base().resolve(path).normalize();
    String name = name(path, options.base());
    inside = List.of(name.split("/", -1)).stream().anyMatch(FileNames.EXCLUDED_FOLDERS::contains);
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (attributes.isDirectory()) {
        IgnoreRules rules =
            options.ignoreFiles() ? IgnoreRules.of(file, options.home()) : IgnoreRules.NONE;
        folder(file, name, rules, 0);
      } else {
        file(file, name, attributes, true);
      }
    } catch (NoSuchFileException e) {
      fail(name, "there is no such file or folder");
    } catch (IOException e) {
      fail(name, reason(e));
    }
  }

  /// @param rules those for what is in the folder, its own `.gitignore` included
  private void folder(Path folder, String name, IgnoreRules rules, int depth) {
    if (depth > DEPTH) {
      fail(name.isEmpty() ? "." : name, "folders are nested more than " + DEPTH + " deep");
      return;
    }
    Path[] entries;
    try {
      entries = list(folder);
    } catch (IOException e) {
      fail(name.isEmpty() ? "." : name, reason(e));
      return;
    }
    for (Path entry : entries) {
      Path last = entry.getFileName();
      if (last != null) {
        entry(entry, name.isEmpty() ? last.toString() : name + "/" + last, rules, depth);
      }
    }
  }

  private void entry(Path entry, String name, IgnoreRules rules, int depth) {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      boolean isFolder = attributes.isDirectory();
      String last = name.substring(name.lastIndexOf('/') + 1);
      if (isFolder && !inside && isExcluded(entry, last) || exclude.match(name)) {
        return;
      }
      if (attributes.isSymbolicLink()) {
        link(entry, name, rules);
      } else if (options.ignoreFiles() && rules.ignores(entry, isFolder)) {
        countModels(entry, last, isFolder);
      } else if (isFolder) {
        folder(
            entry,
            name,
            options.ignoreFiles() ? rules.below(entry, options.home()) : rules,
            depth + 1);
      } else {
        file(entry, name, attributes, false);
      }
    } catch (IOException e) {
      fail(name, reason(e));
    }
  }

  /// Other people's code, or copies. What builds leave has folders and archives at its top; with a
  /// module there, `dist` is a package that happens to be called so.
  private static boolean isExcluded(Path folder, String last) throws IOException {
    return FileNames.EXCLUDED_FOLDERS.contains(last)
        && !(FileNames.BUILD_FOLDERS.contains(last) && holdsSource(folder));
  }

  private static boolean holdsSource(Path folder) throws IOException {
    for (Path entry : list(folder)) {
      if (isSource(entry.toString()) && Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
        return true;
      }
    }
    return false;
  }

  private void link(Path entry, String name, IgnoreRules rules) {
    if (options.ignoreFiles() && rules.ignores(entry, false)) {
      return;
    }
    try {
      BasicFileAttributes target = Files.readAttributes(entry, BasicFileAttributes.class);
      if (!target.isDirectory()) {
        file(entry, name, target, false);
      } else if (!entry.toRealPath().startsWith(options.base())) {
        skip(name, "a link to a folder elsewhere; name that folder to have it scanned");
      }
    } catch (IOException e) {
      if (isSource(name)) {
        skip(name, "a link that leads nowhere");
      }
    }
  }

  private void file(Path file, String name, BasicFileAttributes attributes, boolean named)
      throws IOException {
    String last = name.substring(name.lastIndexOf('/') + 1);
    if (!attributes.isRegularFile()) {
      if (named || isSource(name) || FileNames.isModel(last)) {
        skip(name, "a device, a pipe or a socket, not a file");
      }
      return;
    }
    Kind kind = kind(file, name, last, named);
    if (kind != null) {
      // Named on the command line and met in a folder as well: named wins.
      Found found = new Found(name, file, kind, attributes.size(), named);
      files.merge(name, found, (old, next) -> old.named() ? old : next);
    }
  }

  private static @Nullable Kind kind(Path file, String name, String last, boolean named)
      throws IOException {
    Optional<Kind> kind = FileNames.kind(name, last);
    boolean maybeScript =
        FileNames.ending(last).isEmpty() && kind.equals(Optional.of(Kind.CANDIDATE));
    if (maybeScript && isPythonScript(file)) {
      return Kind.SOURCE;
    }
    return kind.orElse(named ? Kind.CANDIDATE : null);
  }

  private static boolean isSource(String name) {
    return switch (FileNames.ending(name.substring(name.lastIndexOf('/') + 1))) {
      case "py", "pyi", "pyw", "ipynb" -> true;
      default -> false;
    };
  }

  /// `#!/usr/bin/env python3`, `#!/usr/bin/python -u`.
  private static boolean isPythonScript(Path file) throws IOException {
    byte[] start;
    try (var in = Files.newInputStream(file)) {
      start = in.readNBytes(128);
    } catch (java.nio.file.AccessDeniedException e) {
      return false; // whoever opens it next says so
    }
    if (start.length < 2 || start[0] != '#' || start[1] != '!') {
      return false;
    }
    String line = new String(start, StandardCharsets.ISO_8859_1).lines().findFirst().orElse("");
    return line.contains("python") || line.contains("pypy");
  }

  private void countModels(Path entry, String last, boolean isFolder) {
    if (!isFolder) {
      if (FileNames.isModel(last)) {
        ignoredModels++;
      }
      return;
    }
    List<Path> open = new ArrayList<>(List.of(entry));
    while (!open.isEmpty() && counted < COUNTED) {
      try {
        for (Path inside : list(open.removeLast())) {
          counted++;
          String name = String.valueOf(inside.getFileName());
          if (FileNames.isModel(name)) {
            ignoredModels++;
          } else if (Files.isDirectory(inside, LinkOption.NOFOLLOW_LINKS)
              && !FileNames.EXCLUDED_FOLDERS.contains(name)) {
            open.add(inside);
          }
        }
      } catch (IOException e) {
        // An ignored folder that cannot be listed is none of ours.
      }
    }
  }

  private static Path[] list(Path folder) throws IOException {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      stream.forEach(entries::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    Path[] sorted = entries.toArray(Path[]::new);
    Arrays.sort(sorted);
    return sorted;
  }

  private void fail(String name, String reason) {
    unread.put(name, new Unread(name, new Outcome.Failed(Problem.of(reason))));
  }

  private void skip(String name, String reason) {
    unread.put(name, new Unread(name, new Outcome.Skipped(reason)));
  }

  /// Why a file could not be read, as a clause for people.
  public static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> "it is gone";
      case java.nio.file.AccessDeniedException _ -> "no permission to read it";
      case java.nio.file.FileSystemLoopException _ -> "links lead in a circle";
      case java.nio.file.FileSystemException system when system.getReason() != null ->
          "it cannot be read: " + system.getReason();
      default -> "it cannot be read: " + e.getMessage();
    };
  }
}
