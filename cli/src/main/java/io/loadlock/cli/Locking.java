package io.loadlock.cli;

import io.loadlock.artifact.lock.LockFile;
import io.loadlock.artifact.lock.SignatureCheck;
import io.loadlock.core.MalformedException;
import io.loadlock.engine.lock.SignedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/// What `lock`, `verify` and `snippet` have in common.
final class Locking {
  /// In bytes: a larger file is no bundle.
  private static final long BUNDLE = 64 << 20;

  private Locking() {}

  /// The operands as places below the shell's folder; the folder itself where there are none.
  static List<Path> paths(ParseResult arguments, Shell shell) throws UsageException {
    Path folder = shell.folder().toAbsolutePath().normalize();
    List<Path> paths = new ArrayList<>();
    for (String operand : Options.operands(arguments)) {
      Path path = folder.resolve(operand).normalize();
      if (!path.startsWith(folder)) {
        throw new UsageException(operand + " is outside of this folder, in which the lock is kept");
      }
      paths.add(path);
    }
    return paths.isEmpty() ? List.of(folder) : paths;
  }

  /// Reads a lock file, or says what is wrong with it.
  static LockFile read(Path file) throws IOException, UsageException {
    if (!Files.exists(file)) {
      throw new UsageException(
          "there is no " + file.getFileName() + " here: `loadlock lock` writes one");
    }
    try {
      return LockFile.parse(Files.readAllBytes(file));
    } catch (MalformedException e) {
      throw new UsageException(file.getFileName() + ": " + e.getMessage());
    }
  }

  static byte[] small(Path file) throws IOException, UsageException {
    if (Files.size(file) > BUNDLE) {
      throw new UsageException(
          file.getFileName() + " is too large for a list of digests or a bundle");
    }
    return Files.readAllBytes(file);
  }

  /// A bundle, checked with the key or the certificates that the user trusts.
  static SignedModel signed(ParseResult arguments, Shell shell, Path model, Path bundle)
      throws IOException, UsageException, MalformedException {
    Optional<String> key = Options.text(arguments, "--key");
    Optional<String> certificates = Options.text(arguments, "--certificates");
    if (key.isPresent() == certificates.isPresent()) {
      throw new UsageException(
          bundle.getFileName()
              + " is a signature: say with --key or --certificates who may have made it");
    }
    Path pem = shell.folder().resolve(key.or(() -> certificates).orElseThrow());
    if (!Files.isRegularFile(pem)) {
      throw new UsageException("there is no " + pem.getFileName());
    }
    try {
      return SignedModel.check(model, bundle, small(pem), certificates.isPresent());
    } catch (SignatureCheck.Refused e) {
      throw new UsageException(bundle.getFileName() + ": " + e.getMessage());
    }
  }
}
