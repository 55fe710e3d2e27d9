package io.loadlock.engine.walk;

import io.loadlock.engine.git.TrackedFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.ignore.IgnoreNode;
import org.jspecify.annotations.Nullable;

/// Which files git ignores, for one folder and those below it: `.gitignore` of the folder before
/// that of its parent, then `.git/info/exclude`, then the user's own file, as gitignore(5) orders
/// them. As for git, they say nothing of files that it tracks. In no repository the files of
/// patterns count from the folder on that is walked.
///
/// JGit judges the patterns. Its classes are touched only when there is a file of patterns.
final class IgnoreRules {
  /// Nothing is ignored.
  static final IgnoreRules NONE = new IgnoreRules(null, null, "", null, false);

  private static final int LARGEST = 4 << 20;

  private final @Nullable IgnoreRules parent;
  private final @Nullable IgnoreNode node;

  /// The folder that the patterns are relative to, absolute, with `/` at its end.
  private final String folder;

  /// Null where nothing is ignored.
  private final @Nullable TrackedFiles tracked;

  /// Whether a folder above is ignored, of which only tracked files are there.
  private final boolean hidden;

  private IgnoreRules(
      @Nullable IgnoreRules parent,
      @Nullable IgnoreNode node,
      String folder,
      @Nullable TrackedFiles tracked,
      boolean hidden) {
    this.parent = parent;
    this.node = node;
    this.folder = folder;
    this.tracked = tracked;
    this.hidden = hidden;
  }

  /// Whether git ignores this file, or this folder and all that is in it.
  boolean ignores(Path path, boolean isFolder) {
    return tracked != null && matches(path, isFolder) && !tracked.contains(path, isFolder);
  }

  private boolean matches(Path path, boolean isFolder) {
    if (hidden) {
      return true;
    }
    String full = null;
    for (IgnoreRules rules = this; rules != null; rules = rules.parent) {
      if (rules.node == null) {
        continue;
      }
      if (full == null) {
        full = text(path);
      }
      Boolean verdict = rules.node.checkIgnored(full.substring(rules.folder.length()), isFolder);
      if (verdict != null) {
        return verdict;
      }
    }
    return false;
  }

  /// The rules for what is in `folder`, of which these are the rules for the folder itself.
  ///
  /// @param home the user's, for a repository that begins there
  IgnoreRules below(Path folder, Optional<Path> home) {
    if (Files.exists(folder.resolve(".git"))) {
      return of(folder, home);
    }
    if (tracked == null || hidden) {
      return this;
    }
    return matches(folder, true)
        ? new IgnoreRules(this, null, "", tracked, true)
        : with(folder.resolve(".gitignore"), folder);
  }

  /// The rules for what is in `folder`, wherever in a repository it is; those above the folder are
  /// read.
  static IgnoreRules of(Path folder, Optional<Path> home) {
    Path top = repository(folder).orElse(folder);
    IgnoreRules rules = new IgnoreRules(null, null, "", TrackedFiles.of(top), false);
    if (home.isPresent()) {
      rules = rules.with(UserIgnoreFile.find(home.get()), top);
    }
    rules = rules.with(top.resolve(".git/info/exclude"), top);
    Path at = top;
    rules = rules.with(at.resolve(".gitignore"), at);
    for (Path part : top.relativize(folder)) {
      if (part.toString().isEmpty()) {
        continue;
      }
      at = at.resolve(part);
      rules = rules.with(at.resolve(".gitignore"), at);
    }
    return rules;
  }

  /// The folder at or above `folder` that holds `.git`.
  static Optional<Path> repository(Path folder) {
    for (Path at = folder; at != null; at = at.getParent()) {
      if (Files.exists(at.resolve(".git"))) {
        return Optional.of(at);
      }
    }
    return Optional.empty();
  }

  private IgnoreRules with(Path file, Path folder) {
    if (!Files.isRegularFile(file)) {
      return this;
    }
    IgnoreNode read = new IgnoreNode();
    try (InputStream in = Files.newInputStream(file)) {
      read.parse(file.toString(), new java.io.ByteArrayInputStream(in.readNBytes(LARGEST)));
    } catch (IOException e) {
      // Git warns and goes on; what is not ignored is looked at, which is the safe side.
      return this;
    }
    return read.getRules().isEmpty()
        ? this
        : new IgnoreRules(this, read, text(folder) + "/", tracked, false);
  }

  private static String text(Path path) {
    String text = path.toString().replace(java.io.File.separatorChar, '/');
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }
}
