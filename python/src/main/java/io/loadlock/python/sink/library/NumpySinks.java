package io.loadlock.python.sink.library;

import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.SinkRow;

/// NumPy: pickle only inside object arrays, refused by default since 1.16.3.
final class NumpySinks {
  private static final String ADVICE =
      "Leave allow_pickle at its default, False, and save arrays without Python objects.";

  private NumpySinks() {}

  static final Library LIBRARY =
      Library.of(
          "NumPy",
          "numpy",
          SinkRow.function(
                  "numpy.load",
                  "numpy.lib.npyio.load",
                  "numpy.lib._npyio_impl.load",
                  "numpy.lib.io.load",
                  "pylab.load",
                  "matplotlib.pylab.load",
                  "cupy.load",
                  "jax.numpy.load")
              .kind("numpy-load")
              .loads("file", 0)
              .safeWhenFalse("allow_pickle", 2)
              .argumentSince("1.10", "numpy")
              .safeSince("numpy", "1.16.3")
              .codes(Codes.NUMPY)
              .advice(ADVICE)
              .readIn("numpy 2.4.6 numpy/lib/_npyio_impl.py load"),
          SinkRow.function("numpy.lib.format.read_array", "numpy.lib._format_impl.read_array")
              .kind("numpy-load")
              .loads("fp", 0)
              .safeWhenFalse("allow_pickle", 1)
              .argumentSince("1.10", "numpy")
              .safeSince("numpy", "1.16.3")
              .codes(Codes.NUMPY)
              .advice(ADVICE)
              .readIn("numpy 2.4.6 numpy/lib/_format_impl.py read_array"),
          SinkRow.constructor("numpy.lib.npyio.NpzFile", "numpy.lib._npyio_impl.NpzFile")
              .kind("numpy-load")
              .loads("fid", 0)
              .safeWhenFalse("allow_pickle", 2)
              .argumentSince("1.10", "numpy")
              .safeSince("numpy", "1.16.3")
              .codes(Codes.NUMPY)
              .advice(ADVICE)
              .readIn("numpy 2.4.6 numpy/lib/_npyio_impl.py NpzFile"),
          SinkRow.function(
                  "numpy.loads",
                  "numpy.core.numeric.loads",
                  "numpy.core.loads",
                  "numpy.ma.loads",
                  "numpy.ma.core.loads")
              .kind("pickle-load")
              .loads("", 0)
              .inverses("pickle.dumps", "numpy.ma.dumps", "numpy.ma.core.dumps")
              .codes(Codes.PICKLE)
              .advice(ADVICE)
              .readIn("numpy 1.16.6 numpy/core/numeric.py loads, numpy/ma/core.py loads"),
          SinkRow.function("numpy.core.numeric.load", "numpy.ma.load", "numpy.ma.core.load")
              .kind("pickle-load")
              .loads("F", 0)
              .codes(Codes.PICKLE)
              .advice(ADVICE)
              .readIn("numpy 1.16.6 numpy/ma/core.py load"));
}
