package io.loadlock.cli;

import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// One subcommand. Adding one is a class that implements this and a line in [Loadlock#COMMANDS].
interface Command {
  /// What the user types, such as `scan`.
  String name();

  /// Adds description, options and operands: parser, help and shell completion are made from them.
  void describe(CommandSpec specification);

  /// Does the work. `arguments` fit what [#describe] said, and `--help` is already dealt with.
  ///
  /// @throws UsageException when the arguments are well-formed and yet make no sense
  Exit run(ParseResult arguments, Shell shell) throws IOException, UsageException;
}
