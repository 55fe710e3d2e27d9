package io.loadlock.artifact.convert;

import io.loadlock.artifact.Tensor;
import io.loadlock.artifact.pickle.Decompiler;
import io.loadlock.artifact.pickle.Value;
import io.loadlock.artifact.torch.TensorWalk;
import io.loadlock.artifact.torch.TorchCheckpoint;
import java.util.List;

/// torch's tensors below the values of a checkpoint. Arrays of numpy within a pickle are none: they
/// are values beside the tensors.
record Tensors(TorchCheckpoint checkpoint) {
  private static final int LONGEST = 60;

  TensorWalk.Found of(Value value) {
    TensorWalk.Found found = checkpoint.tensors(value);
    return new TensorWalk.Found(
        found.tensors().stream().filter(tensor -> !isNumpy(tensor)).toList(), found.complete());
  }

  boolean isAnyIn(Value value) {
    TensorWalk.Found found = of(value);
    return !found.tensors().isEmpty() || !found.complete();
  }

  /// Whether the value is a tensor, not something that holds one: its only tensor has no name.
  boolean isOne(Value value) {
    List<Tensor> tensors = of(value).tensors();
    return tensors.size() == 1 && tensors.getFirst().name().isEmpty();
  }

  /// Its bytes stand in the pickle, not in a storage.
  private static boolean isNumpy(Tensor tensor) {
    return tensor.kind() == Tensor.Kind.DENSE
        && (tensor.storage().isEmpty() || tensor.storage().startsWith("@"));
  }

  /// Whether torch makes a tensor of it in a way that is not understood here.
  boolean isForeign(Value value) {
    return value instanceof Value.Call call
        && (call.name().startsWith("torch._utils._rebuild")
            || call.name().startsWith("torch._tensor._rebuild"))
        && !isAnyIn(value);
  }

  /// What there is where a tensor was looked for.
  static String described(Value value) {
    List<Value.Entry> entries =
        switch (value) {
          case Value.Dict dict -> dict.entries();
          case Value.Call call -> call.entries();
          default -> List.of();
        };
    for (Value.Entry entry : entries) {
      if (entry.value() instanceof Value.Call call && call.entries().isEmpty()) {
        return Decompiler.render(entry.key()) + " is a call of " + call.name() + ", of no tensor";
      }
    }
    return switch (value) {
      case Value.Dict dict ->
          dict.entries().isEmpty() ? "an empty dict" : "a dict of " + dict.entries().size();
      case Value.ListValue list -> "a list of " + list.items().size();
      case Value.Tuple tuple -> "a tuple of " + tuple.items().size();
      case Value.SetValue set -> "a set of " + set.items().size();
      case Value.Call call ->
          entries.isEmpty() ? "what " + call.name() + " makes" : "a dict of " + entries.size();
      case Value.None _,
          Value.Bool _,
          Value.Int _,
          Value.BigInt _,
          Value.Float _,
          Value.Text _,
          Value.LongText _,
          Value.Bytes _,
          Value.Global _,
          Value.Persistent _,
          Value.Buffer _,
          Value.Extension _,
          Value.Array _,
          Value.Unknown _ -> {
        String text = Decompiler.render(value);
        yield text.codePointCount(0, text.length()) > LONGEST
            ? text.substring(0, text.offsetByCodePoints(0, LONGEST)) + "…"
            : text;
      }
    };
  }
}
