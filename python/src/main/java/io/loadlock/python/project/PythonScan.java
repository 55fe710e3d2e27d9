package io.loadlock.python.project;

import io.loadlock.core.Location;
import io.loadlock.core.Outcome;
import io.loadlock.core.Problem;
import io.loadlock.python.filter.NeedleFilter;
import io.loadlock.python.filter.Needles;
import io.loadlock.python.filter.WordSketch;
import io.loadlock.python.flow.Interest;
import io.loadlock.python.flow.Program;
import io.loadlock.python.flow.Report;
import io.loadlock.python.parse.ParsedSource;
import io.loadlock.python.parse.SyntaxProblem;
import io.loadlock.python.site.FileFacts;
import io.loadlock.python.value.ModuleModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The Python front end as the engine sees it: a tree of sources in, the load sites of each file
/// out.
public final class PythonScan {
  /// The interpreter recurses over the tree, whose depth the parser bounds; this is room for it.
  private static final long STACK = 1L << 29;

  /// How often wrappers and exports may make further files worth reading.
  private static final int WAVES = 6;

  /// How many files one name may make worth reading.
  private static final int HOLDERS = 120;

  /// How many sleeping functions one wave may wake.
  private static final int WOKEN = 1_500;

  /// How many problems of one file are told.
  private static final int PROBLEMS = 20;

  private final SourceTree tree;
  private final Options options;
  private final Project project;
  private final Program program;
  private final Needling needling;
  private final Map<String, WordSketch> passed = new LinkedHashMap<>();
  private final Map<String, Outcome> failed = new HashMap<>();

  private PythonScan(SourceTree tree, Options options) {
    this.tree = tree;
    this.options = options;
    this.needling = new Needling(options.sinks());
    this.project =
        new Project(tree, new ModuleIndex(tree.paths(), options.roots()), options, needling);
    this.program = new Program(options.sinks(), project, options.progress()::cancelled);
  }

  /// Reads every file of `tree` as one project.
  ///
  /// @return the facts of each path of the tree, in its order. A file that cannot be read or parsed
  ///   to its end says so in its outcome; nothing is thrown
  public static List<FileFacts> scan(SourceTree tree, Options options) {
    AtomicReference<@Nullable List<FileFacts>> facts = new AtomicReference<>();
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    Thread thread =
        new Thread(
            null, () -> facts.set(new PythonScan(tree, options).facts()), "python-scan", STACK);
    thread.setUncaughtExceptionHandler((_, thrown) -> failure.set(thrown));
    thread.start();
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    Throwable thrown = failure.get();
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown instanceof RuntimeException exception) {
      throw exception;
    }
    return java.util.Objects.requireNonNull(facts.get());
  }

  private List<FileFacts> facts() {
    read();
    readCarriers();
    program.run();
    for (int wave = 0; wave < WAVES && !options.thorough(); wave++) {
      Set<Interest.Name> names = Interest.of(program);
      boolean more = readMore(names);
      if (!wakeMore(names) && !more) {
        break;
      }
      program.run();
    }
    Report report = new Report(program);
    List<FileFacts> facts = new ArrayList<>();
    for (String path : tree.paths()) {
      facts.add(facts(path, report));
    }
    return List.copyOf(facts);
  }

  /// What one look at a file gives.
  private record Looked(
      @Nullable WordSketch sketch, Project.@Nullable Read read, @Nullable Outcome failure) {}

  /// Looks at every file, and parses those that may load something.
  private void read() {
    List<String> paths = tree.paths();
    if (options.jobs() == 1 || paths.size() < 4) {
      for (String path : paths) {
        take(path, look(path));
      }
      return;
    }
    try (ExecutorService threads =
        Executors.newFixedThreadPool(
            options.jobs(), run -> new Thread(null, run, "python-read", STACK))) {
      List<Future<Looked>> looks = new ArrayList<>();
      for (String path : paths) {
        looks.add(threads.submit(() -> look(path)));
      }
      for (int i = 0; i < looks.size(); i++) {
        take(paths.get(i), looks.get(i).get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reading", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private Looked look(String path) {
    if (options.progress().cancelled()) {
      return new Looked(
          null, null, new Outcome.Partial(List.of(Problem.of("the scan was stopped"))));
    }
    try {
      byte[] bytes = tree.read(path);
      WordSketch sketch = needling.sketch(path, bytes);
      if (sketch.wanted() || options.thorough()) {
        return new Looked(null, Project.parse(path, bytes), null);
      }
      return new Looked(sketch, null, null);
    } catch (IOException e) {
      return new Looked(
          null, null, new Outcome.Failed(Problem.of("cannot be read: " + e.getMessage())));
    } finally {
      options.progress().read(path);
    }
  }

  private void take(String path, Looked looked) {
    if (looked.failure() != null) {
      failed.put(path, looked.failure());
    } else if (looked.read() != null) {
      program.add(project.add(path, looked.read()));
    } else if (looked.sketch() != null) {
      passed.put(path, looked.sketch());
    }
  }

  /// Parses files that say how to load but not with what, together with the modules that may give
  /// them a library under another name: `from compat import ser`.
  private void readCarriers() {
    if (options.thorough()) {
      return;
    }
    List<String> carriers = new ArrayList<>();
    for (Map.Entry<String, WordSketch> file : passed.entrySet()) {
      if (LoadWords.CARRIED.stream().anyMatch(file.getValue()::mayHold)) {
        carriers.add(file.getKey());
      }
    }
    List<String> callers = new ArrayList<>();
    for (Map.Entry<String, WordSketch> file : passed.entrySet()) {
      if (LoadWords.CALLED.stream().anyMatch(file.getValue()::mayHold)) {
        callers.add(file.getKey());
      }
    }
    Set<String> wanted = new java.util.TreeSet<>();
    for (String carrier : carriers) {
      String name = ModuleIndex.nameOf(carrier);
      String stem = name.substring(name.lastIndexOf('.') + 1);
      List<String> holders =
          callers.stream().filter(path -> sketch(path).mayHold(stem)).limit(HOLDERS + 1).toList();
      if (!holders.isEmpty() && holders.size() <= HOLDERS) {
        wanted.add(carrier);
        wanted.addAll(holders);
      }
    }
    wanted.forEach(this::readOne);
  }

  private WordSketch sketch(String path) {
    return java.util.Objects.requireNonNull(passed.get(path));
  }

  private void readOne(String path) {
    passed.remove(path);
    ModuleModel module = project.load(path);
    if (module != null) {
      program.add(module);
    }
  }

  /// Parses the files that hold names of interest; false when there are none. A name that very many
  /// files hold is everybody's (`from_pretrained`): it is taken out of `names`, and only files that
  /// are wanted anyway, such as those that say `weights_only`, count as its callers.
  private boolean readMore(Set<Interest.Name> names) {
    Set<String> wanted = new LinkedHashSet<>();
    for (Interest.Name name : List.copyOf(names)) {
      List<String> holders = new ArrayList<>();
      passed.forEach(
          (path, sketch) -> {
            if (sketch.mayHold(name.name())
                && (name.isTelling() || name.owners().stream().anyMatch(sketch::mayHold))) {
              holders.add(path);
            }
          });
      if (holders.size() > HOLDERS) {
        names.remove(name);
      } else {
        wanted.addAll(holders);
      }
    }
    wanted.forEach(this::readOne);
    return !wanted.isEmpty();
  }

  /// Evaluates the functions that hold names of interest; where these are too many, those that hold
  /// the name of a wrapper alone.
  private boolean wakeMore(Set<Interest.Name> names) {
    return wakeMore(names, false) || wakeMore(names, true);
  }

  private boolean wakeMore(Set<Interest.Name> names, boolean deciding) {
    Set<String> words = new java.util.TreeSet<>();
    for (Interest.Name name : names) {
      if (deciding && !name.decides()) {
        continue;
      }
      if (name.name().chars().allMatch(c -> c < 128 && Character.isJavaIdentifierPart(c))) {
        words.add(name.name());
      }
    }
    if (words.isEmpty()) {
      return false;
    }
    NeedleFilter filter = new NeedleFilter(new Needles(words, List.of(), Set.of()));
    return program.wake(
        WOKEN,
        routine ->
            Needling.holds(
                filter,
                routine.module().parsed().source().text(),
                routine.node().start(),
                routine.node().end()));
  }

  private FileFacts facts(String path, Report report) {
    String format = path.endsWith(".ipynb") ? "notebook" : "python";
    Outcome failure = failed.get(path);
    ModuleModel module = project.loaded(path);
    if (failure != null || module == null) {
      Outcome outcome = failure == null ? Outcome.COMPLETE : failure;
      IOException unreadable = project.unreadable(path);
      if (unreadable != null) {
        outcome = new Outcome.Failed(Problem.of("cannot be read: " + unreadable.getMessage()));
      }
      return new FileFacts(path, format, outcome, List.of(), List.of());
    }
    return new FileFacts(
        path,
        format,
        outcome(path, module),
        report.sites(module).stream()
            .filter(site -> !options.disabledKinds().contains(site.sink().kind()))
            .toList(),
        module.parsed().comments(),
        report.settings(module));
  }

  /// *Partial* where bytes that were lost could hold a load.
  private Outcome outcome(String path, ModuleModel module) {
    if (program.unfinished()) {
      return new Outcome.Partial(List.of(Problem.of("the scan was stopped")));
    }
    Outcome notebook = project.notebookOutcome(path);
    if (notebook != null) {
      return notebook;
    }
    ParsedSource parsed = module.parsed();
    List<Problem> problems = new ArrayList<>();
    for (SyntaxProblem problem : parsed.problems()) {
      if (problems.size() < PROBLEMS
          && needling.mayHoldLoad(parsed.source().text(), problem.start(), problem.end())) {
        Location.Source where = parsed.source().locate(path, problem.start(), problem.end());
        problems.add(
            new Problem(
                problem.reason(),
                "line " + where.start().line() + ", column " + where.start().column()));
      }
    }
    return Outcome.of(problems);
  }

  /// The two filters of a catalogue of rows.
  static final class Needling {
    private final NeedleFilter files;
    private final NeedleFilter lost;
    private final NeedleFilter plain = new NeedleFilter(new Needles(Set.of(), List.of(), Set.of()));
    private final Map<Set<String>, NeedleFilter> functions = new HashMap<>();
    private final io.loadlock.python.sink.Sinks sinks;

    Needling(io.loadlock.python.sink.Sinks sinks) {
      this.files = new NeedleFilter(LoadWords.files(sinks));
      this.lost = new NeedleFilter(LoadWords.lost(sinks));
      this.sinks = sinks;
    }

    WordSketch sketch(String path, byte[] bytes) {
      return path.endsWith(".ipynb") ? files.notebook(bytes) : files.source(bytes);
    }

    boolean mayHoldLoad(byte[] text, int start, int end) {
      return holds(lost, text, start, end);
    }

    /// Finds the functions of a file that may have to do with loading.
    NeedleFilter functions(byte[] text) {
      Set<String> words = LoadWords.functions(sinks, files.source(text), plain.source(text));
      return functions.computeIfAbsent(
          words, all -> new NeedleFilter(new Needles(all, List.of(), Set.of())));
    }

    static boolean holds(NeedleFilter filter, byte[] text, int start, int end) {
      int from = Math.clamp(start, 0, text.length);
      int to = Math.clamp(end, from, text.length);
      return filter.source(java.util.Arrays.copyOfRange(text, from, to)).wanted();
    }
  }
}
