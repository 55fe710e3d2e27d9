package io.loadlock.python.sink.library;

import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.SinkRow;

/// Small libraries that wrap pickle.
final class SerializationSinks {
  private SerializationSinks() {}

  static final Library LIBRARY =
      Library.of(
          "Wrappers of pickle",
          "",
          SinkRow.function("srsly.pickle_loads", "srsly._pickle_api.pickle_loads")
              .kind("cloudpickle-load")
              .loads("data", 0)
              .inverses("srsly.pickle_dumps")
              .codes(Codes.PICKLE)
              .advice("Use srsly.json_loads or srsly.msgpack_loads.")
              .readIn("srsly 3.0.0 srsly/_pickle_api.py pickle_loads"),
          SinkRow.function("compress_pickle.load", "compress_pickle.compress_pickle.load")
              .kind("pickle-load")
              .loads("path", 0)
              .safeWhenOneOf("pickler_method", 2, "'json'")
              .codes(Codes.PICKLE)
              .advice("Compress JSON or numeric arrays instead.")
              .readIn("compress-pickle 2.1.0 compress_pickle/compress_pickle.py load"),
          SinkRow.function("compress_pickle.loads", "compress_pickle.compress_pickle.loads")
              .kind("pickle-load")
              .loads("data", 0)
              .safeWhenOneOf("pickler_method", 2, "'json'")
              .inverses("compress_pickle.dumps")
              .codes(Codes.PICKLE)
              .advice("Compress JSON or numeric arrays instead.")
              .readIn("compress-pickle 2.1.0 compress_pickle/compress_pickle.py loads"),
          SinkRow.function("hickle.load", "hickle.hickle.load")
              .kind("hickle-load")
              .high()
              .loads("file_obj", 0)
              .codes(Codes.FRAMEWORK)
              .advice("Write HDF5 with h5py, one dataset for each array.")
              .readIn("hickle 5.0.3 hickle/hickle.py load, lookup.py load_pickled_data"),
          SinkRow.function("deepdish.io.load", "deepdish.io.hdf5io.load")
              .kind("deepdish-load")
              .high()
              .loads("path", 0)
              .codes(Codes.FRAMEWORK)
              .advice("Write HDF5 with h5py, one dataset for each array.")
              .readIn("deepdish 0.3.7 deepdish/io/hdf5io.py load, _load_pickled"),
          SinkRow.function("kombu.serialization.pickle_loads", "kombu.serialization.unpickle")
              .kind("pickle-load")
              .loads("s", 0)
              .inverses("pickle.dumps")
              .codes(Codes.PICKLE)
              .advice("Accept json alone.")
              .readIn("kombu 5.6.2 kombu/serialization.py pickle_loads, unpickle"),
          SinkRow.function(
                  "kombu.serialization.enable_insecure_serializers",
                  "kombu.enable_insecure_serializers")
              .kind("kombu-insecure-serializers")
              .voidsProtection()
              .codes(Codes.FRAMEWORK)
              .advice(
                  "Accept json alone; this call admits pickled messages from whoever can write to"
                      + " the broker.")
              .readIn("kombu 5.6.2 kombu/serialization.py enable_insecure_serializers"),
          SinkRow.function(
                  "ipyparallel.serialize.deserialize_object",
                  "ipyparallel.serialize.serialize.deserialize_object")
              .kind("pickle-load")
              .loads("buffers", 0)
              .inverses("ipyparallel.serialize.serialize_object")
              .codes(Codes.PICKLE)
              .advice("Exchange plain data as JSON.")
              .readIn("ipyparallel 9.1.0 ipyparallel/serialize/serialize.py deserialize_object"),
          SinkRow.function("rpyc.utils.classic.obtain", "rpyc.classic.obtain")
              .kind("rpyc-obtain")
              .high()
              .loads("proxy", 0)
              .codes(Codes.FRAMEWORK)
              .advice(
                  "Return plain values from exposed methods; obtain unpickles what the other side"
                      + " sends.")
              .readIn("rpyc 6.0.1 rpyc/utils/classic.py obtain"),
          SinkRow.method(
                  "Pyro4.util.PickleSerializer.loads",
                  "Pyro4.util.CloudpickleSerializer.loads",
                  "Pyro4.util.DillSerializer.loads")
              .kind("pickle-load")
              .loads("data", 0)
              .codes(Codes.PICKLE)
              .advice("Keep the serpent serializer, Pyro's default.")
              .readIn("Pyro4 4.82 src/Pyro4/util.py PickleSerializer.loads"),
          SinkRow.classMethod("tracemalloc.Snapshot.load")
              .kind("pickle-load")
              .loads("filename", 0)
              .codes(Codes.PICKLE)
              .advice("Analyse the snapshot in the process that took it.")
              .readIn("CPython 3.13 Lib/tracemalloc.py Snapshot.load"));
}
