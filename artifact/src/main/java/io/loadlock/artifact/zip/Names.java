package io.loadlock.artifact.zip;

import io.loadlock.artifact.ArchivePath;
import io.loadlock.artifact.Notice;
import io.loadlock.core.Severity;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The names of members: what they are, and which of them mislead.
final class Names {
  private Names() {}

  /// Latin-1 bytes as text: UTF-8 where they are that, whatever the flag says.
  static String decode(String latin) {
    for (int i = 0; i < latin.length(); i++) {
      if (latin.charAt(i) >= 0x80) {
        byte[] bytes = latin.getBytes(StandardCharsets.ISO_8859_1);
        try {
          return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
          return latin;
        }
      }
    }
    return latin;
  }

  static void check(List<Entry> entries, List<Notice> notices) {
    Map<String, Entry> exact = new HashMap<>();
    Map<String, Entry> folded = new HashMap<>();
    for (Entry entry : entries) {
      if (entry.view() != Entry.View.CENTRAL) {
        continue;
      }
      Entry twin = exact.put(entry.name(), entry);
      if (twin != null) {
        if (!entry.directory()) {
          notices.add(
              new Notice(
                  "zip-duplicate",
                  Severity.HIGH,
                  entry.header(),
                  "There are two members '"
                      + entry.name()
                      + "', at bytes "
                      + twin.header()
                      + " and "
                      + entry.header()
                      + ": readers choose differently."));
        }
      } else {
        Entry other = folded.put(entry.name().toLowerCase(Locale.ROOT), entry);
        if (other != null) {
          notices.add(
              new Notice(
                  "zip-case-variant",
                  Severity.MEDIUM,
                  entry.header(),
                  "'"
                      + other.name()
                      + "' and '"
                      + entry.name()
                      + "' differ in case only: torch takes either for the other."));
        }
      }
      path(entry, notices);
    }
  }

  private static void path(Entry entry, List<Notice> notices) {
    String why = ArchivePath.escape(entry.name());
    if (!why.isEmpty()) {
      notices.add(
          new Notice(
              "archive-path",
              Severity.HIGH,
              entry.header(),
              "'" + entry.name() + "' " + why + "."));
    }
    if (entry.symlink()) {
      notices.add(
          new Notice(
              "archive-link",
              Severity.MEDIUM,
              entry.header(),
              "'" + entry.name() + "' is a symbolic link."));
    }
  }

  static String some(List<String> names) {
    return String.join(", ", names.subList(0, Math.min(3, names.size())))
        + (names.size() > 3 ? " …" : "");
  }
}
