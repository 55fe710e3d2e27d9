package io.loadlock.cli;

import io.loadlock.core.AtomicFiles;
import io.loadlock.engine.remedy.Patch;
import io.loadlock.engine.scan.ScanRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Puts patches into their files: all of them or none.
final class FixWriter {
  private FixWriter() {}

  /// @param input whose result goes to standard output, changed or not
  /// @throws IOException when nothing was written: a file has changed or is read-only, or there is
  ///   no room for one. Where the last step failed for one of them, the others are put back, and
  ///   the message says which could not be
  static void write(List<Patch> patches, Optional<ScanRequest.Input> input, Shell shell)
      throws IOException {
    List<Patch> written = patches.stream().filter(patch -> !isInput(patch, input)).toList();
    for (Patch patch : written) {
      check(file(patch, shell), patch);
    }
    write(written, shell);
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
    if (AtomicFiles.isReadOnly(file)) {
      throw new IOException(Text.plain(patch.path()) + " is read-only: nothing was written");
    }
  }

  private static void write(List<Patch> patches, Shell shell) throws IOException {
    try (AtomicFiles files = new AtomicFiles()) {
      for (Patch patch : patches) {
        Path file = file(patch, shell);
        try {
          // Another run may have been quicker.
          if (!Arrays.equals(Files.readAllBytes(file), patch.after())) {
            files.writeStream(file, out -> out.write(patch.after()));
          }
        } catch (IOException e) {
          throw new IOException(failure(patch, e) + ": nothing was written", e);
        }
      }
      for (Patch patch : patches) {
        check(file(patch, shell), patch);
      }
      commit(files, patches, shell);
    }
  }

  private static void commit(AtomicFiles files, List<Patch> patches, Shell shell)
      throws IOException {
    try {
      files.commit();
    } catch (IOException e) {
      List<String> kept = new ArrayList<>();
      String failed = "";
      for (Patch patch : patches) {
        if (!Arrays.equals(Files.readAllBytes(file(patch, shell)), patch.after())) {
          failed = failed.isEmpty() ? failure(patch, e) : failed;
        } else if (!putBack(file(patch, shell), patch)) {
          kept.add(Text.plain(patch.path()));
        }
      }
      String rest =
          kept.isEmpty()
              ? "the files are as they were"
              : "the files are as they were, but for " + String.join(", ", kept);
      throw new IOException(failed + ": " + rest, e);
    }
  }

  private static boolean putBack(Path file, Patch patch) {
    try (AtomicFiles files = new AtomicFiles()) {
      files.writeStream(file, out -> out.write(patch.before()));
      files.commit();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static String failure(Patch patch, IOException e) {
    return "writing " + Text.plain(patch.path()) + " failed: " + e.getMessage();
  }
}
