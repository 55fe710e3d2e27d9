package io.loadlock.python.sink.library;

import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.SinkRow;

/// Dask distributed and partd: messages and spilled partitions are pickles.
final class DaskSinks {
  private static final String ADVICE =
      "Exchange plain data with msgpack or Arrow; these bytes are pickles.";

  private DaskSinks() {}

  static final Library LIBRARY =
      Library.of(
          "Dask distributed",
          "distributed",
          SinkRow.function(
                  "distributed.protocol.pickle.loads",
                  "distributed.protocol.deserialize_bytes",
                  "distributed.protocol.serialize.deserialize_bytes")
              .kind("pickle-load")
              .loads("", 0)
              .inverses("distributed.protocol.pickle.dumps")
              .codes(Codes.PICKLE)
              .advice(ADVICE)
              .readIn(
                  "distributed 2026.7.0 distributed/protocol/pickle.py loads, serialize.py"
                      + " deserialize_bytes"),
          SinkRow.function(
                  "distributed.protocol.deserialize", "distributed.protocol.serialize.deserialize")
              .kind("pickle-load")
              .loads("frames", 1)
              .codes(Codes.PICKLE)
              .advice(ADVICE)
              .readIn(
                  "distributed 2026.7.0 distributed/protocol/serialize.py deserialize,"
                      + " pickle_loads"));
}
