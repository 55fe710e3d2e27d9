package io.loadlock.python.sink.library;

import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.SinkRow;

/// jsonpickle: JSON whose `py/object` and `py/reduce` keys import and call what they name.
/// `safe=True` only avoids an old use of eval.
final class JsonpickleSinks {
  private static final String ADVICE =
      "Use json.loads and build the objects yourself; jsonpickle imports and calls what the text"
          + " names.";

  private JsonpickleSinks() {}

  static final Library LIBRARY =
      Library.of(
              "jsonpickle",
              "jsonpickle",
              SinkRow.function("jsonpickle.decode", "jsonpickle.loads")
                  .kind("jsonpickle-decode")
                  .loads("string", 0)
                  .inverses("jsonpickle.encode", "jsonpickle.dumps")
                  .codes(Codes.JSONPICKLE)
                  .advice(ADVICE)
                  .readIn("jsonpickle 4.1.1 jsonpickle/unpickler.py decode"),
              SinkRow.method("jsonpickle.unpickler.Unpickler.restore")
                  .kind("jsonpickle-decode")
                  .loads("obj", 0)
                  .codes(Codes.JSONPICKLE)
                  .advice(ADVICE)
                  .readIn("jsonpickle 4.1.1 jsonpickle/unpickler.py Unpickler.restore"))
          .alias("jsonpickle.decode", "jsonpickle.unpickler.decode")
          .alias("jsonpickle.unpickler.Unpickler", "jsonpickle.Unpickler")
          .importedToUnpickle("jsonpickle");
}
