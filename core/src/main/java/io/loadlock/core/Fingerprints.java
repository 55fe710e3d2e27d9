package io.loadlock.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Names findings by what they are, not by where they stand: kind, the text of the call without its
/// blanks, the function around it, and the how-manieth of those that are the same. Moved lines,
/// renamed files and proofs that lower the rule change none of it.
///
/// Findings have to be asked for in their order, because equal ones are told apart by their number.
public final class Fingerprints {
  /// FNV-1a, 64 bits: names need no secrecy, and start-up no digest provider.
  private static final long PRIME = 0x100000001b3L;

  private static final long OFFSET = 0xcbf29ce484222325L;

  private final Texts texts;
  private final Map<String, Integer> seen = new HashMap<>();

  public Fingerprints(Texts texts) {
    this.texts = texts;
  }

  /// The text of a place in a source, or empty where it cannot be had.
  public interface Texts {
    String of(Location.Source place);
  }

  /// The fingerprints of all findings, in their order.
  public static List<String> of(List<Finding> findings, Texts texts) {
    Fingerprints fingerprints = new Fingerprints(texts);
    List<String> all = new ArrayList<>();
    findings.forEach(finding -> all.add(fingerprints.next(finding)));
    return all;
  }

  /// The fingerprint of the next finding: 16 hexadecimal digits, `:` and the number among equals.
  public String next(Finding finding) {
    String print = hash(content(finding));
    return print + ":" + seen.merge(print, 1, Integer::sum);
  }

  private String content(Finding finding) {
    String text =
        switch (finding.location()) {
          case Location.Source source -> squeezed(texts.of(source));
          case Location.Artifact artifact ->
              String.join("/", artifact.members()) + "\0" + nameless(finding);
          case Location.Whole _ -> nameless(finding);
        };
    String function = finding.properties().getOrDefault("function", "");
    return finding.kind() + "\0" + function + "\0" + text;
  }

  /// What is said of a file, without its name.
  private static String nameless(Finding finding) {
    return finding.message().replace(finding.location().path(), "");
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
