package io.loadlock.python.site;

import io.loadlock.core.Evidence;
import io.loadlock.core.Location;
import io.loadlock.python.sink.Sink;
import java.util.List;
import java.util.Optional;

/// One place in the source that may run what it loads, whatever a judge thinks of it later.
///
/// @param location the call, from its first to its last byte; for a [Form#REFERENCE] the reference
/// @param sink the row it matched
/// @param callee the function as resolved, such as `torch.load`; how it was written stands in the
///   source
/// @param form a call, or the function itself handed to other code that will call it
/// @param safety what the deciding argument is at this call
/// @param restriction what an `Unpickler`'s `find_class` lets through
/// @param subject the path, file or bytes that are loaded
/// @param provenance where they come from
/// @param arguments all that the call gives, for rules such as `pickle_module` and `flag='n'`
/// @param boundHere false when the module's name is bound nowhere in the file and was read by
///   convention
/// @param function the enclosing function or method, such as `Trainer.resume`; empty at module
///   level
/// @param evidence the steps from the binding of the name to the call, in order
/// @param flows ways in which callers reach this load with an argument that matters, each outermost
///   first
/// @param guard what the program checks before the load
/// @param statement the lines of the statement that the call is in, where a comment can accept it
public record LoadSite(
    Location.Source location,
    Sink sink,
    String callee,
    Form form,
    Safety safety,
    Restriction restriction,
    PathValue subject,
    Provenance provenance,
    List<GivenArgument> arguments,
    boolean boundHere,
    String function,
    List<Evidence> evidence,
    List<List<Evidence>> flows,
    Guard guard,
    Lines statement) {
  public LoadSite {
    arguments = List.copyOf(arguments);
    evidence = List.copyOf(evidence);
    flows = flows.stream().map(List::copyOf).toList();
  }

  /// Of unknown origin and without a guard, in a statement that has the lines of the call.
  public LoadSite(
      Location.Source location,
      Sink sink,
      String callee,
      Form form,
      Safety safety,
      Restriction restriction,
      PathValue subject,
      List<GivenArgument> arguments,
      boolean boundHere,
      String function,
      List<Evidence> evidence,
      List<List<Evidence>> flows) {
    this(
        location,
        sink,
        callee,
        form,
        safety,
        restriction,
        subject,
        Provenance.UNKNOWN,
        arguments,
        boundHere,
        function,
        evidence,
        flows,
        Guard.NONE,
        new Lines(location.start().line(), location.end().line()));
  }

  /// Physical lines of a file, from 1, both included.
  public record Lines(int first, int last) {}

  /// The argument that has this keyword or, where it has none, this position.
  public Optional<PathValue> argument(String name, int position) {
    return arguments.stream()
        .filter(
            given ->
                given.name().isEmpty() ? given.position() == position : given.name().equals(name))
        .map(GivenArgument::value)
        .findFirst();
  }

  /// How the function is used.
  public enum Form {
    /// `torch.load(path)`
    CALL,
    /// `executor.submit(pickle.load, handle)`: code that is not read here will call it
    REFERENCE
  }

  /// What is known of the argument that makes a call safe, on every way that reaches the call.
  public sealed interface Safety {
    /// The sink has no such argument.
    record None() implements Safety {}

    /// It is not given (or given as None, which is the same): the installed default decides.
    record Absent() implements Safety {}

    /// It is proven to hold the safe value.
    record Safe() implements Safety {}

    /// It is, or may be, an unsafe value.
    ///
    /// @param value as Python would write it, such as `False`
    record Unsafe(String value) implements Safety {}

    /// It is given, and its value is not known.
    ///
    /// @param reason one clause, such as `a parameter without known callers`
    record Unknown(String reason) implements Safety {}
  }
}
