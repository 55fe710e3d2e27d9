package io.loadlock.artifact.pickle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.loadlock.artifact.GlobalUse;
import io.loadlock.artifact.Verdict;
import io.loadlock.testkit.PickleAssembler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Published bypasses of other scanners, and gadgets of the same kinds, that are one call.
@SuppressWarnings({"ArrayRecordComponent", "StringSplitter"}) // rows of a test
class BypassTest {
  record Row(String id, String module, String name, String[] texts) {
    @Override
    public String toString() {
      return id + " " + module + "." + name;
    }
  }

  static List<Row> rows() throws IOException {
    List<Row> rows = new ArrayList<>();
    try (InputStream in = BypassTest.class.getResourceAsStream("bypasses.tsv")) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        if (!line.startsWith("#")) {
          String[] columns = line.split("\t");
          rows.add(
              new Row(
                  columns[0],
                  columns[1],
                  columns[2],
                  java.util.Arrays.copyOfRange(columns, 3, columns.length)));
        }
      }
    }
    return rows;
  }

  private static boolean caught(Judged judged, Row row) {
    boolean known = Judged.POLICY.knows(row.module());
    return judged.machine().verdict() == Verdict.RUNS_CODE
        || !known && judged.machine().verdict() == Verdict.UNKNOWN_CODE;
  }

  @ParameterizedTest
  @MethodSource("rows")
  void aCallIsFound(Row row) {
    Judged reduce =
        Judged.of(PickleAssembler.protocol(2).call(row.module(), row.name(), row.texts()).stop());
    assertTrue(caught(reduce, row), reduce::toString);
    assertEquals(GlobalUse.Use.CALLED, reduce.machine().globals().get(0).use());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void anOldInstanceOrAClassAboveAMarkIsTheSameCall(Row row) {
    PickleAssembler inst = PickleAssembler.bare().mark();
    PickleAssembler obj = PickleAssembler.bare().mark().global(row.module(), row.name());
    for (String text : row.texts()) {
      inst.text(text);
      obj.text(text);
    }
    assertTrue(caught(Judged.of(inst.inst(row.module(), row.name()).stop()), row), "INST");
    assertTrue(caught(Judged.of(obj.obj().pop().none().stop()), row), "OBJ, its result dropped");
  }

  @ParameterizedTest
  @MethodSource("rows")
  void aCallWhoseResultIsDroppedIsFound(Row row) {
    PickleAssembler stack =
        PickleAssembler.protocol(4).stackGlobal(row.module(), row.name()).mark();
    for (String text : row.texts()) {
      stack.text(text);
    }
    Judged judged = Judged.of(stack.tuple().reduce().pop().emptyDict().stop());
    assertTrue(caught(judged, row), judged::toString);
  }

  @Test
  void everyPublishedGroupIsHere() throws IOException {
    assertTrue(rows().stream().filter(row -> row.id().startsWith("GHSA")).count() >= 60);
  }
}
