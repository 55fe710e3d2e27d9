package io.loadlock.artifact.pickle;

import io.loadlock.artifact.Limits;
import io.loadlock.core.ByteSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What the machine makes of a pickle, in the words of `scripts/oracle_pickle.py`.
@SuppressWarnings("ReferenceEquality") // identity is the point
final class PickleShape {
  private static final int DEPTH = 6;

  private PickleShape() {}

  /// Names, calls and result, with tabs between.
  static String of(byte[] pickle) throws IOException {
    PickleMachine machine = PickleMachine.of(ByteSource.of(pickle), Judged.POLICY, Limits.DEFAULT);
    List<String> globals = new ArrayList<>();
    List<String> calls = new ArrayList<>();
    PickleRun run =
        machine.run(
            0,
            new Execution.Observer() {
              @Override
              public void global(Value.Global global) {
                globals.add(global.full());
              }

              @Override
              public void call(Value.Call call) {
                calls.add(
                    show(call.callee(), 0)
                        + "("
                        + show(call.arguments(), 0)
                        + call.keywords().map(keywords -> "," + show(keywords, 0)).orElse("")
                        + ")");
              }
            });
    String result =
        run.result().map(value -> show(value, 0)).orElseGet(() -> "error " + run.broken());
    return String.join(";", globals) + "\t" + String.join(";", calls) + "\t" + result;
  }

  static String show(Value value, int depth) {
    if (depth > DEPTH) {
      return "~";
    }
    int deeper = depth + 1;
    Function<Value, String> inner = item -> show(item, deeper);
    return switch (value) {
      case Value.None _ -> "None";
      case Value.Bool(boolean bool) -> bool ? "True" : "False";
      case Value.Int(long number) -> Long.toString(number);
      case Value.BigInt(var number) -> number.toString();
      case Value.Float(double number) -> PythonRepr.floating(number);
      case Value.Text(String text) ->
          "'" + HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)) + "'";
      case Value.Bytes bytes ->
          (bytes.mutable() ? "B" : "b") + HexFormat.of().formatHex(content(bytes));
      case Value.Tuple tuple -> "(" + join(tuple.items(), inner) + ")";
      case Value.ListValue list -> "[" + join(list.items(), inner) + "]";
      case Value.SetValue set ->
          (set.frozen() ? "f" : "s")
              + "{"
              + String.join(",", sorted(members(set).stream().map(inner).toList()))
              + "}";
      case Value.Dict dict ->
          "{"
              + String.join(
                  ",",
                  sorted(
                      entries(dict).stream()
                          .map(entry -> inner.apply(entry.key()) + ":" + inner.apply(entry.value()))
                          .toList()))
              + "}";
      case Value.Global global -> "<global " + global.full() + ">";
      case Value.Persistent persistent -> "<persistent>";
      case Value.Extension(long code, _) -> "<extension " + code + ">";
      case Value.Call call ->
          "<call"
              + call.states().stream()
                  .map(one -> "|b" + inner.apply(one))
                  .collect(Collectors.joining())
              + call.items().stream()
                  .map(one -> "|a" + inner.apply(one))
                  .collect(Collectors.joining())
              + call.entries().stream()
                  .map(one -> "|i" + inner.apply(one.key()) + "=" + inner.apply(one.value()))
                  .collect(Collectors.joining())
              + ">";
      case Value.LongText _, Value.Buffer _, Value.Array _, Value.Unknown _ -> "?";
    };
  }

  private static byte[] content(Value.Bytes bytes) {
    try {
      return bytes.content(1 << 20);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String join(List<Value> values, Function<Value, String> inner) {
    return values.stream().map(inner).collect(Collectors.joining(","));
  }

  private static List<String> sorted(List<String> texts) {
    List<String> sorted = new ArrayList<>(texts);
    sorted.sort(null);
    return sorted;
  }

  /// Python's dict: the first of equal keys stays, with the last value.
  private static List<Value.Entry> entries(Value.Dict dict) {
    Map<Object, Value.Entry> unique = new LinkedHashMap<>();
    for (Value.Entry entry : dict.entries()) {
      Object key = equality(entry.key());
      Value.Entry known = unique.get(key);
      unique.put(key, known == null ? entry : new Value.Entry(known.key(), entry.value()));
    }
    return List.copyOf(unique.values());
  }

  private static List<Value> members(Value.SetValue set) {
    Map<Object, Value> unique = new LinkedHashMap<>();
    set.items().forEach(item -> unique.putIfAbsent(equality(item), item));
    return List.copyOf(unique.values());
  }

  /// Two values are equal in Python if these are.
  private static Object equality(Value value) {
    return switch (value) {
      case Value.Bool(boolean bool) -> bool ? "1" : "0";
      case Value.Int(long number) -> Long.toString(number);
      case Value.BigInt(var number) -> number.toString();
      case Value.Float(double number) ->
          number == Math.rint(number) && Math.abs(number) < 1e15
              ? Long.toString((long) number)
              : Double.toString(number);
      case Value.Text(String text) -> "'" + text;
      case Value.Bytes bytes -> "b" + HexFormat.of().formatHex(content(bytes));
      case Value.None _ -> "None";
      default -> new Same(value);
    };
  }

  /// Equal to itself only.
  private record Same(Value value) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Same(Value same) && same == value;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(value);
    }
  }
}
