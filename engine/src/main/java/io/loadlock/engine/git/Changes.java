package io.loadlock.engine.git;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheIterator;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.errors.RevisionSyntaxException;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevTree;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.FileTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.WorkingTreeIterator;
import org.jspecify.annotations.Nullable;

/// Files that differ from a revision: in the working tree, or with what is staged. A file that was
/// only renamed does not.
///
/// @param files absolute
/// @param staged the staged content of files whose working copy is another, by file
public record Changes(Set<Path> files, Map<Path, byte[]> staged) {
  private static final int REVISION = 0;
  private static final int INDEX = 1;
  private static final int WORK = 2;

  public Changes {
    files = Set.copyOf(files);
    staged = Map.copyOf(staged);
  }

  /// What differs between `revision` and the working tree, new files included.
  public static Changes since(Path folder, String revision) throws GitException {
    return read(folder, revision, false);
  }

  /// What is staged for the next commit, with its staged content: what a pre-commit hook is asked
  /// about.
  public static Changes staged(Path folder) throws GitException {
    return read(folder, "HEAD", true);
  }

  private static Changes read(Path folder, String revision, boolean staged) throws GitException {
    ReadOnlySystem.install();
    try (Repository repository = open(folder)) {
      if (repository.isBare()) {
        throw new GitException("the repository is bare: it has no files to compare");
      }
      return new Comparison(repository, staged).run(revision);
    } catch (RepositoryNotFoundException e) {
      throw new GitException(folder + " is in no git repository");
    } catch (IOException e) {
      throw new GitException("the git repository cannot be read: " + e.getMessage());
    }
  }

  private static Repository open(Path folder) throws IOException, GitException {
    FileRepositoryBuilder builder =
        new FileRepositoryBuilder().findGitDir(folder.toFile()).setMustExist(true);
    if (builder.getGitDir() == null) {
      throw new GitException(folder + " is in no git repository");
    }
    return builder.build();
  }

  /// Runs no filter that the repository's configuration names: files are compared as they are.
  private static final class PlainWalk extends TreeWalk {
    PlainWalk(Repository repository, ObjectReader reader) {
      super(repository, reader);
    }

    @Override
    public @Nullable String getFilterCommand(String type) {
      return null;
    }
  }

  /// One comparison of three trees: revision, index, working tree.
  private static final class Comparison {
    private final Repository repository;
    private final boolean staged;
    private final Set<ObjectId> gone = new HashSet<>();
    private final Map<String, ObjectId> added = new HashMap<>();
    private final Set<String> changed = new TreeSet<>();
    private final List<String> differing = new ArrayList<>();
    private final Map<String, ObjectId> index = new HashMap<>();

    Comparison(Repository repository, boolean staged) {
      this.repository = repository;
      this.staged = staged;
    }

    Changes run(String revision) throws IOException, GitException {
      try (ObjectReader reader = repository.newObjectReader();
          TreeWalk walk = new PlainWalk(repository, reader)) {
        RevTree tree = tree(revision);
        if (tree == null) {
          walk.addTree(new EmptyTreeIterator());
        } else {
          walk.addTree(tree);
        }
        DirCache cache = repository.readDirCache();
        walk.addTree(new DirCacheIterator(cache));
        FileTreeIterator files = new FileTreeIterator(repository);
        files.setDirCacheIterator(walk, INDEX);
        walk.addTree(files);
        while (walk.next()) {
          if (walk.isSubtree()) {
            if (!skips(walk)) {
              walk.enterSubtree();
            }
          } else {
            compare(walk);
          }
        }
        return result(reader);
      }
    }

    /// Ignored folders that git does not track are not gone through.
    private static boolean skips(TreeWalk walk) throws IOException {
      WorkingTreeIterator work = walk.getTree(WORK, WorkingTreeIterator.class);
      boolean tracked = walk.getRawMode(REVISION) != 0 || walk.getRawMode(INDEX) != 0;
      return !tracked && work != null && work.isEntryIgnored();
    }

    private void compare(TreeWalk walk) throws IOException {
      int now = staged ? INDEX : WORK;
      boolean was = isFile(walk, REVISION);
      boolean is = isFile(walk, now);
      String path = walk.getPathString();
      if (staged && is) {
        index.put(path, walk.getObjectId(INDEX));
        if (!isFile(walk, WORK) || !walk.idEqual(INDEX, WORK)) {
          differing.add(path);
        }
      }
      if (was && !is) {
        gone.add(walk.getObjectId(REVISION));
      } else if (is && !was) {
        added.put(path, walk.getObjectId(now));
      } else if (is && !walk.idEqual(REVISION, now)) {
        changed.add(path);
      }
    }

    private static boolean isFile(TreeWalk walk, int tree) {
      int mode = walk.getRawMode(tree);
      return FileMode.REGULAR_FILE.equals(mode)
          || FileMode.EXECUTABLE_FILE.equals(mode)
          || FileMode.SYMLINK.equals(mode);
    }

    private Changes result(ObjectReader reader) throws IOException {
      added.forEach(
          (path, id) -> {
            if (!gone.contains(id)) {
              changed.add(path);
            }
          });
      Path top = repository.getWorkTree().toPath().toAbsolutePath().normalize();
      Set<Path> files = new HashSet<>();
      changed.forEach(path -> files.add(top.resolve(path)));
      Map<Path, byte[]> content = new HashMap<>();
      for (String path : differing) {
        ObjectId id = index.get(path);
        if (changed.contains(path) && id != null) {
          content.put(top.resolve(path), reader.open(id).getBytes(64 << 20));
        }
      }
      return new Changes(files, content);
    }

    /// Null for HEAD of a repository without commits: everything is new.
    private @Nullable RevTree tree(String revision) throws IOException, GitException {
      ObjectId id;
      try {
        id = repository.resolve(revision + "^{tree}");
      } catch (RevisionSyntaxException e) {
        throw new GitException("'" + revision + "' is no revision");
      }
      if (id == null && revision.equals("HEAD") && repository.resolve("HEAD") == null) {
        return null;
      }
      if (id == null) {
        boolean shallow = !repository.getObjectDatabase().getShallowCommits().isEmpty();
        throw new GitException(
            "there is no revision '"
                + revision
                + "' here"
                + (shallow
                    ? "; this is a shallow clone, which git fetch --unshallow completes"
                    : ""));
      }
      try (RevWalk walk = new RevWalk(repository)) {
        return walk.parseTree(id);
      }
    }
  }
}
