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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
          "torch.load(");

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

  void read(String name, long offset, ByteSource content) throws IOException {
    names.add(name);
    int length = (int) Math.min(MOST, content.size());
    if (content.size() > MOST) {
      problems.add(new Problem("source longer than " + MOST + " bytes", name));
    }
    String text = new String(content.bytes(0, length), StandardCharsets.ISO_8859_1);
    for (String word : python ? PYTHON : SCRIPT) {
      int at = find(text, word);
      if (at >= 0) {
        String what = python ? "importing this source may run it" : "running the model does it";
        effects.add(
            new Effect(
                at, line(text, at), Verdict.RUNS_CODE, name + " calls " + word + "…): " + what));
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
        Verdict.RUNS_CODE,
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
