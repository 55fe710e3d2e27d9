package io.loadlock.cli;

import io.loadlock.artifact.Limits;
import io.loadlock.artifact.lock.LockEntry;
import io.loadlock.artifact.lock.LockFile;
import io.loadlock.artifact.lock.Sha256;
import io.loadlock.core.PythonText;
import io.loadlock.engine.inspect.Inspection;
import io.loadlock.engine.inspect.Inspector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `loadlock snippet`: the lines of Python that load a locked file only if it is the locked one.
final class SnippetCommand implements Command {
  @Override
  public String name() {
    return "snippet";
  }

  @Override
  public void describe(CommandSpec specification) {
    specification
        .usageMessage()
        .description(
            "Prints the lines of Python that compare a file with its digest before they load it."
                + " The scan knows them as a guard.");
    specification.addPositional(
        Options.operands("FILE", "A model file, locked in loadlock.lock or not."));
  }

  @Override
  public Exit run(ParseResult arguments, Shell shell) throws IOException, UsageException {
    List<String> operands = Options.operands(arguments);
    if (operands.size() != 1) {
      throw new UsageException("snippet takes one file");
    }
    String name = operands.getFirst();
    Path file = shell.folder().resolve(name);
    Optional<LockEntry> locked = locked(shell, file);
    if (locked.isEmpty() && !Files.isRegularFile(file)) {
      throw new UsageException("there is no " + name);
    }
    String digest = locked.isPresent() ? locked.get().sha256() : Sha256.of(file).hex();
    Inspection inspection = Inspector.standard().inspect(file, name, Limits.DEFAULT);
    shell.out().print(snippet(name, digest, Loader.of(inspection.format(), name)));
    return Exit.COMPLETE;
  }

  private static Optional<LockEntry> locked(Shell shell, Path file)
      throws IOException, UsageException {
    Path folder = shell.folder().toAbsolutePath().normalize();
    Path lock = folder.resolve(LockFile.NAME);
    if (!Files.exists(lock)) {
      return Optional.empty();
    }
    Path wanted = file.toAbsolutePath().normalize();
    return Locking.read(lock).entries().stream()
        .filter(entry -> folder.resolve(entry.path()).equals(wanted))
        .findFirst();
  }

  /// How the library of a format reads an open file.
  ///
  /// @param imports what has to be imported besides hashlib; empty for nothing
  private record Loader(String imports, String call) {
    private static final Map<String, Loader> BY_FORMAT =
        Map.ofEntries(
            Map.entry("torch-zip", new Loader("torch", "torch.load(file, weights_only=True)")),
            Map.entry("torch-legacy", new Loader("torch", "torch.load(file, weights_only=True)")),
            Map.entry("torchscript", new Loader("torch", "torch.jit.load(file)")),
            Map.entry(
                "safetensors",
                new Loader("safetensors.torch", "safetensors.torch.load(file.read())")),
            Map.entry(
                "onnx", new Loader("onnxruntime", "onnxruntime.InferenceSession(file.read())")),
            Map.entry("joblib", new Loader("joblib", "joblib.load(file)")),
            Map.entry("npy", new Loader("numpy", "numpy.load(file)")),
            Map.entry("npz", new Loader("numpy", "numpy.load(file)")),
            Map.entry("pickle", new Loader("pickle", "pickle.load(file)")));

    /// Of other formats there are the bytes, which whatever reads it may take.
    private static final Loader BYTES = new Loader("", "file.read()");

    /// joblib reads its own files through their compression.
    static Loader of(String format, String name) {
      return BY_FORMAT.getOrDefault(name.endsWith(".joblib") ? "joblib" : format, BYTES);
    }
  }

  private static String snippet(String path, String digest, Loader loader) {
    return """
    import hashlib
    %s
    with open(%s, "rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != (
            "%s"
        ):
            raise ValueError("not the file that was locked: " + file.name)
        file.seek(0)
        model = %s
    """
        .formatted(
            loader.imports().isEmpty() ? "" : "\nimport " + loader.imports() + "\n",
            PythonText.quoted(path),
            digest,
            loader.call());
  }
}
