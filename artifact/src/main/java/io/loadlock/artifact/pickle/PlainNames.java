package io.loadlock.artifact.pickle;

import io.loadlock.artifact.policy.Ruling;
import java.util.Set;

/// The names whose use still leaves a file *plain data*: containers, numbers, text, arrays and
/// tensors.
final class PlainNames {
  private static final Set<String> MODULES =
      Set.of(
          "builtins",
          "__builtin__",
          "copyreg",
          "copy_reg",
          "_codecs",
          "codecs",
          "collections",
          "_collections",
          "array",
          "decimal",
          "_decimal",
          "fractions",
          "numpy",
          "numpy.dtypes",
          "numpy.core.multiarray",
          "numpy._core.multiarray",
          "numpy.core.numeric",
          "numpy._core.numeric",
          "numpy._core",
          "numpy.core",
          "numpy.core._multiarray_umath",
          "numpy._core._multiarray_umath",
          "numpy.core.numerictypes",
          "numpy.core._internal",
          "numpy._core._internal",
          "torch",
          "torch.cuda",
          "torch.sparse",
          "torch.cuda.sparse",
          "torch._utils",
          "torch._tensor",
          "torch.tensor",
          "torch.storage",
          "torch.nn.parameter",
          "torch.serialization",
          "torch.jit._pickle");

  private PlainNames() {}

  static boolean contains(String module, Ruling ruling) {
    return MODULES.contains(module)
        && switch (ruling) {
          case Ruling.Type _, Ruling.Constant _ -> true;
          case Ruling.Function(var gives, _, _) ->
              gives == Ruling.Gives.DATA
                  || gives == Ruling.Gives.CLASS
                  || gives == Ruling.Gives.INSTANCE
                  || gives == Ruling.Gives.APPLY;
          case Ruling.Kept _, Ruling.Harmful _, Ruling.Unlisted _, Ruling.Stranger _ -> false;
        };
  }
}
