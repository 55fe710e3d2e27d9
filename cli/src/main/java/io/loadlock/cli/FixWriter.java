package io.loadlock.cli;

import io.loadlock.core.AtomicFile;
import io.loadlock.engine.remedy.Patch;
import io.loadlock.engine.scan.ScanRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Puts patches into their files: all of them, or none where one of the files is not as it was
/// scanned.
final class FixWriter {
  private FixWriter() {}

  /// @param input whose result goes to standard output, changed or not
  /// @throws IOException when nothing was written because a file has changed or is read-only; or
  ///   when writing one failed, which is as it was then, as are those behind it
  static void write(List<Patch> patches, Optional<ScanRequest.Input> input, Shell shell)
      throws IOException {
    for (Patch patch : patches) {
      if (!isInput(patch, input)) {
        check(file(patch, shell), patch);
      }
    }
    for (Patch patch : patches) {
      if (!isInput(patch, input)) {
        write(file(patch, shell), patch);
      }
    }
    if (input.isPresent()) {
      byte[] result =
          patches.stream()
              .filter(patch -> isInput(patch, input))
              .findFirst()
              .map(Patch::after)
              .orElse(input.get().content());
      shell.out().writeBytes(result);
    }
  }

  private static boolean isInput(Patch patch, Optional<ScanRequest.Input> input) {
    return input.filter(it -> it.name().equals(patch.path())).isPresent();
  }

  private static Path file(Patch patch, Shell shell) {
    return shell.folder().resolve(patch.path());
  }

  private static void check(Path file, Patch patch) throws IOException {
    byte[] now = Files.readAllBytes(file);
    if (!Arrays.equals(now, patch.before()) && !Arrays.equals(now, patch.after())) {
      throw new IOException(
          Text.plain(patch.path())
              + " has changed while it was being scanned: nothing was written");
    }
    if (isReadOnly(file)) {
      throw new IOException(Text.plain(patch.path()) + " is read-only: nothing was written");
    }
  }

  private static void write(Path file, Patch patch) throws IOException {
    // Another run may have been quicker.
    if (Arrays.equals(Files.readAllBytes(file), patch.after())) {
      return;
    }
    try {
      AtomicFile.writeStream(
          file,
          out -> {
            out.write(patch.after());
            if (!Arrays.equals(Files.readAllBytes(file), patch.before())) {
              throw new IOException("it has changed while it was being written");
            }
          });
    } catch (IOException e) {
      throw new IOException(
          Text.plain(patch.path()) + " is as it was, writing it failed: " + e.getMessage(), e);
    }
  }

  /// Renaming over a file asks nobody whether it may be written; its owner has said it.
  private static boolean isReadOnly(Path file) throws IOException {
    if (!Files.isWritable(file)) {
      return true;
    }
    if (Files.getFileAttributeView(file, PosixFileAttributeView.class) == null) {
      return false;
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    return !permissions.contains(PosixFilePermission.OWNER_WRITE)
        && !permissions.contains(PosixFilePermission.GROUP_WRITE)
        && !permissions.contains(PosixFilePermission.OTHERS_WRITE);
  }
}
