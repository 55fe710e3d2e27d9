package io.loadlock.python.sink.library;

import io.loadlock.core.Severity;
import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.SinkRow;

/// The standard library's `shelve`: every value read from a shelf is unpickled.
final class ShelveSinks {
  private static final String ADVICE =
      "Keep the values in sqlite3 or dbm as JSON text; a shelf unpickles every value it returns.";

  private ShelveSinks() {}

  static final Library LIBRARY =
      Library.of(
              "Python shelve",
              "",
              SinkRow.function("shelve.open")
                  .kind("shelve-open")
                  .loads("filename", 0)
                  .safeWhenOneOf("flag", 1, "'n'")
                  .remains(Severity.LOW)
                  .codes(Codes.SHELVE)
                  .advice(ADVICE)
                  .readIn("CPython 3.13 Lib/shelve.py open, Shelf.__getitem__"),
              SinkRow.constructor("shelve.DbfilenameShelf")
                  .kind("shelve-open")
                  .loads("filename", 0)
                  .safeWhenOneOf("flag", 1, "'n'")
                  .remains(Severity.LOW)
                  .codes(Codes.SHELVE)
                  .advice(ADVICE)
                  .readIn("CPython 3.13 Lib/shelve.py DbfilenameShelf"),
              SinkRow.function("bsddb.dbshelve.open", "bsddb3.dbshelve.open")
                  .kind("shelve-open")
                  .loads("filename", 0)
                  .codes(Codes.SHELVE)
                  .advice(ADVICE)
                  .readIn("CPython 2.7 Lib/bsddb/dbshelve.py open, DBShelf.__getitem__"),
              SinkRow.constructor("shelve.Shelf", "shelve.BsdDbShelf")
                  .kind("shelve-open")
                  .loads("dict", 0)
                  .codes(Codes.SHELVE)
                  .advice(ADVICE)
                  .readIn("CPython 3.13 Lib/shelve.py Shelf, BsdDbShelf"))
          .importedToUnpickle("shelve");
}
