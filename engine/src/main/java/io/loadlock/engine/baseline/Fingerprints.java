package io.loadlock.engine.baseline;

import io.loadlock.core.Finding;
import io.loadlock.core.Location;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Names findings by what they are, not by where they stand: rule, kind, the text of the call
/// without its blanks, the function around it, and the how-manieth of those that are the same.
/// Moved lines and renamed files change none of it.
final class Fingerprints {
  /// FNV-1a, 64 bits: names need no secrecy, and start-up no digest provider.
  private static final long PRIME = 0x100000001b3L;

  private static final long OFFSET = 0xcbf29ce484222325L;

  private Fingerprints() {}

  /// The text of a place in a source, or empty where it cannot be had.
  interface Texts {
    String of(Location.Source place);
  }

  /// A fingerprint for each finding, in their order: 16 hexadecimal digits, `-` and the number
  /// among equals.
  static List<String> of(List<Finding> findings, Texts texts) {
    Map<String, Integer> seen = new HashMap<>();
    List<String> prints = new ArrayList<>();
    for (Finding finding : findings) {
      String print = hash(content(finding, texts));
      int number = seen.merge(print, 1, Integer::sum);
      prints.add(print + "-" + number);
    }
    return prints;
  }

  private static String content(Finding finding, Texts texts) {
    String text =
        switch (finding.location()) {
          case Location.Source source -> squeezed(texts.of(source));
          case Location.Artifact artifact ->
              String.join("/", artifact.members()) + finding.message();
          case Location.Whole _ -> finding.message();
        };
    String function = finding.properties().getOrDefault("function", "");
    return finding.rule() + "\0" + finding.kind() + "\0" + function + "\0" + text;
  }

  private static String squeezed(String text) {
    StringBuilder squeezed = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isWhitespace(c)) {
        squeezed.append(c);
      }
    }
    return squeezed.toString();
  }

  private static String hash(String text) {
    long hash = OFFSET;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ (text.charAt(i) & 0xFF)) * PRIME;
      hash = (hash ^ (text.charAt(i) >> 8)) * PRIME;
    }
    return "%016x".formatted(hash);
  }
}
