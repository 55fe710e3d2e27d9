package io.loadlock.engine.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Verdict;
import io.loadlock.core.ByteSource;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Arrays of objects that do not look like ones, and arrays that are kept in another file.
class ArrayTricksTest {
  private static Inspection inspect(byte[] bytes, String name) {
    return Inspector.standard().inspect(ByteSource.of(bytes), name, Limits.DEFAULT);
  }

  private static byte[] npy(String header) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] text = (header + "\n").getBytes(StandardCharsets.ISO_8859_1);
    out.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    out.write(text.length);
    out.write(text.length >> 8);
    out.writeBytes(text);
    out.writeBytes("cos\nsystem\n(S'echo hi'\ntR.".getBytes(StandardCharsets.US_ASCII));
    return out.toByteArray();
  }

  /// `numpy.load` has `ast.literal_eval` read the header, and `numpy.dtype` what it finds.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "'|O'",
        "'O8'",
        "u'O'",
        "'object'",
        "('O', (2,))",
        "[('a', 'f4'), ('b', '|O')]",
        "[(('title', 'name'), 'O')]",
        "[('a', [('b', 'O')])]",
        "'\\x4f'",
        "'\\N{LATIN CAPITAL LETTER O}'",
        "'|' 'O'",
        "r'|O'",
        "'''|O'''",
        "'|O' # an element",
        "\\\n '|O'"
      })
  void objectsAreFoundHoweverTheyAreSpelt(String descr) {
    String header = "{'descr': " + descr + "\n, 'fortran_order': False, 'shape': (1,), }";
    Inspection inspection = inspect(npy(header), "a.npy");
    assertEquals(Verdict.RUNS_CODE, inspection.verdict(), inspection::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"joblib.numpy_pickle", "sklearn.externals.joblib.numpy_pickle"})
  void arraysInAFileBesideStayBeside(String module) {
    assertTrue(inspect(wrapper(module, "model.pkl_01.npy"), "model.pkl").clean());
    for (String path : new String[] {"/etc/array.npy", "../array.npy", "a/../../array.npy"}) {
      Inspection inspection = inspect(wrapper(module, path), "model.pkl");
      assertEquals(Verdict.RUNS_CODE, inspection.verdict(), path);
    }
  }

  @ParameterizedTest
  @CsvSource({"NDArrayWrapper", "ZNDArrayWrapper"})
  void aPathThatIsComputedIsNotClean(String type) {
    byte[] bytes =
        ("cjoblib.numpy_pickle\n" + type + "\n)\u0081}(S'filename'\nI1\nub.")
            .getBytes(StandardCharsets.ISO_8859_1);
    assertFalse(inspect(bytes, "model.pkl").clean());
  }

  private static byte[] wrapper(String module, String path) {
    String text =
        "c"
            + module
            + "\nNDArrayWrapper\n)\u0081}(S'filename'\nS'"
            + path
            + "'\nS'subclass'\n"
            + "cnumpy\nndarray\nub.";
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
