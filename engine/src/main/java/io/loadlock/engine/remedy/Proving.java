package io.loadlock.engine.remedy;

import io.loadlock.core.Finding;
import io.loadlock.core.Fix;
import io.loadlock.core.Location;
import io.loadlock.engine.scan.Scan;
import io.loadlock.engine.scan.ScanRequest;
import io.loadlock.engine.scan.ScanResult;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A run that changes: scans, makes the patches, scans what the files would become, and takes back
/// each fix that did not silence its finding, until every one that is left did.
///
/// @param scanned what was found before anything is changed
/// @param patches by path
/// @param suggested how many findings have a fix that is only suggested and was not asked for
/// @param failed findings whose fix was taken back
public record Proving(
    ScanResult scanned, List<Patch> patches, int suggested, List<Finding> failed) {
  /// A fix that is taken back can bring others down with it; more rounds than this mean that none
  /// holds.
  private static final int ROUNDS = 8;

  public Proving {
    patches = List.copyOf(patches);
    failed = List.copyOf(failed);
  }

  /// Does all this without writing anything.
  ///
  /// @param unsafe whether suggested fixes are wanted
  public static Proving run(ScanRequest request, boolean unsafe) throws IOException {
    ScanResult scanned = Scan.run(request.withFixes(Map.of()));
    List<Finding> wanted = new ArrayList<>();
    int suggested = 0;
    for (Finding finding : scanned.report().findings()) {
      if (finding.suppression().isEmpty() && !finding.fixes().isEmpty()) {
        boolean safe = finding.fixes().stream().anyMatch(fix -> fix.tier() == Fix.Tier.SAFE);
        if (safe || unsafe) {
          wanted.add(finding);
        } else {
          suggested++;
        }
      }
    }
    Map<String, byte[]> before = new HashMap<>();
    Patch.Before read =
        path -> {
          byte[] bytes = before.get(path);
          if (bytes == null) {
            bytes = Files.readAllBytes(request.base().resolve(path));
            before.put(path, bytes);
          }
          return bytes;
        };
    List<Finding> failed = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      List<Patch> patches = Patch.of(wanted, unsafe, read);
      Set<Finding> left = patches.isEmpty() ? Set.of() : left(patches, request);
      if (left.isEmpty()) {
        return new Proving(scanned, patches, suggested, failed);
      }
      wanted.removeAll(left);
      failed.addAll(left);
    }
    failed.addAll(wanted);
    return new Proving(scanned, List.of(), suggested, failed);
  }

  /// Findings that are still there after their fix was done.
  private static Set<Finding> left(List<Patch> patches, ScanRequest request) {
    Map<String, byte[]> overlay = new HashMap<>();
    patches.forEach(patch -> overlay.put(patch.path(), patch.after()));
    record Place(String path, long start, String kind) {}
    Set<Place> there = new HashSet<>();
    for (Finding finding : Scan.run(request.withFixes(overlay)).report().findings()) {
      if (finding.location() instanceof Location.Source source) {
        there.add(new Place(source.path(), source.startByte(), finding.kind()));
      }
    }
    Set<Finding> left = new HashSet<>();
    for (Patch patch : patches) {
      for (Finding finding : patch.fixed()) {
        if (finding.location() instanceof Location.Source source
            && there.contains(
                new Place(source.path(), patch.moved(source.startByte()), finding.kind()))) {
          left.add(finding);
        }
      }
    }
    return left;
  }
}
