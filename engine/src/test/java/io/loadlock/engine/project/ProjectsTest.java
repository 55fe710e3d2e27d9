package io.loadlock.engine.project;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.loadlock.pins.PinProject.Knowledge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectsTest {
  @TempDir private Path folder;

  @Test
  void theNearestFolderThatDeclaresItDecides() throws IOException {
    write("requirements.txt", "torch==2.7.1\n");
    write("old/requirements.txt", "torch==2.1.0\n");
    write("other/requirements.txt", "numpy==1.26\n");
    assertEquals("==2.7.1", torch("a.py"));
    assertEquals("==2.1.0", torch("old/deep/a.py"));
    assertEquals("==2.7.1", torch("other/a.py"));
  }

  @Test
  void includesAndFoldersOfRequirementsAreRead() throws IOException {
    write("requirements.txt", "-r requirements/base.txt\n");
    write("requirements/base.txt", "torch==2.4.0\n");
    assertEquals("==2.4.0", torch("a.py"));
  }

  @Test
  void setupPyIsReadAndNotRun() throws IOException {
    write(
        "setup.py",
        """
        from setuptools import setup
        NEEDS = ["torch>=2.0,<2.6", "numpy"]
        setup(name="x", install_requires=NEEDS, extras_require={"dev": ["torch==1.0"]})
        """);
    assertEquals(">=2.0,<2.6", torch("a.py"));
  }

  @Test
  void aComputedRequirementProvesNothing() throws IOException {
    write("setup.py", "setup(install_requires=['torch==2.7.1'] + open('x').read().split())\n");
    assertEquals("setup.py, line 1 could not be read: install_requires is computed", torch("a.py"));
  }

  @Test
  void whatANearerFileHidesIsNotProvenByAFartherOne() throws IOException {
    write("requirements.txt", "torch==2.7.1\n");
    write("app/environment.yml", "base: &base\n- pytorch=1.13\ndependencies: *base\n");
    assertEquals(
        "app/environment.yml, line 3 could not be read: an alias stands for dependencies",
        torch("app/a.py"));
    assertEquals("==2.7.1", torch("a.py"));
  }

  @Test
  void nothingAboveTheRepositoryCounts() throws IOException {
    write("requirements.txt", "torch==2.7.1\n");
    Files.createDirectories(folder.resolve("repo/.git"));
    assertEquals("no file declares torch", torch("repo/a.py"));
  }

  @Test
  void theRootOfAProjectIsTheNearestFolderWithPins() throws IOException {
    write("a/pyproject.toml", "[project]\nname = 'a'\nversion = '1'\n");
    Projects projects = new Projects(folder, List.of());
    assertEquals("a", projects.root("a/deep/x.py"));
    assertEquals("", projects.root("b/x.py"));
  }

  private String torch(String path) {
    return switch (new Projects(folder, List.of(Path.of("."))).of(path, "torch")) {
      case Knowledge.Proven proven -> proven.bounds().toString();
      case Knowledge.Unknown unknown -> unknown.reason();
    };
  }

  private void write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
