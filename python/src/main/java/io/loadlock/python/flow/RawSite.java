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
}
