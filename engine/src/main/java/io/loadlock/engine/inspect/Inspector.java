package io.loadlock.engine.inspect;

import io.loadlock.artifact.Format;
import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Nested;
import io.loadlock.artifact.Notice;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.Verdict;
import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import io.loadlock.core.Outcome;
import io.loadlock.core.Problem;
import io.loadlock.core.Severity;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Takes files apart. One instance serves any number of files and threads.
public final class Inspector {
  private final Supplier<List<Format>> table;

  private Inspector(Supplier<List<Format>> table) {
    this.table = table;
  }

  /// With every format there is. They are made when the first file is looked at: a scan of code
  /// alone does without.
  public static Inspector standard() {
    return new Inspector(() -> FormatTable.ALL);
  }

  /// With these formats only.
  public static Inspector of(List<Format> table) {
    List<Format> formats = List.copyOf(table);
    return new Inspector(() -> formats);
  }

  /// Opens `file` and inspects it. What cannot be opened or read is a failed inspection, not an
  /// exception.
  ///
  /// @param name as the user would name it
  public Inspection inspect(Path file, String name, Limits limits) {
    try (ByteSource source = ByteSource.open(file)) {
      return inspect(source, name, limits);
    } catch (IOException e) {
      return Nodes.ended(name, new Outcome.Failed(Problem.of("cannot be read: " + e.getMessage())));
    }
  }

  /// Reads `content` and all that is nested in it. Never throws on account of what the bytes are.
  ///
  /// @param name as the user would name it: shown, and a hint where content alone does not decide
  /// @param limits of which a fresh budget is taken
  public Inspection inspect(ByteSource content, String name, Limits limits) {
    return new Descent(table.get(), limits.fresh()).inspect(new Nested(name, 0, true, content), 0);
  }

  /// Whether some format recognises the bytes with certainty, or the name says what they are: what
  /// a walk over a tree wants to know of a file before it spends more on it.
  public boolean recognises(ByteSource content, String name) throws IOException {
    Recognition recognition = Recognition.of(table.get(), content, name, "");
    return !recognition.certain().isEmpty()
        || !recognition.possible().isEmpty() && Extensions.isModel(name);
  }

  /// One outermost file's way down.
  private record Descent(List<Format> table, Limits limits) {
    Inspection inspect(Nested member, int depth) {
      if (!member.readings().isEmpty()) {
        return gather(member, depth, member.readings(), new ArrayList<>());
      }
      try {
        Optional<Outcome> pointless = Pointless.skip(member);
        if (pointless.isPresent()) {
          return Nodes.skipped(member, pointless.get());
        }
        Recognition recognition =
            Recognition.of(table, member.content(), member.name(), member.format());
        if (recognition.nobody()) {
          return Nodes.skipped(member, Pointless.nobody(member, limits.budget()));
        }
        return read(member, depth, recognition);
      } catch (IOException e) {
        Outcome failed = new Outcome.Failed(Problem.of("cannot be read: " + e.getMessage()));
        return Nodes.skipped(member, failed);
      }
    }

    private Inspection read(Nested member, int depth, Recognition recognition) {
      ByteSource content = member.content();
      String name = member.name();
      List<Reading> readings = new ArrayList<>();
      for (Format format : recognition.certain()) {
        readings.add(read(format, content, name));
      }
      for (Format format : recognition.possible()) {
        readings.add(read(format, content, name));
      }
      List<Reading> kept =
          Nodes.keep(readings, recognition.certain().size(), Extensions.isModel(name));
      if (kept.isEmpty()) {
        return Nodes.skipped(member, new Outcome.Skipped("no known format"));
      }
      List<Notice> notices = new ArrayList<>();
      if (recognition.certain().size() > 1) {
        String formats =
            recognition.certain().stream().map(Format::name).collect(Collectors.joining(" and "));
        notices.add(
            new Notice(
                "polyglot",
                Severity.MEDIUM,
                0,
                "The bytes are " + formats + " at once: loaders choose differently."));
      }
      Extensions.check(name, kept, notices);
      return gather(member, depth, kept, notices);
    }

    private Inspection gather(Nested member, int depth, List<Reading> kept, List<Notice> notices) {
      Nodes.Gathered gathered = new Nodes.Gathered();
      for (Reading reading : kept) {
        gathered.add(reading);
        for (Nested nested : reading.nested()) {
          descend(nested, depth, gathered);
        }
      }
      gathered.addProblemOf(member.content());
      return gathered.toInspection(member, kept, notices);
    }

    private void descend(Nested nested, int depth, Nodes.Gathered gathered) {
      if (depth >= limits.depth()) {
        gathered.problem(
            new Problem("nested deeper than " + limits.depth() + " containers", nested.name()));
        return;
      }
      if (limits.budget().spentUp()) {
        gathered.problem(Problem.of("more work than the budget allows: members were left out"));
        return;
      }
      if (!limits.budget().member()) {
        gathered.problem(new Problem("more than " + limits.members() + " members in all", ""));
        return;
      }
      gathered.add(inspect(nested, depth + 1));
      try {
        nested.content().close();
      } catch (IOException e) {
        gathered.problem(new Problem("cannot be closed: " + e.getMessage(), nested.name()));
      }
    }

    /// One format's reading; a failed one when there is nothing to read.
    private Reading read(Format format, ByteSource content, String name) {
      try {
        return format.read(content, name, limits);
      } catch (MalformedException e) {
        return failed(format, e.toProblem());
      } catch (EOFException e) {
        return failed(format, Problem.of("ends too early: " + e.getMessage()));
      } catch (IOException e) {
        return failed(format, Problem.of("cannot be read: " + e.getMessage()));
      } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
        // A bug in a reader, and still no reason to lose the other files or to look safe.
        return failed(
            format, Problem.of("internal error of the " + format.name() + " reader: " + e));
      }
    }

    private static Reading failed(Format format, Problem problem) {
      return new Reading(
          format.name(),
          new Outcome.Failed(problem),
          Verdict.PLAIN_DATA,
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          new TreeMap<>());
    }
  }
}
