package io.loadlock.engine.walk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.loadlock.core.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class WalkTest {
  @TempDir private Path folder;

  @Test
  void sourcesPinsEnvironmentsAndCandidatesAreToldApartByName() throws IOException {
    write("a.py", "");
    write("b.pyi", "");
    write("c.pyw", "");
    write("d.ipynb", "");
    write("tool", "#!/usr/bin/env python3\nprint()\n");
    write("other", "#!/bin/sh\n");
    write("requirements.txt", "");
    write("Dockerfile", "");
    write(".github/workflows/ci.yml", "");
    write("weights.pt", "x");
    write("read.me.md", "");
    assertEquals(
        List.of(
            "ENVIRONMENT .github/workflows/ci.yml",
            "ENVIRONMENT Dockerfile",
            "SOURCE a.py",
            "SOURCE b.pyi",
            "SOURCE c.pyw",
            "SOURCE d.ipynb",
            "CANDIDATE other",
            "PINS requirements.txt",
            "SOURCE tool",
            "CANDIDATE weights.pt"),
        files(walk(".")));
  }

  @Test
  void foldersOfOtherPeoplesCodeAreLeftOutUnlessNamed() throws IOException {
    write("a.py", "");
    write(".venv/site-packages/b.py", "");
    write("node_modules/c.py", "");
    write("x/__pycache__/d.py", "");
    assertEquals(List.of("SOURCE a.py"), files(walk(".")));
    assertEquals(List.of("SOURCE .venv/site-packages/b.py"), files(walk(".venv")));
  }

  @Test
  void gitignoreIsObeyedAtEveryDepth() throws IOException {
    Files.createDirectory(folder.resolve(".git"));
    write(".gitignore", "*.log.py\n/out/\n!keep.log.py\n");
    write("a.log.py", "");
    write("keep.log.py", "");
    write("out/b.py", "");
    write("sub/out/c.py", "");
    write("sub/.gitignore", "c.py\nown/*.py\n");
    write("sub/own/d.py", "");
    write("sub/e.py", "");
    assertEquals(List.of("SOURCE keep.log.py", "SOURCE sub/e.py"), files(walk(".")));
    assertEquals(6, files(walk(".", false)).size());
  }

  @Test
  void whatTheRepositoryAndTheUserIgnoreCountsBelowItsTop() throws IOException {
    Path home = Files.createDirectories(folder.resolve("home"));
    Files.writeString(home.resolve(".gitconfig"), "[core]\n\texcludesFile = ~/mine\n");
    Files.writeString(home.resolve("mine"), "scratch.py\n");
    write("repo/.git/info/exclude", "local.py\n");
    write("repo/.gitignore", "sub/generated.py\n");
    write("repo/sub/generated.py", "");
    write("repo/sub/local.py", "");
    write("repo/sub/scratch.py", "");
    write("repo/sub/real.py", "");
    WalkOptions options = new WalkOptions(folder, List.of(), true, Optional.of(home));
    Walked walked = Walk.walk(List.of(Path.of("repo/sub")), options);
    assertEquals(List.of("SOURCE repo/sub/real.py"), files(walked));
  }

  @Test
  void gitignoreSaysNothingOfFilesThatGitTracks() throws Exception {
    try (Git git = Git.init().setDirectory(folder.toFile()).call()) {
      write("extensions/a/script.py", "");
      write("extensions/b.py", "");
      write("notes.ipynb", "");
      git.add().addFilepattern(".").call();
    }
    write(".gitignore", "/extensions\n*.ipynb\n");
    write("extensions/a/mine.py", "");
    write("extensions/mine/c.py", "");
    write("scratch.ipynb", "");
    write("extensions-old/d.py", "");
    assertEquals(
        List.of(
            "SOURCE extensions-old/d.py",
            "SOURCE extensions/a/script.py",
            "SOURCE extensions/b.py",
            "SOURCE notes.ipynb"),
        files(walk(".")));
  }

  @Test
  void gitignoreCountsInNoRepositoryToo() throws IOException {
    write("archive/.gitignore", "*.ipynb\n");
    write("archive/a.ipynb", "");
    write("archive/b.py", "");
    write("clone/.git/HEAD", "");
    write("clone/.gitignore", "*.ipynb\n");
    write("clone/a.ipynb", "");
    assertEquals(List.of("SOURCE archive/b.py"), files(walk(".")));
  }

  @Test
  void aWorktreesIndexIsWhereItsFilePoints() throws Exception {
    try (Git git =
        Git.init()
            .setDirectory(folder.resolve("tree").toFile())
            .setGitDir(folder.resolve("kept").toFile())
            .call()) {
      write("tree/a.ipynb", "");
      git.add().addFilepattern(".").call();
    }
    write("tree/.git", "gitdir: ../kept\n");
    write("tree/.gitignore", "*.ipynb\n");
    write("tree/b.ipynb", "");
    assertEquals(List.of("SOURCE tree/a.ipynb"), files(walk("tree")));
  }

  @Test
  void aPackageMayBeCalledAsBuildsAre() throws IOException {
    write("mm/dist/__init__.py", "");
    write("mm/dist/sub/a.py", "");
    write("examples/dist/train.py", "");
    write("build/lib/mm/a.py", "");
    write("dist/mm.tar.gz", "");
    assertEquals(
        List.of(
            "SOURCE examples/dist/train.py",
            "SOURCE mm/dist/__init__.py",
            "SOURCE mm/dist/sub/a.py"),
        files(walk(".")));
  }

  @Test
  void ignoredModelFilesAreCounted() throws IOException {
    Files.createDirectory(folder.resolve(".git"));
    write(".gitignore", "*.pt\ndata/\n");
    write("a.pt", "");
    write("data/deep/b.pkl", "");
    write("data/c.txt", "");
    write("data/node_modules/d.pkl", "");
    Walked walked = walk(".");
    assertEquals(2, walked.ignoredModels());
    assertTrue(walked.allCounted());
  }

  @Test
  void excludedGlobsAreNotWalked() throws IOException {
    write("vendor/a.py", "");
    write("src/b_pb2.py", "");
    write("src/b.py", "");
    WalkOptions options =
        new WalkOptions(folder, List.of("vendor/", "*_pb2.py"), true, Optional.empty());
    assertEquals(List.of("SOURCE src/b.py"), files(Walk.walk(List.of(Path.of(".")), options)));
  }

  @Test
  void aFileNamedTwiceIsReadOnce() throws IOException {
    write("src/a.py", "");
    assertEquals(List.of("SOURCE src/a.py"), files(walk("src", "src/a.py", "./src/../src")));
  }

  @Test
  void aMissingPathIsAFailure() {
    Unread unread = walk("nowhere").unread().getFirst();
    assertEquals("nowhere", unread.path());
    assertEquals(
        "there is no such file or folder", unread.outcome().problems().getFirst().reason());
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void linksInACircleEnd() throws IOException {
    write("a/b.py", "");
    Files.createSymbolicLink(folder.resolve("a/loop"), Path.of(".."));
    Files.createSymbolicLink(folder.resolve("self.py"), Path.of("self.py"));
    Files.createSymbolicLink(folder.resolve("c.py"), Path.of("a/b.py"));
    Walked walked = walk(".");
    assertEquals(List.of("SOURCE a/b.py", "SOURCE c.py"), files(walked));
    assertEquals(List.of("self.py"), walked.unread().stream().map(Unread::path).toList());
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aLinkToAFolderElsewhereIsSaidToBeLeftOut(@TempDir Path elsewhere) throws IOException {
    Files.writeString(elsewhere.resolve("a.py"), "");
    Files.createSymbolicLink(folder.resolve("out"), elsewhere);
    Walked walked = walk(".");
    assertEquals(List.of(), files(walked));
    assertTrue(walked.unread().getFirst().outcome() instanceof Outcome.Skipped);
    assertEquals(1, files(walk("out")).size());
  }

  private void write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Walked walk(String... paths) {
    return walk(List.of(paths), true);
  }

  private Walked walk(String path, boolean ignoreFiles) {
    return walk(List.of(path), ignoreFiles);
  }

  private Walked walk(List<String> paths, boolean ignoreFiles) {
    WalkOptions options = new WalkOptions(folder, List.of(), ignoreFiles, Optional.empty());
    return Walk.walk(paths.stream().map(Path::of).toList(), options);
  }

  private static List<String> files(Walked walked) {
    return walked.files().stream().map(file -> file.kind() + " " + file.path()).toList();
  }
}
