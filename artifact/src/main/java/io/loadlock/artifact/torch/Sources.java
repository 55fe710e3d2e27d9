package io.loadlock.artifact.torch;

import io.loadlock.artifact.Effect;
import io.loadlock.artifact.Notice;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.Verdict;
import io.loadlock.core.ByteSource;
import io.loadlock.core.Outcome;
import io.loadlock.core.Problem;
import io.loadlock.core.Severity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The sources in an archive. Those of `torch.package` are Python, run by the importer as soon as a
/// pickle of the package names one of their classes; those of TorchScript are a language of its
/// own, whose operators reach files.
///
/// The sources are not understood here, only searched for calls that reach the system: finding none
/// proves nothing.
final class Sources {
  private static final int MOST = 4 << 20;
  private static final int SHOWN = 20;

  private static final List<String> SCRIPT =
      List.of(
          "torch.save(",
          "torch.from_file(",
          "ops.aten.save(",
          "ops.aten.from_file(",
          "ops.aten.load(",
          "torch.load(",
          "ops.image.read_file(",
          "ops.image.write_file(",
          "ops.torchaudio.sox_",
          "ops.video_reader.");

  /// Whose operators compute: PyTorch itself, and the libraries that add theirs when they are
  /// imported. An operator of any other namespace is machine code that nobody read.
  private static final Set<String> NAMESPACES =
      Set.of(
          ("aten prim prims quantized quantized_decomposed sparse inductor c10d c10d_functional"
               + " _c10d_functional profiler prepacked _caffe2 caffe2 mkldnn rnn profiling dist_rpc"
               + " mkldnn_prepacked onednn onednn_fusion llga vulkan vulkan_prepacked metal"
               + " metal_prepacked xnnpack _quantized cuda cudnn nnapi internal rngprims nvprims"
               + " static_runtime torchvision image video_reader torchaudio torchtext torch_scatter"
               + " torch_sparse torch_cluster torch_spline_conv pyg fbgemm torch_ipex torch_nms"
               + " detectron2 torchrec fairseq onnx mps xla")
              .split(" "));

  private static final Pattern OPERATOR =
      Pattern.compile("\\bops\\.([A-Za-z_]\\w*)\\.([A-Za-z_]\\w*)");

  /// `import os as o`, and what `from os import …` takes.
  private static final Pattern IMPORT_AS =
      Pattern.compile("(?m)^\\s*import\\s+([\\w.]+)\\s+as\\s+(\\w+)");

  private static final Pattern FROM_IMPORT =
      Pattern.compile("(?m)^\\s*from\\s+([\\w.]+)\\s+import\\s+\\(?([\\w ,]+)");

  private static final List<String> PYTHON =
      List.of(
          "os.system(",
          "os.popen(",
          "os.exec",
          "os.spawn",
          "posix.system(",
          "subprocess.",
          "pty.spawn(",
          "eval(",
          "exec(",
          "__import__(",
          "socket.socket(",
          "urllib.request.urlopen(",
          "urlopen(",
          "ctypes.",
          "shutil.rmtree(",
          "os.remove(",
          "os.unlink(",
          "marshal.loads(",
          "pickle.loads(",
          "runpy.",
          "importlib.import_module(",
          "builtins.");

  private final boolean python;
  private final List<String> names = new ArrayList<>();
  private final List<Effect> effects = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();

  Sources(boolean python) {
    this.python = python;
  }

  /// Whether operators and classes of this namespace of TorchScript compute.
  static boolean vetted(String namespace) {
    return NAMESPACES.contains(namespace);
  }

  void read(String name, long offset, ByteSource content) throws IOException {
    names.add(name);
    int length = (int) Math.min(MOST, content.size());
    if (content.size() > MOST) {
      problems.add(new Problem("source longer than " + MOST + " bytes", name));
    }
    String text = new String(content.bytes(0, length), StandardCharsets.ISO_8859_1);
    String what = python ? "importing this source may run it" : "running the model does it";
    for (String word : python ? PYTHON : SCRIPT) {
      call(name, text, word, word, what);
    }
    if (python) {
      renamed(text).forEach((word, full) -> call(name, text, word, full, what));
    } else {
      operators(name, text);
    }
  }

  private void call(String name, String text, String word, String full, String what) {
    int at = find(text, word);
    if (at >= 0) {
      effects.add(
          new Effect(
              at, line(text, at), Verdict.RUNS_CODE, name + " calls " + full + "…): " + what));
    }
  }

  /// The same calls by the names that imports give them, with what they stand for.
  private static Map<String, String> renamed(String text) {
    Map<String, String> words = new TreeMap<>();
    Matcher as = IMPORT_AS.matcher(text);
    while (as.find()) {
      for (String word : PYTHON) {
        if (word.startsWith(as.group(1) + ".")) {
          words.put(as.group(2) + word.substring(as.group(1).length()), word);
        }
      }
    }
    Matcher from = FROM_IMPORT.matcher(text);
    while (from.find()) {
      for (String taken : from.group(2).split(",", -1)) {
        String[] parts = taken.strip().split("\\s+as\\s+", 2);
        String full = from.group(1) + "." + parts[0];
        boolean harmful =
            PYTHON.stream()
                .anyMatch(word -> word.startsWith(full + "(") || full.startsWith(stem(word)));
        if (harmful) {
          words.put(parts[parts.length - 1] + "(", full + "(");
        }
      }
    }
    return words;
  }

  /// `subprocess.` and `os.exec` stand for whatever begins so; `urlopen(` only for itself.
  private static String stem(String word) {
    return word.endsWith("(") ? "\n" + word : word;
  }

  private void operators(String name, String text) {
    Set<String> seen = new HashSet<>();
    Matcher operator = OPERATOR.matcher(text);
    while (operator.find() && seen.size() < SHOWN) {
      String namespace = operator.group(1);
      if (!NAMESPACES.contains(namespace) && seen.add(namespace)) {
        effects.add(
            new Effect(
                operator.start(),
                line(text, operator.start()),
                Verdict.UNKNOWN_CODE,
                name + " calls operators of " + namespace + ", a library that nobody vetted"));
      }
    }
  }

  /// A word of its own: `eval(`, and not `model.eval(`.
  private static int find(String text, String word) {
    int at = text.indexOf(word);
    while (at > 0
        && (Character.isLetterOrDigit(text.charAt(at - 1))
            || text.charAt(at - 1) == '_'
            || text.charAt(at - 1) == '.')) {
      at = text.indexOf(word, at + 1);
    }
    return at;
  }

  private static String line(String text, int at) {
    int start = text.lastIndexOf('\n', at) + 1;
    int end = text.indexOf('\n', at);
    String line = text.substring(start, end < 0 ? text.length() : end).strip();
    return line.length() > 200 ? line.substring(0, 200) + "…" : line;
  }

  List<Effect> effects() {
    return effects;
  }

  Reading reading() {
    return new Reading(
        python ? "python-sources" : "torchscript-sources",
        Outcome.COMPLETE,
        effects.stream().map(Effect::verdict).reduce(Verdict.PLAIN_DATA, Verdict::worse),
        effects,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        new TreeMap<>());
  }

  void report(Map<String, String> details, List<Notice> notices, List<Problem> target) {
    target.addAll(problems);
    if (names.isEmpty()) {
      return;
    }
    String more = names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : "";
    details.put(
        "sources", String.join(", ", names.subList(0, Math.min(SHOWN, names.size()))) + more);
    if (python) {
      notices.add(
          new Notice(
              "package-sources",
              Severity.MEDIUM,
              0,
              names.size()
                  + " Python sources are part of the package and run when it is loaded from."));
    }
  }
}
