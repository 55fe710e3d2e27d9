package io.loadlock.python.sink.library;

import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.SinkRow;

/// The standard library's `marshal`: no calls while loading, but code objects come out and the
/// reader is not hardened.
final class MarshalSinks {
  private static final String ADVICE =
      "Load data with json or struct; marshal makes code objects and may crash on crafted bytes.";

  private MarshalSinks() {}

  static final Library LIBRARY =
      Library.of(
              "Python marshal",
              "",
              SinkRow.function("marshal.load")
                  .kind("marshal-load")
                  .high()
                  .loads("", 0)
                  .safeWhenFalse("allow_code", SinkRow.KEYWORD_ONLY)
                  .argumentSince("3.13", "python")
                  .absentIsSafe(false)
                  .codes(Codes.MARSHAL)
                  .advice(ADVICE)
                  .readIn("CPython 3.13 Python/marshal.c marshal.load"),
              SinkRow.function("marshal.loads")
                  .kind("marshal-load")
                  .high()
                  .loads("", 0)
                  .safeWhenFalse("allow_code", SinkRow.KEYWORD_ONLY)
                  .argumentSince("3.13", "python")
                  .absentIsSafe(false)
                  .inverses("marshal.dumps")
                  .codes(Codes.MARSHAL)
                  .advice(ADVICE)
                  .readIn("CPython 3.13 Python/marshal.c marshal.loads"))
          .importedToUnpickle("marshal");
}
