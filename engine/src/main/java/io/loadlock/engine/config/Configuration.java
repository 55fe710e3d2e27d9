package io.loadlock.engine.config;

import io.loadlock.core.Severity;
import io.loadlock.engine.walk.Globs;
import io.loadlock.python.sink.Sink;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All that a configuration file can say. What it does not say is empty.
///
/// @param file where it was read, as reports name it; empty for none
/// @param exclude globs of paths that are not looked at
/// @param roots folders whose children are importable by their bare names
/// @param failOn from which severity on a run fails; empty for the default
/// @param neverFail whether `fail-on` is `never`
/// @param allowPartial globs of files that need not be read to their end
/// @param sinks the project's own
/// @param selection for every path
/// @param perPath in order of the file; each narrows what those before it say
public record Configuration(
    String file,
    List<String> exclude,
    List<String> roots,
    Optional<Severity> failOn,
    boolean neverFail,
    List<String> allowPartial,
    List<Sink> sinks,
    Selection selection,
    List<PerPath> perPath) {
  /// What holds where there is no file.
  public static final Configuration NONE =
      new Configuration(
          "",
          List.of(),
          List.of(),
          Optional.empty(),
          false,
          List.of(),
          List.of(),
          Selection.DEFAULT,
          List.of());

  public Configuration {
    exclude = List.copyOf(exclude);
    roots = List.copyOf(roots);
    allowPartial = List.copyOf(allowPartial);
    sinks = List.copyOf(sinks);
    perPath = List.copyOf(perPath);
  }

  /// What is reported, and how badly.
  ///
  /// @param select kinds or rules that are reported; empty for those on by default. `default` and
  ///   `all` are words of their own
  /// @param ignore kinds or rules that are not
  /// @param severity of a kind or rule, in place of its own
  public record Selection(
      List<String> select, List<String> ignore, Map<String, Severity> severity) {
    /// Everything that is on by default.
    public static final Selection DEFAULT = new Selection(List.of(), List.of(), Map.of());

    public Selection {
      select = List.copyOf(select);
      ignore = List.copyOf(ignore);
      severity = Map.copyOf(severity);
    }

    /// Whether findings of this rule and kind are wanted.
    public boolean wants(String rule, String kind, boolean onByDefault) {
      for (String name : ignore) {
        if (names(name, rule, kind)) {
          return false;
        }
      }
      if (select.isEmpty()) {
        return onByDefault;
      }
      for (String name : select) {
        if (name.equals("all")
            || name.equals("default") && onByDefault
            || names(name, rule, kind)) {
          return true;
        }
      }
      return false;
    }

    /// The severity that the user gives it, the kind's before the rule's.
    public Optional<Severity> severity(String rule, String kind) {
      Severity own = severity.get(kind);
      return Optional.ofNullable(own != null ? own : severity.get(rule));
    }

    /// Those of `other` behind these.
    Selection then(Selection other) {
      var both = new java.util.HashMap<>(severity);
      both.putAll(other.severity);
      var ignored = new java.util.ArrayList<>(ignore);
      ignored.addAll(other.ignore);
      return new Selection(other.select.isEmpty() ? select : other.select, ignored, both);
    }

    /// A name is a kind, a rule, or the beginning of a rule up to a `/` or a `-`.
    private static boolean names(String name, String rule, String kind) {
      return name.equals(kind)
          || name.equals(rule)
          || rule.startsWith(name + "/")
          || rule.startsWith(name + "-");
    }
  }

  /// What holds for some paths.
  public record PerPath(String glob, Selection selection) {
    boolean match(String path) {
      return Globs.of(List.of(glob)).match(path);
    }
  }

  /// What is reported of the file at `path`.
  public Selection selection(String path) {
    Selection all = selection;
    for (PerPath each : perPath) {
      if (each.match(path)) {
        all = all.then(each.selection());
      }
    }
    return all;
  }
}
