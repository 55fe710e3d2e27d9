package io.loadlock.cli;

import io.loadlock.artifact.Limits;
import io.loadlock.core.ByteSource;
import io.loadlock.core.Outcome;
import io.loadlock.core.Problem;
import io.loadlock.engine.inspect.Inspection;
import io.loadlock.engine.inspect.Inspector;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/// Inspects one file after the other, by the options of the command.
///
/// @param member the member to show instead of the whole file
record FileInspection(Inspector inspector, Limits limits, boolean digest, Optional<String> member) {
  /// What standard input may hold in memory; more goes to a temporary file.
  private static final int IN_MEMORY = 64 << 20;

  /// What a temporary file may hold: an endless stream must end, and soon.
  private static final long SPOOLED = 2L << 30;

  private static final Problem TOO_LONG =
      new Problem(
          "standard input is longer than 2 GiB, and was read no further: save it, and name the"
              + " file",
          "byte " + SPOOLED);

  InspectedFile file(Named file) {
    if (Files.exists(file.path()) && !Files.isRegularFile(file.path())) {
      return new InspectedFile(
          ended(file.name(), new Outcome.Skipped("no regular file")), -1, Digests.NONE);
    }
    try (ByteSource source = ByteSource.open(file.path())) {
      return source(source, file.name());
    } catch (NoSuchFileException e) {
      return new InspectedFile(failed(file.name(), "there is no such file"), -1, Digests.NONE);
    } catch (IOException e) {
      return new InspectedFile(
          failed(file.name(), "cannot be read: " + e.getMessage()), -1, Digests.NONE);
    }
  }

  InspectedFile stream(InputStream in, String name) throws IOException {
    try (Spool spool = Spool.of(in, IN_MEMORY, SPOOLED)) {
      InspectedFile inspected = source(spool.source(), name);
      return spool.cut() ? inspected.with(TOO_LONG) : inspected;
    }
  }

  private InspectedFile source(ByteSource source, String name) throws IOException {
    Inspection inspection = inspector.inspect(source, name, limits);
    Digests digests = digest ? Digests.of(source, inspection) : Digests.NONE;
    return new InspectedFile(
        member.map(wanted -> only(inspection, wanted)).orElse(inspection), source.size(), digests);
  }

  private static Inspection only(Inspection inspection, String wanted) {
    Inspection[] found = new Inspection[1];
    inspection.walk(
        (members, at) -> {
          if (found[0] == null && String.join("!", members).equals(wanted)) {
            found[0] = at;
          }
        });
    return found[0] != null
        ? found[0]
        : failed(inspection.name(), "there is no member '" + wanted + "'");
  }

  private static Inspection failed(String name, String why) {
    return ended(name, new Outcome.Failed(Problem.of(why)));
  }

  private static Inspection ended(String name, Outcome outcome) {
    return Inspection.unread(name, outcome);
  }
}
