package io.loadlock.artifact.convert;

import io.loadlock.artifact.numpy.NumpyFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a `.npy` or `.npz` gives to a safetensors file: its numeric arrays. Arrays of objects, of
/// text and of records are left out by name.
public final class NumpyWeights {
  /// Kind and bytes of numpy's `descr`, without its byte order.
  private static final Map<String, Dtype> TYPES =
      Map.ofEntries(
          Map.entry("b1", Dtype.BOOL),
          Map.entry("?", Dtype.BOOL),
          Map.entry("u1", Dtype.U8),
          Map.entry("i1", Dtype.I8),
          Map.entry("u2", Dtype.U16),
          Map.entry("i2", Dtype.I16),
          Map.entry("f2", Dtype.F16),
          Map.entry("u4", Dtype.U32),
          Map.entry("i4", Dtype.I32),
          Map.entry("f4", Dtype.F32),
          Map.entry("u8", Dtype.U64),
          Map.entry("i8", Dtype.I64),
          Map.entry("f8", Dtype.F64),
          Map.entry("c8", Dtype.C64));

  private NumpyWeights() {}

  /// Takes the arrays that have a counterpart.
  ///
  /// @throws ConversionException when none has
  public static StateDict of(NumpyFile file) throws ConversionException {
    List<Weight> weights = new ArrayList<>();
    List<String> leftOut = new ArrayList<>();
    for (NumpyFile.Array array : file.arrays()) {
      String name = array.name().isEmpty() ? "tensor" : array.name();
      String type = array.type().text();
      boolean ordered = !type.isEmpty() && "<>|=".indexOf(type.charAt(0)) >= 0;
      Optional<Dtype> dtype = Optional.ofNullable(TYPES.get(ordered ? type.substring(1) : type));
      if (dtype.isEmpty()) {
        leftOut.add(name + " (" + type + ")");
        continue;
      }
      Weight.Storage storage = new Weight.Storage(name, array.elements(), type.startsWith(">"));
      weights.add(new Weight(name, dtype.get(), array.shape(), strides(array, name), storage, 0));
    }
    if (weights.isEmpty()) {
      throw new ConversionException(
          "it holds no numeric array"
              + (leftOut.isEmpty() ? "" : ": " + String.join(", ", leftOut)));
    }
    return new StateDict(weights, new TreeMap<>(), leftOut);
  }

  private static List<Long> strides(NumpyFile.Array array, String name) throws ConversionException {
    int rank = array.shape().size();
    Long[] strides = new Long[rank];
    long step = 1;
    try {
      for (int i = 0; i < rank; i++) {
        int dimension = array.fortran() ? i : rank - 1 - i;
        strides[dimension] = step;
        step = Math.multiplyExact(step, Math.max(1, array.shape().get(dimension)));
      }
    } catch (ArithmeticException e) {
      throw new ConversionException(name + ": its size " + array.shape() + " exceeds 2^63 bytes");
    }
    return Arrays.asList(strides);
  }
}
