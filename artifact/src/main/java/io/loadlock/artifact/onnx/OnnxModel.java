package io.loadlock.artifact.onnx;

import io.loadlock.artifact.Draft;
import io.loadlock.artifact.Tensor;
import io.loadlock.artifact.Verdict;
import io.loadlock.artifact.named.Paths;
import io.loadlock.artifact.wire.Wire;
import io.loadlock.core.MalformedException;
import io.loadlock.core.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Goes through a model's graphs, those in attributes and functions included.
final class OnnxModel {
  private static final int TEXT = 4096;

  /// Domains of ONNX itself, and of the operators that ONNX Runtime and its extensions of the same
  /// project build in.
  private static final Set<String> DOMAINS =
      Set.of(
          "",
          "ai.onnx",
          "ai.onnx.ml",
          "ai.onnx.training",
          "ai.onnx.preview",
          "ai.onnx.preview.training",
          "com.microsoft",
          "com.microsoft.experimental",
          "com.microsoft.nchwc",
          "com.microsoft.dml",
          "com.ms.internal.nhwc",
          "org.pytorch.aten");

  private static final String[] TYPES = {
    "undefined",
    "float32",
    "uint8",
    "int8",
    "uint16",
    "int16",
    "int32",
    "int64",
    "string",
    "bool",
    "float16",
    "float64",
    "uint32",
    "uint64",
    "complex64",
    "complex128",
    "bfloat16",
    "float8e4m3fn",
    "float8e4m3fnuz",
    "float8e5m2",
    "float8e5m2fnuz",
    "uint4",
    "int4",
    "float4e2m1",
    "float8e8m0",
    "uint2",
    "int2"
  };

  /// Bits of a value, by type.
  private static final int[] BITS = {
    0, 32, 8, 8, 16, 16, 32, 64, 0, 8, 16, 64, 32, 64, 64, 128, 16, 8, 8, 8, 8, 4, 4, 4, 8, 2, 2
  };

  private final Draft draft;
  private final Set<String> functions = new HashSet<>();
  private final SortedMap<String, Long> domains = new TreeMap<>();
  private final Map<String, Long> external = new TreeMap<>();
  private long nodes;

  OnnxModel(Draft draft) {
    this.draft = draft;
  }

  void read(Wire model) throws IOException, MalformedException {
    while (model.next()) {
      switch (model.field()) {
        case 1 -> draft.detail("ir version", Long.toString(model.number()));
        case 2 -> draft.detail("producer", model.text(200));
        case 3 -> draft.detail("producer version", model.text(200));
        case 7 -> graph(model.message());
        case 20 -> training(model.message());
        case 25 -> function(model.message());
        default -> {}
      }
    }
  }

  /// Judges what is known only at the end: whether a domain is one of the model's own functions.
  void finish() {
    draft.detail("nodes", Long.toString(nodes));
    if (!external.isEmpty()) {
      draft.detail(
          "external data", String.join(", ", external.keySet().stream().limit(10).toList()));
    }
    domains.forEach(
        (operator, offset) -> {
          if (!functions.contains(operator)) {
            draft.effect(
                offset,
                operator,
                Verdict.UNKNOWN_CODE,
                "an operator that a library of the loader's own has to provide");
          }
        });
  }

  private void training(Wire info) throws IOException, MalformedException {
    while (info.next()) {
      if (info.field() == 1 || info.field() == 2) {
        graph(info.message());
      }
    }
  }

  private void function(Wire function) throws IOException, MalformedException {
    String name = "";
    String domain = "";
    while (function.next()) {
      switch (function.field()) {
        case 1 -> name = function.text(TEXT);
        case 10 -> domain = function.text(TEXT);
        case 7 -> node(function.message());
        case 11 -> attribute(function.message());
        default -> {}
      }
    }
    functions.add(domain + "::" + name);
  }

  private void graph(Wire graph) throws IOException, MalformedException {
    while (graph.next()) {
      switch (graph.field()) {
        case 1 -> node(graph.message());
        case 5 -> tensor(graph.message(), true);
        case 15 -> sparse(graph.message());
        default -> {}
      }
    }
  }

  private void node(Wire node) throws IOException, MalformedException {
    nodes++;
    String operator = "";
    String domain = "";
    long at = node.offset();
    while (node.next()) {
      switch (node.field()) {
        case 4 -> {
          operator = node.text(TEXT);
          at = node.offset();
        }
        case 7 -> domain = node.text(TEXT);
        case 5 -> attribute(node.message());
        default -> {}
      }
    }
    if (!DOMAINS.contains(domain)) {
      domains.putIfAbsent(domain + "::" + operator, at);
    } else if (operator.equals("PythonOp") || operator.equals("PythonOpGrad")) {
      draft.effect(at, "PythonOp", Verdict.RUNS_CODE, "calls a Python function of the process");
    }
  }

  private void attribute(Wire attribute) throws IOException, MalformedException {
    while (attribute.next()) {
      switch (attribute.field()) {
        case 5, 10 -> tensor(attribute.message(), false);
        case 6, 11 -> graph(attribute.message());
        case 22, 23 -> sparse(attribute.message());
        default -> {}
      }
    }
  }

  private void sparse(Wire sparse) throws IOException, MalformedException {
    while (sparse.next()) {
      if (sparse.field() == 1 || sparse.field() == 2) {
        tensor(sparse.message(), false);
      }
    }
  }

  private void tensor(Wire tensor, boolean listed) throws IOException, MalformedException {
    List<Long> shape = new ArrayList<>();
    String name = "";
    int type = 0;
    long raw = -1;
    long at = tensor.offset();
    boolean away = false;
    while (tensor.next()) {
      switch (tensor.field()) {
        case 1 -> dimensions(tensor, shape);
        case 2 -> type = Math.clamp(tensor.number(), 0, Integer.MAX_VALUE);
        case 8 -> {
          name = tensor.text(TEXT);
          at = tensor.offset();
        }
        case 9 -> raw = tensor.isBytes() ? tensor.number() : -1;
        case 13 -> external(tensor.message());
        case 14 -> away = tensor.number() == 1;
        default -> {}
      }
    }
    long bytes = bytes(shape, type);
    boolean odd = type >= BITS.length;
    if (raw >= 0 && !away && !odd && BITS[type] > 0 && raw != bytes) {
      draft.problem(
          "the tensor " + name + " has " + raw + " bytes where its shape needs " + bytes, at);
    }
    if (listed) {
      draft.tensor(
          new Tensor(name, odd ? "type " + type : TYPES[type], shape, List.of(), name, 0, bytes));
    }
  }

  private static void dimensions(Wire tensor, List<Long> shape)
      throws IOException, MalformedException {
    if (tensor.isNumber()) {
      shape.add(tensor.number());
    } else if (tensor.isBytes() && tensor.number() <= 1024) {
      Packed.varints(tensor.bytes(1024), shape);
    }
    if (shape.size() > 128) {
      throw new MalformedException("more than 128 dimensions", tensor.offset());
    }
  }

  private static long bytes(List<Long> shape, int type) {
    long bits = type < BITS.length ? BITS[type] : 0;
    try {
      for (long extent : shape) {
        if (extent < 0) {
          return -1;
        }
        bits = Math.multiplyExact(bits, extent);
      }
      return Math.addExact(bits, 7) / 8;
    } catch (ArithmeticException tooMany) {
      return -1;
    }
  }

  /// `{key: "location", value: "weights.bin"}`
  private void external(Wire entry) throws IOException, MalformedException {
    String key = "";
    String value = "";
    long at = entry.offset();
    while (entry.next()) {
      if (entry.field() == 1) {
        key = entry.text(TEXT);
      } else if (entry.field() == 2) {
        value = entry.text(TEXT);
        at = entry.offset();
      }
    }
    if (!key.equals("location")) {
      return;
    }
    long where = at;
    String path = value;
    if (external.putIfAbsent(path, at) == null) {
      Paths.escape(path)
          .ifPresent(
              why -> {
                draft.effect(
                    where,
                    "open('" + path + "')",
                    Verdict.RUNS_CODE,
                    "external data whose path " + why);
                draft.notice(
                    "external-data-path",
                    Severity.HIGH,
                    where,
                    "The external data path '" + path + "' " + why + ".");
              });
    }
  }
}
