package io.loadlock.python.sink.library;

import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.SinkRow;

/// PyArrow below 14: the deprecated Python serialization falls back on pickle.
final class PyarrowSinks {
  private PyarrowSinks() {}

  static final Library LIBRARY =
      Library.of(
          "PyArrow",
          "pyarrow",
          SinkRow.function(
                  "pyarrow.deserialize",
                  "pyarrow.deserialize_from",
                  "pyarrow.deserialize_components",
                  "pyarrow.lib.deserialize",
                  "pyarrow.lib.deserialize_from")
              .kind("pyarrow-deserialize")
              .high()
              .loads("", 0)
              .inverses("pyarrow.serialize")
              .codes(Codes.FRAMEWORK)
              .advice(
                  "Use the Arrow IPC format, Parquet or Feather; this interface ended with PyArrow"
                      + " 14.")
              .readIn(
                  "pyarrow 0.15 python/pyarrow/serialization.pxi deserialize,"
                      + " _deserialize_callback"),
          SinkRow.function("pyarrow.read_serialized", "pyarrow.lib.read_serialized")
              .kind("pyarrow-deserialize")
              .high()
              .loads("source", 0)
              .codes(Codes.FRAMEWORK)
              .advice(
                  "Use the Arrow IPC format, Parquet or Feather; this interface ended with PyArrow"
                      + " 14.")
              .readIn("pyarrow 0.15 python/pyarrow/serialization.pxi read_serialized"));
}
