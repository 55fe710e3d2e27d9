package io.loadlock.cli;

import io.loadlock.artifact.convert.ConversionException;
import io.loadlock.artifact.convert.Dtype;
import io.loadlock.artifact.convert.Plan;
import io.loadlock.artifact.convert.StateDict;
import io.loadlock.engine.export.SavedEstimator;
import io.loadlock.engine.remedy.Conversion;
import io.loadlock.engine.remedy.Conversion.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `loadlock convert`: tensors out of a pickle-backed file into a safetensors file.
final class ConvertCommand implements Command {
  /// Of `DataParallel` and its like, and of `torch.compile`.
  private static final List<String> WRAPPERS = List.of("module.", "_orig_mod.");

  @Override
  public String name() {
    return "convert";
  }

  @Override
  public void describe(CommandSpec specification) {
    specification
        .usageMessage()
        .description(
            "Copies the tensors of a PyTorch checkpoint, a folder of its shards, an .npz or an .npy"
                + " into a safetensors file. Nothing in it is executed; what is not a tensor is"
                + " listed, never guessed. Of an estimator of scikit-learn, writes the script that"
                + " exports it to ONNX or PMML and checks the result.");
    specification
        .addPositional(
            Options.operands(
                "IN [OUT]", "What to convert; where to. Default: beside IN, as .safetensors."))
        .addOption(Options.value("KEY", "Take the tensors below this key, such as model.", "--key"))
        .addOption(Options.flag("Take all tensors, under dotted names.", "--flatten"))
        .addOption(
            Options.value(
                "PREFIX", "Drop this from the beginning of names, such as module.", "--strip"))
        .addOption(
            Options.flag(
                "Write one name of tensors that are the same, the others as metadata.",
                "--drop-shared"))
        .addOption(
            Options.value(
                "TYPE", "Round floating-point tensors to F16, BF16, F32 or F64.", "--dtype"))
        .addOption(
            Options.value("SIZE", "Split into files of at most this, such as 5GB.", "--shard-size"))
        .addOption(
            Options.value(
                "FILE", "Write plain values there as JSON, not into the header.", "--sidecar"))
        .addOption(Options.values("NAME=TEXT", "Add to the header's metadata.", "--metadata"))
        .addOption(
            Options.value(
                "FORMAT", "For scikit-learn: what the script exports to, onnx or pmml.", "--to"))
        .addOption(Options.flag("Say what would be written, and write nothing.", "--dry-run"))
        .addOption(Options.flag("Read the result back and compare it.", "--verify"))
        .addOption(Options.flag("Replace OUT if it is there.", "--force"))
        .addOption(Options.flag("Print nothing but errors.", "--quiet", "-q"))
        .addOption(Options.flag("Show no progress.", "--no-progress"));
  }

  @Override
  public Exit run(ParseResult arguments, Shell shell) throws IOException, UsageException {
    List<String> operands = Options.operands(arguments);
    if (operands.isEmpty() || operands.size() > 2) {
      throw new UsageException("convert takes IN and, if you like, OUT");
    }
    Path in = shell.folder().resolve(operands.getFirst());
    if (!Files.exists(in)) {
      throw new UsageException("there is no " + operands.getFirst());
    }
    Optional<Path> out =
        operands.size() == 2
            ? Optional.of(shell.folder().resolve(operands.get(1)))
            : Optional.empty();
    try {
      Optional<SavedEstimator> estimator =
          Files.isRegularFile(in)
              ? SavedEstimator.read(in, Options.text(arguments, "--key").orElse(""))
              : Optional.empty();
      if (estimator.isPresent()) {
        Optional<String> script =
            operands.size() == 2 ? Optional.of(operands.get(1)) : Optional.empty();
        EstimatorExport.run(estimator.get(), operands.getFirst(), script, arguments, shell);
        return Exit.COMPLETE;
      }
      return tensors(in, out, arguments, shell);
    } catch (ConversionException e) {
      shell
          .err()
          .println(
              "loadlock: "
                  + Text.plain(operands.getFirst())
                  + " is not converted: "
                  + Text.plain(String.valueOf(e.getMessage())));
      return Exit.FINDINGS;
    }
  }

  private static Exit tensors(Path in, Optional<Path> out, ParseResult arguments, Shell shell)
      throws IOException, UsageException, ConversionException {
    StateDict.Selection selection =
        new StateDict.Selection(
            Options.text(arguments, "--key").orElse(""),
            Options.isSet(arguments, "--flatten"),
            Options.text(arguments, "--strip").orElse(""));
    Optional<Path> sidecar = Options.text(arguments, "--sidecar").map(shell.folder()::resolve);
    try (Conversion conversion =
        Conversion.open(in, out, selection, options(arguments), sidecar.isPresent())) {
      refuseOverwriting(conversion, sidecar, arguments);
      if (!Options.isSet(arguments, "--dry-run")) {
        write(conversion, sidecar, arguments, shell);
      }
      report(conversion, arguments, shell);
      return Exit.COMPLETE;
    }
  }

  private static Plan.Options options(ParseResult arguments) throws UsageException {
    Optional<Dtype> dtype = Optional.empty();
    Optional<String> given = Options.text(arguments, "--dtype");
    if (given.isPresent()) {
      for (Dtype one : Dtype.values()) {
        if (one.isFloat() && one.word().equalsIgnoreCase(given.get())) {
          dtype = Optional.of(one);
        }
      }
      if (dtype.isEmpty()) {
        throw new UsageException("--dtype takes F16, BF16, F32 or F64, not '" + given.get() + "'");
      }
    }
    SortedMap<String, String> metadata = new TreeMap<>();
    for (String pair : arguments.matchedOptionValue("--metadata", List.<String>of())) {
      int equals = pair.indexOf('=');
      if (equals <= 0) {
        throw new UsageException("--metadata takes NAME=TEXT, not '" + pair + "'");
      }
      metadata.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return new Plan.Options(
        dtype, Options.isSet(arguments, "--drop-shared"), shardSize(arguments), metadata);
  }

  private static long shardSize(ParseResult arguments) throws UsageException {
    Optional<String> given = Options.text(arguments, "--shard-size");
    if (given.isEmpty()) {
      return Long.MAX_VALUE;
    }
    var matcher =
        java.util.regex.Pattern.compile("(\\d{1,9})\\s*([kMGT]?i?)B?").matcher(given.get());
    if (!matcher.matches()) {
      throw new UsageException(
          "--shard-size takes a size such as 5GB or 512MiB, not '" + given.get() + "'");
    }
    String unit = matcher.group(2);
    long base = unit.endsWith("i") ? 1024 : 1000;
    int power = unit.isEmpty() ? 0 : "kMGT".indexOf(unit.charAt(0)) + 1;
    long size = Long.parseLong(matcher.group(1));
    for (int i = 0; i < power; i++) {
      size *= base;
    }
    if (size == 0) {
      throw new UsageException("--shard-size must be above zero");
    }
    return size;
  }

  /// The sidecar counts as a target: nothing of the user's is replaced unasked.
  private static void refuseOverwriting(
      Conversion conversion, Optional<Path> sidecar, ParseResult arguments)
      throws IOException, UsageException {
    List<Path> targets = new ArrayList<>(conversion.targets());
    if (sidecar.isPresent()) {
      for (Path target : targets) {
        if (target
            .toAbsolutePath()
            .normalize()
            .equals(sidecar.get().toAbsolutePath().normalize())) {
          throw new UsageException("--sidecar names the file that the tensors go to");
        }
      }
      targets.add(sidecar.get());
    }
    for (Path target : targets) {
      if (!Files.exists(target)) {
        continue;
      }
      if (Files.isDirectory(target)) {
        throw new UsageException(target.getFileName() + " is a folder");
      }
      if (conversion.isSource(target)) {
        throw new UsageException(target.getFileName() + " is what is to be converted");
      }
      if (!Options.isSet(arguments, "--force") && !Options.isSet(arguments, "--dry-run")) {
        throw new UsageException(target.getFileName() + " is there already: --force replaces it");
      }
    }
  }

  private static void write(
      Conversion conversion, Optional<Path> sidecar, ParseResult arguments, Shell shell)
      throws IOException {
    boolean verify = Options.isSet(arguments, "--verify");
    long bytes = conversion.bytes() * (verify ? 2 : 1);
    try (Unfinished _ = Unfinished.watch();
        ByteMeter meter = ByteMeter.of(arguments, shell, bytes)) {
      conversion.write(sidecar, verify, meter);
    }
  }

  private static void report(Conversion conversion, ParseResult arguments, Shell shell) {
    if (Options.isSet(arguments, "--quiet")) {
      return;
    }
    boolean dry = Options.isSet(arguments, "--dry-run");
    for (Job job : conversion.jobs()) {
      shell
          .out()
          .println(
              (dry ? "would write " : "wrote ")
                  + Text.plain(
                      shell
                          .folder()
                          .toAbsolutePath()
                          .normalize()
                          .relativize(job.target().toAbsolutePath().normalize())
                          .toString())
                  + ": "
                  + Text.count(job.output().names().size(), "tensor")
                  + ", "
                  + Text.bytes(job.output().bytes()));
    }
    wrapped(conversion)
        .ifPresent(
            prefix ->
                shell
                    .out()
                    .println(
                        "  every name begins with %s: --strip %1$s drops it".formatted(prefix)));
    list(
        "same as another, in the metadata",
        new ArrayList<>(
            conversion.dropped().entrySet().stream()
                .map(it -> it.getKey() + " = " + it.getValue())
                .toList()),
        shell);
    list(
        "plain values, "
            + (Options.text(arguments, "--sidecar").isPresent()
                ? "in the sidecar"
                : "in the metadata"),
        new ArrayList<>(conversion.values().keySet()),
        shell);
    list("left out, not tensors", conversion.leftOut(), shell);
    for (Map.Entry<String, String> warning : conversion.warnings().entrySet()) {
      shell
          .err()
          .println(
              "loadlock: " + Text.plain(warning.getKey()) + " " + Text.plain(warning.getValue()));
    }
  }

  /// What a wrapper has put before every name: then the model itself does not find its weights.
  private static Optional<String> wrapped(Conversion conversion) {
    return WRAPPERS.stream()
        .filter(
            prefix ->
                conversion.jobs().stream()
                    .flatMap(job -> job.output().names().stream())
                    .allMatch(name -> name.startsWith(prefix)))
        .findFirst();
  }

  private static void list(String title, List<String> names, Shell shell) {
    if (!names.isEmpty()) {
      int most = 20;
      List<String> shown = names.subList(0, Math.min(most, names.size()));
      String more = names.size() > most ? " … and " + (names.size() - most) + " more" : "";
      shell.out().println("  " + title + ": " + Text.plain(String.join(", ", shown)) + more);
    }
  }
}
