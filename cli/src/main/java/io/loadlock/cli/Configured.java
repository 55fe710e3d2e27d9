package io.loadlock.cli;

import io.loadlock.engine.config.Configuration;
import io.loadlock.engine.config.Configuration.Selection;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ParseResult;

/// The configuration of a run: the project's own file, and what the command line adds to it.
final class Configured {
  private Configured() {}

  static Configuration of(ParseResult arguments, Shell shell) throws UsageException {
    Configuration file = Configuration.NONE;
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
}
