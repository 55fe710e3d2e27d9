package io.loadlock.cli;

import io.loadlock.cli.page.KindPage;
import io.loadlock.cli.page.RuleFacts;
import io.loadlock.cli.page.RulePages;
import io.loadlock.cli.page.TerminalMarkdown;
import io.loadlock.core.Rule;
import io.loadlock.core.Rules;
import io.loadlock.python.sink.Sink;
import io.loadlock.python.sink.Sinks;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `loadlock explain`: the page of a rule or of a kind.
final class ExplainCommand implements Command {
  private static final int USUAL_WIDTH = 80;
  private static final int WIDEST = 100;

  @Override
  public String name() {
    return "explain";
  }

  @Override
  public void describe(CommandSpec specification) {
    specification
        .usageMessage()
        .description(
            "Explains a rule or a kind of load: why, what is flagged, what to do instead.");
    specification
        .addPositional(
            Options.operands(
                "NAME",
                "A rule (VNX-PY-013), a kind (torch-load), a function (torch.load) or another"
                    + " tool's code (B614). Default: a list."))
        .addOption(Options.value("FORMAT", "What to print: text (default), markdown.", "--format"));
  }

  @Override
  public Exit run(ParseResult arguments, Shell shell) throws IOException, UsageException {
    List<String> names = Options.operands(arguments);
    if (names.size() > 1) {
      throw new UsageException("explain takes one name, not " + names.size());
    }
    String page = names.isEmpty() ? overview(Sinks.standard()) : page(names.getFirst());
    String format = Options.text(arguments, "--format").orElse("text");
    switch (format) {
      case "markdown" -> shell.out().print(page);
      case "text" -> shell.out().print(TerminalMarkdown.render(page, shell.colour(), width(shell)));
      default -> throw new UsageException("there is no format '" + format + "': text or markdown");
    }
    return Exit.COMPLETE;
  }

  private static int width(Shell shell) {
    String columns = shell.environment().getOrDefault("COLUMNS", "");
    return columns.matches("[1-9]\\d{0,3}")
        ? Math.min(Integer.parseInt(columns), WIDEST)
        : USUAL_WIDTH;
  }

  private static String page(String name) throws IOException, UsageException {
    Optional<Rule> rule =
        Rules.ALL.stream().filter(each -> each.id().value().equalsIgnoreCase(name)).findFirst();
    if (rule.isPresent()) {
      return RulePages.read(rule.get());
    }
    Sinks sinks = Sinks.standard();
    String kind = name.toLowerCase(Locale.ROOT);
    if (KindPage.kinds(sinks).contains(kind)) {
      return KindPage.render(sinks, kind);
    }
    Optional<Sink> sink = sinks.find(name);
    if (sink.isPresent()) {
      return KindPage.render(sinks, sink.get().kind());
    }
    List<String> kinds = KindPage.kindsOf(sinks, name);
    if (!kinds.isEmpty()) {
      return code(name, kinds);
    }
    throw new UsageException(
        "there is no rule, kind, function or code '" + name + "'; 'loadlock explain' lists them");
  }

  private static String code(String name, List<String> kinds) {
    StringBuilder page = new StringBuilder("# " + name.toUpperCase(Locale.ROOT) + "\n\n");
    page.append("What another tool calls ").append(name.toUpperCase(Locale.ROOT));
    page.append(" has these kinds here:\n\n");
    kinds.forEach(kind -> page.append("- `").append(kind).append("`\n"));
    return page.append("\n`loadlock explain KIND` shows one of them.\n").toString();
  }

  private static String overview(Sinks sinks) {
    return "# What loadlock reports\n\n## Rules\n\n"
        + RuleFacts.index("")
        + "\n## Kinds of loads\n\n"
        + String.join(", ", KindPage.kinds(sinks))
        + "\n\n`loadlock explain NAME` shows the page of a rule, a kind, a function such as"
        + " `torch.load`, or another tool's code such as `B301`.\n";
  }
}
