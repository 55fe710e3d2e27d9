package io.loadlock.artifact.weightsonly;

import io.loadlock.artifact.policy.Policy;
import io.loadlock.artifact.policy.Ruling;
import java.util.List;
import java.util.Map;

/// The type of what a call gives, as far as it can be told without calling.
final class Results {
  private static final String TENSOR = "torch.Tensor";
  private static final String PARAMETER = "torch.nn.parameter.Parameter";

  private static final Map<String, String> FUNCTIONS =
      Map.ofEntries(
          Map.entry("_codecs.encode", "bytes"),
          Map.entry("torch._utils._rebuild_parameter", PARAMETER),
          Map.entry("torch._utils._rebuild_parameter_with_state", PARAMETER),
          Map.entry("numpy.core.multiarray.scalar", "numpy.generic"),
          Map.entry("numpy._core.multiarray.scalar", "numpy.generic"),
          Map.entry("builtins.set", "set"),
          Map.entry("builtins.list", "list"),
          Map.entry("builtins.dict", "dict"),
          Map.entry("builtins.tuple", "tuple"),
          Map.entry("builtins.bytes", "bytes"),
          Map.entry("builtins.str", "str"),
          Map.entry("builtins.int", "int"),
          Map.entry("builtins.float", "float"));

  /// `numpy.dtype('f8')` is an instance of `numpy.dtypes.Float64DType`, and so on (numpy 1.25 and
  /// later).
  private static final Map<String, String> DTYPES =
      Map.ofEntries(
          Map.entry("b1", "Bool"),
          Map.entry("i1", "Int8"),
          Map.entry("i2", "Int16"),
          Map.entry("i4", "Int32"),
          Map.entry("i8", "Int64"),
          Map.entry("u1", "UInt8"),
          Map.entry("u2", "UInt16"),
          Map.entry("u4", "UInt32"),
          Map.entry("u8", "UInt64"),
          Map.entry("f2", "Float16"),
          Map.entry("f4", "Float32"),
          Map.entry("f8", "Float64"),
          Map.entry("f16", "LongDouble"),
          Map.entry("c8", "Complex64"),
          Map.entry("c16", "Complex128"),
          Map.entry("c32", "CLongDouble"),
          Map.entry("M8", "DateTime64"),
          Map.entry("m8", "TimeDelta64"),
          Map.entry("O8", "Object"),
          Map.entry("O", "Object"));

  private Results() {}

  static Thing of(String function, List<Thing> arguments, Policy policy) {
    String type = FUNCTIONS.get(function);
    if (type != null) {
      return Thing.of(type);
    }
    if (function.equals("torch.serialization._get_layout")) {
      return new Thing(
          "torch.layout", arguments.isEmpty() ? "" : arguments.get(0).text().orElse(""));
    }
    if (function.equals("functools.partial")) {
      return Thing.of(function);
    }
    if (function.equals("numpy.ma.core._mareconstruct")) {
      return instance(arguments, 0);
    }
    if (function.equals("numpy.dtype")) {
      return Thing.of(dtype(arguments));
    }
    if (function.equals("torch._tensor._rebuild_from_type_v2")
        || function.equals("torch._tensor._rebuild_from_type")) {
      return instance(arguments, 1);
    }
    if (function.equals("torch._utils._rebuild_wrapper_subclass")) {
      return instance(arguments, 0);
    }
    if (function.startsWith("torch._utils._rebuild_")) {
      return Thing.of(TENSOR);
    }
    int dot = function.lastIndexOf('.');
    return switch (policy.ruling(function.substring(0, dot), function.substring(dot + 1))) {
      case Ruling.Type _ -> Thing.of(function);
      case Ruling.Function(var gives, _, _) ->
          gives == Ruling.Gives.INSTANCE ? instance(arguments, 0) : Thing.of(Thing.UNKNOWN);
      case Ruling.Stranger _, Ruling.Unlisted _ ->
          Thing.of(Character.isUpperCase(function.charAt(dot + 1)) ? function : Thing.UNKNOWN);
      case Ruling.Kept _, Ruling.Constant _, Ruling.Harmful _ -> Thing.of(Thing.UNKNOWN);
    };
  }

  private static Thing instance(List<Thing> arguments, int index) {
    boolean named = index < arguments.size() && arguments.get(index).isGlobal();
    return Thing.of(named ? arguments.get(index).name() : Thing.UNKNOWN);
  }

  private static String dtype(List<Thing> arguments) {
    String code = arguments.isEmpty() ? "" : arguments.get(0).text().orElse("");
    String known = DTYPES.get(code);
    if (known == null && !code.isEmpty()) {
      known =
          switch (code.charAt(0)) {
            case 'U' -> "Str";
            case 'S' -> "Bytes";
            case 'V' -> "Void";
            default -> null;
          };
    }
    return known == null ? Thing.UNKNOWN : "numpy.dtypes." + known + "DType";
  }
}
