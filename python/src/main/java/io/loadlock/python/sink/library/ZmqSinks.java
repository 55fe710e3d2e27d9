package io.loadlock.python.sink.library;

import io.loadlock.python.sink.Factory;
import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.SinkRow;

/// PyZMQ: whoever can reach the socket can run code in the receiver.
final class ZmqSinks {
  private ZmqSinks() {}

  static final Library LIBRARY =
      Library.of(
              "PyZMQ",
              "pyzmq",
              SinkRow.method(
                      "zmq.Socket.recv_pyobj",
                      "zmq.asyncio.Socket.recv_pyobj",
                      "zmq.green.Socket.recv_pyobj")
                  .kind("zmq-pyobj")
                  .high()
                  .codes(Codes.FRAMEWORK)
                  .advice(
                      "Use send_json and recv_json, or authenticate messages before they are"
                          + " unpickled.")
                  .readIn("pyzmq 27.2.0 zmq/sugar/socket.py Socket.recv_pyobj"))
          .making(
              Factory.of("zmq.Socket", "zmq.Context.socket"),
              Factory.of("zmq.Context", "zmq.Context.instance", "zmq.Context.shadow"),
              Factory.of("zmq.asyncio.Socket", "zmq.asyncio.Context.socket"),
              Factory.of("zmq.asyncio.Context", "zmq.asyncio.Context.instance"),
              Factory.of("zmq.green.Socket", "zmq.green.Context.socket"),
              Factory.of("zmq.green.Context", "zmq.green.Context.instance"))
          .alias("zmq.Socket", "zmq.sugar.Socket", "zmq.sugar.socket.Socket")
          .alias("zmq.Context", "zmq.sugar.Context", "zmq.sugar.context.Context");
}
