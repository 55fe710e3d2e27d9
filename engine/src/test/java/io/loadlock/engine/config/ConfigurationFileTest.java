package io.loadlock.engine.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.loadlock.core.Severity;
import io.loadlock.python.sink.Sink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationFileTest {
  @TempDir private Path folder;

  @Test
  void allKeysAreRead() throws Exception {
    Configuration read =
        read(
            """
            select = ["default", "import"]
            ignore = ["marshal-load"]
            severity = { torch-jit-load = "medium" }
            fail-on = "medium"
            exclude = ["vendor/"]
            roots = ["lib"]
            allow-partial = ["broken/*.py"]

            [per-path."tests/**"]
            ignore = ["pickle-load"]
            severity = { VNX-PY-013 = "low" }

            [[sink]]
            names = ["acme.io.load"]
            kind = "acme-load"
            severity = "high"
            loads = "path"
            loads-position = 0
            safe-argument = "trusted"
            safe-when = "false"
            codes = ["S301"]
            advice = "Use load_weights."
            """);
    assertEquals(Optional.of(Severity.MEDIUM), read.failOn());
    assertEquals(List.of("vendor/"), read.exclude());
    assertEquals(List.of("lib"), read.roots());
    assertEquals(List.of("broken/*.py"), read.allowPartial());
    Sink sink = read.sinks().getFirst();
    assertEquals(List.of("acme.io.load"), sink.names());
    assertEquals(Severity.HIGH, sink.severity());
    assertEquals(Sink.Condition.MUST_BE_FALSE, sink.safety().orElseThrow().condition());
    assertEquals(List.of("S301"), sink.codes());
  }

  @Test
  void aSelectionWorksByKindRuleAndPath() throws Exception {
    Configuration read =
        read(
            """
            select = ["default", "import"]
            ignore = ["LOADLOCK-FILE"]
            [per-path."tests/**"]
            ignore = ["pickle-load", "VNX-PY-013/guarded"]
            severity = { VNX-PY-013 = "low", torch-load = "medium" }
            """);
    assertEquals(true, wants(read, "a.py", "VNX-PY-013", "pickle-load", true));
    assertEquals(true, wants(read, "a.py", "VNX-PY-013/import", "import", false));
    assertEquals(false, wants(read, "a.py", "LOADLOCK-PY-001", "remote-code", false));
    assertEquals(false, wants(read, "a.pt", "LOADLOCK-FILE-001", "file-runs-code", true));
    assertEquals(false, wants(read, "tests/a.py", "VNX-PY-013", "pickle-load", true));
    assertEquals(false, wants(read, "tests/a.py", "VNX-PY-013/guarded", "torch-load", true));
    assertEquals(true, wants(read, "tests/a.py", "VNX-PY-013", "torch-load", true));
    assertEquals(
        Optional.of(Severity.MEDIUM),
        read.selection("tests/a.py").severity("VNX-PY-013", "torch-load"));
    assertEquals(
        Optional.of(Severity.LOW),
        read.selection("tests/a.py").severity("VNX-PY-013", "dill-load"));
    assertEquals(Optional.empty(), read.selection("a.py").severity("VNX-PY-013", "dill-load"));
  }

  private static boolean wants(
      Configuration read, String path, String rule, String kind, boolean onByDefault) {
    return read.selection(path).wants(rule, kind, onByDefault);
  }

  @Test
  void anUnknownKeyIsNamedWithItsPlaceAndTheNearestOne() {
    assertEquals(
        "loadlock.toml:2:1: unknown key 'exlude'; did you mean 'exclude'?",
        wrong("fail-on = \"low\"\nexlude = []\n"));
    assertEquals(
        "loadlock.toml:1:1: unknown key 'fail_on'; did you mean 'fail-on'?",
        wrong("fail_on = \"low\"\n"));
    assertEquals(
        "loadlock.toml:2:1: unknown key 'ignored'; did you mean 'ignore'?",
        wrong("[per-path.\"tests/**\"]\nignored = []\n"));
    assertEquals(
        "loadlock.toml:3:1: unknown key 'kinds'; did you mean 'kind'?",
        wrong("[[sink]]\nnames = [\"a.b\"]\nkinds = \"x\"\n"));
  }

  @Test
  void aValueOfAWrongTypeIsNamedWithItsPlace() {
    assertEquals(
        "loadlock.toml:1:1: 'exclude' takes an array of strings", wrong("exclude = \"vendor\"\n"));
    assertEquals(
        "loadlock.toml:1:1: 'exclude' takes an array of strings", wrong("exclude = [1]\n"));
    assertEquals(
        "loadlock.toml:1:1: 'fail-on' takes critical, high, medium, low or never",
        wrong("fail-on = \"severe\"\n"));
    assertEquals(
        "loadlock.toml:1:1: 'severity' takes a table of kinds or rules, each with critical, high,"
            + " medium or low",
        wrong("severity = { torch-load = 3 }\n"));
    assertEquals(
        "loadlock.toml:2:1: a sink needs 'names', each a dotted name such as \"acme.io.load\"",
        wrong("[[sink]]\nnames = [\"load\"]\n"));
  }

  @Test
  void tomlThatIsNoneIsNamedWithItsPlace() {
    assertEquals("loadlock.toml:1:9: ", wrong("select =\n").substring(0, 19));
  }

  @Test
  void theNearestFileThatSaysSomethingWins() throws Exception {
    Path deep = Files.createDirectories(folder.resolve("a/b"));
    Files.writeString(folder.resolve("pyproject.toml"), "[tool.loadlock]\nfail-on = \"low\"\n");
    Files.writeString(folder.resolve("a/pyproject.toml"), "[tool.other]\nx = 1\n");
    assertEquals("pyproject.toml", ConfigurationFile.find(deep, folder).file());
    Files.writeString(folder.resolve("a/loadlock.toml"), "fail-on = \"never\"\n");
    assertEquals(true, ConfigurationFile.find(deep, folder).neverFail());
  }

  private Configuration read(String toml) throws IOException, ConfigurationException {
    Path file = Files.writeString(folder.resolve("loadlock.toml"), toml);
    return ConfigurationFile.open(file, folder);
  }

  private String wrong(String toml) {
    return String.valueOf(
        assertThrows(ConfigurationException.class, () -> read(toml)).getMessage());
  }
}
