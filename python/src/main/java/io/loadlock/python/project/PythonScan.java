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
import io.loadlock.python.sink.Sinks;
import io.loadlock.python.site.FileFacts;
import io.loadlock.python.value.ModuleModel;
import io.loadlock.python.value.Routine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The Python front end as the engine sees it: a tree of sources in, the load sites of each file
/// out.
public final class PythonScan {
  /// The interpreter recurses over the tree, whose depth the parser bounds; this is room for it.
  private static final long STACK = 1L << 29;

  /// How often wrappers and exports may make further files worth reading.
  private static final int WAVES = 6;

  /// A name that no more files than this hold needs nothing beside it to be worth reading.
  private static final int RARE = 24;

  /// How many problems of one file are told.
  private static final int PROBLEMS = 20;

  private final SourceTree tree;
  private final Options options;
  private final Project project;
  private final Program program;
  private final Needling needling;
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
    return scan(tree, options, STACK);
  }

  /// @param stack bytes for the thread that evaluates
  static List<FileFacts> scan(SourceTree tree, Options options, long stack) {
    AtomicReference<@Nullable List<FileFacts>> facts = new AtomicReference<>();
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    Thread thread =
        new Thread(
            null, () -> facts.set(new PythonScan(tree, options).facts()), "python-scan", stack);
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
    return Objects.requireNonNull(facts.get());
  }

  private List<FileFacts> facts() {
    read();
    readCarriers();
    program.run();
    for (int wave = 0; wave < WAVES && !options.thorough(); wave++) {
      Collection<Interest.Name> names = Interest.of(program);
      boolean more = readMore(names);
      boolean asked = Interest.wakeAsked(program);
      if (!wakeMore(names) && !more && !asked) {
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
    } catch (OutOfMemoryError e) {
      return new Looked(null, null, new Outcome.Failed(Problem.of(Project.MEMORY)));
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
      project.passed.put(path, looked.sketch());
    }
  }

  /// Parses the files that name a module which may be passed on under another name, `import pickle
  /// as ser`: others may load with what they get from there.
  private void readCarriers() {
    if (options.thorough()) {
      return;
    }
    List<String> carriers = new ArrayList<>();
    project.passed.forEach(
        (path, sketch) -> {
          if (sketch.holdsLibrary(LoadWords.CARRYING)) {
            carriers.add(path);
          }
        });
    carriers.forEach(this::readOne);
  }

  private WordSketch sketch(String path) {
    return Objects.requireNonNull(project.passed.get(path));
  }

  private void readOne(String path) {
    ModuleModel module = project.load(path);
    if (module != null) {
      program.add(module);
    }
  }

  /// Which holders of a name are worth reading: all where they are few, else those that show that
  /// they mean it.
  private <T> List<T> meant(
      Interest.Name name,
      List<T> holders,
      Function<T, WordSketch> words,
      Function<T, String> module) {
    if (holders.size() <= RARE) {
      return holders;
    }
    List<T> meant = new ArrayList<>();
    for (T holder : holders) {
      WordSketch sketch = words.apply(holder);
      if ((name.keywords().isEmpty() || name.keywords().stream().anyMatch(sketch::mayHold))
          && (name.isNear(module.apply(holder))
              || name.owners().stream().anyMatch(sketch::mayHold))) {
        meant.add(holder);
      }
    }
    return name.decides() || meant.size() <= RARE ? meant : List.of();
  }

  /// The words for which files were parsed in vain.
  private final Map<String, Set<String>> refused = new HashMap<>();

  /// Parses the files that hold names of interest; false when there are none.
  private boolean readMore(Collection<Interest.Name> names) {
    Map<String, Set<String>> wanted = new LinkedHashMap<>();
    for (Interest.Name name : names) {
      List<String> holders = new ArrayList<>();
      project.passed.forEach(
          (path, sketch) -> {
            if (sketch.mayHold(name.name())) {
              holders.add(path);
            }
          });
      for (String path : meant(name, holders, this::sketch, ModuleIndex::nameOf)) {
        if (!refused.getOrDefault(path, Set.of()).contains(name.name())) {
          wanted.computeIfAbsent(path, _ -> new TreeSet<>()).add(name.name());
        }
      }
    }
    boolean more = false;
    for (Map.Entry<String, Set<String>> file : wanted.entrySet()) {
      WordSketch sketch = sketch(file.getKey());
      ModuleModel module = project.load(file.getKey());
      if (module != null && (isNotebook(file.getKey()) || holds(module, file.getValue()))) {
        program.add(module);
        more = true;
      } else if (module != null) {
        project.forget(module, sketch);
        refused.computeIfAbsent(file.getKey(), _ -> new TreeSet<>()).addAll(file.getValue());
      }
    }
    return more;
  }

  private static boolean isNotebook(String path) {
    return path.endsWith(".ipynb");
  }

  private boolean holds(ModuleModel module, Set<String> words) {
    byte[] text = module.parsed().source().text();
    return new NeedleFilter(new Needles(words, List.of(), Set.of())).holds(text, 0, text.length);
  }

  /// Evaluates the functions that hold names of interest; false when there are none.
  private boolean wakeMore(Collection<Interest.Name> names) {
    Map<ModuleModel, List<Routine>> sleeping = program.sleeping();
    Map<ModuleModel, List<String>> words = new LinkedHashMap<>();
    for (Interest.Name name : names) {
      List<ModuleModel> holders = new ArrayList<>();
      for (ModuleModel module : sleeping.keySet()) {
        if (project.words(module).mayHold(name.name())) {
          holders.add(module);
        }
      }
      for (ModuleModel module : meant(name, holders, project::words, ModuleModel::name)) {
        words.computeIfAbsent(module, _ -> new ArrayList<>()).add(name.name());
      }
    }
    boolean woken = false;
    for (Map.Entry<ModuleModel, List<String>> entry : words.entrySet()) {
      for (Routine routine : Objects.requireNonNull(sleeping.get(entry.getKey()))) {
        if (entry.getValue().stream().anyMatch(project.words(routine)::mayHold)) {
          program.wake(routine);
          woken = true;
        }
      }
    }
    return woken;
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
    if (notebook instanceof Outcome.Failed || notebook instanceof Outcome.Skipped) {
      return notebook;
    }
    ParsedSource parsed = module.parsed();
    List<Problem> problems = new ArrayList<>(notebook == null ? List.of() : notebook.problems());
    program
        .partial(module)
        .forEach(
            (unit, reason) -> {
              int start = unit instanceof Routine routine ? routine.node().start() : 0;
              problems.add(new Problem(unit + " " + reason, place(parsed, path, start, start)));
            });
    for (SyntaxProblem problem : parsed.problems()) {
      if (problems.size() < PROBLEMS
          && needling.mayHoldLoad(parsed.source().text(), problem.start(), problem.end())) {
        problems.add(
            new Problem(problem.reason(), place(parsed, path, problem.start(), problem.end())));
      }
    }
    return Outcome.of(problems);
  }

  private static String place(ParsedSource parsed, String path, int start, int end) {
    Location.Source where = parsed.source().locate(path, start, end);
    String cell =
        where.cell().map(it -> "cell " + it.cell() + ", line " + it.line() + "; ").orElse("");
    return cell + "line " + where.start().line() + ", column " + where.start().column();
  }

  /// The two filters of a catalogue of rows.
  static final class Needling {
    private final NeedleFilter files;
    private final Supplier<Needles> lostWords;
    private @Nullable NeedleFilter lost;
    private final NeedleFilter plain = new NeedleFilter(new Needles(Set.of(), List.of(), Set.of()));
    private final Map<Set<String>, NeedleFilter> functions = new HashMap<>();
    private final List<Needles.Group> groups;

    Needling(Sinks sinks) {
      this.groups = LoadWords.groups(sinks);
      this.files = new NeedleFilter(LoadWords.files(groups));
      this.lostWords = () -> LoadWords.lost(sinks);
    }

    WordSketch sketch(String path, byte[] bytes) {
      return path.endsWith(".ipynb") ? files.notebook(bytes) : files.source(bytes);
    }

    /// All words of what is executed of a stretch, whatever they are.
    WordSketch plain(byte[] text, int start, int end) {
      return plain.words(text, start, end);
    }

    /// Made when something was lost: most sources can be read.
    boolean mayHoldLoad(byte[] text, int start, int end) {
      if (lost == null) {
        lost = new NeedleFilter(lostWords.get());
      }
      int from = Math.clamp(start, 0, text.length);
      return lost.holdsAnywhere(text, from, Math.clamp(end, from, text.length));
    }

    /// Finds the functions of a file that may have to do with loading.
    NeedleFilter functions(byte[] text, WordSketch plain) {
      Set<String> words = LoadWords.functions(groups, files.source(text), plain);
      return functions.computeIfAbsent(
          words, all -> new NeedleFilter(new Needles(all, List.of(), Set.of())));
    }
  }
}
