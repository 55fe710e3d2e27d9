package io.loadlock.pins;

import io.loadlock.core.Problem;
import java.util.List;
import java.util.Optional;

/// What one file declares.
///
/// @param path the file, with `/` between folders
/// @param python the interpreter versions it admits, where it says so
/// @param problems lines that could not be understood: what they might have declared is unknown
public record PinFile(
    String path,
    PinFormat format,
    List<Declaration> declarations,
    Optional<Bounds> python,
    List<Problem> problems) {
  public PinFile {
    declarations = List.copyOf(declarations);
    problems = List.copyOf(problems);
  }
}
