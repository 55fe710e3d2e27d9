package io.loadlock.python.flow;

import io.loadlock.python.sink.Sink;
import io.loadlock.python.site.LoadSite.Form;
import io.loadlock.python.value.Arguments;
import io.loadlock.python.value.Routine;
import io.loadlock.python.value.Unit;
import io.loadlock.python.value.Value;
import io.loadlock.python.value.Values;
import org.jspecify.annotations.Nullable;

/// A load as the interpreter meets it, its arguments still in terms of parameters.
///
/// @param start offset of the call's first byte, or the reference's
/// @param dotted the name as resolved
/// @param receiver the object whose method is called
/// @param handedTo for a reference: the project's function that gets it, as which parameter
/// @param statementStart the statement that it is in
/// @param checked the digests that were compared on every way to it
/// @param written the files that were written on every way to it
record RawSite(
    Unit unit,
    int start,
    int end,
    Sink sink,
    String dotted,
    Form form,
    Arguments arguments,
    @Nullable Value receiver,
    boolean bound,
    @Nullable Handed handedTo,
    int statementStart,
    int statementEnd,
    Values checked,
    Values written) {
  /// The parameter of a function that gets a reference.
  record Handed(Routine routine, int index) {}

  Routine.Place place() {
    return new Routine.Place(unit.module(), unit, start, end);
  }

  /// The values of what is loaded: an argument, or what the object was made of whose method it is;
  /// empty where neither is known.
  Values loaded() {
    if (sink.subject().isEmpty()) {
      return Values.EMPTY;
    }
    Sink.Subject subject = sink.subject().get();
    Arguments given =
        subject.ofReceiver()
            ? switch (receiver) {
              case Value.Foreign foreign -> foreign.made();
              case Value.Instance instance -> instance.made();
              case null, default -> null;
            }
            : arguments;
    return given == null ? Values.EMPTY : given.lookup(subject.parameter(), subject.position());
  }
}
