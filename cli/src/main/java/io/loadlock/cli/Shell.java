package io.loadlock.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/// All that a command may know of the world it was started in. Findings go to `out`, progress and
/// warnings to `err`.
///
/// @param folder against which relative paths on the command line are resolved
/// @param environment such as `NO_COLOR` and `FORCE_COLOR`
/// @param outIsTerminal whether a person watches `out`
/// @param errIsTerminal whether a person watches `err`
record Shell(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Path folder,
    Map<String, String> environment,
    boolean outIsTerminal,
    boolean errIsTerminal) {

  /// Whether `out` takes colour: <https://no-color.org> and `FORCE_COLOR` decide before the
  /// terminal does.
  boolean colour() {
    if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) {
      return false;
    }
    String forced = environment.getOrDefault("FORCE_COLOR", "");
    if (!forced.isEmpty()) {
      return !forced.equals("0");
    }
    return outIsTerminal && !"dumb".equals(environment.get("TERM"));
  }
}
