package io.loadlock.artifact.torch;

import io.loadlock.artifact.Tensor;
import io.loadlock.artifact.pickle.Value;
import java.util.List;
import java.util.Optional;

/// numpy's arrays within a pickle.
final class NumpyArrays {
  private NumpyArrays() {}

  /// `_reconstruct(ndarray, (0,), b'b')` built with `(version, shape, dtype, is_fortran, data)`.
  static Optional<Tensor> rebuilt(Value.Call call, String name) {
    if (call.states().isEmpty()
        || !(call.states().get(call.states().size() - 1) instanceof Value.Tuple state)) {
      return Optional.empty();
    }
    List<Value> items = state.items();
    int from = items.size() == 5 ? 1 : 0;
    if (items.size() < from + 4) {
      return Optional.empty();
    }
    return described(name, items.get(from), items.get(from + 1), items.get(from + 3));
  }

  /// `_frombuffer(buffer, dtype, shape, order)`
  static Optional<Tensor> buffered(Value.Call call, String name) {
    List<Value> items = call.positional();
    return items.size() < 3
        ? Optional.empty()
        : described(name, items.get(2), items.get(1), items.get(0));
  }

  private static Optional<Tensor> described(String name, Value shape, Value type, Value data) {
    Optional<List<Long>> sizes = TensorReader.numbers(shape);
    Optional<String> dtype = dtype(type);
    if (sizes.isEmpty() || dtype.isEmpty()) {
      return Optional.empty();
    }
    String storage = data instanceof Value.Bytes bytes ? "@" + bytes.offset() : "";
    return Optional.of(
        new Tensor(
            name,
            dtype.get(),
            sizes.get(),
            List.of(),
            storage,
            0,
            TensorReader.bytes(itemSize(dtype.get()), sizes.get())));
  }

  /// `numpy.dtype('f4')` built with its byte order: `<f4`.
  private static Optional<String> dtype(Value value) {
    if (!(value instanceof Value.Call call)
        || !call.name().equals("numpy.dtype")
        || call.positional().isEmpty()
        || !(call.positional().get(0) instanceof Value.Text(String code))) {
      return Optional.empty();
    }
    String order = "";
    if (!call.states().isEmpty()
        && call.states().get(0) instanceof Value.Tuple state
        && state.items().size() > 1
        && state.items().get(1) instanceof Value.Text(String sign)) {
      order = sign;
    }
    return Optional.of(order + code);
  }

  /// In bytes, from the digits behind the letter; -1 where there are none.
  private static int itemSize(String dtype) {
    int at = 0;
    while (at < dtype.length() && !Character.isDigit(dtype.charAt(at))) {
      at++;
    }
    if (at == dtype.length() || dtype.length() - at > 7) {
      return -1;
    }
    try {
      int size = Integer.parseInt(dtype.substring(at));
      return dtype.indexOf('U') >= 0 ? size * 4 : size;
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
