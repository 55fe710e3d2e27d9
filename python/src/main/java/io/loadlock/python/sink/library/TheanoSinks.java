package io.loadlock.python.sink.library;

import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.SinkRow;

/// Theano: graphs and shared variables are pickled.
final class TheanoSinks {
  private TheanoSinks() {}

  static final Library LIBRARY =
      Library.of(
          "Theano",
          "theano",
          SinkRow.function("theano.misc.pkl_utils.load", "aesara.misc.pkl_utils.load")
              .kind("theano-load")
              .high()
              .loads("f", 0)
              .codes(Codes.FRAMEWORK)
              .advice("Save the values of shared variables as a numeric npz.")
              .readIn("Theano 1.0.5 theano/misc/pkl_utils.py load"),
          SinkRow.method("theano.misc.pkl_utils.CompatUnpickler.load")
              .kind("theano-load")
              .high()
              .hook("find_class")
              .codes(Codes.FRAMEWORK)
              .advice("Save the values of shared variables as a numeric npz.")
              .readIn("Theano 1.0.5 theano/misc/pkl_utils.py CompatUnpickler"));
}
