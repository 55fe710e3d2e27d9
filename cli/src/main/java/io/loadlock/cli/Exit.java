package io.loadlock.cli;

/// What the process returns. Every command uses these and no others.
enum Exit {
  /// All that was to be read was read to its end, and nothing reaches the threshold.
  COMPLETE(0),
  /// Findings at or above `--fail-on`; for `verify` and `fix --check` a difference; for `convert` a
  /// refusal.
  FINDINGS(1),
  /// The command line, the configuration or loadlock itself is wrong.
  USAGE(2),
  /// Something could not be read to its end. [#FINDINGS] wins over it.
  PARTIAL(3),
  /// Ctrl-C, as shells count it: 128 and the number of the signal.
  INTERRUPTED(130);

  private final int code;

  Exit(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
