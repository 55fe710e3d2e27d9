package io.loadlock.engine.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.PersonIdent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangesTest {
  private static final PersonIdent NOBODY = new PersonIdent("nobody", "nobody@example.org");

  @TempDir private Path folder;

  @BeforeEach
  void quiet() {
    ReadOnlySystem.install();
  }

  @Test
  void whatDiffersFromTheRevisionIsListed() throws Exception {
    try (Git git = repository()) {
      write("same.py", "1");
      write("edited.py", "1");
      write("gone.py", "1");
      write(".gitignore", "ignored/\n");
      commit(git);
      write("edited.py", "2");
      write("staged.py", "s");
      git.add().addFilepattern("staged.py").call();
      write("new.py", "1x");
      write("ignored/b.py", "1");
      Files.delete(folder.resolve("gone.py"));
    }
    assertEquals(List.of("edited.py", "new.py", "staged.py"), since("HEAD"));
  }

  @Test
  void aFileThatWasOnlyRenamedHasNotChanged() throws Exception {
    try (Git git = repository()) {
      write("old.py", "import pickle\n");
      write("other.py", "1\n2\n3\n");
      commit(git);
      Files.move(folder.resolve("old.py"), folder.resolve("moved.py"));
      Files.delete(folder.resolve("other.py"));
      write("edited.py", "1\n2\n3\n4\n");
    }
    assertEquals(List.of("edited.py"), since("HEAD"));
  }

  @Test
  void laterCommitsCountAsWell() throws Exception {
    try (Git git = repository()) {
      write("a.py", "1");
      commit(git);
      git.tag().setName("v1").setAnnotated(false).call();
      write("b.py", "1x");
      commit(git);
    }
    assertEquals(List.of("b.py"), since("v1"));
    assertEquals(List.of("b.py"), since("HEAD~1"));
    assertEquals(List.of(), since("HEAD"));
  }

  @Test
  void whatIsStagedIsReadAsItIsStaged() throws Exception {
    try (Git git = repository()) {
      write("a.py", "1");
      write("b.py", "1");
      commit(git);
      write("a.py", "staged");
      git.add().addFilepattern("a.py").call();
      write("a.py", "later");
      write("b.py", "not staged");
    }
    Changes changes = Changes.staged(folder);
    assertEquals(List.of("a.py"), names(changes));
    Path file = folder.resolve("a.py");
    assertEquals("staged", new String(changes.staged().get(file), StandardCharsets.UTF_8));
  }

  @Test
  void aRepositoryWithoutCommitsIsAllNew() throws Exception {
    try (Git git = repository()) {
      write("a.py", "1");
      git.add().addFilepattern("a.py").call();
    }
    assertEquals(List.of("a.py"), since("HEAD"));
    assertEquals(List.of("a.py"), names(Changes.staged(folder)));
  }

  @Test
  void theFolderMayBeDeepInTheRepository() throws Exception {
    try (Git git = repository()) {
      write("sub/deep/a.py", "1");
      commit(git);
      write("sub/deep/a.py", "2");
    }
    assertEquals(
        List.of("sub/deep/a.py"), names(Changes.since(folder.resolve("sub/deep"), "HEAD")));
  }

  @Test
  void aWorktreeIsARepositoryToo(@TempDir Path elsewhere) throws Exception {
    try (Git git = repository()) {
      write("a.py", "1");
      commit(git);
    }
    // What `git worktree add` makes.
    Path worktree = Files.createDirectories(elsewhere.resolve("tree"));
    Path own = Files.createDirectories(folder.resolve(".git/worktrees/tree"));
    Files.writeString(worktree.resolve(".git"), "gitdir: " + own + "\n");
    Files.writeString(own.resolve("commondir"), "../..\n");
    Files.writeString(own.resolve("gitdir"), worktree.resolve(".git") + "\n");
    Files.writeString(own.resolve("HEAD"), Files.readString(folder.resolve(".git/HEAD")));
    Files.copy(folder.resolve(".git/index"), own.resolve("index"));
    Files.writeString(worktree.resolve("a.py"), "2");
    Changes changes = Changes.since(worktree, "HEAD");
    assertEquals(List.of(worktree.resolve("a.py")), List.copyOf(changes.files()));
  }

  @Test
  void whatCannotBeAnsweredIsSaid(@TempDir Path elsewhere) throws Exception {
    try (Git git = repository()) {
      write("a.py", "1");
      commit(git);
    }
    assertEquals("there is no revision 'nowhere' here", wrong(folder, "nowhere"));
    assertEquals("'HEAD^{x' is no revision", wrong(folder, "HEAD^{x"));
    assertEquals(elsewhere + " is in no git repository", wrong(elsewhere, "HEAD"));
    Path bare = elsewhere.resolve("bare.git");
    Git.init().setBare(true).setDirectory(bare.toFile()).call().close();
    assertEquals("the repository is bare: it has no files to compare", wrong(bare, "HEAD"));
  }

  @Test
  void aShallowCloneIsSaidToBeOne() throws Exception {
    String commit;
    try (Git git = repository()) {
      write("a.py", "1");
      commit = commit(git);
    }
    Files.writeString(folder.resolve(".git/shallow"), commit + "\n");
    assertTrue(wrong(folder, "HEAD~1").contains("shallow clone"));
  }

  @Test
  void inTheMiddleOfARebaseTheWorkingTreeIsComparedAsEver() throws Exception {
    try (Git git = repository()) {
      write("a.py", "1");
      String commit = commit(git);
      write("a.py", "2");
      Files.createDirectories(folder.resolve(".git/rebase-merge"));
      Files.writeString(folder.resolve(".git/HEAD"), commit + "\n");
    }
    assertEquals(List.of("a.py"), since("HEAD"));
  }

  @Test
  void nothingThatTheRepositoryNamesIsRunAndNothingIsWritten() throws Exception {
    try (Git git = repository()) {
      write("a.py", "1");
      commit(git);
      write(".gitattributes", "*.py filter=evil diff=evil\n");
      Files.writeString(
          folder.resolve(".git/config"),
          Files.readString(folder.resolve(".git/config"))
              + "[filter \"evil\"]\n\tclean = touch "
              + folder.resolve("marker")
              + "\n\tsmudge = touch "
              + folder.resolve("marker")
              + "\n[core]\n\tfsmonitor = touch "
              + folder.resolve("marker")
              + "\n");
      write("a.py", "2");
    }
    List<String> before = tree();
    assertEquals(List.of(".gitattributes", "a.py"), since("HEAD"));
    assertFalse(Files.exists(folder.resolve("marker")));
    assertEquals(before, tree());
  }

  private List<String> tree() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.map(file -> folder.relativize(file).toString()).sorted().toList();
    }
  }

  private Git repository() throws GitAPIException {
    return Git.init().setDirectory(folder.toFile()).setInitialBranch("main").call();
  }

  private static String commit(Git git) throws GitAPIException {
    git.add().addFilepattern(".").call();
    return git.commit()
        .setMessage("change")
        .setAuthor(NOBODY)
        .setCommitter(NOBODY)
        .setSign(false)
        .call()
        .name();
  }

  private void write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private List<String> since(String revision) throws GitException {
    return names(Changes.since(folder, revision));
  }

  private List<String> names(Changes changes) {
    return changes.files().stream()
        .map(file -> folder.relativize(file).toString())
        .sorted()
        .toList();
  }

  private static String wrong(Path folder, String revision) {
    return String.valueOf(
        assertThrows(GitException.class, () -> Changes.since(folder, revision)).getMessage());
  }
}
