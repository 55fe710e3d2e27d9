package io.loadlock.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// What the JVM is shown when it makes the cache that later runs start from: the classes loaded and
/// the code run here need not be found again. It leaves nothing behind.
public final class Training {
  /// Python as people write it who train models.
  private static final String SCRIPT =
      """
      import argparse
      import os.path as osp
      import pickle as pkl
      from functools import partial
      from pathlib import Path

      import joblib
      import numpy as np
      import pandas as pd
      import torch
      from package.io import restore

      HERE = Path(__file__).parent
      OPTIONS = {"weights_only": True}
      load = partial(torch.load, map_location="cpu")


      class Trainer:
          def __init__(self, path: str = "weights.pt"):
              self.path = osp.join(HERE, path)

          def resume(self, **kwargs):
              state = torch.load(self.path, **kwargs)
              for key, value in state.items():
                  setattr(self, key, value)
              return load(f"{self.path}.old")


      def main(argv=None) -> int:
          parser = argparse.ArgumentParser()
          parser.add_argument("--data", default="data.pkl")
          arguments = parser.parse_args(argv)
          try:
              with open(arguments.data, "rb") as handle:
                  rows = pkl.load(handle)
          except (OSError, ValueError) as error:
              raise SystemExit(f"cannot read {arguments.data!r}: {error}") from None
          frame = pd.read_pickle("frame.pkl")  # nosec B301
          array = np.load("array.npy", allow_pickle=False)
          model = joblib.load(HERE / "model.joblib")  # loadlock: ignore[joblib-load] reviewed
          Trainer().resume(**OPTIONS)
          if rows and (count := len(rows)) > 1:
              print([row for row in rows if row is not None], count, lambda x: x + 1)
          return restore("weights.pt", unsafe=True)


      if __name__ == "__main__":
          raise SystemExit(main())
      """;

  /// What stands beside it: pins and configuration.
  private static final String PINS =
      """
      [project]
      name = "sample"
      version = "1"
      dependencies = ["numpy>=1.20"]

      [tool.loadlock]
      fail-on = "high"
      """;

  /// A project in which most of the hot path is walked: names, values, flows, pins, links,
  /// suppressions.
  private static final Map<String, String> PROJECT =
      Map.of(
          "train.py",
          SCRIPT,
          "package/__init__.py",
          "",
          "package/io.py",
          """
          import torch

          def restore(path, unsafe=False):
              return torch.load(path, weights_only=not unsafe)
          """,
          "analysis.ipynb",
          """
          {"cells": [
            {"cell_type": "markdown", "metadata": {}, "source": ["# Title"]},
            {"cell_type": "code", "execution_count": 1, "metadata": {}, "outputs": [], "source": [
              "%matplotlib inline\\n",
              "import pickle\\n",
              "model = pickle.load(open('model.pkl', 'rb'))"
            ]}
          ], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
          """,
          "requirements.txt",
          "torch==2.4.0\nnumpy>=1.20\n",
          "pyproject.toml",
          PINS,
          ".gitignore",
          "*.log\n/out/\n",
          "out/old.py",
          "print()\n",
          "run.sh",
          "export TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD=1\n");

  /// The pickle of a small model's `state_dict()`, without its tensors.
  private static final String STATE =
      """
      gAJjY29sbGVjdGlvbnMKT3JkZXJlZERpY3QKcQApUnEBKFgIAAAAMC53ZWlnaHRxAmN0b3JjaC5fdXRpbHMKX3Jl
      YnVpbGRfdGVuc29yX3YyCnEDKChYBwAAAHN0b3JhZ2VxBGN0b3JjaApGbG9hdFN0b3JhZ2UKcQVYAQAAADBxBlgD
      AAAAY3B1cQdLDHRxCFFLAEsDSwSGcQlLBEsBhnEKiWgAKVJxC3RxDFJxDXUu\
      """;

  private Training() {}

  /// The entry point of a training run.
  ///
  /// @param args the mode of the launcher that is trained for: `file`, or any other
  public static void main(String[] args) throws IOException {
    Shell shell = Loadlock.shell(OutputStream.nullOutputStream());
    Path folder = Files.createTempDirectory("loadlock-training");
    if (List.of(args).contains("file")) {
      single(folder, shell);
    } else {
      project(folder, shell);
    }
  }

  /// The scan of one source and of nothing else: whatever else was done here would be linked at
  /// each start for nothing.
  private static void single(Path folder, Shell shell) throws IOException {
    Path script = folder.resolve("script.py");
    Path pins = folder.resolve("pyproject.toml");
    Files.writeString(script, SCRIPT);
    Files.writeString(pins, PINS);
    Loadlock.run(shell, "scan", script.toString());
    Files.delete(script);
    Files.delete(pins);
    Files.delete(folder);
  }

  private static void project(Path folder, Shell shell) throws IOException {
    try {
      for (Map.Entry<String, String> file : PROJECT.entrySet()) {
        Path path = folder.resolve(file.getKey());
        Files.createDirectories(path.getParent());
        Files.writeString(path, file.getValue());
      }
      Files.write(folder.resolve("weights.pt"), checkpoint());
      Files.write(folder.resolve("data.pkl"), new byte[] {(byte) 0x80, 4, 'K', 1, '.'});
      Path index = folder.resolve(".git/index");
      Files.createDirectories(index.getParent());
      Files.write(index, emptyIndex());
      for (List<String> line : everything(folder.toString())) {
        Loadlock.run(shell, line.toArray(String[]::new));
      }
    } finally {
      delete(folder);
    }
  }

  private static List<List<String>> everything(String project) {
    return List.of(
        List.of("--version"),
        List.of("--help"),
        List.of("scan", project),
        List.of("scan", "--format", "json", project + "/train.py"),
        List.of("scan", "--format", "sarif", project),
        List.of("inspect", project + "/data.pkl", project + "/weights.pt"),
        List.of("inspect", "--format", "jsonl", project),
        List.of("explain", "torch-load"));
  }

  /// An index of git, version 2, without entries.
  private static byte[] emptyIndex() throws IOException {
    byte[] header = {'D', 'I', 'R', 'C', 0, 0, 0, 2, 0, 0, 0, 0};
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(header);
    try {
      out.write(MessageDigest.getInstance("SHA-1").digest(header));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e); // every Java has it
    }
    return out.toByteArray();
  }

  private static byte[] checkpoint() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("weights/data.pkl"));
      zip.write(Base64.getMimeDecoder().decode(STATE));
      zip.putNextEntry(new ZipEntry("weights/data/0"));
      zip.write(new byte[48]);
    }
    return out.toByteArray();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
