package io.loadlock.engine.walk;

import io.loadlock.engine.walk.Found.Kind;
import io.loadlock.pins.PinFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What the name of a file says.
final class FileNames {
  /// Folders that hold other people's code, or copies. The names are those of the tools that make
  /// them.
  static final Set<String> EXCLUDED_FOLDERS =
      Set.of(
          ".git",
          ".hg",
          ".venv",
          "venv",
          "node_modules",
          "site-packages",
          "__pycache__",
          "build",
          "dist",
          ".tox");

  /// Those of them that are ordinary words, and names of packages too.
  static final Set<String> BUILD_FOLDERS = Set.of("build", "dist");

  private static final Set<String> SOURCE = Set.of("py", "pyi", "pyw", "ipynb");

  /// Endings under which model files are published. Only for counting those that are not opened.
  private static final Set<String> MODEL =
      Set.of(
          "pt",
          "pth",
          "ckpt",
          "bin",
          "pkl",
          "pickle",
          "p",
          "joblib",
          "jbl",
          "npy",
          "npz",
          "h5",
          "hdf5",
          "keras",
          "onnx",
          "gguf",
          "ggml",
          "safetensors",
          "pb",
          "tflite",
          "mar",
          "nemo",
          "pdparams",
          "pdopt",
          "pdmodel",
          "skops",
          "dill",
          "cloudpickle",
          "model",
          "mlmodel",
          "ot",
          "pte",
          "llamafile",
          "engine",
          "mleap",
          "bst",
          "ubj",
          "cbm",
          "rds",
          "msgpack");

  /// Endings whose files are text, pictures, programs: a walk does not open them to see whether
  /// they are models under a false name. A load that names one is followed to it all the same, and
  /// `inspect` opens everything.
  private static final Set<String> OTHER =
      Set.of(
          "a",
          "adoc",
          "asc",
          "asm",
          "avi",
          "awk",
          "bat",
          "bash",
          "bmp",
          "c",
          "cc",
          "cfg",
          "class",
          "cmake",
          "cmd",
          "conf",
          "cpp",
          "crt",
          "cs",
          "css",
          "csv",
          "cu",
          "cuh",
          "cxx",
          "dart",
          "def",
          "diff",
          "dll",
          "doc",
          "docx",
          "dylib",
          "el",
          "eot",
          "eps",
          "exe",
          "f",
          "f90",
          "fish",
          "flac",
          "fs",
          "gif",
          "go",
          "gradle",
          "graphql",
          "groovy",
          "h",
          "hh",
          "hpp",
          "hs",
          "htm",
          "html",
          "hxx",
          "icns",
          "ico",
          "idl",
          "in",
          "inc",
          "inl",
          "ini",
          "java",
          "jar",
          "jpeg",
          "jpg",
          "js",
          "jsx",
          "kt",
          "less",
          "lib",
          "list",
          "log",
          "lua",
          "m",
          "m4",
          "map",
          "markdown",
          "md",
          "mjs",
          "ml",
          "mm",
          "mo",
          "mov",
          "mp3",
          "mp4",
          "o",
          "obj",
          "ogg",
          "otf",
          "patch",
          "pdf",
          "pem",
          "php",
          "pl",
          "png",
          "po",
          "pot",
          "pptx",
          "properties",
          "proto",
          "ps1",
          "pub",
          "pxd",
          "pxi",
          "pyc",
          "pyd",
          "pyx",
          "r",
          "rb",
          "rs",
          "rst",
          "rtf",
          "s",
          "sass",
          "scala",
          "scss",
          "sh",
          "so",
          "sql",
          "sum",
          "svg",
          "swift",
          "swg",
          "tcl",
          "template",
          "tex",
          "tif",
          "tiff",
          "tmpl",
          "toml",
          "ts",
          "tsv",
          "tsx",
          "ttf",
          "txt",
          "typed",
          "vim",
          "vue",
          "wasm",
          "wav",
          "webm",
          "webp",
          "woff",
          "woff2",
          "xhtml",
          "xls",
          "xlsx",
          "xml",
          "xsd",
          "xsl",
          "zsh");

  /// The same of names without an ending; those that begin with a dot are settings.
  private static final Set<String> OTHER_NAMES =
      Set.of(
          "AUTHORS",
          "CHANGELOG",
          "CHANGES",
          "CODEOWNERS",
          "CONTRIBUTORS",
          "COPYING",
          "INSTALLER",
          "LICENSE",
          "MAINTAINERS",
          "Makefile",
          "METADATA",
          "NEWS",
          "NOTICE",
          "README",
          "RECORD",
          "REQUESTED",
          "THANKS",
          "VERSION",
          "WHEEL");

  private FileNames() {}

  /// What a file of this name is; empty when it is nothing that a run looks at.
  static Optional<Kind> kind(String path, String name) {
    String ending = ending(name);
    if (SOURCE.contains(ending)) {
      // A setup.py is both: the reader of pins finds it by its name.
      return Optional.of(Kind.SOURCE);
    }
    if (setsEnvironment(path, name, ending)) {
      return Optional.of(Kind.ENVIRONMENT);
    }
    if (PinFormat.ofName(name).isPresent()) {
      return Optional.of(Kind.PINS);
    }
    boolean other =
        ending.isEmpty()
            ? name.startsWith(".") || OTHER_NAMES.contains(name)
            : OTHER.contains(ending);
    return other ? Optional.empty() : Optional.of(Kind.CANDIDATE);
  }

  static boolean isModel(String name) {
    return MODEL.contains(ending(name));
  }

  /// The last ending in lower case; empty where there is none. A leading dot begins no ending.
  static String ending(String name) {
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  private static boolean setsEnvironment(String path, String name, String ending) {
    return switch (ending) {
      case "sh", "bash", "env", "dockerfile" -> true;
      case "yml", "yaml" ->
          name.contains("compose")
              || path.contains(".github/workflows/")
              || name.equals(".gitlab-ci.yml")
              || name.equals("azure-pipelines.yml")
              || path.contains(".circleci/");
      default -> {
        String lower = name.toLowerCase(Locale.ROOT);
        yield lower.equals("dockerfile")
            || lower.equals("containerfile")
            || lower.startsWith("dockerfile.")
            || lower.equals(".env")
            || lower.startsWith(".env.");
      }
    };
  }
}
