package io.loadlock.pins.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.loadlock.pins.PinFile;
import io.loadlock.pins.PinFormat;
import io.loadlock.pins.PinProject;
import io.loadlock.pins.PinProject.Knowledge;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Whatever is wrong with a project's files, nothing is proven by them that is not so: the answer
/// is *unknown*.
class BrokenFilesTest {
  private static final Charset WINDOWS = Charset.forName("windows-1252");

  @Test
  void includesThatGoInCircles() {
    Map<String, String> files =
        Map.of(
            "requirements.txt",
            "-r a.txt\ntorch>=2.6\n",
            "a.txt",
            "-r requirements.txt\nnumpy==1.26.4\n");
    assertEquals(">=2.6", torch(files));
    assertEquals(">=2.6", torch(Map.of("requirements.txt", "-r requirements.txt\ntorch>=2.6\n")));
  }

  @Test
  void anIncludeThatIsNotHereMayHaveSaidAnything() {
    String reason = " could not be read: included file gone.txt is not here";
    assertEquals(
        "requirements.txt, line 2" + reason,
        torch(Map.of("requirements.txt", "torch>=2.6\n-r gone.txt\n")));
    assertEquals(
        "requirements.txt, line 1" + reason,
        torch(
            Map.of("requirements.txt", "-r gone.txt\n", "pyproject.toml", project("torch>=2.6"))));
    assertEquals(
        "included file gone.txt is not here (requirements.txt, line 2)",
        problems("requirements.txt", "torch>=2.6\n-r gone.txt\n"));
    assertEquals(
        ">=2.6",
        torch(Map.of("requirements.txt", "torch>=2.6\n", "requirements-dev.txt", "-r gone.txt\n")));
  }

  @Test
  void moreIncludesThanAnyProjectHas() {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("requirements.txt", "torch>=2.6\n-r 0.txt\n");
    for (int i = 0; i < 1000; i++) {
      files.put(i + ".txt", "-r " + (i + 1) + ".txt\n");
    }
    assertEquals("62.txt, line 1 could not be read: more than 64 included files", torch(files));
  }

  @Test
  void pinsThatContradictEachOther() {
    assertEquals(
        "requirements.txt contradicts itself about torch",
        torch(Map.of("requirements.txt", "torch==2.7.1\ntorch<2\n")));
    assertEquals(
        "the lock and its manifest disagree about torch",
        torch(Map.of("pyproject.toml", project("torch>=2.6"), "uv.lock", lock("torch", "1.13.1"))));
  }

  @Test
  void pinsThatHoldInDifferentPlaces() {
    String lines =
        "torch==2.7.1 ; python_version >= '3.9'\ntorch==1.13.1 ; python_version < '3.9'\n";
    assertEquals(">=1.13.1,<=2.7.1", torch(Map.of("requirements.txt", lines)));
    assertEquals(
        ">=2.0",
        torch(
            Map.of("requirements.txt", "torch==2.7.1\n", "pyproject.toml", project("torch>=2.0"))));
    assertEquals(
        "==2.7.1",
        torch(Map.of("requirements.txt", "torch==2.7.1\n", "setup.py.txt", "torch==1\n")));
  }

  @Test
  void extrasAndGroupsThatDisagree() {
    String extras =
        """
        [project]
        dependencies = ["numpy"]
        [project.optional-dependencies]
        new = ["torch>=2.6"]
        old = ["torch<2"]
        [dependency-groups]
        dev = ["torch==2.7.1"]
        """;
    assertEquals("no file declares torch", torch(Map.of("pyproject.toml", extras)));
  }

  @Test
  void locksOfManyMegabytes() {
    StringBuilder poetry = new StringBuilder();
    StringBuilder pipenv = new StringBuilder("{\"default\": {\n");
    StringBuilder conda = new StringBuilder("version: 1\npackage:\n");
    String hash = "sha256:" + "0".repeat(64);
    for (int i = 0; poetry.length() < 20 << 20; i++) {
      poetry
          .append(lock("package-" + i, "1." + i))
          .append("files = [\n")
          .append(("  {hash = \"" + hash + "\"},\n").repeat(40))
          .append("]\n");
    }
    for (int i = 0; pipenv.length() < 20 << 20; i++) {
      String hashes = ("\"" + hash + "\", ").repeat(40);
      pipenv.append(
          "\"package-%d\": {\"hashes\": [%s\"\"], \"version\": \"==1.%d\"},\n"
              .formatted(i, hashes, i));
    }
    for (int i = 0; conda.length() < 4 << 20; i++) {
      conda.append(
          "- name: package-%d\n  version: 1.%d\n  url: %s\n".formatted(i, i, "x".repeat(4000)));
    }
    poetry.append(lock("torch", "2.7.1"));
    pipenv.append("\"torch\": {\"version\": \"==2.7.1\"}}}");
    conda.append("- name: pytorch\n  version: 2.7.1\n");
    for (Map.Entry<String, StringBuilder> each :
        Map.of("poetry.lock", poetry, "Pipfile.lock", pipenv, "conda-lock.yml", conda).entrySet()) {
      assertEquals(
          "==2.7.1", torch(Map.of(each.getKey(), each.getValue().toString())), each.getKey());
    }
    // Cut off in its middle, the JSON is known to be no whole, and a row for development alone
    // proves nothing.
    pipenv.setLength(pipenv.length() - 2);
    assertTrue(problems("Pipfile.lock", pipenv.toString()).startsWith("not JSON: "));
  }

  @Test
  void locksWithVersionsThatAreNone() {
    assertEquals(
        "any version", torch(Map.of("uv.lock", lock("torch", "2.7.1") + lock("torch", "newest"))));
    assertEquals(
        "any version",
        torch(Map.of("Pipfile.lock", "{\"default\": {\"torch\": {\"version\": \"2_7\"}}}")));
    assertEquals(
        "any version",
        torch(Map.of("conda-lock.yml", "package:\n- name: pytorch\n  version: 2.4h\n")));
    // A merge that was left in its middle: both sides count.
    String conflict =
        "[[package]]\n"
            + "name = \"torch\"\n"
            + "<<<<<<< HEAD\n"
            + "version = \"2.7.1\"\n"
            + "=======\n"
            + "version = \"1.13.1\"\n"
            + ">>>>>>> b\n";
    assertEquals(">=1.13.1,<=2.7.1", torch(Map.of("poetry.lock", conflict)));
  }

  @Test
  void aliasesOfYamlAreNotFollowed() {
    String alias = "base: &base\n- pytorch=2.6\ndependencies: *base\n";
    assertEquals(
        "an alias stands for dependencies (environment.yml, line 3)",
        problems("environment.yml", alias));
    String merge = "x: &x\n  dependencies: [pytorch=1.13]\n<<: *x\n";
    assertEquals(
        "environment.yml, line 3 could not be read: an alias stands for dependencies",
        torch(Map.of("environment.yml", merge)));
    String entry = "dependencies:\n- pytorch>=2.6\n- *more\n";
    assertEquals(
        "environment.yml, line 3 could not be read: an alias stands for dependencies",
        torch(Map.of("environment.yml", entry)));
    String elsewhere = "x: &x [conda-forge]\nchannels: *x\ndependencies:\n- pytorch>=2.6\n";
    assertEquals(">=2.6", torch(Map.of("environment.yml", elsewhere)));
  }

  @Test
  void includesOfAnEnvironmentAreRead() {
    String environment = "dependencies:\n- python=3.11\n- pip:\n  - -r requirements/base.in\n";
    assertEquals(
        ">=2.6",
        torch(Map.of("environment.yml", environment, "requirements/base.in", "torch>=2.6\n")));
    assertEquals(
        "environment.yml, line 4 could not be read: included file requirements/base.in is not here",
        torch(Map.of("environment.yml", environment)));
  }

  @Test
  void dockerfilesInEncodingsOfWindows() {
    String text =
        "# caf\u00e9 \u2013 gr\u00f6\u00dfer\r\n"
            + "FROM pytorch/pytorch:2.4.0-cuda12.1-cudnn9-runtime\r\n"
            + "RUN pip install \u00ab\u00bb numpy==1.26.4\r\n";
    for (Map.Entry<String, byte[]> each :
        Map.of(
                "windows-1252", text.getBytes(WINDOWS),
                "UTF-16LE", ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16LE),
                "UTF-16BE", ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16BE),
                "UTF-8 with mark", ("\uFEFF" + text).getBytes(StandardCharsets.UTF_8))
            .entrySet()) {
      PinFile file =
          PinFiles.read("Dockerfile", PinFormat.DOCKERFILE, each.getValue(), _ -> Optional.empty());
      assertEquals("==2.4.0", known(List.of(file)), each.getKey());
    }
    byte[] unmarked = text.getBytes(StandardCharsets.UTF_16LE);
    PinFile file =
        PinFiles.read("Dockerfile", PinFormat.DOCKERFILE, unmarked, _ -> Optional.empty());
    assertEquals(
        "not text: it holds NUL bytes (Dockerfile)", file.problems().getFirst().toString());
    assertEquals(
        "Dockerfile could not be read: not text: it holds NUL bytes", known(List.of(file)));
  }

  @Test
  void imagesWhoseVersionAVariableHolds() {
    assertEquals(
        "any version", torch(Map.of("Dockerfile", "ARG V\nFROM pytorch/pytorch:${V}-runtime\n")));
    assertEquals(
        "any version",
        torch(Map.of("Dockerfile", "FROM pytorch/pytorch:2.7.0\nRUN pip install torch==$V\n")));
    assertEquals(
        "any version",
        torch(Map.of("Dockerfile", "FROM pytorch/pytorch:2.7.0\nRUN pip install -U torch\n")));
    assertEquals(
        "==2.7.0",
        torch(Map.of("Dockerfile", "FROM pytorch/pytorch:2.7.0\nRUN pip install torch\n")));
    assertEquals(
        ">=1.13.1,<=2.7.0",
        torch(
            Map.of(
                "Dockerfile",
                "FROM pytorch/pytorch:2.7.0\n"
                    + "RUN conda install -y -c pytorch pytorch=1.13.1=py3\n")));
    String here =
        "FROM pytorch/pytorch:2.7.0\n"
            + "RUN <<EOF\n"
            + "set -e\n"
            + "pip install torch==1.13.1\n"
            + "EOF\n"
            + "RUN pip install x\n";
    assertEquals(">=1.13.1,<=2.7.0", torch(Map.of("Dockerfile", here)));
    assertEquals(
        "==2.7.0",
        torch(Map.of("Dockerfile", "FROM pytorch/pytorch:2.7.0\nRUN <<EOF\necho never closed\n")));
  }

  @Test
  void tomlThatIsNone() {
    for (String broken :
        List.of(
            "[project\ndependencies = [\"torch>=2.6\"]\n",
            "[project]\ndependencies = [\"torch>=2.6\"\n",
            "\u0000",
            "=")) {
      for (String name : List.of("pyproject.toml", "Pipfile", "pixi.toml")) {
        String reason = torch(Map.of(name, broken));
        assertTrue(reason.matches(name + "(, line \\d+)? could not be read: (?s).+"), reason);
      }
    }
    assertTrue(
        problems("pyproject.toml", "[project]\nx = = 1\n").endsWith("(pyproject.toml, line 2)"));
    String deep = "a = " + "[".repeat(100_000);
    assertTrue(
        problems("pyproject.toml", deep)
            .startsWith("not read: more than 2000000 characters, or nested deeper"));
    assertEquals(
        "pyproject.toml, line 1 could not be read: not read: more than 2000000 characters, or"
            + " nested deeper than 200",
        torch(Map.of("pyproject.toml", "#".repeat(2_000_001))));
  }

  @Test
  void jsonAndYamlThatAreNone() {
    assertEquals(
        "environment.yml, line 2 could not be read: not YAML: expected ',' or ']', but got"
            + " <stream end>",
        torch(Map.of("environment.yml", "dependencies: [pytorch>=2.6\n")));
    assertTrue(problems("environment.yml", "a: b\nc: [\n").startsWith("not YAML: "));
    assertEquals("no file declares torch", torch(Map.of("Pipfile.lock", "[".repeat(100_000))));
    assertTrue(
        problems("conda-lock.yml", "[".repeat(100_000))
            .startsWith("not read: nested deeper than 1000"));
  }

  private static String project(String requirement) {
    return "[project]\ndependencies = [\"" + requirement + "\"]\n";
  }

  private static String lock(String name, String version) {
    return "[[package]]\nname = \"" + name + "\"\nversion = \"" + version + "\"\n";
  }

  private static String torch(Map<String, String> files) {
    return known(
        files.keySet().stream()
            .filter(name -> PinFormat.ofName(name).isPresent())
            .map(name -> read(name, files))
            .toList());
  }

  private static String problems(String name, String content) {
    return read(name, Map.of(name, content)).problems().stream()
        .map(Object::toString)
        .collect(Collectors.joining("; "));
  }

  private static PinFile read(String name, Map<String, String> files) {
    return PinFiles.read(
        name,
        PinFormat.ofName(name).orElseThrow(),
        bytes(files.getOrDefault(name, "")),
        other -> Optional.ofNullable(files.get(other)).map(BrokenFilesTest::bytes));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String known(List<PinFile> files) {
    return switch (new PinProject(files).of("torch")) {
      case Knowledge.Proven proven -> proven.bounds().toString();
      case Knowledge.Unknown unknown -> unknown.reason();
    };
  }
}
