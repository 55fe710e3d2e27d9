package io.loadlock.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// The few shapes of options that commands have.
final class Options {
  private Options() {}

  static OptionSpec flag(String description, String... names) {
    return OptionSpec.builder(names).description(description).build();
  }

  static OptionSpec value(String label, String description, String... names) {
    return OptionSpec.builder(names)
        .type(String.class)
        .paramLabel(label)
        .description(description)
        .build();
  }

  /// May be given several times, or once with commas.
  static OptionSpec values(String label, String description, String... names) {
    return OptionSpec.builder(names)
        .type(List.class)
        .auxiliaryTypes(String.class)
        .paramLabel(label)
        .arity("1")
        .description(description)
        .build();
  }

  static PositionalParamSpec operands(String label, String description) {
    return PositionalParamSpec.builder()
        .paramLabel(label)
        .type(List.class)
        .auxiliaryTypes(String.class)
        .arity("0..*")
        .description(description)
        .build();
  }

  static boolean isSet(ParseResult arguments, String name) {
    return arguments.hasMatchedOption(name);
  }

  static Optional<String> text(ParseResult arguments, String name) {
    return Optional.ofNullable(arguments.matchedOptionValue(name, (String) null));
  }

  /// All values of a repeatable option, those with commas taken apart.
  static List<String> list(ParseResult arguments, String name) {
    List<String> parts = new ArrayList<>();
    for (String value : arguments.matchedOptionValue(name, List.<String>of())) {
      for (String part : value.split(",", -1)) {
        if (!part.isBlank()) {
          parts.add(part.strip());
        }
      }
    }
    return parts;
  }

  static List<String> operands(ParseResult arguments) {
    return arguments.matchedPositionalValue(0, List.<String>of());
  }

  /// `--jobs`, by default as many as there are processors.
  static int jobs(ParseResult arguments) throws UsageException {
    Optional<String> given = text(arguments, "--jobs");
    if (given.isEmpty()) {
      return Runtime.getRuntime().availableProcessors();
    }
    try {
      int jobs = Integer.parseInt(given.get());
      if (jobs >= 1 && jobs <= 1024) {
        return jobs;
      }
    } catch (NumberFormatException e) {
      // The sentence below says it.
    }
    throw new UsageException("--jobs takes a number from 1 to 1024, not '" + given.get() + "'");
  }
}
