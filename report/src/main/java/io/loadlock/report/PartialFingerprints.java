package io.loadlock.report;

import io.loadlock.core.Finding;
import io.loadlock.core.Fingerprints;
import io.loadlock.core.Location;
import java.util.List;
import java.util.Optional;

/// What names a finding across runs. Findings have to be asked for in their order, because equal
/// ones are told apart by their number.
final class PartialFingerprints {
  private final Excerpts excerpts;
  private final Fingerprints own;
  private String path = "";
  private List<String> lineHashes = List.of();

  PartialFingerprints(Excerpts excerpts) {
    this.excerpts = excerpts;
    this.own = new Fingerprints(excerpts::marked);
  }

  /// Names that one finding has.
  ///
  /// @param line `primaryLocationLineHash`; empty for what is no text, or cannot be read any more
  /// @param own the one that baselines have too
  record Both(Optional<String> line, String own) {}

  Both of(Finding finding) {
    return new Both(line(finding.location()), own.next(finding));
  }

  private Optional<String> line(Location location) {
    if (!(location instanceof Location.Source source)) {
      return Optional.empty();
    }
    if (!source.path().equals(path)) {
      path = source.path();
      lineHashes = excerpts.text(path).map(LineHashes::of).orElse(List.of());
    }
    int line = source.start().line();
    return line <= lineHashes.size() ? Optional.of(lineHashes.get(line - 1)) : Optional.empty();
  }
}
