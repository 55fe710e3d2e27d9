package io.loadlock.pins.file;

import java.util.ArrayDeque;
import java.util.Deque;

/// Paths within a tree, as text with `/` between folders.
final class Paths {
  private Paths() {}

  /// `target` as seen from the folder of `from`; `..` above the root stays as it is and so names
  /// nothing.
  static String resolve(String from, String target) {
    String folder = from.contains("/") ? from.substring(0, from.lastIndexOf('/') + 1) : "";
    Deque<String> parts = new ArrayDeque<>();
    for (String part : (folder + target.replace('\\', '/')).split("/", -1)) {
      if (part.equals("..") && !parts.isEmpty() && !parts.getLast().equals("..")) {
        parts.removeLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return (from.startsWith("/") ? "/" : "") + String.join("/", parts);
  }
}
