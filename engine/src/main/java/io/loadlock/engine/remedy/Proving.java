package io.loadlock.engine.remedy;

import io.loadlock.core.Finding;
import io.loadlock.core.Fix;
import io.loadlock.core.Fix.Edit;
import io.loadlock.core.Location;
import io.loadlock.engine.remedy.Plan.Choice;
import io.loadlock.engine.scan.Scan;
import io.loadlock.engine.scan.ScanRequest;
import io.loadlock.engine.scan.ScanResult;
import io.loadlock.python.notebook.Notebook;
import io.loadlock.python.parse.ParsedSource;
import io.loadlock.python.parse.Parser;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Finds what to change: scans, does the fixes in memory, scans what the files would become, and
/// takes back each fix that did not silence its finding or broke its file, until nothing more can
/// be done. Nothing is written.
public final class Proving {
  /// Fixes that overlap, or that are taken back, need rounds of their own. More than this help
  /// nobody.
  private static final int ROUNDS = 12;

  private final ScanRequest request;
  private final boolean unsafe;
  private final Map<String, byte[]> before = new HashMap<>();
  private final Map<String, byte[]> now = new TreeMap<>();

  /// What the findings of the newest scan were in the first one.
  private Map<Place, Finding> origins = new LinkedHashMap<>();

  private final Map<Finding, Set<String>> refused = new HashMap<>();
  private final Map<Finding, Fix> done = new LinkedHashMap<>();

  private Proving(ScanRequest request, boolean unsafe) {
    this.request = request;
    this.unsafe = unsafe;
  }

  /// Where a finding is.
  private record Place(String path, long start, String kind) {
    static Optional<Place> of(Finding finding) {
      return finding.location() instanceof Location.Source source
          ? Optional.of(new Place(source.path(), source.startByte(), finding.kind()))
          : Optional.empty();
    }
  }

  /// What a run would do.
  ///
  /// @param scanned what was found before anything is changed
  /// @param patches by path
  /// @param done in the order of the report
  /// @param left the loads that stay as they are, in the order of the report
  public record Result(ScanResult scanned, List<Patch> patches, List<Done> done, List<Left> left) {
    public Result {
      patches = List.copyOf(patches);
      done = List.copyOf(done);
      left = List.copyOf(left);
    }
  }

  /// A finding that is no more.
  public record Done(Finding finding, Fix fix) {}

  /// A load that stays.
  ///
  /// @param suggested the fix that was not asked for, if there is one
  /// @param reason one clause: why nothing was done
  public record Left(Finding finding, Optional<Fix> suggested, String reason) {}

  /// @param unsafe whether suggested fixes are wanted
  public static Result run(ScanRequest request, boolean unsafe) throws IOException {
    return new Proving(request, unsafe).run();
  }

  private Result run() throws IOException {
    ScanResult scanned = scan(Map.of());
    for (Finding finding : scanned.report().findings()) {
      Place.of(finding).ifPresent(place -> origins.putIfAbsent(place, finding));
    }
    ScanResult current = scanned;
    boolean progress = false;
    for (int round = 0; round < ROUNDS && !current.interrupted(); round++) {
      Plan plan = new Plan(choices(current));
      if (plan.isEmpty() && !(progress && !refused.isEmpty())) {
        break;
      }
      if (plan.isEmpty()) {
        // What failed may have failed for what has been done since.
        refused.clear();
        progress = false;
        continue;
      }
      Map<String, byte[]> next = new TreeMap<>(now);
      for (Map.Entry<String, List<Edit>> file : plan.edits().entrySet()) {
        next.put(file.getKey(), Patch.apply(read(file.getKey()), file.getValue()));
      }
      ScanResult after = scan(next);
      if (after.interrupted()) {
        current = after;
        break;
      }
      List<Choice> bad = failed(plan, next, after);
      if (bad.isEmpty()) {
        accept(plan, next);
        current = after;
        progress = true;
      } else {
        bad.forEach(this::refuse);
      }
    }
    ScanResult result =
        current.interrupted() ? new ScanResult(scanned.report(), true, true) : scanned;
    return new Result(result, patches(), dones(), lefts(scanned));
  }

  private ScanResult scan(Map<String, byte[]> overlay) {
    return Scan.run(request.withFixes(overlay));
  }

  /// What a file is now, with what was done to it so far.
  private byte[] read(String path) throws IOException {
    byte[] bytes = now.get(path);
    if (bytes == null) {
      bytes = original(path);
    }
    return bytes;
  }

  private byte[] original(String path) throws IOException {
    byte[] bytes = before.get(path);
    if (bytes == null) {
      Optional<ScanRequest.Input> input = request.input().filter(it -> it.name().equals(path));
      bytes =
          input.isPresent()
              ? input.get().content()
              : Files.readAllBytes(request.base().resolve(path));
      before.put(path, bytes);
    }
    return bytes;
  }

  /// The fix to try next on each finding that is left.
  private List<Choice> choices(ScanResult current) {
    List<Choice> choices = new ArrayList<>();
    for (Finding finding : current.report().findings()) {
      Optional<Finding> origin = Place.of(finding).map(origins::get);
      if (origin.isEmpty() || finding.suppression().isPresent()) {
        continue;
      }
      Set<String> not = refused.getOrDefault(origin.get(), Set.of());
      finding.fixes().stream()
          .filter(fix -> unsafe || fix.tier() == Fix.Tier.SAFE)
          .filter(fix -> !not.contains(fix.description()))
          .findFirst()
          .ifPresent(fix -> choices.add(new Choice(finding, fix)));
    }
    return choices;
  }

  /// Fixes after which their finding is still there, or their file is broken.
  private List<Choice> failed(Plan plan, Map<String, byte[]> next, ScanResult after)
      throws IOException {
    Set<Place> there = new HashSet<>();
    after.report().findings().forEach(finding -> Place.of(finding).ifPresent(there::add));
    Set<String> broken = new HashSet<>();
    for (String path : plan.edits().keySet()) {
      if (problems(path, next.getOrDefault(path, new byte[0])) > problems(path, read(path))) {
        broken.add(path);
      }
    }
    List<Choice> failed = new ArrayList<>();
    for (Choice choice : plan.taken()) {
      boolean breaks =
          choice.fix().edits().stream().anyMatch(edit -> broken.contains(edit.location().path()));
      boolean stays =
          Place.of(choice.finding()).map(place -> there.contains(moved(plan, place))).orElse(true);
      if (breaks || stays) {
        failed.add(choice);
      }
    }
    return failed;
  }

  private static int problems(String path, byte[] bytes) {
    ParsedSource parsed =
        path.endsWith(".ipynb") ? Notebook.read(bytes).source() : Parser.parse(bytes);
    return parsed.problems().size();
  }

  private static Place moved(Plan plan, Place place) {
    return new Place(place.path(), plan.moved(place.path(), place.start()), place.kind());
  }

  private void refuse(Choice choice) {
    Place.of(choice.finding())
        .map(origins::get)
        .ifPresent(
            origin ->
                refused
                    .computeIfAbsent(origin, _ -> new HashSet<>())
                    .add(choice.fix().description()));
  }

  private void accept(Plan plan, Map<String, byte[]> next) {
    for (Choice choice : plan.taken()) {
      Place.of(choice.finding())
          .map(origins::get)
          .ifPresent(origin -> done.put(origin, choice.fix()));
    }
    Map<Place, Finding> moved = new LinkedHashMap<>();
    origins.forEach((place, origin) -> moved.put(moved(plan, place), origin));
    origins = moved;
    now.putAll(next);
  }

  private List<Patch> patches() throws IOException {
    List<Patch> patches = new ArrayList<>();
    for (Map.Entry<String, byte[]> file : now.entrySet()) {
      patches.add(new Patch(file.getKey(), original(file.getKey()), file.getValue()));
    }
    return patches;
  }

  private List<Done> dones() {
    return done.entrySet().stream()
        .map(entry -> new Done(entry.getKey(), entry.getValue()))
        .sorted((one, other) -> Finding.ORDER.compare(one.finding(), other.finding()))
        .toList();
  }

  private List<Left> lefts(ScanResult scanned) {
    List<Left> left = new ArrayList<>();
    for (Finding finding : scanned.report().findings()) {
      boolean load = finding.properties().containsKey("callee");
      if (!load || done.containsKey(finding) || finding.suppression().isPresent()) {
        continue;
      }
      Optional<Fix> first =
          finding.fixes().stream()
              .filter(fix -> !refused.getOrDefault(finding, Set.of()).contains(fix.description()))
              .findFirst();
      if (refused.containsKey(finding) && first.isEmpty()) {
        left.add(new Left(finding, first, "the change would not have made it safe"));
      } else if (first.isPresent()) {
        left.add(
            new Left(finding, first, unsafe ? "it overlaps another change" : "nothing proves it"));
      } else {
        left.add(new Left(finding, first, finding.properties().getOrDefault("noFix", "")));
      }
    }
    return left;
  }
}
