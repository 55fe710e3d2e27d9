package io.loadlock.python.sink.library;

import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.SinkRow;

/// Pyro (probabilistic programming): parameter stores and optimizers are loaded with
/// weights_only=False.
final class PyroPplSinks {
  private static final String ADVICE =
      "Save the state with torch.save, load it with weights_only=True, and pass it to set_state.";

  private PyroPplSinks() {}

  static final Library LIBRARY =
      Library.of(
          "Pyro PPL",
          "pyro-ppl",
          SinkRow.method("pyro.params.param_store.ParamStoreDict.load", "pyro.get_param_store.load")
              .kind("pyro-ppl-load")
              .high()
              .loads("filename", 0)
              .codes(Codes.FRAMEWORK)
              .advice(ADVICE)
              .readIn("pyro-ppl 1.9.1 pyro/params/param_store.py ParamStoreDict.load"),
          SinkRow.method("pyro.optim.PyroOptim.load", "pyro.optim.optim.PyroOptim.load")
              .kind("pyro-ppl-load")
              .high()
              .loads("filename", 0)
              .codes(Codes.FRAMEWORK)
              .advice(ADVICE)
              .readIn("pyro-ppl 1.9.1 pyro/optim/optim.py PyroOptim.load"));
}
