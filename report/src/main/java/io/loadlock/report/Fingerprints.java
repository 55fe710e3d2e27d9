package io.loadlock.report;

import io.loadlock.core.Finding;
import io.loadlock.core.Location;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What names a finding across runs. Findings have to be asked for in their order, because equal
/// ones are told apart by their number.
final class Fingerprints {
  private final Excerpts excerpts;
  private final Map<String, Integer> seen = new HashMap<>();
  private String path = "";
  private List<String> lineHashes = List.of();

  Fingerprints(Excerpts excerpts) {
    this.excerpts = excerpts;
  }

  /// Names that one finding has.
  ///
  /// @param line `primaryLocationLineHash`; empty for what is no text, or cannot be read any more
  /// @param own survives that lines move and blanks change, and that a proof changes the rule
  record Fingerprint(Optional<String> line, String own) {}

  Fingerprint of(Finding finding) {
    return new Fingerprint(line(finding.location()), own(finding));
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

  /// SHA-256 over path, kind and what is at the place, cut to 128 bits; and which of those with the
  /// same it is.
  private String own(Finding finding) {
    String name = String.join("\0", finding.location().path(), finding.kind(), content(finding));
    String digest = HexFormat.of().formatHex(sha256(name), 0, 16);
    return digest + ":" + seen.merge(digest, 1, Integer::sum);
  }

  private String content(Finding finding) {
    return switch (finding.location()) {
      case Location.Source source ->
          excerpts.of(source, 0).map(excerpt -> excerpt.marked().replaceAll("\\s+", "")).orElse("");
      case Location.Artifact artifact -> String.join("\0", artifact.members());
      case Location.Whole _ -> "";
    };
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
