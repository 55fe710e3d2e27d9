package io.loadlock.artifact.torch;

import io.loadlock.artifact.Tensor;
import io.loadlock.artifact.Tensor.Kind;
import io.loadlock.artifact.pickle.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Recognises the calls that rebuild a tensor (`torch/_utils.py`, `torch/_tensor.py`).
final class TensorReader {
  /// A parameter of a tensor of a subclass of …: each wraps the next.
  private static final int DEPTH = 8;

  private TensorReader() {}

  /// The tensor that this value is; empty where it is none.
  static Optional<Tensor> of(Value value, String name) {
    return of(value, name, 0);
  }

  private static Optional<Tensor> of(Value value, String name, int depth) {
    if (value instanceof Value.Array(var array)) {
      return Optional.of(
          new Tensor(
              name,
              array.dtype(),
              array.shape(),
              array.strides(),
              array.storage(),
              array.offset(),
              array.bytes()));
    }
    if (!(value instanceof Value.Call call) || depth > DEPTH) {
      return Optional.empty();
    }
    List<Value> arguments = call.positional();
    return switch (call.name()) {
      case "torch._utils._rebuild_tensor" -> strided(name, arguments, "", Kind.DENSE);
      case "torch._utils._rebuild_tensor_v2" -> strided(name, arguments, "", lazy(arguments, 6));
      case "torch._utils._rebuild_tensor_v3" ->
          strided(name, arguments, dtype(arguments, 6), lazy(arguments, 7));
      case "torch._utils._rebuild_qtensor" -> strided(name, arguments, "", Kind.QUANTIZED);
      case "torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state" ->
          first(arguments, 0).flatMap(data -> of(data, name, depth + 1));
      case "torch.nn.parameter.Parameter", "torch.nn.Parameter" ->
          first(arguments, 0).flatMap(data -> of(data, name, depth + 1));
      case "torch._tensor._rebuild_from_type_v2",
          "torch._tensor._rebuild_from_type",
          "torch.tensor._rebuild_from_type",
          "torch._utils._rebuild_from_type" ->
          subclass(name, arguments, depth);
      case "torch._utils._rebuild_sparse_tensor", "torch._utils._rebuild_sparse_csr_tensor" ->
          sparse(name, arguments, depth);
      case "torch._utils._rebuild_nested_tensor" ->
          first(arguments, 0)
              .flatMap(buffer -> of(buffer, name, depth + 1))
              .map(buffer -> as(buffer, Kind.NESTED));
      case "torch._utils._rebuild_meta_tensor_no_storage" ->
          described(name, arguments, 0, Kind.META);
      case "torch._utils._rebuild_wrapper_subclass" -> described(name, arguments, 1, Kind.SUBCLASS);
      case "torch._utils._rebuild_device_tensor_from_numpy",
          "torch._utils._rebuild_device_tensor_from_cpu_tensor" ->
          first(arguments, 0).flatMap(data -> of(data, name, depth + 1));
      case "numpy.core.multiarray._reconstruct",
          "numpy._core.multiarray._reconstruct",
          "numpy.core._internal._reconstruct" ->
          NumpyArrays.rebuilt(call, name);
      case "numpy.core.numeric._frombuffer", "numpy._core.numeric._frombuffer" ->
          NumpyArrays.buffered(call, name);
      default -> old(call, name);
    };
  }

  /// Before torch 0.2: `torch.FloatTensor()` built with `(storage, offset, size, stride)`.
  private static Optional<Tensor> old(Value.Call call, String name) {
    boolean tensor = call.name().startsWith("torch.") && call.name().endsWith("Tensor");
    return tensor && call.states().size() == 1 && call.states().get(0) instanceof Value.Tuple state
        ? strided(name, state.items(), "", Kind.DENSE)
        : Optional.empty();
  }

  private static Optional<Value> first(List<Value> arguments, int index) {
    return index < arguments.size() ? Optional.of(arguments.get(index)) : Optional.empty();
  }

  private static Optional<Tensor> strided(
      String name, List<Value> arguments, String dtype, Kind kind) {
    if (arguments.size() < 4 || !(arguments.get(0) instanceof Value.Persistent persistent)) {
      return Optional.empty();
    }
    Optional<Storage> storage = Storage.of(persistent);
    Optional<Storage.Part> part = Storage.Part.of(persistent);
    Optional<List<Long>> shape = numbers(arguments.get(2));
    Optional<List<Long>> strides = numbers(arguments.get(3));
    if (storage.isEmpty()
        || part.isEmpty()
        || shape.isEmpty()
        || strides.isEmpty()
        || !(arguments.get(1) instanceof Value.Int(long offset))
        || !part.get().holds(offset, shape.get(), strides.get())) {
      return Optional.empty();
    }
    String type =
        dtype.isEmpty()
            ? TorchType.ofStorage(storage.get().type()).map(TorchType::torch).orElse("")
            : dtype;
    return Optional.of(
        new Tensor(
            name,
            type,
            shape.get(),
            strides.get(),
            storage.get().key(),
            part.get().offset() + offset,
            bytes(type, shape.get()),
            kind));
  }

  /// Metadata of a tensor: `{"conj": True}` or `{"neg": True}`.
  private static Kind lazy(List<Value> arguments, int index) {
    return index < arguments.size()
            && arguments.get(index) instanceof Value.Dict metadata
            && metadata.entries().stream()
                .anyMatch(entry -> entry.value() instanceof Value.Bool(boolean set) && set)
        ? Kind.LAZY
        : Kind.DENSE;
  }

  private static Optional<Tensor> subclass(String name, List<Value> arguments, int depth) {
    if (arguments.size() < 3 || !(arguments.get(0) instanceof Value.Global function)) {
      return Optional.empty();
    }
    boolean plain =
        arguments.get(1) instanceof Value.Global type
            && (type.full().equals("torch.Tensor")
                || type.full().equals("torch._tensor.Tensor")
                || type.full().equals("torch.nn.parameter.Parameter")
                || type.full().equals("torch.nn.parameter.Buffer"));
    Optional<Tensor> tensor =
        arguments.get(2) instanceof Value.Tuple inner
            ? called(function.full(), inner.items(), name, depth)
            : Optional.empty();
    return plain ? tensor : tensor.map(one -> as(one, Kind.SUBCLASS));
  }

  private static Optional<Tensor> called(
      String function, List<Value> arguments, String name, int depth) {
    return switch (function) {
      case "torch._utils._rebuild_tensor_v2" -> strided(name, arguments, "", lazy(arguments, 6));
      case "torch._utils._rebuild_tensor_v3" ->
          strided(name, arguments, dtype(arguments, 6), lazy(arguments, 7));
      case "torch._utils._rebuild_qtensor" -> strided(name, arguments, "", Kind.QUANTIZED);
      case "torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state" ->
          first(arguments, 0).flatMap(data -> of(data, name, depth + 1));
      case "torch._utils._rebuild_sparse_tensor" -> sparse(name, arguments, depth);
      case "torch._utils._rebuild_wrapper_subclass" -> described(name, arguments, 1, Kind.SUBCLASS);
      case "torch._utils._rebuild_meta_tensor_no_storage" ->
          described(name, arguments, 0, Kind.META);
      default -> Optional.empty();
    };
  }

  /// `(layout, (indices, values, size …))`, or `(layout, (crow, columns, values, size …))`: the
  /// type is that of the values.
  private static Optional<Tensor> sparse(String name, List<Value> arguments, int depth) {
    Value parts = arguments.isEmpty() ? null : arguments.get(arguments.size() == 1 ? 0 : 1);
    List<Value> items = parts instanceof Value.Tuple tuple ? tuple.items() : arguments;
    List<Tensor> inner = new ArrayList<>();
    Optional<List<Long>> shape = Optional.empty();
    for (Value item : items) {
      of(item, name, depth + 1).ifPresent(inner::add);
      if (shape.isEmpty()) {
        shape = numbers(item);
      }
    }
    if (inner.isEmpty()) {
      return Optional.empty();
    }
    Tensor values = inner.get(inner.size() - 1);
    return Optional.of(
        new Tensor(
            name,
            values.dtype(),
            shape.orElse(List.of()),
            List.of(),
            values.storage(),
            values.offset(),
            -1,
            Kind.SPARSE));
  }

  private static Optional<Tensor> described(
      String name, List<Value> arguments, int from, Kind kind) {
    Optional<List<Long>> shape = first(arguments, from + 1).flatMap(TensorReader::numbers);
    String dtype = dtype(arguments, from);
    return shape.map(
        sizes -> new Tensor(name, dtype, sizes, List.of(), "", 0, bytes(dtype, sizes), kind));
  }

  private static String dtype(List<Value> arguments, int index) {
    return index < arguments.size() && arguments.get(index) instanceof Value.Global global
        ? global.full()
        : "";
  }

  private static Tensor as(Tensor tensor, Kind kind) {
    return new Tensor(
        tensor.name(),
        tensor.dtype(),
        tensor.shape(),
        tensor.strides(),
        tensor.storage(),
        tensor.offset(),
        tensor.bytes(),
        kind);
  }

  /// A tuple of whole numbers, or a `torch.Size` of one.
  static Optional<List<Long>> numbers(Value value) {
    if (value instanceof Value.Call call
        && call.name().equals("torch.Size")
        && !call.positional().isEmpty()) {
      return numbers(call.positional().get(0));
    }
    if (!(value instanceof Value.Tuple tuple)) {
      return Optional.empty();
    }
    List<Long> numbers = new ArrayList<>(tuple.items().size());
    for (Value item : tuple.items()) {
      if (!(item instanceof Value.Int(long number))) {
        return Optional.empty();
      }
      numbers.add(number);
    }
    return Optional.of(numbers);
  }

  static long bytes(String dtype, List<Long> shape) {
    return TorchType.of(dtype)
        .filter(type -> !type.packed())
        .map(type -> bytes(type.bytes(), shape))
        .orElse(-1L);
  }

  static long bytes(int size, List<Long> shape) {
    try {
      long total = size;
      for (long length : shape) {
        if (length < 0) {
          return -1;
        }
        total = Math.multiplyExact(total, length);
      }
      return total;
    } catch (ArithmeticException e) {
      return -1;
    }
  }
}
