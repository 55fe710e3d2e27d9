package io.loadlock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that change their format at both their ends, and code that is no longer fetched.
class FixFormatsTest {
  @TempDir Path folder;

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private String read(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }

  /// Fixes everything, and checks that a second run has nothing to do and a scan is silent.
  private void fix(String... more) {
    List<String> line = new java.util.ArrayList<>(List.of("fix", ".", "--unsafe-fixes", "--write"));
    line.addAll(List.of(more));
    Invocation fix = Invocation.of(folder, line.toArray(String[]::new));
    assertTrue(fix.err().startsWith("fixed "), fix.err());
    line.set(3, "--check");
    Invocation again = Invocation.of(folder, line.toArray(String[]::new));
    assertEquals(0, again.code(), again.err());
    assertTrue(again.err().endsWith("can fix 0 loads in 0 files\n"), again.err());
  }

  @Test
  void readsAndWritesFramesAsParquet() throws IOException {
    write(
        "prepare.py",
        """
        import pandas as pd
        frame = pd.read_csv("a.csv")
        frame.dropna().to_pickle("data/frame.pkl")  # for train.py
        """);
    write(
        "train.py",
        """
        import pandas as pd
        frame = pd.read_pickle('data/frame.pkl')
        """);
    fix();
    assertEquals(
        """
        import pandas as pd
        frame = pd.read_csv("a.csv")
        frame.dropna().to_parquet("data/frame.parquet")  # for train.py
        """,
        read("prepare.py"));
    assertEquals(
        "import pandas as pd\nframe = pd.read_parquet('data/frame.parquet')\n", read("train.py"));
  }

  @Test
  void leavesFramesAloneWhoseOriginIsNotSeen() throws IOException {
    String source = "import pandas as pd\nframe = pd.read_pickle('data/frame.pkl')\n";
    write("train.py", source);
    write("other.py", "frame.to_pickle('data/other.pkl')\n");
    Invocation fix = Invocation.of(folder, "fix", ".", "--unsafe-fixes", "--write");
    assertEquals(source, read("train.py"));
    assertTrue(fix.err().contains("no argument makes `pandas.read_pickle` safe"), fix.err());
  }

  @Test
  void saysWhichScriptExportsAnEstimator() throws IOException {
    Files.copy(
        Path.of("src/test/resources/io/loadlock/cli/estimators/classifier.joblib"),
        folder.resolve("model.joblib"));
    write("serve.py", "import joblib\nmodel = joblib.load('model.joblib')\n");
    Invocation fix = Invocation.of(folder, "fix", ".", "--unsafe-fixes");
    assertTrue(
        fix.err()
            .contains(
                "no argument makes `joblib.load` safe; `loadlock convert model.joblib export.py`"
                    + " writes the script that exports it to ONNX: serve.py:2"),
        fix.err());
    assertEquals("", fix.out());
  }

  @Test
  void changesAPathThatBothEndsImport() throws IOException {
    write("config.py", "import os\nMODEL = os.path.join('out', 'model.joblib')\n");
    write(
        "train.py",
        """
        import joblib
        from config import MODEL

        def save(model):
            joblib.dump(model, MODEL, compress=3)
        """);
    write(
        "serve.py",
        """
        from joblib import load
        from config import MODEL

        model = load(MODEL)
        """);
    fix();
    assertEquals("import os\nMODEL = os.path.join('out', 'model.skops')\n", read("config.py"));
    assertEquals(
        """
        import joblib
        from config import MODEL
        import skops.io

        def save(model):
            skops.io.dump(model, MODEL)
        """,
        read("train.py"));
    assertEquals(
        """
        from joblib import load
        from config import MODEL
        import skops.io

        model = skops.io.load(MODEL)
        """,
        read("serve.py"));
  }

  @Test
  void loadsTensorsFromSafetensorsWhereTheFileIsConverted() throws IOException {
    try (var in = FixFormatsTest.class.getResourceAsStream("fix/plain.pt")) {
      Files.copy(java.util.Objects.requireNonNull(in), folder.resolve("model.pt"));
    }
    String load =
        """
        import torch
        model.load_state_dict(torch.load("model.pt", map_location="cpu"))
        """;
    write("load.py", load);
    write(
        "save.py",
        """
        import torch
        torch.save(model.state_dict(), "model.pt")
        """);
    Invocation.of(folder, "fix", ".", "--unsafe-fixes", "--write");
    // Not converted: the file would be missing under its new name.
    assertEquals(load.replace("=\"cpu\")", "=\"cpu\", weights_only=True)"), read("load.py"));
    write("load.py", load);
    assertEquals(0, Invocation.of(folder, "convert", "model.pt").code());
    assertTrue(Files.exists(folder.resolve("model.safetensors")));
    fix();
    assertEquals(
        """
        import torch
        import safetensors.torch
        model.load_state_dict(safetensors.torch.load_file("model.safetensors", device="cpu"))
        """,
        read("load.py"));
    assertEquals(
        """
        import torch
        import safetensors.torch
        safetensors.torch.save_file(model.state_dict(), "model.safetensors")
        """,
        read("save.py"));
  }

  @Test
  void doesNotExchangeWhatHoldsMoreThanTensors() throws IOException {
    write(
        "a.py",
        """
        import torch
        torch.save({"model": model.state_dict(), "epoch": 3}, "new.pt")
        state = torch.load("new.pt")
        print(state["epoch"])
        """);
    fix();
    assertTrue(read("a.py").contains("torch.load(\"new.pt\", weights_only=True)"), read("a.py"));
    assertTrue(read("a.py").contains("torch.save({"), read("a.py"));
  }

  @Test
  void leavesOutRemoteCodeAndPinsTheCommitThatIsHere() throws IOException {
    write(
        "a.py",
        """
        from transformers import AutoModel
        a = AutoModel.from_pretrained("org/name", trust_remote_code=True)
        b = AutoModel.from_pretrained("org/name", revision="abc", trust_remote_code=True)
        """);
    fix("--select", "trust-remote-code");
    assertEquals(
        """
        from transformers import AutoModel
        a = AutoModel.from_pretrained("org/name")
        b = AutoModel.from_pretrained("org/name", revision="abc")
        """,
        read("a.py"));
  }
}
