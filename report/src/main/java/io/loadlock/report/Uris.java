package io.loadlock.report;

import io.loadlock.core.FileReport;
import io.loadlock.core.Finding;
import io.loadlock.core.ScanReport;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// Paths as relative URI references of RFC 3986, each against a base.
///
/// What lies below the working folder is relative to it, and the report does not tell where that
/// is. A root elsewhere, which the user gave as an absolute path, is a base of its own that names
/// its place once: without it nobody could find the file.
final class Uris {
  private static final String UNRESERVED = "-._~/";

  /// The working folder, or the one root that everything is below.
  private static final String SOURCES = "%SRCROOT%";

  /// Absolute roots, each ending in `/`, the inner before the outer, with the name of their base.
  private final Map<String, String> roots = new TreeMap<>(Collections.reverseOrder());

  /// A reference.
  ///
  /// @param base what it is relative to, as `uriBaseId` names it
  record Reference(String base, String uri) {}

  Uris(ScanReport report) {
    List<String> absolute = new ArrayList<>();
    boolean relative = false;
    for (String path : paths(report)) {
      if (isAbsolute(path)) {
        absolute.add(path);
      } else {
        relative = true;
      }
    }
    for (String root : report.roots()) {
      String folder = root.endsWith("/") ? root : root + "/";
      if (isAbsolute(folder) && absolute.stream().anyMatch(path -> path.startsWith(folder))) {
        roots.put(folder, SOURCES);
      }
    }
    if (relative || roots.size() > 1) {
      int number = roots.size();
      for (Map.Entry<String, String> root : roots.entrySet()) {
        root.setValue("%ROOT" + number-- + "%");
      }
    }
  }

  private static Iterable<String> paths(ScanReport report) {
    TreeSet<String> paths = new TreeSet<>();
    for (Finding finding : report.findings()) {
      paths.add(finding.location().path());
    }
    for (FileReport file : report.files()) {
      paths.add(file.path());
    }
    return paths;
  }

  /// The bases and where they are; empty for the working folder.
  Map<String, String> bases() {
    Map<String, String> bases = new TreeMap<>();
    bases.put(SOURCES, "");
    roots.forEach(
        (root, base) ->
            bases.put(base, "file://" + (root.startsWith("/") ? "" : "/") + encode(root)));
    return bases;
  }

  Reference of(String path) {
    for (Map.Entry<String, String> root : roots.entrySet()) {
      if (path.startsWith(root.getKey()) && path.length() > root.getKey().length()) {
        return new Reference(root.getValue(), encode(path.substring(root.getKey().length())));
      }
    }
    return new Reference(SOURCES, encode(path(path)));
  }

  /// `path` without what leads to its root.
  String path(String path) {
    for (String root : roots.keySet()) {
      if (path.startsWith(root) && path.length() > root.length()) {
        return path.substring(root.length());
      }
    }
    String relative = isAbsolute(path) ? path.substring(path.lastIndexOf('/') + 1) : path;
    while (relative.startsWith("./")) {
      relative = relative.substring(2);
    }
    return relative;
  }

  private static boolean isAbsolute(String path) {
    return path.startsWith("/") || path.matches("[A-Za-z]:/.*");
  }

  private static String encode(String path) {
    StringBuilder uri = new StringBuilder(path.length() + 8);
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      int value = b & 0xFF;
      boolean plain =
          value >= '0' && value <= '9'
              || value >= 'A' && value <= 'Z'
              || value >= 'a' && value <= 'z'
              || UNRESERVED.indexOf(value) >= 0;
      if (plain) {
        uri.append((char) value);
      } else {
        uri.append('%').append(Character.toUpperCase(Character.forDigit(value >> 4, 16)));
        uri.append(Character.toUpperCase(Character.forDigit(value & 15, 16)));
      }
    }
    return uri.toString();
  }
}
