package io.loadlock.report;

import io.loadlock.core.ScanReport;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Paths as relative URI references of RFC 3986. A path that the user gave as absolute is made
/// relative to the root it was found under, so that no report tells where a checkout lies.
final class Uris {
  private static final String UNRESERVED = "-._~/";

  /// Absolute roots, each ending in `/`, longest first.
  private final List<String> roots = new ArrayList<>();

  Uris(ScanReport report) {
    for (String root : report.roots()) {
      String path = root.replace('\\', '/');
      if (isAbsolute(path)) {
        roots.add(path.endsWith("/") ? path : path + "/");
      }
    }
    roots.sort(Comparator.comparingInt(String::length).reversed().thenComparing(root -> root));
  }

  /// `path` as a reference against `%SRCROOT%`.
  String of(String path) {
    return encode(path(path));
  }

  /// `path` without what leads to its root.
  String path(String path) {
    String relative = path;
    for (String root : roots) {
      if (path.startsWith(root) && path.length() > root.length()) {
        relative = path.substring(root.length());
        break;
      }
    }
    if (isAbsolute(relative)) {
      relative = relative.substring(relative.lastIndexOf('/') + 1);
    }
    while (relative.startsWith("./")) {
      relative = relative.substring(2);
    }
    return relative;
  }

  private static boolean isAbsolute(String path) {
    return path.startsWith("/") || path.matches("[A-Za-z]:[/\\\\].*");
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
