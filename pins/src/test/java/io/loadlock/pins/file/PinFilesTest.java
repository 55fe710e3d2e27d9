package io.loadlock.pins.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.loadlock.pins.Declaration;
import io.loadlock.pins.PinFile;
import io.loadlock.pins.PinFormat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PinFilesTest {
  @Test
  void requirementsWithCommentsHashesContinuationsAndIncludes() {
    PinFile file =
        read(
            "requirements.txt",
            """
            # a comment
            --index-url https://host/simple
            torch==2.7.1 \\
                --hash=sha256:00
            numpy>=1.20  # fine
            -r more/base.txt
            pandas ; python_version < "3.9"
            -e .
            ./local.whl
            """,
            Map.of("more/base.txt", "joblib~=1.3\n-r ../requirements.txt\n"));
    assertEquals(
        """
        torch ==2.7.1 RUNTIME requirements.txt:3
        numpy >=1.20 RUNTIME requirements.txt:5
        joblib >=1.3,<2 RUNTIME more/base.txt:1
        pandas any version RUNTIME requirements.txt:7 if python_version < "3.9"
        """,
        shown(file));
    assertEquals(List.of(), file.problems());
  }

  @Test
  void aLineThatIsNoRequirementIsAProblemAndTheOthersStay() {
    PinFile file = read("requirements.txt", "torch=2.0\nnumpy==1.26\n-r gone.txt\n", Map.of());
    assertEquals("numpy ==1.26 RUNTIME requirements.txt:2\n", shown(file));
    assertEquals(
        List.of(
            "not a requirement: torch=2.0 (requirements.txt, line 1)",
            "included file gone.txt is not here (requirements.txt, line 3)"),
        file.problems().stream().map(Object::toString).toList());
  }

  @Test
  void filesForWhoWorksOnTheProjectAreOptional() {
    for (String name :
        List.of(
            "requirements-dev.txt",
            "requirements/tests.txt",
            "dev-requirements.txt",
            "constraints.txt")) {
      assertTrue(shown(read(name, "torch==2.0\n", Map.of())).contains("OPTIONAL"), name);
    }
    for (String name :
        List.of("requirements.txt", "requirements/base.txt", "latest_requirements.txt")) {
      assertTrue(shown(read(name, "torch==2.0\n", Map.of())).contains("RUNTIME"), name);
    }
  }

  @Test
  void pyprojectOfPep621AndGroups() {
    PinFile file =
        read(
            "pyproject.toml",
            """
            [project]
            name = "spans"
            requires-python = ">=3.10"
            dependencies = [
              "torch>=2.0,<3",
              "numpy",
            ]
            [project.optional-dependencies]
            gpu = ["torch==2.7.1"]
            [dependency-groups]
            test = ["pytest", {include-group = "x"}]
            """,
            Map.of());
    assertEquals(
        """
        torch >=2.0,<3 RUNTIME pyproject.toml:5
        numpy any version RUNTIME pyproject.toml:6
        torch ==2.7.1 OPTIONAL pyproject.toml:9
        pytest any version OPTIONAL pyproject.toml:11
        """,
        shown(file));
    assertEquals(">=3.10", file.python().orElseThrow().toString());
  }

  @Test
  void poetryPipenvAndPixiHaveConstraintsOfTheirOwn() {
    PinFile file =
        read(
            "pyproject.toml",
            """
            [tool.poetry.dependencies]
            python = "^3.9"
            torch = "^2.6"
            numpy = {version = "~1.24", optional = true}
            scipy = [
              {version = "1.10.*", python = "<3.9"},
              {version = ">=1.11", python = ">=3.9"},
            ]
            [tool.poetry.group.dev.dependencies]
            pandas = "2.0"
            """,
            Map.of());
    assertEquals(
        """
        numpy >=1.24,<1.25 OPTIONAL pyproject.toml:4
        pandas ==2.0 OPTIONAL pyproject.toml:10
        scipy >=1.10,<1.11 RUNTIME pyproject.toml:5 if <3.9
        scipy >=1.11 RUNTIME pyproject.toml:5 if >=3.9
        torch >=2.6,<3 RUNTIME pyproject.toml:3
        """,
        sorted(file));
    assertEquals(
        "torch ==2.5.1 RUNTIME Pipfile:2\n",
        shown(read("Pipfile", "[packages]\ntorch = \"==2.5.1\"\n", Map.of())));
    assertEquals(
        "torch >=2.4,<2.5 RUNTIME pixi.toml:2\n",
        shown(read("pixi.toml", "[dependencies]\ntorch = \"2.4.*\"\n", Map.of())));
  }

  @Test
  void locksSayWhatAResolverChose() {
    String lock =
        """
        version = 1
        [[package]]
        name = "Torch"
        version = "2.5.1+cu124"
        description = "x"
        [package.dependencies]
        name = "other"
        version = "9"
        [[package]]
        name = "numpy"
        version = "1.26.4"
        """;
    String expected = "torch ==2.5.1+cu124 RUNTIME %s:4\nnumpy ==1.26.4 RUNTIME %s:11\n";
    for (String name : List.of("poetry.lock", "uv.lock", "pdm.lock")) {
      assertEquals(expected.replace("%s", name), shown(read(name, lock, Map.of())));
    }
    String pylock = lock.replace("[[package]]", "[[packages]]");
    assertEquals(
        expected.replace("%s", "pylock.toml"), shown(read("pylock.toml", pylock, Map.of())));
    assertEquals(
        "torch ==2.4.0 RUNTIME Pipfile.lock:2\n",
        shown(
            read(
                "Pipfile.lock",
                "{\"_meta\": {\"hash\": {}}, \"default\": {\n"
                    + "\"torch\": {\"hashes\": [], \"version\": \"==2.4.0\"}}}",
                Map.of())));
  }

  @Test
  void condaEnvironmentsAndLocks() {
    assertEquals(
        """
        torch >=2.4,<2.5 RUNTIME environment.yml:4
        numpy >=1.20,<2 RUNTIME environment.yml:5
        scipy ==1.11.1 RUNTIME environment.yml:6
        joblib ==1.3.2 RUNTIME environment.yml:9
        """,
        shown(
                read(
                    "environment.yml",
                    """
                    name: x
                    dependencies:
                      - python=3.10
                      - pytorch::pytorch=2.4
                      - numpy>=1.20,<2
                      - scipy=1.11.1=py310h0
                      - pip
                      - pip:
                        - joblib==1.3.2
                        - -r more.txt
                    """
                        .replace("  - pip\n", ""),
                    Map.of()))
            .replace("environment.yml:8", "environment.yml:9"));
    assertEquals(
        "torch ==2.1.0 RUNTIME conda-lock.yml:4\n",
        shown(
            read(
                "conda-lock.yml",
                "version: 1\npackage:\n- name: pytorch\n  version: 2.1.0\n  manager: conda\n",
                Map.of())));
    assertEquals(
        "torch ==2.1.0 RUNTIME ppc64le.conda-lock.yml:3\n",
        shown(
            read(
                "ppc64le.conda-lock.yml",
                "package:\n- name: pytorch\n  version: 2.1.0\n",
                Map.of())));
    assertEquals(
        "torch ==2.5.1 RUNTIME pixi.lock:1\n",
        shown(
            read(
                "pixi.lock",
                "version: 6\n"
                    + "packages:\n"
                    + "- conda: https://host/linux-64/pytorch-2.5.1-cuda126_py311.conda\n"
                    + "  sha256: 0\n",
                Map.of())));
  }

  @Test
  void setupCfg() {
    PinFile file =
        read(
            "setup.cfg",
            """
            [options]
            python_requires = >=3.8
            install_requires =
                torch>=1.13
                # no
                numpy
            [options.extras_require]
            dev =
                pytest
            """,
            Map.of());
    assertEquals(
        """
        torch >=1.13 RUNTIME setup.cfg:4
        numpy any version RUNTIME setup.cfg:6
        pytest any version OPTIONAL setup.cfg:9
        """,
        shown(file));
  }

  @Test
  void dockerfilesPinByImageAndByCommand() {
    PinFile file =
        read(
            "Dockerfile",
            """
            FROM --platform=linux/amd64 pytorch/pytorch:2.4.0-cuda12.1-cudnn9-runtime AS base
            # pip install torch==0.1
            RUN apt-get update && \\
                # inside
                pip3 install --no-cache-dir "numpy<2" joblib==1.2 -r requirements.txt; echo torch==9
            FROM host:5000/other/image
            RUN ["pip", "install", "pandas==2.0"]
            """,
            Map.of());
    assertEquals(
        """
        torch ==2.4.0 RUNTIME Dockerfile:1
        numpy <2 RUNTIME Dockerfile:3
        joblib ==1.2 RUNTIME Dockerfile:3
        pandas ==2.0 RUNTIME Dockerfile:7
        """,
        shown(file));
  }

  @Test
  void windowsEncodingsAreRead() {
    byte[] utf16 = "\uFEFFtorch==2.0\r\n".getBytes(StandardCharsets.UTF_16LE);
    assertEquals(
        "torch ==2.0 RUNTIME requirements.txt:1\n",
        shown(
            PinFiles.read(
                "requirements.txt", PinFormat.REQUIREMENTS, utf16, _ -> Optional.empty())));
    byte[] latin = "# caf\u00e9\r\ntorch==2.1\r\n".getBytes(StandardCharsets.ISO_8859_1);
    assertEquals(
        "torch ==2.1 RUNTIME requirements.txt:2\n",
        shown(
            PinFiles.read(
                "requirements.txt", PinFormat.REQUIREMENTS, latin, _ -> Optional.empty())));
  }

  @Test
  void brokenFilesAreProblemsNotFailures() {
    for (String name :
        List.of(
            "pyproject.toml",
            "Pipfile.lock",
            "environment.yml",
            "poetry.lock",
            "setup.cfg",
            "Dockerfile")) {
      PinFile file = read(name, "[[\u0000{: \t- &a *a\n\"", Map.of());
      assertEquals("", shown(file), name);
    }
    assertEquals(1, read("Pipfile.lock", "{\"default\": {", Map.of()).problems().size());
    assertEquals(1, read("environment.yml", "a: [", Map.of()).problems().size());
  }

  @Test
  void aYamlBombCostsNothing() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i < 40; i++) {
      bomb.append("a%d: &a%d [%s]\n".formatted(i, i, "*a%d,".formatted(i - 1).repeat(10)));
    }
    bomb.append("dependencies:\n- pytorch=2.4\n");
    assertTimeout(
        Duration.ofSeconds(20),
        () ->
            assertTrue(
                shown(read("environment.yml", bomb.toString(), Map.of())).startsWith("torch")));
  }

  private static PinFile read(String path, String content, Map<String, String> others) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    PinFormat format = PinFormat.ofName(name).orElse(PinFormat.REQUIREMENTS);
    return PinFiles.read(
        path,
        format,
        content.getBytes(StandardCharsets.UTF_8),
        other ->
            Optional.ofNullable(others.get(other))
                .map(text -> text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String shown(PinFile file) {
    return file.declarations().stream().map(PinFilesTest::shown).collect(Collectors.joining());
  }

  private static String sorted(PinFile file) {
    return file.declarations().stream()
        .map(PinFilesTest::shown)
        .sorted()
        .collect(Collectors.joining());
  }

  private static String shown(Declaration line) {
    String marker = line.marker().isEmpty() ? "" : " if " + line.marker();
    return "%s %s %s %s:%d%s\n"
        .formatted(
            line.distribution(), line.bounds(), line.scope(), line.path(), line.line(), marker);
  }
}
