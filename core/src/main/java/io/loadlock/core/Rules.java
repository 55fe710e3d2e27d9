package io.loadlock.core;

import java.util.List;
import java.util.Optional;

/// Every rule there is.
///
/// Code scanning takes the severity from the rule, not from the result. So a load whose danger is
/// lowered by a proof falls under a rule of its own, `VNX-PY-013/…`, one for each severity that the
/// proof can leave.
public final class Rules {
  private static final List<String> ATTACK =
      List.of("external/capec/capec-586", "attack/T1059", "deserialization", "machine-learning");
  private static final List<Integer> DESERIALIZATION = List.of(502);

  /// The load of a pickle-backed model or data file, with nothing known that lowers it.
  public static final Rule INSECURE_DESERIALIZATION =
      load(
          "VNX-PY-013",
          "ML/AI Insecure Deserialization",
          "A model or data file is loaded by a function that executes what the file says.",
          Severity.CRITICAL);

  /// Bare `torch.load`, torch proven 2.6 to 2.9.
  public static final Rule DEFAULT_SAFE =
      load(
          "VNX-PY-013/default-safe",
          "Load that only the installed torch makes safe",
          "torch.load without weights_only, in a project that proves a torch whose default is"
              + " weights_only=True.",
          Severity.MEDIUM);

  /// Bare `torch.load`, torch proven 2.10 or newer.
  public static final Rule DEFAULT_SAFE_CURRENT =
      load(
          "VNX-PY-013/default-safe-current",
          "Load that only the installed, current torch makes safe",
          "torch.load without weights_only, in a project that proves torch 2.10 or newer.",
          Severity.LOW);

  /// A digest is compared with a constant on every path before the load.
  public static final Rule GUARDED =
      load(
          "VNX-PY-013/guarded",
          "Load behind a digest check",
          "A pickle-backed load of bytes whose digest was compared with a constant before.",
          Severity.MEDIUM);

  /// The linked file was read to its end and is plain data.
  public static final Rule REVIEWED_FILE =
      load(
          "VNX-PY-013/reviewed-file",
          "Load of a file that is plain data today",
          "A pickle-backed load of a file in this tree that was read to its end and runs nothing.",
          Severity.MEDIUM);

  /// The linked file is in `loadlock.lock` and verified; its content was not judged plain data.
  public static final Rule LOCKED =
      load(
          "VNX-PY-013/locked",
          "Load of a locked file",
          "A pickle-backed load of a file whose digest loadlock.lock holds.",
          Severity.MEDIUM);

  /// The linked file is plain data, and `loadlock.lock` keeps it so.
  public static final Rule LOCKED_REVIEWED =
      load(
          "VNX-PY-013/locked-reviewed",
          "Load of a locked file that is plain data",
          "A pickle-backed load of a file that runs nothing and whose digest loadlock.lock holds.",
          Severity.LOW);

  /// Written by the same program to a private place just before.
  public static final Rule OWN_FILE =
      load(
          "VNX-PY-013/own-file",
          "Load of what the program itself has just written",
          "A pickle-backed load of data that the same program wrote just before, or of a store that"
              + " starts empty.",
          Severity.LOW);

  /// TorchScript, HDF5 stores, formats that restrict what they build and have known holes.
  public static final Rule RESTRICTED_FORMAT =
      load(
          "VNX-PY-013/restricted-format",
          "Load of a format that restricts code, with known holes",
          "A load of a format that is no free pickle, but has run code or written files before.",
          Severity.LOW);

  /// Pickles come from a cache, or from another process, of the same program.
  public static final Rule PRIVATE_CHANNEL =
      load(
          "VNX-PY-013/private-channel",
          "Pickles from a cache or a process of the program's own",
          "A cache folder or another process of the same job is read with pickle: whoever can write"
              + " there can run code here.",
          Severity.LOW);

  /// The import of a module that unpickles: Bandit's B403.
  public static final Rule IMPORT =
      new Rule(
          new RuleId("VNX-PY-013/import"),
          "Import of a pickle module",
          "A module whose purpose is to unpickle is imported.",
          Severity.LOW,
          DESERIALIZATION,
          ATTACK,
          false);

  /// `trust_remote_code=True`: code from a hub is run; nothing is deserialized.
  public static final Rule REMOTE_CODE =
      new Rule(
          new RuleId("LOADLOCK-PY-001"),
          "Code from a model hub is trusted",
          "A model or dataset is loaded with trust_remote_code=True, which imports Python files of"
              + " the repository it comes from.",
          Severity.MEDIUM,
          List.of(829, 94),
          List.of("attack/T1059", "supply-chain", "machine-learning"),
          false);

  /// A default or a guard that protects other loads is switched off.
  public static final Rule VOIDED_DEFAULT =
      load(
          "LOADLOCK-PY-002",
          "Protection of loads is switched off",
          "An environment variable, a patched function or an allowed global takes away what makes"
              + " other loads safe.",
          Severity.HIGH);

  /// `weights_only=True` relied on with a torch below 2.6 (CVE-2025-32434).
  public static final Rule BROKEN_WEIGHTS_ONLY =
      load(
          "LOADLOCK-PIN-001",
          "weights_only=True does not protect in the pinned torch",
          "The project proves a torch below 2.6, where weights_only=True can be made to run code"
              + " (CVE-2025-32434).",
          Severity.HIGH);

  /// `weights_only=True` relied on with a torch from 2.6 to 2.9 (CVE-2026-24747).
  public static final Rule WEAK_WEIGHTS_ONLY =
      load(
          "LOADLOCK-PIN-002",
          "weights_only=True is weakened in the pinned torch",
          "The project proves a torch below 2.10, where a crafted checkpoint corrupts memory in"
              + " spite of weights_only=True (CVE-2026-24747).",
          Severity.MEDIUM);

  /// `safe_mode` relied on with a Keras in which it does not hold.
  public static final Rule BROKEN_SAFE_MODE =
      load(
          "LOADLOCK-PIN-003",
          "safe_mode does not protect in the pinned Keras",
          "The project proves a Keras below 3.11.3, where a model can run code in spite of"
              + " safe_mode (CVE-2025-1550, CVE-2025-8747, CVE-2025-9905).",
          Severity.HIGH);

  /// A file that runs code when it is loaded.
  public static final Rule FILE_RUNS_CODE =
      load(
          "LOADLOCK-FILE-001",
          "File runs code when it is loaded",
          "Loading this file calls a function that does more than build data.",
          Severity.CRITICAL);

  /// A file that calls a function nobody has reviewed.
  public static final Rule FILE_CALLS_UNKNOWN =
      load(
          "LOADLOCK-FILE-002",
          "File calls an unknown function when it is loaded",
          "Loading this file calls a function of a package that loadlock has no rows for.",
          Severity.HIGH);

  /// A file that needs a class nobody has reviewed.
  public static final Rule FILE_NEEDS_UNKNOWN =
      load(
          "LOADLOCK-FILE-003",
          "File needs unknown classes when it is loaded",
          "Loading this file builds objects of classes that loadlock has no rows for.",
          Severity.MEDIUM);

  /// A container whose parts contradict each other in a way that changes what is loaded.
  public static final Rule FILE_DECEIVES =
      load(
          "LOADLOCK-FILE-004",
          "File shows different content to different readers",
          "Parts of this file contradict each other, so that what is loaded is not what is shown.",
          Severity.HIGH);

  /// A container or a name that lies without changing what is loaded.
  public static final Rule FILE_LIES =
      load(
          "LOADLOCK-FILE-005",
          "File is not what it says",
          "The name or the structure of this file contradicts its content.",
          Severity.MEDIUM);

  /// In the order of their pages.
  public static final List<Rule> ALL =
      List.of(
          INSECURE_DESERIALIZATION,
          DEFAULT_SAFE,
          DEFAULT_SAFE_CURRENT,
          GUARDED,
          LOCKED,
          LOCKED_REVIEWED,
          OWN_FILE,
          PRIVATE_CHANNEL,
          RESTRICTED_FORMAT,
          REVIEWED_FILE,
          IMPORT,
          REMOTE_CODE,
          VOIDED_DEFAULT,
          BROKEN_WEIGHTS_ONLY,
          WEAK_WEIGHTS_ONLY,
          BROKEN_SAFE_MODE,
          FILE_RUNS_CODE,
          FILE_CALLS_UNKNOWN,
          FILE_NEEDS_UNKNOWN,
          FILE_DECEIVES,
          FILE_LIES);

  private Rules() {}

  /// The rule with this id.
  public static Optional<Rule> find(RuleId id) {
    return ALL.stream().filter(rule -> rule.id().equals(id)).findFirst();
  }

  private static Rule load(String id, String name, String summary, Severity severity) {
    return new Rule(new RuleId(id), name, summary, severity, DESERIALIZATION, ATTACK, true);
  }
}
