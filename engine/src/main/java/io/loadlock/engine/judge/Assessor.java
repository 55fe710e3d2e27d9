package io.loadlock.engine.judge;

import io.loadlock.core.Evidence;
import io.loadlock.core.Location;
import io.loadlock.core.Severity;
import io.loadlock.engine.project.Projects;
import io.loadlock.pins.Bounds;
import io.loadlock.pins.Declaration;
import io.loadlock.pins.Version;
import io.loadlock.python.sink.Sink;
import io.loadlock.python.site.LoadSite;
import io.loadlock.python.site.PathValue;
import io.loadlock.python.site.Restriction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Looks at one call: its deciding argument, what restricts it, and what the installed version
/// makes of a call without that argument.
final class Assessor {
  /// Since when the safe default has no known hole.
  private static final Version CURRENT_TORCH = Version.of("2.10");

  private final Projects projects;
  private final Voids voids;
  private final Restrictions restrictions;

  Assessor(Projects projects, Voids voids, Restrictions restrictions) {
    this.projects = projects;
    this.voids = voids;
    this.restrictions = restrictions;
  }

  /// A deny-list stops those who do not know the next name.
  private static final Severity DENY_LIST = Severity.HIGH;

  /// Empty when there is nothing to report.
  Optional<Assessment> assess(LoadSite site) {
    Severity base = site.sink().severity();
    String restriction = "";
    switch (site.restriction()) {
      case Restriction.None _ -> {}
      case Restriction.Open open -> {
        restriction = "its find_class " + open.reason();
        if (open.denies() && base == Severity.CRITICAL) {
          base = DENY_LIST;
        }
      }
      case Restriction.FixedSet set -> {
        Optional<String> objection = restrictions.objection(set);
        if (objection.isEmpty()) {
          return Optional.empty();
        }
        restriction = objection.get();
      }
    }
    Optional<Sink.Safety> row = site.sink().safety();
    if (row.isEmpty()) {
      return reported(base, restriction, "none");
    }
    String parameter = row.get().parameter();
    return switch (site.safety()) {
      case LoadSite.Safety.None _ -> absent(site, row.get());
      case LoadSite.Safety.Absent _ -> absent(site, row.get());
      case LoadSite.Safety.Safe _ ->
          row.get()
              .remaining()
              .map(
                  left ->
                      new Assessment(left, "", "safe", Optional.of(Proof.STARTS_EMPTY), List.of()));
      case LoadSite.Safety.Unsafe unsafe ->
          reported(base, parameter + " is " + unsafe.value(), "unsafe");
      case LoadSite.Safety.Unknown unknown ->
          reported(base, parameter + " is not known to be safe: " + unknown.reason(), "unknown");
    };
  }

  private static Optional<Assessment> reported(Severity severity, String reason, String argument) {
    return Optional.of(new Assessment(severity, reason, argument, Optional.empty(), List.of()));
  }

  private Optional<Assessment> absent(LoadSite site, Sink.Safety row) {
    Severity base = site.sink().severity();
    String missing =
        row.parameter().isEmpty()
            ? "only the installed version decides"
            : row.parameter() + " is not given";
    Defaults.Answer answer = Defaults.of(row, site.location().path(), projects);
    Optional<String> voided = voided(site, row);
    if (voided.isPresent()
        && !(answer instanceof Defaults.Answer.Unsafe(String reason) && reason.isEmpty())) {
      return reported(base, missing + ", and " + voided.get(), "absent");
    }
    return switch (answer) {
      case Defaults.Answer.Safe _ -> Optional.empty();
      case Defaults.Answer.Unsafe unsafe ->
          reported(
              base,
              unsafe.reason().isEmpty() ? missing : missing + ", and " + unsafe.reason(),
              "absent");
      case Defaults.Answer.UnsafeByVersion unsafe ->
          Optional.of(
              new Assessment(
                  base,
                  missing
                      + ", and the default of "
                      + version(unsafe.distribution(), unsafe.bounds())
                      + " is not safe",
                  "absent",
                  Optional.empty(),
                  lines(unsafe.lines())));
      case Defaults.Answer.SafeByVersion safe -> byVersion(base, missing, row, safe);
    };
  }

  /// A default that has always been safe, but for very old versions, is nothing to report; one that
  /// became safe late is, because another machine may have another version.
  private static Optional<Assessment> byVersion(
      Severity base, String missing, Sink.Safety row, Defaults.Answer.SafeByVersion safe) {
    if (row.safeByDefault()) {
      return Optional.empty();
    }
    boolean current =
        !safe.distribution().equals("torch") || safe.bounds().provesAtLeast(CURRENT_TORCH);
    return Optional.of(
        new Assessment(
            base,
            version(safe.distribution(), safe.bounds()) + " is pinned: " + missing,
            "absent",
            Optional.of(current ? Proof.DEFAULT_SAFE_CURRENT : Proof.DEFAULT_SAFE),
            lines(safe.lines())));
  }

  private Optional<String> voided(LoadSite site, Sink.Safety row) {
    Optional<String> byArgument =
        row.voidedBy()
            .filter(parameter -> isGiven(site.argument(parameter.name(), parameter.position())))
            .map(parameter -> parameter.name() + " is given, which takes the safe default away");
    if (byArgument.isPresent()) {
      return byArgument;
    }
    return voids
        .touching(site.location().path(), site.sink().name(), row.safeByDefault())
        .map(Voids.Voiding::clause);
  }

  private static boolean isGiven(Optional<PathValue> argument) {
    return argument.isPresent()
        && !(argument.get() instanceof PathValue.Literal literal
            && literal.python().equals("None"));
  }

  static String version(String distribution, Bounds bounds) {
    String text = bounds.toString();
    return text.startsWith("==")
        ? distribution + " " + text.substring(2)
        : distribution + " " + text;
  }

  static List<Evidence> lines(List<Declaration> lines) {
    List<Evidence> evidence = new ArrayList<>();
    for (Declaration line : lines) {
      evidence.add(new Evidence(place(line), "declares " + line.text()));
    }
    return evidence;
  }

  /// The whole line; what its columns are nobody needs to know.
  static Location.Source place(Declaration line) {
    Location.Point start = new Location.Point(line.line(), 1, 1);
    int end = 1 + line.text().length();
    return new Location.Source(
        line.path(), 0, 0, start, new Location.Point(line.line(), end, end), Optional.empty());
  }
}
