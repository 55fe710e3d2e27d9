package io.loadlock.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// The program: finds the subcommand, hands it its arguments, turns what happens into an exit code.
public final class Loadlock {
  /// In the order of the help page.
  private static final List<Command> COMMANDS =
      List.of(
          new ScanCommand(),
          new BaselineCommand(),
          new InspectCommand(),
          new FixCommand(),
          new ConvertCommand(),
          new LockCommand(),
          new VerifyCommand(),
          new SnippetCommand(),
          new ExplainCommand());

  private Loadlock() {}

  /// The entry point of the process. Everything else is [#run].
  public static void main(String[] args) {
    StandardOutput out = new StandardOutput(new FileOutputStream(FileDescriptor.out));
    Shell shell = shell(out);
    int code = run(shell, args);
    shell.out().flush();
    if (out.failure().isPresent()) {
      shell
          .err()
          .println("loadlock: cannot write standard output: " + out.failure().get().getMessage());
      code = Exit.USAGE.code();
    }
    shell.err().flush();
    // Not System.exit: since JDK 21 that first sets up logging, to log the exit, which takes 5 ms.
    Runtime.getRuntime().halt(code);
  }

  /// Runs one command line and returns the exit code of the process. Never throws.
  static int run(Shell shell, String... args) {
    return run(shell, COMMANDS, args);
  }

  static int run(Shell shell, List<Command> commands, String... args) {
    CommandLine line = new CommandLine(specification(asked(commands, args)));
    try {
      return dispatch(line.parseArgs(args), shell).code();
    } catch (ParameterException e) {
      return usage(String.valueOf(e.getMessage()), e.getCommandLine(), shell);
    } catch (UsageException e) {
      return usage(String.valueOf(e.getMessage()), line, shell);
    } catch (IOException e) {
      boolean ours = e.getClass() == IOException.class && e.getMessage() != null;
      shell.err().println("loadlock: " + (ours ? e.getMessage() : e.toString()));
      return Exit.USAGE.code();
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      shell.err().println("loadlock: internal error, please report it with the lines below");
      e.printStackTrace(shell.err());
      return Exit.USAGE.code();
    }
  }

  private static Exit dispatch(ParseResult root, Shell shell) throws IOException, UsageException {
    ParseResult asked = root.hasSubcommand() ? root.subcommand() : root;
    CommandSpec specification = asked.commandSpec();
    if (asked.isVersionHelpRequested()) {
      shell.out().println("loadlock " + Version.TEXT);
      return Exit.COMPLETE;
    }
    if (asked.isUsageHelpRequested()) {
      specification.commandLine().usage(shell.out(), shell.colour() ? Ansi.ON : Ansi.OFF);
      return Exit.COMPLETE;
    }
    if (specification.userObject() instanceof Command command) {
      return command.run(asked, shell);
    }
    specification.commandLine().usage(shell.err(), Ansi.OFF);
    return Exit.USAGE;
  }

  private static int usage(String message, CommandLine line, Shell shell) {
    shell.err().println("loadlock: " + message);
    shell.err().println("Try '" + line.getCommandSpec().qualifiedName() + " --help'.");
    return Exit.USAGE.code();
  }

  /// The one command that is meant, where the first word says which: describing the others would be
  /// most of a short run. The help page and a word that is none need all of them.
  private static List<Command> asked(List<Command> commands, String... args) {
    for (Command command : commands) {
      if (args.length > 0 && command.name().equals(args[0])) {
        return List.of(command);
      }
    }
    return commands;
  }

  private static CommandSpec specification(List<Command> commands) {
    CommandSpec root = CommandSpec.create().name("loadlock");
    root.usageMessage()
        .description(
            "From the line of Python that loads a model to the file it loads, without running"
                + " either.")
        .sortOptions(false)
        .footer(
            "",
            "Exit codes: 0 complete and nothing at or above --fail-on; 1 findings; 2 usage or"
                + " internal",
            "error; 3 something could not be read to its end.");
    root.addOption(help()).addOption(version());
    for (Command command : commands) {
      CommandSpec specification = CommandSpec.wrapWithoutInspection(command).name(command.name());
      specification.usageMessage().sortOptions(false);
      command.describe(specification);
      root.addSubcommand(command.name(), specification.addOption(help()));
    }
    return root;
  }

  private static OptionSpec help() {
    return OptionSpec.builder("-h", "--help")
        .usageHelp(true)
        .description("Show this help and exit.")
        .build();
  }

  private static OptionSpec version() {
    return OptionSpec.builder("-V", "--version")
        .versionHelp(true)
        .description("Show the version and exit.")
        .build();
  }

  /// What this process was started in, with `out` for standard output.
  static Shell shell(OutputStream out) {
    return new Shell(
        System.in,
        stream(out, 1 << 16, false),
        stream(new FileOutputStream(FileDescriptor.err), 1 << 10, true),
        Path.of(""),
        System.getenv(),
        Boolean.getBoolean("loadlock.out.terminal"),
        Boolean.getBoolean("loadlock.err.terminal"));
  }

  private static PrintStream stream(OutputStream sink, int buffer, boolean flushLines) {
    return new PrintStream(
        new BufferedOutputStream(sink, buffer), flushLines, StandardCharsets.UTF_8);
  }
}
