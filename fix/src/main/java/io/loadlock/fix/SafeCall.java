package io.loadlock.fix;

import io.loadlock.core.Fix;
import io.loadlock.core.Fix.Edit;
import io.loadlock.core.Location;
import io.loadlock.python.parse.ParsedSource;
import io.loadlock.python.parse.SourceText;
import io.loadlock.python.sink.Sink;
import io.loadlock.python.site.LoadSite;
import io.loadlock.python.tree.Argument;
import io.loadlock.python.tree.Expression;
import io.loadlock.python.tree.Parameter;
import io.loadlock.python.tree.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/// Gives the deciding argument of a load its safe value: whatever library it is, the sink's row
/// says which argument and which value that is.
public final class SafeCall {
  private final ParsedSource parsed;
  private final LoadSite site;
  private final Sink.Safety safety;
  private final Enclosing place;
  private final byte[] text;

  private SafeCall(ParsedSource parsed, LoadSite site, Sink.Safety safety, Enclosing place) {
    this.parsed = parsed;
    this.site = site;
    this.safety = safety;
    this.place = place;
    this.text = parsed.source().text();
  }

  /// The fix for this load; empty where the sink has no argument that would make it safe, or where
  /// the argument comes from a place that this file does not show.
  ///
  /// @param parsed the file as it was when the site was found
  public static Optional<Fix> propose(ParsedSource parsed, LoadSite site, Proof proof) {
    if (proof instanceof Proof.Refused || site.sink().safety().isEmpty()) {
      return Optional.empty();
    }
    Sink.Safety safety = site.sink().safety().get();
    Optional<Enclosing> place = Enclosing.find(parsed.source(), parsed.module(), site.location());
    if (place.isEmpty() || safety.parameter().isEmpty()) {
      return Optional.empty();
    }
    return value(safety)
        .flatMap(value -> new SafeCall(parsed, site, safety, place.get()).fix(value, proof));
  }

  /// The safe value where one value always is.
  private static Optional<String> value(Sink.Safety safety) {
    return switch (safety.condition()) {
      case MUST_BE_TRUE -> Optional.of("True");
      case MUST_BE_FALSE -> Optional.of("False");
      case MUST_BE_GIVEN, MUST_BE_ONE_OF, MUST_END_WITH, MUST_BE_CLOSED -> Optional.empty();
    };
  }

  private Optional<Fix> fix(String value, Proof proof) {
    List<Change> changes = new ArrayList<>();
    boolean done =
        switch (site.form()) {
          case CALL ->
              place.expression() instanceof Expression.Call call && rewrite(call, value, changes);
          case REFERENCE -> wrap(value, changes);
        };
    if (!done) {
      return Optional.empty();
    }
    if (proof instanceof Proof.NeedsAllowing needs && !allow(needs.names(), changes)) {
      return Optional.empty();
    }
    boolean proven =
        site.form() == LoadSite.Form.CALL
            && switch (proof) {
              case Proof.WillLoad loads -> loads.proven();
              case Proof.NeedsAllowing needs -> needs.proven();
              case Proof.Refused _, Proof.None _ -> false;
            };
    return Optional.of(
        new Fix(
            proven ? Fix.Tier.SAFE : Fix.Tier.SUGGESTED,
            description(value, proof),
            why(proof),
            Edits.of(parsed.source(), site.location().path(), changes)));
  }

  private String description(String value, Proof proof) {
    String argument = "Pass " + safety.parameter() + "=" + value;
    return proof instanceof Proof.NeedsAllowing needs
        ? argument + " and allow " + String.join(", ", needs.names()) + "."
        : argument + ".";
  }

  private static String why(Proof proof) {
    return switch (proof) {
      case Proof.WillLoad loads -> loads.why();
      case Proof.NeedsAllowing needs -> needs.why();
      case Proof.Refused refused -> refused.why();
      case Proof.None _ -> "";
    };
  }

  // --- the call ------------------------------------------------------------------------------

  private boolean rewrite(Expression.Call call, String value, List<Change> changes) {
    CallArguments arguments = new CallArguments(text, call);
    // torch refuses weights_only=True together with a pickle_module.
    safety
        .voidedBy()
        .flatMap(voiding -> arguments.find(voiding.name(), voiding.position()))
        .filter(argument -> !(argument.value() instanceof Expression.None))
        .ifPresent(argument -> changes.add(withoutVoiding(arguments, argument)));
    Optional<Argument> given = arguments.find(safety.parameter(), safety.position());
    if (given.isPresent()) {
      return replace(given.get().value(), value, changes);
    }
    if (arguments.spreads() && !(site.safety() instanceof LoadSite.Safety.Absent)) {
      return Spreads.replace(parsed.module(), call, safety.parameter(), value, changes);
    }
    Optional<Change> added = arguments.add(safety.parameter(), value);
    added.ifPresent(changes::add);
    return added.isPresent();
  }

  private static Change withoutVoiding(CallArguments arguments, Argument argument) {
    // A positional one keeps its place, for the sake of those behind it.
    return argument instanceof Argument.Positional
        ? new Change(argument.value().start(), argument.value().end(), "None")
        : arguments.remove(argument);
  }

  /// Replaces a value; where it is a parameter of the function around the call, its default
  /// instead, and what callers in this file pass.
  private boolean replace(Expression old, String value, List<Change> changes) {
    if (old instanceof Expression.Name name) {
      Optional<Parameter> parameter =
          place.function().flatMap(function -> parameter(function, name.id()));
      if (parameter.isPresent()) {
        return Wrappers.change(
            parsed.module(), place.function().get(), parameter.get(), value, changes);
      }
    }
    changes.add(new Change(old.start(), old.end(), value));
    return true;
  }

  private static Optional<Parameter> parameter(Statement.FunctionDef function, String name) {
    return function.parameters().stream().filter(it -> it.name().equals(name)).findFirst();
  }

  /// `torch.load` handed on becomes `functools.partial(torch.load, weights_only=True)`.
  private boolean wrap(String value, List<Change> changes) {
    Imports imports = new Imports(text, parsed.module());
    Optional<String> local = imports.local("functools");
    if (local.isEmpty()) {
      changes.add(imports.add("functools"));
    }
    Expression reference = place.expression();
    changes.add(Change.insert(reference.start(), local.orElse("functools") + ".partial("));
    changes.add(Change.insert(reference.end(), ", " + safety.parameter() + "=" + value + ")"));
    return true;
  }

  // --- types that have to be allowed -----------------------------------------------------------

  /// `torch.serialization.add_safe_globals([…])` on a line before the statement.
  private boolean allow(List<String> names, List<Change> changes) {
    Statement statement = place.statement();
    if (!Lines.isFirst(text, statement.start()) || !safety.parameter().equals("weights_only")) {
      return false;
    }
    Imports imports = new Imports(text, parsed.module());
    Set<String> missing = new LinkedHashSet<>();
    BiFunction<String, String, String> reach =
        (module, name) -> {
          Optional<String> local = imports.local(module);
          if (local.isEmpty()) {
            missing.add(module);
          }
          return local.orElse(module) + "." + name;
        };
    List<String> references = new ArrayList<>();
    for (String name : names) {
      int dot = name.lastIndexOf('.');
      String module = name.substring(0, Math.max(dot, 0));
      references.add(
          module.equals("builtins")
              ? name.substring(dot + 1)
              : reach.apply(module, name.substring(dot + 1)));
    }
    String torch = reach.apply("torch", "serialization.add_safe_globals");
    missing.forEach(module -> changes.add(imports.add(module)));
    String line = torch + "([" + String.join(", ", references) + "])\n";
    int at = Lines.start(text, statement.start());
    changes.add(Change.insert(at, Lines.indentation(text, statement.start()) + line));
    return true;
  }

  /// Turns changes of the parsed text into edits of the file.
  private static final class Edits {
    static List<Edit> of(SourceText source, String path, List<Change> changes) {
      String separator = Lines.separator(source.text());
      boolean notebook = source.locate(path, 0, 0).cell().isPresent();
      List<Change> sorted = new ArrayList<>(changes);
      sorted.sort(Comparator.comparingInt(Change::start));
      List<Edit> edits = new ArrayList<>();
      for (Change change : sorted) {
        Location.Source where = source.locate(path, change.start(), change.end());
        String text = change.text();
        edits.add(
            new Edit(where, notebook ? text.replace("\n", "\\n") : text.replace("\n", separator)));
      }
      return edits;
    }
  }
}
