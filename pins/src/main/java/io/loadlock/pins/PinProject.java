package io.loadlock.pins;

import io.loadlock.core.Problem;
import io.loadlock.pins.Declaration.Scope;
import io.loadlock.pins.PinFormat.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The files of one folder that declare versions, read together.
///
/// Manifests that stand beside each other are alternatives (one user installs the package, another
/// the requirements file): only what all of them prove is proven. A lock narrows the manifest it
/// was made from. Files that contradict each other prove nothing.
public final class PinProject {
  /// A marker of PEP 508 that holds on one kind of machine, and not on the servers that most models
  /// are loaded on.
  private static final Pattern ELSEWHERE =
      Pattern.compile(
          "\\b(?:sys_platform|platform_system|os_name|platform_machine)\\s*==\\s*"
              + "['\"](?:win32|cygwin|darwin|Windows|Darwin|nt|arm64)['\"]");

  private final List<PinFile> files;

  public PinProject(List<PinFile> files) {
    this.files = files.stream().sorted((a, b) -> a.path().compareTo(b.path())).toList();
  }

  /// What is known of a distribution's installed version.
  public sealed interface Knowledge {
    /// The versions that can be installed.
    ///
    /// @param lines the declarations that prove it, in order of path and line
    record Proven(Bounds bounds, List<Declaration> lines) implements Knowledge {}

    /// @param reason one clause, such as `no file declares torch`
    record Unknown(String reason) implements Knowledge {}
  }

  public List<PinFile> files() {
    return files;
  }

  /// True when a file names the distribution, or may have done so where it could not be read.
  ///
  /// @param name normalized
  public boolean mayDeclare(String name) {
    return files.stream()
        .anyMatch(
            file ->
                hides(file)
                    || file.declarations().stream()
                        .anyMatch(line -> line.distribution().equals(name)));
  }

  /// Which versions of `distribution` the project's users run with.
  public Knowledge of(String distribution) {
    String name = Requirement.normalize(distribution);
    Optional<Bounds> wanted = Optional.empty();
    Optional<Bounds> locked = Optional.empty();
    List<Declaration> lines = new ArrayList<>();
    for (PinFile file : files) {
      List<Declaration> own = runtime(file, name);
      if (own.isEmpty() ? hides(file) : !file.problems().isEmpty()) {
        Problem problem = file.problems().getFirst();
        return new Knowledge.Unknown(problem.where() + " could not be read: " + problem.reason());
      }
      if (own.isEmpty()) {
        continue;
      }
      if (file.format().role() == Role.MANIFEST && onlyElsewhere(own)) {
        return new Knowledge.Unknown(
            file.path() + " declares " + name + " only where " + own.getFirst().marker());
      }
      Bounds bounds = file.format().role() == Role.MANIFEST ? together(own) : around(own);
      if (bounds.isEmpty()) {
        return new Knowledge.Unknown(file.path() + " contradicts itself about " + name);
      }
      lines.addAll(own);
      if (file.format().role() == Role.LOCK) {
        locked = Optional.of(locked.map(bounds::hull).orElse(bounds));
      } else {
        wanted = Optional.of(wanted.map(bounds::hull).orElse(bounds));
      }
    }
    return combine(name, wanted, locked, lines);
  }

  private static Knowledge combine(
      String name, Optional<Bounds> wanted, Optional<Bounds> locked, List<Declaration> lines) {
    if (wanted.isEmpty() && locked.isEmpty()) {
      return new Knowledge.Unknown("no file declares " + name);
    }
    Bounds bounds = locked.orElse(Bounds.ANY).intersect(wanted.orElse(Bounds.ANY));
    if (bounds.isEmpty()) {
      return new Knowledge.Unknown("the lock and its manifest disagree about " + name);
    }
    return new Knowledge.Proven(bounds, lines);
  }

  private static List<Declaration> runtime(PinFile file, String name) {
    return file.declarations().stream()
        .filter(line -> line.scope() == Scope.RUNTIME && line.distribution().equals(name))
        .sorted(
            (a, b) ->
                a.path().equals(b.path())
                    ? Integer.compare(a.line(), b.line())
                    : a.path().compareTo(b.path()))
        .toList();
  }

  /// True when the unread part of a file that says nothing of the distribution may have named it.
  /// Of a `setup.py` it is mostly the reading of a requirements file that stands beside it.
  private static boolean hides(PinFile file) {
    return !file.problems().isEmpty() && file.format() != PinFormat.SETUP_PY;
  }

  /// A lock has a row for each environment it was resolved for; what an image begins with, a later
  /// command replaces.
  private static Bounds around(List<Declaration> lines) {
    return lines.stream().map(Declaration::bounds).reduce(Bounds::hull).orElse(Bounds.ANY);
  }

  /// True when every line holds on the same other kind of machine, so that none speaks for the
  /// rest.
  private static boolean onlyElsewhere(List<Declaration> lines) {
    return lines.stream().map(Declaration::marker).distinct().count() == 1
        && ELSEWHERE.matcher(lines.getFirst().marker()).find();
  }

  /// Lines without a marker hold together; those under markers are alternatives, of which one or
  /// another applies.
  private static Bounds together(List<Declaration> lines) {
    Bounds always = Bounds.ANY;
    Optional<Bounds> sometimes = Optional.empty();
    boolean unconditional = false;
    for (Declaration line : lines) {
      if (line.marker().isEmpty()) {
        always = always.intersect(line.bounds());
        unconditional = true;
      } else {
        sometimes = Optional.of(sometimes.map(line.bounds()::hull).orElse(line.bounds()));
      }
    }
    return unconditional || sometimes.isEmpty() ? always : sometimes.get();
  }
}
