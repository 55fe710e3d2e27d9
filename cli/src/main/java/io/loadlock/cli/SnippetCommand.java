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
    shell.out().print(snippet(name, digest, Loader.of(inspection.format())));
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
  private record Loader(String module, String call) {
    static Loader of(String format) {
      if (format.startsWith("torch")) {
        return new Loader("torch", "torch.load(file, weights_only=True)");
      }
      if (format.startsWith("joblib")) {
        return new Loader("joblib", "joblib.load(file)");
      }
      if (format.startsWith("np")) {
        return new Loader("numpy", "numpy.load(file)");
      }
      return new Loader("pickle", "pickle.load(file)");
    }
  }

  private static String snippet(String path, String digest, Loader loader) {
    return """
    import hashlib

    import %s

    with open(%s, "rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != (
            "%s"
        ):
            raise ValueError("not the file that was locked: " + file.name)
        file.seek(0)
        model = %s
    """
        .formatted(loader.module(), PythonText.quoted(path), digest, loader.call());
  }
}
