package io.loadlock.artifact.convert;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.loadlock.artifact.pickle.Value;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// The numbers, texts, lists and dicts beside the tensors, as JSON. What JSON cannot say exactly
/// (an instance, bytes, a NaN, a key that is no text) is listed instead.
final class PlainValues {
  private static final int DEPTH = 64;
  private static final int MOST = 100_000;
  private static final JsonFactory JSON = new JsonFactory();

  private final Tensors tensors;
  private final SortedMap<String, String> values = new TreeMap<>();
  private final List<String> leftOut = new ArrayList<>();
  private final List<String> foreign = new ArrayList<>();
  private int written;

  PlainValues(Tensors tensors) {
    this.tensors = tensors;
  }

  /// Names of tensors among what is left out: those that torch makes in a way not understood here.
  List<String> foreign() {
    return foreign;
  }

  SortedMap<String, String> values() {
    return values;
  }

  List<String> leftOut() {
    return leftOut;
  }

  /// Adds what stands in a mapping beside its tensors.
  void add(Value mapping, String prefix) {
    for (Entries.Named entry : Entries.of(mapping)) {
      one(entry, prefix, 0);
    }
  }

  /// Adds what stands beside `chosen` in the mappings that lead to it. Other tensors there are left
  /// out.
  void beside(Value mapping, Value chosen, String prefix) {
    for (Entries.Named entry : Entries.of(mapping)) {
      if (entry.value() == chosen) {
        continue;
      }
      if (leads(entry.value(), chosen, 0)) {
        beside(entry.value(), chosen, prefix + entry.name() + ".");
      } else if (!tensors.isAnyIn(entry.value())) {
        one(entry, prefix, 0);
      } else {
        leftOut.add(prefix + entry.name());
      }
    }
  }

  private static boolean leads(Value from, Value to, int depth) {
    return depth < DEPTH
        && Entries.of(from).stream()
            .anyMatch(entry -> entry.value() == to || leads(entry.value(), to, depth + 1));
  }

  private void one(Entries.Named entry, String prefix, int depth) {
    String name = prefix + entry.name();
    Value value = entry.value();
    if (tensors.isAnyIn(value)) {
      if (!tensors.isOne(value) && depth < DEPTH) {
        Entries.of(value).forEach(inner -> one(inner, name + ".", depth + 1));
      }
      return;
    }
    if (tensors.isForeign(value)) {
      foreign.add(name);
    }
    StringWriter text = new StringWriter();
    boolean whole;
    try (JsonGenerator out = JSON.createGenerator(text)) {
      out.disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
      whole = write(value, out, 0);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    if (whole) {
      values.put(name, text.toString());
    } else {
      leftOut.add(name);
    }
  }

  /// False where the value is not plain; what was written by then is of no use.
  private boolean write(Value value, JsonGenerator out, int depth) throws IOException {
    if (depth > DEPTH || ++written > MOST) {
      return false;
    }
    return switch (value) {
      case Value.None _ -> {
        out.writeNull();
        yield true;
      }
      case Value.Bool(boolean set) -> {
        out.writeBoolean(set);
        yield true;
      }
      case Value.Int(long number) -> {
        out.writeNumber(number);
        yield true;
      }
      case Value.BigInt(var number) -> {
        out.writeNumber(number);
        yield true;
      }
      case Value.Float(double number) -> {
        boolean finite = Double.isFinite(number);
        out.writeNumber(finite ? number : 0);
        yield finite;
      }
      case Value.Text(String text) -> {
        out.writeString(text);
        yield true;
      }
      case Value.Tuple tuple -> list(tuple.items(), out, depth);
      case Value.ListValue list -> list(list.items(), out, depth);
      case Value.Dict dict -> dict(dict.entries(), out, depth);
      case Value.Call call ->
          call.name().equals("collections.OrderedDict")
              && call.positional().isEmpty()
              && call.states().isEmpty()
              && dict(call.entries(), out, depth);
      case Value.SetValue _,
          Value.LongText _,
          Value.Bytes _,
          Value.Global _,
          Value.Persistent _,
          Value.Buffer _,
          Value.Extension _,
          Value.Array _,
          Value.Unknown _ ->
          false;
    };
  }

  private boolean list(List<Value> items, JsonGenerator out, int depth) throws IOException {
    out.writeStartArray();
    for (Value item : items) {
      if (!write(item, out, depth + 1)) {
        return false;
      }
    }
    out.writeEndArray();
    return true;
  }

  private boolean dict(List<Value.Entry> entries, JsonGenerator out, int depth) throws IOException {
    out.writeStartObject();
    for (Value.Entry entry : entries) {
      if (!(entry.key() instanceof Value.Text(String key))) {
        return false;
      }
      out.writeFieldName(key);
      if (!write(entry.value(), out, depth + 1)) {
        return false;
      }
    }
    out.writeEndObject();
    return true;
  }
}
