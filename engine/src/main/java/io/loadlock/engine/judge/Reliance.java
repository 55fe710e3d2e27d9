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
  private record Flaw(
      String parameter, String distribution, Version below, Rule rule, String why) {}

  /// The worst first: a pin is reported under the first that it proves.
  private static final List<Flaw> FLAWS =
      List.of(
          new Flaw(
              "weights_only",
              "torch",
              Version.of("2.6"),
              Rules.BROKEN_WEIGHTS_ONLY,
              "below 2.6 a checkpoint can run code in spite of it (CVE-2025-32434)"),
          new Flaw(
              "weights_only",
              "torch",
              Version.of("2.10"),
              Rules.WEAK_WEIGHTS_ONLY,
              "below 2.10 a crafted checkpoint corrupts memory in spite of it (CVE-2026-24747)"));

  private record Pin(Declaration line, Flaw flaw, Knowledge.Proven proven) {}

  private final Projects projects;
  private final Map<String, Pin> pins = new TreeMap<>();
  private final Map<String, List<LoadSite>> calls = new TreeMap<>();

  Reliance(Projects projects) {
    this.projects = projects;
  }

  void add(LoadSite site) {
    Optional<Sink.Safety> row = site.sink().safety();
    if (row.isEmpty() || !(site.safety() instanceof LoadSite.Safety.Safe)) {
      return;
    }
    for (Flaw flaw : FLAWS) {
      if (flaw.parameter().equals(row.get().parameter())
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
        "Raise the pin to " + flaw.distribution() + " " + Version.of("2.10") + " or newer.",
        evidence,
        List.of(),
        List.of(),
        Optional.empty(),
        properties);
  }
}
