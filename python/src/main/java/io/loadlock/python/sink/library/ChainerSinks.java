package io.loadlock.python.sink.library;

import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.SinkRow;

/// Chainer: npz files with allow_pickle, datasets as rows of pickles.
final class ChainerSinks {
  private ChainerSinks() {}

  static final Library LIBRARY =
      Library.of(
          "Chainer",
          "chainer",
          SinkRow.function("chainer.serializers.load_npz", "chainer.serializers.npz.load_npz")
              .kind("chainer-load")
              .high()
              .loads("file", 0)
              .codes(Codes.FRAMEWORK)
              .advice("Read the arrays with numpy.load and pass them to NpzDeserializer.")
              .readIn("chainer 7.8.1 chainer/serializers/npz.py load_npz, _allow_pickle_kwargs"),
          SinkRow.function(
                  "chainer.datasets.open_pickle_dataset",
                  "chainer.datasets.pickle_dataset.open_pickle_dataset")
              .kind("chainer-load")
              .high()
              .loads("path", 0)
              .codes(Codes.FRAMEWORK)
              .advice("Keep datasets as numeric arrays.")
              .readIn("chainer 7.8.1 chainer/datasets/pickle_dataset.py open_pickle_dataset"));
}
