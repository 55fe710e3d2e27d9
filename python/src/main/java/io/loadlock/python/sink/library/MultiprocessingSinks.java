package io.loadlock.python.sink.library;

import io.loadlock.python.sink.Factory;
import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.SinkRow;

/// The standard library's `multiprocessing`: every received object is unpickled. A pipe stays among
/// the program's own processes; what `Client` and `Listener` connect may be anybody who has the
/// key.
final class MultiprocessingSinks {
  private static final String ADVICE =
      "Use recv_bytes and parse the bytes as JSON, or keep the connection and its key private.";

  private MultiprocessingSinks() {}

  static final Library LIBRARY =
      Library.of(
              "Python multiprocessing",
              "",
              SinkRow.method("multiprocessing.connection.Connection.recv")
                  .kind("multiprocessing-recv")
                  .privateChannel()
                  .codes(Codes.PICKLE)
                  .advice(ADVICE)
                  .readIn("CPython 3.13 Lib/multiprocessing/connection.py _ConnectionBase.recv"),
              SinkRow.method("multiprocessing.connection.Client.recv")
                  .kind("multiprocessing-recv")
                  .high()
                  .codes(Codes.PICKLE)
                  .advice(ADVICE)
                  .readIn("CPython 3.13 Lib/multiprocessing/connection.py Client, Listener.accept"),
              SinkRow.method(
                      "multiprocessing.managers.BaseManager.connect",
                      "multiprocessing.managers.SyncManager.connect",
                      "multiprocessing.managers.SharedMemoryManager.connect")
                  .kind("multiprocessing-recv")
                  .high()
                  .codes(Codes.PICKLE)
                  .advice(
                      "Reach another machine through a protocol without pickle, such as HTTP with"
                          + " JSON.")
                  .readIn("CPython 3.13 Lib/multiprocessing/managers.py BaseManager.connect"))
          .making(
              Factory.pair(
                  "multiprocessing.connection.Connection",
                  "multiprocessing.Pipe",
                  "multiprocessing.connection.Pipe",
                  "multiprocessing.context.BaseContext.Pipe"),
              Factory.of("multiprocessing.context.BaseContext", "multiprocessing.get_context"),
              Factory.of(
                  "multiprocessing.connection.Client",
                  "multiprocessing.connection.Listener.accept"))
          .alias("multiprocessing", "torch.multiprocessing", "multiprocess", "billiard")
          .alias(
              "multiprocessing.connection.Connection",
              "multiprocessing.connection.PipeConnection",
              "_multiprocessing.Connection");
}
