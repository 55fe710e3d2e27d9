package io.loadlock.engine.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Verdict;
import io.loadlock.core.ByteSource;
import io.loadlock.testkit.Corruptions;
import io.loadlock.testkit.ZipForge;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The sources in archives of `torch.jit` and `torch.package`.
class TorchSourcesTest {
  private static final byte[] PLAIN = {(byte) 0x80, 2, '}', '.'};

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] script(String pickle, String line) {
    return new ZipForge()
        .stored("m/data.pkl", text(pickle))
        .stored("m/constants.pkl", PLAIN)
        .stored(
            "m/code/__torch__.py",
            text("class M(Module):\n  def forward(self, x: Tensor) -> Tensor:\n    " + line))
        .bytes();
  }

  private static Inspection inspect(byte[] bytes) {
    return Inspector.standard().inspect(ByteSource.of(bytes), "model.pt", Limits.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          plain-data   | return torch.relu(x)
          plain-data   | _0 = ops.quantized.linear(x, self.w, 1., 0)
          plain-data   | _0 = ops.torchvision.nms(x, x, 0.5)
          runs-code    | _0 = ops.aten.save([x], "/tmp/x")
          runs-code    | return torch.from_file("/etc/passwd", False, 3)
          runs-code    | return ops.image.read_file("/etc/passwd")
          runs-code    | _0 = ops.torchaudio.sox_io_save_audio_file("/tmp/x", x)
          unknown-code | return ops.mine.run(x)
          """)
  void scriptsAreJudgedByTheirOperators(String verdict, String line) {
    assertEquals(verdict, inspect(script("N.", line)).verdict().word(), line);
  }

  /// Classes of the archive are its own, and so are PyTorch's in C++; any other is a library's.
  @ParameterizedTest
  @CsvSource({
    "needs-types, __torch__.M",
    "needs-types, __torch__.torch.classes.quantized.Conv2dPackedParamsBase",
    "unknown-code, __torch__.torch.classes.mine.Engine"
  })
  void classesInTheMachinesLanguageAreNamed(String verdict, String name) {
    int dot = name.lastIndexOf('.');
    String global = "c" + name.substring(0, dot) + "\n" + name.substring(dot + 1) + "\n";
    byte[] bytes = script(global + "(tR.", "return x");
    assertEquals(verdict, inspect(bytes).verdict().word());
  }

  private static byte[] bundle(String source) {
    return new ZipForge()
        .stored("p/.data/extern_modules", text("torch\n"))
        .stored("p/model/model.pkl", text("cmine\nModel\n(tR."))
        .stored("p/mine.py", text(source))
        .bytes();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          unknown-code | class Model: pass
          unknown-code | import os; x = os.path.join("a", "b")
          unknown-code | self.model.eval()
          unknown-code | from os import path, environ as e
          runs-code    | import os; os.system("echo hi")
          runs-code    | import os as o; o.system("echo hi")
          runs-code    | from os import path, system as s; s("echo hi")
          runs-code    | from subprocess import Popen as P; P("echo")
          runs-code    | import urllib.request as u; u.urlopen("http://localhost")
          runs-code    | exec("1+1")
          """)
  void packagesAreSearchedForCallsThatReachTheSystem(String verdict, String source) {
    String lines = source.replace("; ", "\n");
    assertEquals(verdict, inspect(bundle(lines)).verdict().word(), lines);
  }

  @Test
  void damageIsAnsweredOrSaid() {
    for (byte[] whole :
        new byte[][] {script("N.", "return ops.mine.run(x)"), bundle("import os as o")}) {
      Corruptions.seeded(whole, 3, 500)
          .forEach(damaged -> ContainerTricksTest.assertNoBug(inspect(damaged.bytes())));
      Corruptions.cuts(whole, 1, 0)
          .forEach(cut -> ContainerTricksTest.assertNoBug(inspect(cut.bytes())));
    }
    assertEquals(Verdict.RUNS_CODE, inspect(bundle("exec('1')")).verdict());
  }
}
