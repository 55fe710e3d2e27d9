package io.loadlock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.loadlock.testkit.Corruptions;
import io.loadlock.testkit.Golden;
import io.loadlock.testkit.PickleAssembler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `convert` of estimators that scikit-learn 1.9 fitted and joblib or pickle saved
/// (`scripts/oracle_export.py` makes more, and runs the scripts).
class EstimatorExportTest {
  private static final Path SAVED = Path.of("src/test/resources/io/loadlock/cli/estimators");

  @TempDir Path folder;

  private void copy(String name) throws IOException {
    Files.copy(SAVED.resolve(name), folder.resolve(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "classifier.joblib",
        "text.pkl",
        "clusters.joblib",
        "columns.joblib",
        "scaler.pkl",
        "outliers.joblib"
      })
  void reportAndScriptAreTheExpectedOnes(String name) throws IOException {
    copy(name);
    Invocation run = Invocation.of(folder, "convert", name);
    assertEquals(0, run.code(), run.err());
    Golden.check(SAVED.resolve(name + ".report"), run.err());
    Golden.check(SAVED.resolve(name + ".script"), run.out());
  }

  @Test
  void theScriptForPmmlSaysSo() throws IOException {
    copy("classifier.joblib");
    Invocation run = Invocation.of(folder, "convert", "--to", "pmml", "classifier.joblib");
    assertEquals(0, run.code(), run.err());
    Golden.check(SAVED.resolve("classifier.joblib.pmml-script"), run.out());
  }

  @Test
  void whatPmmlCannotSayIsRefusedByName() throws IOException {
    copy("scaler.pkl");
    Invocation run = Invocation.of(folder, "convert", "--to", "pmml", "scaler.pkl", "export.py");
    assertEquals(1, run.code());
    assertTrue(
        run.err()
            .contains(
                "scaler.pkl is not converted: PMML has no predictions of what MinMaxScaler gives;"
                    + " --to onnx exports it"),
        run.err());
    assertFalse(Files.exists(folder.resolve("export.py")));
  }

  @Test
  void theScriptGoesToOutAndIsNotReplacedUnasked() throws IOException {
    copy("scaler.pkl");
    Invocation first = Invocation.of(folder, "convert", "scaler.pkl", "export.py");
    assertEquals(0, first.code(), first.err());
    assertTrue(first.out().endsWith("wrote export.py, which writes scaler.onnx\n"), first.out());
    String script = Files.readString(folder.resolve("export.py"));
    assertTrue(script.startsWith("#!/usr/bin/env python3\n"), script);
    Invocation again = Invocation.of(folder, "convert", "scaler.pkl", "export.py");
    assertEquals(2, again.code());
    assertTrue(
        again.err().contains("export.py is there already: --force replaces it"), again.err());
    assertEquals(2, Invocation.of(folder, "convert", "scaler.pkl", "scaler.onnx").code());
    assertFalse(Files.exists(folder.resolve("scaler.onnx")));
    assertEquals(2, Invocation.of(folder, "convert", "--to", "h5", "scaler.pkl").code());
  }

  @Test
  void dryRunPrintsTheReportAlone() throws IOException {
    copy("scaler.pkl");
    Invocation run = Invocation.of(folder, "convert", "--dry-run", "scaler.pkl");
    assertTrue(run.out().startsWith("scaler.pkl: scikit-learn 1.9.1, 4 columns\n"), run.out());
    assertFalse(run.out().contains("import"), run.out());
  }

  @Test
  void noScriptForAnEstimatorThatRunsCode() throws IOException {
    byte[] pickle =
        PickleAssembler.protocol(2)
            .global("sklearn.preprocessing._data", "MinMaxScaler")
            .emptyTuple()
            .newObj()
            .emptyDict()
            .mark()
            .text("_sklearn_version")
            .text("1.9.1")
            .text("copy")
            .call("os", "system", "echo")
            .setItems()
            .build()
            .stop();
    Files.write(folder.resolve("bad.pkl"), pickle);
    Invocation run = Invocation.of(folder, "convert", "bad.pkl");
    assertEquals(1, run.code());
    assertEquals("", run.out());
    assertTrue(
        run.err().contains("bad.pkl is not converted: loading it would run os.system("), run.err());
  }

  private static PickleAssembler scaler(PickleAssembler out) {
    return out.global("sklearn.preprocessing._data", "MinMaxScaler")
        .emptyTuple()
        .newObj()
        .emptyDict()
        .mark()
        .text("_sklearn_version")
        .text("1.9.1")
        .text("n_features_in_")
        .integer(4)
        .setItems()
        .build();
  }

  @Test
  void anEstimatorInADictIsTakenOutOfIt() throws IOException {
    PickleAssembler dict = PickleAssembler.protocol(2).emptyDict().text("note").text("x").setItem();
    Files.write(folder.resolve("one.pkl"), scaler(dict.text("the \"model\"")).setItem().stop());
    Invocation run = Invocation.of(folder, "convert", "one.pkl");
    assertEquals(0, run.code(), run.err());
    assertTrue(
        run.err().startsWith("one.pkl, the \"model\": scikit-learn 1.9.1, 4 columns\n"), run.err());
    assertTrue(
        run.out().contains("return joblib.load(io.BytesIO(data))[\"the \\\"model\\\"\"]\n"),
        run.out());
  }

  @Test
  void ofSeveralEstimatorsOneIsChosen() throws IOException {
    PickleAssembler pair = PickleAssembler.protocol(2).mark();
    Files.write(folder.resolve("two.pkl"), scaler(scaler(pair)).tuple().stop());
    Invocation several = Invocation.of(folder, "convert", "two.pkl");
    assertEquals(1, several.code());
    assertTrue(
        several.err().contains("it holds several estimators: 0, 1. Choose one with --key"),
        several.err());
    Invocation one = Invocation.of(folder, "convert", "two.pkl", "--key", "1");
    assertEquals(0, one.code(), one.err());
    assertTrue(one.out().contains("return joblib.load(io.BytesIO(data))[1]\n"), one.out());
    Invocation none = Invocation.of(folder, "convert", "two.pkl", "--key", "2");
    assertTrue(none.err().contains("there is no estimator at 2; there are 0, 1"), none.err());
  }

  @Test
  void aDamagedOneGivesNoScriptAndNoCrash() throws IOException {
    byte[] saved = Files.readAllBytes(SAVED.resolve("text.pkl"));
    for (Corruptions.Damaged damaged : Corruptions.cuts(saved, 5, 20).toList()) {
      Files.write(folder.resolve("cut.pkl"), damaged.bytes());
      Invocation run = Invocation.of(folder, "convert", "cut.pkl");
      assertTrue(run.code() != 0, damaged.what());
      assertEquals("", run.out(), damaged.what());
      assertTrue(run.err().startsWith("loadlock: cut.pkl is not converted: "), run.err());
    }
  }
}
