package io.loadlock.engine.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.loadlock.core.Finding;
import io.loadlock.core.Location;
import io.loadlock.core.MalformedException;
import io.loadlock.core.Rules;
import io.loadlock.core.Severity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BaselineTest {
  private static final Map<String, byte[]> SOURCES =
      Map.of(
          "a.py", bytes("x = pickle.load(f)\ny = pickle.load(f)\n"),
          "moved.py", bytes("\n\n\nx = pickle.load( f )\n"),
          "other.py", bytes("x = pickle.load(g)\n"));

  @Test
  void movedLinesAndRenamedFilesAreFoundAgain() {
    Baseline baseline = of(finding("a.py", 4, 18, ""));
    assertEquals(1, accepted(baseline, finding("moved.py", 7, 23, "")));
    assertEquals(0, accepted(baseline, finding("other.py", 4, 18, "")));
  }

  @Test
  void anotherOfTheSameIsNew() {
    Baseline baseline = of(finding("a.py", 4, 18, ""));
    assertEquals(1, accepted(baseline, finding("a.py", 4, 18, ""), finding("a.py", 23, 37, "")));
  }

  @Test
  void theFunctionAroundItTellsEqualCallsApart() {
    Baseline baseline = of(finding("a.py", 4, 18, "restore"));
    assertEquals(0, accepted(baseline, finding("a.py", 4, 18, "resume")));
  }

  @Test
  void anotherRuleIsNew() {
    Baseline baseline = of(finding("a.py", 4, 18, ""));
    Baseline guarded =
        new Baseline(
            baseline.entries().stream()
                .map(
                    entry ->
                        new Baseline.Entry(
                            entry.fingerprint(), "VNX-PY-013/guarded", entry.kind(), entry.path()))
                .toList());
    assertEquals(0, accepted(guarded, finding("a.py", 4, 18, "")));
    assertEquals(1, guarded.gone(List.of(finding("a.py", 4, 18, "")), BaselineTest::source));
  }

  @Test
  void whatIsGoneIsCounted() {
    Baseline baseline = of(finding("a.py", 4, 18, ""));
    assertEquals(1, baseline.gone(List.of(), BaselineTest::source));
    assertEquals(0, baseline.gone(List.of(finding("a.py", 4, 18, "")), BaselineTest::source));
  }

  @Test
  void whatIsWrittenIsReadBack() throws Exception {
    Baseline baseline = of(finding("a.py", 4, 18, ""), finding("a.py", 23, 37, ""));
    assertEquals(baseline, Baseline.read(write(baseline)));
    assertEquals(new Baseline(List.of()), Baseline.read(write(new Baseline(List.of()))));
  }

  @Test
  void everyFindingHasALineOfItsOwn() throws IOException {
    String text =
        new String(
            write(of(finding("a.py", 4, 18, ""), finding("a.py", 23, 37, ""))),
            StandardCharsets.UTF_8);
    assertEquals(2, text.lines().filter(line -> line.contains("fingerprint")).count());
  }

  @Test
  void anotherVersionAndAnotherFileAreRefused() {
    assertTrue(wrong("{\"version\": 7, \"findings\": []}").contains("version 7"));
    assertEquals("it is no baseline", wrong("{}"));
    assertEquals("it is no baseline", wrong("[]"));
    assertTrue(wrong("not json").startsWith("it is no JSON"));
    assertTrue(wrong("{\"version\": 1, \"findings\": [").startsWith("it is no JSON"));
  }

  private static String wrong(String text) {
    return String.valueOf(
        assertThrows(MalformedException.class, () -> Baseline.read(bytes(text))).getMessage());
  }

  private static byte[] write(Baseline baseline) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    baseline.write(out);
    return out.toByteArray();
  }

  private static Baseline of(Finding... findings) {
    return Baseline.of(List.of(findings), BaselineTest::source);
  }

  private static long accepted(Baseline baseline, Finding... findings) {
    return baseline.apply(List.of(findings), BaselineTest::source, "x").stream()
        .filter(finding -> finding.suppression().isPresent())
        .count();
  }

  private static String source(Location.Source place) {
    byte[] content = SOURCES.getOrDefault(place.path(), new byte[0]);
    int length = (int) (place.endByte() - place.startByte());
    return new String(content, (int) place.startByte(), length, StandardCharsets.UTF_8);
  }

  private static Finding finding(String path, long start, long end, String function) {
    Location.Point point = new Location.Point(1, 1, 1);
    return new Finding(
        Rules.INSECURE_DESERIALIZATION.id(),
        "pickle-load",
        Severity.CRITICAL,
        50,
        new Location.Source(path, start, end, point, point, Optional.empty()),
        "message",
        "",
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        new TreeMap<>(Map.of("function", function)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
