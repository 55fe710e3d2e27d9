package io.loadlock.engine.git;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.util.FS;
import org.jspecify.annotations.Nullable;

/// What a repository's index lists: files that git never ignores, whatever `.gitignore` says.
///
/// The index is read when somebody asks first. One that cannot be read, as a split index, tracks
/// nothing.
public final class TrackedFiles {
  private static final String POINTER = "gitdir: ";

  private final Path top;
  private final String prefix;
  private @Nullable DirCache index;

  private TrackedFiles(Path top) {
    this.top = top;
    this.prefix = top + File.separator;
  }

  /// Those of the repository whose working tree begins at `top`, the folder that holds `.git`.
  public static TrackedFiles of(Path top) {
    return new TrackedFiles(top);
  }

  /// Whether git tracks this file, or a file in this folder.
  ///
  /// @param path absolute
  public boolean contains(Path path, boolean isFolder) {
    String full = path.toString();
    if (!full.startsWith(prefix)) {
      return false;
    }
    String name = full.substring(prefix.length()).replace(File.separatorChar, '/');
    DirCache entries = index();
    if (!isFolder) {
      return entries.findEntry(name) >= 0;
    }
    int at = -entries.findEntry(name + "/") - 1;
    return at >= 0
        && at < entries.getEntryCount()
        && entries.getEntry(at).getPathString().startsWith(name + "/");
  }

  private DirCache index() {
    DirCache read = index;
    if (read == null) {
      ReadOnlySystem.install();
      try {
        read = DirCache.read(gitFolder().resolve("index").toFile(), FS.DETECTED);
      } catch (IOException e) {
        read = DirCache.newInCore();
      }
      index = read;
    }
    return read;
  }

  /// `.git`, or where it points to in a worktree or a submodule.
  private Path gitFolder() throws IOException {
    Path git = top.resolve(".git");
    if (!Files.isRegularFile(git) || Files.size(git) > 1 << 16) {
      return git;
    }
    String text = Files.readString(git).strip();
    return text.startsWith(POINTER) ? top.resolve(text.substring(POINTER.length())) : git;
  }
}
