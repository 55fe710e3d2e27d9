package io.loadlock.python.sink.library;

import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.SinkRow;

/// The pickle modules of the standard library, and the modules that only carry them under another
/// name.
final class PickleSinks {
  private static final String ADVICE =
      "Load data with a format that holds no code, such as JSON, safetensors or skops; or subclass"
          + " Unpickler with a find_class that admits a fixed set of names.";

  private PickleSinks() {}

  static final Library LIBRARY =
      Library.of(
              "Python pickle",
              "",
              SinkRow.function("pickle.load", "pickle._load")
                  .kind("pickle-load")
                  .loads("file", 0)
                  .codes(Codes.CPICKLE)
                  .advice(ADVICE)
                  .readIn("CPython 3.13 Lib/pickle.py _load, Modules/_pickle.c"),
              SinkRow.function("pickle.loads", "pickle._loads")
                  .kind("pickle-load")
                  .loads("data", 0)
                  .inverses("pickle.dumps", "pickle._dumps", "dill.dumps", "cloudpickle.dumps")
                  .codes(Codes.CPICKLE)
                  .advice(ADVICE)
                  .readIn("CPython 3.13 Lib/pickle.py _loads, Modules/_pickle.c"),
              SinkRow.method("pickle.Unpickler.load", "pickle._Unpickler.load")
                  .kind("pickle-unpickler")
                  .loadsWhatItWasMadeOf("file", 0)
                  .hook("find_class")
                  .codes(Codes.CPICKLE)
                  .advice(
                      "Override find_class so that it admits a fixed set of names and raises for"
                          + " every other.")
                  .readIn("CPython 3.13 Lib/pickle.py _Unpickler.load, find_class"),
              // Python 2's C module has no class to subclass: Unpickler is a function there, with
              // find_global as its
              // hook, so it has no row of its own beyond the alias.
              SinkRow.classMethod(
                      "multiprocessing.reduction.ForkingPickler.loads",
                      "multiprocessing.connection._ForkingPickler.loads",
                      "multiprocessing.queues._ForkingPickler.loads")
                  .kind("pickle-load")
                  .loads("", 0)
                  .inverses(
                      "multiprocessing.reduction.ForkingPickler.dumps",
                      "multiprocessing.connection._ForkingPickler.dumps")
                  .codes(Codes.PICKLE)
                  .advice(ADVICE)
                  .readIn("CPython 3.13 Lib/multiprocessing/reduction.py ForkingPickler.loads"))
          .alias(
              "pickle",
              "_pickle",
              "cPickle",
              "pickle5",
              "pickle5.pickle",
              "pickle5._pickle",
              "six.moves.cPickle",
              "django.utils.six.moves.cPickle",
              "sklearn.externals.six.moves.cPickle",
              "theano.compat.six.moves.cPickle",
              "future.moves.pickle",
              "zodbpickle.pickle",
              "zodbpickle.fastpickle",
              "zodbpickle.slowpickle",
              "torch.serialization.pickle",
              "torch.package.package_importer.pickle",
              "numpy.compat.pickle",
              "numpy.compat.py3k.pickle",
              "numpy.core.numeric.pickle",
              "numpy.lib.format.pickle",
              "numpy.lib.npyio.pickle",
              "pandas.io.pickle.pickle",
              "pandas.compat.cPickle",
              "pandas.compat.pickle_compat.pkl",
              "pandas.core.common.cPickle",
              "cloudpickle.pickle",
              "cloudpickle.cloudpickle.pickle",
              "cloudpickle.compat.pickle",
              "joblib.numpy_pickle.pickle",
              "dill._dill.pickle",
              "shelve.pickle",
              "multiprocessing.reduction.pickle",
              "kombu.serialization.pickle",
              "distributed.protocol.pickle.pickle")
          .alias(
              "multiprocessing.reduction.ForkingPickler",
              "torch.multiprocessing.reductions.ForkingPickler")
          .importedToUnpickle("pickle", "_pickle", "cPickle", "pickle5", "six.moves.cPickle");
}
