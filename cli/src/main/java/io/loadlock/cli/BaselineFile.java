package io.loadlock.cli;

import io.loadlock.core.AtomicFile;
import io.loadlock.core.Finding;
import io.loadlock.core.Fingerprints;
import io.loadlock.core.MalformedException;
import io.loadlock.core.ScanReport;
import io.loadlock.engine.baseline.Baseline;
import io.loadlock.report.SourceExcerpts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/// A baseline on disk, as the commands use it.
final class BaselineFile {
  static final String NAME = "loadlock-baseline.json";

  private BaselineFile() {}

  /// The report, in which what the baseline knows is marked as accepted.
  static ScanReport apply(ScanReport report, String name, Path base)
      throws IOException, UsageException {
    Baseline baseline = read(name, base);
    List<Finding> findings = baseline.apply(report.findings(), texts(base), name);
    int gone = baseline.gone(report.findings(), texts(base));
    List<String> notes =
        gone == 0
            ? List.of()
            : List.of(
                Text.count(gone, "finding")
                    + " of the baseline "
                    + (gone == 1 ? "is" : "are")
                    + " gone; 'loadlock baseline create' makes it anew");
    return Scanning.with(report, findings, notes);
  }

  static int create(ScanReport report, String name, Path base) throws IOException {
    Baseline baseline = Baseline.of(report.findings(), texts(base));
    AtomicFile.writeStream(base.resolve(name), baseline::write);
    return baseline.entries().size();
  }

  private static Fingerprints.Texts texts(Path base) {
    return SourceExcerpts.reading(path -> Scanning.source(base, path))::marked;
  }

  private static Baseline read(String name, Path base) throws IOException, UsageException {
    try {
      return Baseline.read(Files.readAllBytes(base.resolve(name)));
    } catch (NoSuchFileException e) {
      throw new UsageException(
          "there is no baseline " + name + "; 'loadlock baseline create' makes one");
    } catch (MalformedException e) {
      throw new UsageException(name + ": " + e.getMessage());
    }
  }
}
