package io.loadlock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a user types, and what comes back.
class ScanCommandTest {
  private static final String LOAD = "import pickle\nmodel = pickle.load(open('m.pkl', 'rb'))\n";

  @TempDir private Path parent;
  private Path folder;

  @BeforeEach
  void project() throws IOException {
    folder = Files.createDirectories(parent.resolve("project"));
  }

  @Test
  void findingsAreExitCodeOneAndNoneIsZero() throws IOException {
    write("a.py", "print('nothing here')\n");
    assertEquals(0, scan().code());
    write("b.py", LOAD);
    Invocation run = scan();
    assertEquals(1, run.code());
    assertTrue(run.out().contains("b.py:2:9"), run.out());
    assertEquals("", run.err());
  }

  @Test
  void theThresholdDecides() throws IOException {
    write("a.py", "import torch\ntorch.jit.load('m.pt')\n");
    assertEquals(0, scan().code());
    assertEquals(1, scan("--fail-on", "low").code());
    assertEquals(0, scan("--fail-on", "never").code());
    Invocation wrong = scan("--fail-on", "severe");
    assertEquals(2, wrong.code());
    assertTrue(
        wrong.err().contains("takes critical, high, medium, low or never, not 'severe'"),
        wrong.err());
  }

  @Test
  void sourceComesFromStandardInput() {
    Invocation run = Invocation.reading(LOAD, folder, "scan", "-", "--stdin-name", "x/y.py");
    assertEquals(1, run.code());
    assertTrue(run.out().contains("x/y.py:2:9"), run.out());
    assertTrue(run.out().contains("pickle.load(open('m.pkl', 'rb'))"), run.out());
  }

  @Test
  void everyOutputIsWrittenAndOneMayBePrinted() throws IOException {
    write("a.py", LOAD);
    Invocation run = scan("--output", "json=out/r.json", "--output", "sarif=-");
    assertEquals(2, run.code(), "the folder out is not there");
    assertTrue(run.err().contains("cannot write "), run.err());
    assertTrue(run.out().contains("\"version\""), "what could be written is written");
    Files.createDirectories(folder.resolve("out"));
    assertEquals(1, scan("--output", "json=out/r.json", "--output", "sarif=out/r.sarif").code());
    assertTrue(Files.readString(folder.resolve("out/r.json")).contains("pickle-load"));
    assertTrue(Files.readString(folder.resolve("out/r.sarif")).contains("VNX-PY-013"));
    assertEquals(2, scan("--format", "json", "--output", "sarif=-").code());
    assertEquals(2, scan("--format", "jsn").code());
    assertEquals(2, scan("--output", "json").code());
  }

  @Test
  void quietPrintsNothing() throws IOException {
    write("a.py", LOAD);
    assertEquals(new Invocation(1, "", ""), scan("--quiet"));
  }

  @Test
  void theReportIsTheSameForAnyNumberOfJobs() throws IOException {
    for (int i = 0; i < 12; i++) {
      write("p" + i + "/a.py", LOAD);
    }
    String one = scan("--jobs", "1").out();
    assertEquals(one, scan("--jobs", "7").out());
    assertEquals(2, scan("--jobs", "0").code());
    assertEquals(2, scan("--jobs", "many").code());
  }

  @Test
  void anAcceptedFindingIsCountedAndShownOnRequest() throws IOException {
    write("a.py", "import pickle\npickle.load(f)  # nosec B301\n");
    Invocation run = scan();
    assertEquals(0, run.code());
    assertFalse(run.out().contains("a.py:2:1"), run.out());
    assertTrue(scan("--show-suppressed").out().contains("a.py:2:1"));
  }

  @Test
  void kindsRulesAndPathsAreChosen() throws IOException {
    write("a.py", LOAD);
    write("tests/b.py", LOAD);
    assertEquals(0, scan("--ignore", "pickle-load").code());
    assertEquals(0, scan("--select", "torch-load").code());
    assertEquals(1, scan("--select", "VNX-PY-013").code());
    assertFalse(scan("--exclude", "tests").out().contains("tests/b.py"));
    write("loadlock.toml", "[per-path.\"tests/**\"]\nignore = [\"VNX-PY-013\"]\n");
    assertFalse(scan().out().contains("tests/b.py"));
    assertTrue(scan("--no-config").out().contains("tests/b.py"));
  }

  @Test
  void aWrongConfigurationIsAUsageErrorWithItsPlace() throws IOException {
    write("a.py", LOAD);
    write("pyproject.toml", "[project]\nname = 'x'\n\n[tool.loadlock]\nfailon = 'low'\n");
    Invocation run = scan();
    assertEquals(2, run.code());
    assertTrue(
        run.err()
            .startsWith(
                "loadlock: pyproject.toml:5:1: unknown key 'failon'; did you mean 'fail-on'?"),
        run.err());
  }

  @Test
  void aSinkOfTheProjectsOwnIsFound() throws IOException {
    write("a.py", "from acme.io import load_model\nload_model('x')\n");
    assertEquals(0, scan().code());
    write(
        "loadlock.toml",
        "[[sink]]\nnames = [\"acme.io.load_model\"]\nkind = \"acme-load\"\nloads-position = 0\n");
    Invocation run = scan();
    assertEquals(1, run.code());
    assertTrue(run.out().contains("acme-load"), run.out());
  }

  @Test
  void aFileThatTheLineLoadsIsNamed() throws IOException {
    write("a.py", LOAD);
    // Protocol 2, a tuple of two numbers.
    Files.write(
        folder.resolve("m.pkl"), new byte[] {(byte) 0x80, 2, 'K', 1, 'K', 2, (byte) 0x86, '.'});
    Invocation run = scan("--fail-on", "medium");
    assertTrue(run.out().contains("VNX-PY-013/reviewed-file"), run.out());
    assertTrue(run.out().contains("It loads `m.pkl`: plain data"), run.out());
  }

  @Test
  void anIgnoredModelFileIsReadWhenALineLoadsItAndCountedElse() throws IOException {
    Files.createDirectory(folder.resolve(".git"));
    write(".gitignore", "*.pkl\n");
    write("a.py", LOAD);
    Files.write(folder.resolve("m.pkl"), new byte[] {(byte) 0x80, 2, 'K', 1, '.'});
    Files.write(folder.resolve("n.pkl"), new byte[] {(byte) 0x80, 2, 'K', 1, '.'});
    Invocation run = scan();
    assertTrue(run.out().contains("It loads `m.pkl`"), run.out());
    assertTrue(run.out().contains("2 ignored model files; --no-ignore reads them"), run.out());
  }

  @Test
  void aPayloadIsCriticalOnTheLineAndNotToldTwice() throws IOException {
    write("a.py", LOAD);
    // protocol 0: os.system('echo hi')
    write("m.pkl", "cos\nsystem\n(S'echo hi'\ntR.");
    Invocation run = scan();
    assertEquals(1, run.code());
    assertTrue(run.out().contains("Do not load this file."), run.out());
    assertFalse(run.out().contains("LOADLOCK-FILE-001"), run.out());
    write("a.py", "import torch\ntorch.load('m.pkl', weights_only=True)\n");
    Invocation safe = scan();
    assertEquals(1, safe.code());
    assertTrue(safe.out().contains("LOADLOCK-FILE-001"), safe.out());
  }

  @Test
  void aBaselineHidesWhatIsThereAndShowsWhatIsNew() throws IOException {
    write("a.py", LOAD);
    Invocation create = Invocation.of(folder, "baseline", "create");
    assertEquals("wrote loadlock-baseline.json with 1 finding\n", create.out());
    assertEquals(0, Invocation.of(folder, "baseline", "check").code());
    Files.move(folder.resolve("a.py"), folder.resolve("renamed.py"));
    write("renamed.py", "# a line before\n\n" + LOAD);
    assertEquals(0, Invocation.of(folder, "baseline", "check").code());
    assertEquals(0, scan("--baseline", "loadlock-baseline.json").code());
    write("b.py", "import torch\ntorch.load('x', weights_only=False)\n");
    assertEquals(1, Invocation.of(folder, "baseline", "check").code());
    assertEquals(2, Invocation.of(folder, "baseline").code());
    write("loadlock-baseline.json", "{\"version\": 9}");
    Invocation old = Invocation.of(folder, "baseline", "check");
    assertEquals(2, old.code());
    assertTrue(old.err().contains("version 9"), old.err());
  }

  @Test
  void aSummaryHasALineForEachProject() throws IOException {
    write("one/requirements.txt", "torch==2.7.1\n");
    write("one/a.py", "import torch\ntorch.load('x')\n");
    write("two/pyproject.toml", "[project]\nname = 'two'\n");
    write("two/a.py", LOAD);
    List<String> lines =
        scan("--summary").out().lines().map(line -> line.replaceAll(" +", " ")).toList();
    assertEquals("project files critical high medium low accepted unread", lines.get(0));
    assertEquals("one 1 0 0 1 0 0 0", lines.get(1));
    assertEquals("two 1 1 0 0 0 0 0", lines.get(2));
  }

  @Test
  void aSeverityIsExplained() throws IOException {
    write("requirements.txt", "torch==2.7.1\n");
    write("a.py", "import torch\ntorch.load('x')\n");
    String reason = "critical by the row of torch.load; lowered to medium by the proof";
    assertTrue(scan("--explain-severity").out().contains(reason));
    assertFalse(scan().out().contains(reason));
  }

  @Test
  void outsideOfARepositorySinceIsAUsageError() throws IOException {
    write("a.py", LOAD);
    Invocation run = scan("--since", "HEAD");
    assertEquals(2, run.code());
    assertTrue(run.err().contains("is in no git repository"), run.err());
  }

  @Test
  void nothingIsLeftBehind() throws IOException {
    write("a.py", LOAD);
    scan();
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of("a.py"), files.map(file -> file.getFileName().toString()).toList());
    }
  }

  private Invocation scan(String... options) {
    return Invocation.of(
        folder, Stream.concat(Stream.of("scan"), Stream.of(options)).toArray(String[]::new));
  }

  private void write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
