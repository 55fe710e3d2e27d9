package io.loadlock.core;

import java.util.List;

/// How far a file was read. Only [Complete] may ever be shown as clean.
@SuppressWarnings("ClassInitializationDeadlock") // see #problems
public sealed interface Outcome {
  /// The word users read in every output.
  String word();

  /// The problems this outcome carries, in the order they were met. No default method: with one,
  /// two threads that meet [Complete] and [#COMPLETE] first would wait for each other.
  List<Problem> problems();

  /// Read to its end.
  record Complete() implements Outcome {
    @Override
    public String word() {
      return "complete";
    }

    @Override
    public List<Problem> problems() {
      return List.of();
    }
  }

  /// Part of it could not be read; what was found in the rest is reported.
  record Partial(List<Problem> problems) implements Outcome {
    public Partial {
      problems = List.copyOf(problems);
      if (problems.isEmpty()) {
        throw new IllegalArgumentException("a partial outcome names what is missing");
      }
    }

    @Override
    public String word() {
      return "partial";
    }
  }

  /// Nothing could be learnt from it.
  record Failed(Problem problem) implements Outcome {
    @Override
    public String word() {
      return "failed";
    }

    @Override
    public List<Problem> problems() {
      return List.of(problem);
    }
  }

  /// No file to read: a FIFO, a device, an LFS pointer, a format nobody claims.
  record Skipped(String reason) implements Outcome {
    @Override
    public String word() {
      return "skipped";
    }

    @Override
    public List<Problem> problems() {
      return List.of();
    }
  }

  Outcome COMPLETE = new Complete();

  /// [Complete] without problems, else [Partial].
  static Outcome of(List<Problem> problems) {
    return problems.isEmpty() ? COMPLETE : new Partial(problems);
  }
}
