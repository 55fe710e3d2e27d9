package io.loadlock.engine.judge;

import io.loadlock.core.Evidence;
import io.loadlock.core.Finding;
import io.loadlock.core.Location;
import io.loadlock.core.Rule;
import io.loadlock.core.Rules;
import io.loadlock.engine.project.Projects;
import io.loadlock.pins.Declaration;
import io.loadlock.pins.PinProject.Knowledge;
import io.loadlock.pins.Version;
import io.loadlock.python.sink.Sink;
import io.loadlock.python.site.LoadSite;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Calls that rely on a safe argument in a version where that argument has a hole: one finding for
/// each pin that proves such a version.
final class Reliance {
  /// A safe argument that is none below some version.
  ///
  /// @param functions the rows that have it, by the last part of their first names; empty for all
  /// @param byDefault whether calls that leave it at its safe default rely on it as well: where
  ///   nothing else is said of them
  /// @param remedy what to write instead, one sentence
  private record Flaw(
      String parameter,
      String functions,
      boolean byDefault,
      String distribution,
      Version below,
      Rule rule,
      String why,
      String remedy) {
    boolean concerns(LoadSite site, Sink.Safety row) {
      return parameter.equals(row.parameter()) && site.sink().name().endsWith(functions);
    }
  }

  private static Flaw torch(String below, Rule rule, String why) {
    return new Flaw(
        "weights_only",
        "",
        false,
        "torch",
        Version.of(below),
        rule,
        why,
        "Raise the pin to torch 2.10 or newer.");
  }

  private static Flaw keras(String distribution, String below, String why) {
    String newer = "keras 3.11.3 or newer.";
    return new Flaw(
        "safe_mode",
        ".load_model",
        true,
        distribution,
        Version.of(below),
        Rules.BROKEN_SAFE_MODE,
        why,
        distribution.equals("keras")
            ? "Raise the pin to " + newer
            : "Raise the pin to tensorflow 2.16 or newer, with " + newer);
  }

  /// The worst first: a pin is reported under the first that it proves. What Keras' versions do was
  /// read in keras 2.12.0, 2.13.1, 2.15.0, 3.0.0, 3.8.0, 3.9.2, 3.10.0, 3.11.0 and 3.11.3,
  /// keras/src/saving/serialization_lib.py `_retrieve_class_or_fn` and
  /// keras/src/legacy/saving/legacy_h5_format.py `load_model_from_hdf5`.
  private static final List<Flaw> FLAWS =
      List.of(
          torch(
              "2.6",
              Rules.BROKEN_WEIGHTS_ONLY,
              "below 2.6 a checkpoint can run code in spite of it (CVE-2025-32434)"),
          torch(
              "2.10",
              Rules.WEAK_WEIGHTS_ONLY,
              "below 2.10 a crafted checkpoint corrupts memory in spite of it (CVE-2026-24747)"),
          keras(
              "keras",
              "3.9",
              "below 3.9 a model may name any function of any module (CVE-2025-1550), and below"
                  + " 3.11.3 it is not applied to HDF5 files (CVE-2025-9905)"),
          keras(
              "keras",
              "3.11",
              "below 3.11 a model may call Keras' own downloader (CVE-2025-8747), and below 3.11.3"
                  + " it is not applied to HDF5 files (CVE-2025-9905)"),
          keras(
              "keras",
              "3.11.3",
              "below 3.11.3 it is not applied to HDF5 files, whose Lambda layers run code"
                  + " (CVE-2025-9905)"),
          keras(
              "tensorflow",
              "2.16",
              "below 2.16 it brings a Keras of the same version, in which a model may name any"
                  + " function of any module and HDF5 files are read without it (as in"
                  + " CVE-2025-1550 and CVE-2025-9905)"));

  private record Pin(Declaration line, Flaw flaw, Knowledge.Proven proven) {}

  private final Projects projects;
  private final Map<String, Pin> pins = new TreeMap<>();
  private final Map<String, List<LoadSite>> calls = new TreeMap<>();

  Reliance(Projects projects) {
    this.projects = projects;
  }

  void add(LoadSite site) {
    Optional<Sink.Safety> row = site.sink().safety();
    if (row.isEmpty()) {
      return;
    }
    for (Flaw flaw : FLAWS) {
      if (flaw.concerns(site, row.get())
          && relies(site, row.get(), flaw)
          && projects.of(site.location().path(), flaw.distribution())
              instanceof Knowledge.Proven proven
          && proven.bounds().provesBelow(flaw.below())
          && !proven.lines().isEmpty()) {
        Declaration line = deciding(proven, flaw);
        String key = line.path() + "\0" + line.line();
        pins.putIfAbsent(key, new Pin(line, flaw, proven));
        calls.computeIfAbsent(key, _ -> new ArrayList<>()).add(site);
        return;
      }
    }
  }

  private boolean relies(LoadSite site, Sink.Safety row, Flaw flaw) {
    return switch (site.safety()) {
      case LoadSite.Safety.Safe _ -> true;
      case LoadSite.Safety.Absent _ ->
          flaw.byDefault()
              && switch (Defaults.of(row, site.location().path(), projects)) {
                case Defaults.Answer.Safe _, Defaults.Answer.SafeByVersion _ -> true;
                case Defaults.Answer.Unsafe _, Defaults.Answer.UnsafeByVersion _ -> false;
              };
      case LoadSite.Safety.None _, LoadSite.Safety.Unsafe _, LoadSite.Safety.Unknown _ -> false;
    };
  }

  /// The line that itself proves it, where one does; else the first of those that do together.
  private static Declaration deciding(Knowledge.Proven proven, Flaw flaw) {
    return proven.lines().stream()
        .filter(line -> line.bounds().provesBelow(flaw.below()))
        .findFirst()
        .orElse(proven.lines().getFirst());
  }

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    pins.forEach((key, pin) -> findings.add(finding(pin, calls.getOrDefault(key, List.of()))));
    return findings;
  }

  private static Finding finding(Pin pin, List<LoadSite> calls) {
    Flaw flaw = pin.flaw();
    List<Evidence> evidence = new ArrayList<>();
    for (LoadSite call : calls) {
      evidence.add(new Evidence(call.location(), "relies on " + flaw.parameter() + "=True"));
    }
    String count = calls.size() == 1 ? "one call relies" : calls.size() + " calls rely";
    Location place = Assessor.place(pin.line());
    TreeMap<String, String> properties = new TreeMap<>();
    properties.put("kind", "pin");
    properties.put("distribution", flaw.distribution());
    properties.put("calls", String.valueOf(calls.size()));
    return new Finding(
        flaw.rule().id(),
        "pin",
        flaw.rule().severity(),
        50,
        place,
        "`"
            + pin.line().text()
            + "` proves "
            + Assessor.version(flaw.distribution(), pin.proven().bounds())
            + ", and "
            + count
            + " on "
            + flaw.parameter()
            + "=True: "
            + flaw.why()
            + ".",
        flaw.remedy(),
        evidence,
        List.of(),
        List.of(),
        Optional.empty(),
        properties);
  }
}
