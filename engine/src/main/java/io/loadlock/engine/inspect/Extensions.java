package io.loadlock.engine.inspect;

import io.loadlock.artifact.Notice;
import io.loadlock.artifact.Reading;
import io.loadlock.core.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What the end of a file's name promises. A hint for recognition, and a notice where the content
/// is something else.
final class Extensions {
  /// Extensions whose loaders or readers take it that the content can only be this.
  private static final Map<String, Set<String>> PROMISED =
      Map.ofEntries(
          Map.entry("safetensors", Set.of("safetensors")),
          Map.entry("gguf", Set.of("gguf")),
          Map.entry("npy", Set.of("npy")),
          Map.entry("npz", Set.of("npz")),
          Map.entry("onnx", Set.of("onnx")),
          Map.entry("json", Set.of()),
          Map.entry("txt", Set.of()),
          Map.entry("md", Set.of()),
          Map.entry("csv", Set.of()),
          Map.entry("png", Set.of()),
          Map.entry("jpg", Set.of()),
          Map.entry("parquet", Set.of()));

  /// Formats that execute something when they are loaded, or hold those: in one of the above they
  /// are a disguise.
  private static final Set<String> CARRIERS =
      Set.of(
          "pickle",
          "joblib",
          "torch-zip",
          "torchscript",
          "torch-legacy",
          "torch-tar",
          "zip",
          "tar",
          "7z",
          "gzip",
          "bzip2",
          "xz",
          "lz4");

  private static final Set<String> MODELS =
      Set.of(
          "pkl",
          "pickle",
          "pck",
          "pcl",
          "p",
          "pt",
          "pth",
          "ckpt",
          "bin",
          "joblib",
          "jbl",
          "dill",
          "cloudpickle",
          "model",
          "dat",
          "data",
          "npy",
          "npz",
          "nemo",
          "ptl",
          "pt2",
          "mar",
          "distcp",
          "sav",
          "db",
          "gz",
          "z",
          "xz",
          "bz2",
          "lz4",
          "zst",
          "7z",
          "zip",
          "tar",
          "tgz",
          "safetensors",
          "gguf",
          "onnx",
          "h5",
          "hdf5",
          "keras",
          "pb",
          "skops",
          "pdparams",
          "pdmodel",
          "pdopt",
          "th",
          "t7",
          "weights",
          "params");

  private Extensions() {}

  /// Whether files of this name are models as a rule.
  static boolean isModel(String name) {
    return MODELS.contains(of(name));
  }

  static void check(String name, List<Reading> readings, List<Notice> notices) {
    Set<String> promised = PROMISED.get(of(name));
    if (promised == null) {
      return;
    }
    for (Reading reading : readings) {
      if (!promised.contains(reading.format()) && CARRIERS.contains(reading.format())) {
        notices.add(
            new Notice(
                "extension-mismatch",
                Severity.MEDIUM,
                0,
                "Called ." + of(name) + ", and is " + reading.format() + "."));
      }
    }
  }

  private static String of(String name) {
    String leaf = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    int dot = leaf.lastIndexOf('.');
    return dot < 0 ? "" : leaf.substring(dot + 1).toLowerCase(Locale.ROOT);
  }
}
