package io.loadlock.cli;

import io.loadlock.engine.config.Configuration;
import io.loadlock.engine.config.Configuration.Selection;
import io.loadlock.engine.config.ConfigurationException;
import io.loadlock.engine.config.ConfigurationFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/// The configuration of a run: the project's own file, and what the command line adds to it.
final class Configured {
  private Configured() {}

  /// @param operands the paths of the run: the configuration is the one nearest to them
  static Configuration of(ParseResult arguments, List<String> operands, Shell shell)
      throws UsageException {
    Configuration file = file(arguments, operands, Scanning.base(shell));
    List<String> exclude = new ArrayList<>(file.exclude());
    exclude.addAll(Options.list(arguments, "--exclude"));
    List<String> select = Options.list(arguments, "--select");
    List<String> ignore = new ArrayList<>(file.selection().ignore());
    ignore.addAll(Options.list(arguments, "--ignore"));
    return new Configuration(
        file.file(),
        exclude,
        file.roots(),
        file.failOn(),
        file.neverFail(),
        file.allowPartial(),
        file.sinks(),
        new Selection(
            select.isEmpty() ? file.selection().select() : select,
            ignore,
            file.selection().severity()),
        file.perPath());
  }

  private static Configuration file(ParseResult arguments, List<String> operands, Path base)
      throws UsageException {
    Optional<String> named = Options.text(arguments, "--config");
    if (Options.isSet(arguments, "--no-config")) {
      if (named.isPresent()) {
        throw new UsageException("--config and --no-config contradict each other");
      }
      return Configuration.NONE;
    }
    try {
      return named.isPresent()
          ? ConfigurationFile.open(base.resolve(named.get()), base)
          : ConfigurationFile.find(common(operands, base), base);
    } catch (ConfigurationException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  /// The folder that all operands are in, for they have one configuration.
  private static Path common(List<String> operands, Path base) {
    Path common = null;
    for (String operand : operands) {
      if (operand.equals("-")) {
        continue;
      }
      Path path = base.resolve(operand).normalize();
      Path folder = Files.isDirectory(path) || path.getParent() == null ? path : path.getParent();
      if (common == null) {
        common = folder;
      }
      while (!folder.startsWith(common) && common.getParent() != null) {
        common = common.getParent();
      }
    }
    return common == null ? base : common;
  }
}
