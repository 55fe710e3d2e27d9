package io.loadlock.python.sink.library;

import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.SinkRow;

/// dill: pickle with code objects, closures and whole sessions.
final class DillSinks {
  private static final String ADVICE =
      "Import functions from modules and load their data with JSON or safetensors; dill files hold"
          + " code by design.";

  private DillSinks() {}

  static final Library LIBRARY =
      Library.of(
              "dill",
              "dill",
              SinkRow.function("dill.load")
                  .kind("dill-load")
                  .loads("file", 0)
                  .codes(Codes.DILL)
                  .advice(ADVICE)
                  .readIn("dill 0.4.1 dill/_dill.py load"),
              SinkRow.function("dill.loads")
                  .kind("dill-load")
                  .loads("str", 0)
                  .inverses("dill.dumps", "pickle.dumps", "cloudpickle.dumps")
                  .codes(Codes.DILL)
                  .advice(ADVICE)
                  .readIn("dill 0.4.1 dill/_dill.py loads"),
              SinkRow.function("dill.load_session", "dill.load_module", "dill.load_module_asdict")
                  .kind("dill-load")
                  .loads("filename", 0)
                  .codes(Codes.DILL)
                  .advice(ADVICE)
                  .readIn(
                      "dill 0.4.1 dill/session.py load_module, load_session, load_module_asdict"),
              SinkRow.function("dill.temp.load", "dill.temp.loadIO")
                  .kind("dill-load")
                  .loads("", 0)
                  .codes(Codes.DILL)
                  .advice(ADVICE)
                  .readIn("dill 0.4.1 dill/temp.py load, loadIO"),
              SinkRow.method("dill.Unpickler.load")
                  .kind("dill-load")
                  .loadsWhatItWasMadeOf("", 0)
                  .hook("find_class")
                  .codes(Codes.DILL)
                  .advice(ADVICE)
                  .readIn("dill 0.4.1 dill/_dill.py Unpickler"))
          .alias("dill", "dill._dill", "dill.dill", "dill.session")
          .importedToUnpickle("dill");
}
