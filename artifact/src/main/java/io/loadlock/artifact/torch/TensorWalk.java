package io.loadlock.artifact.torch;

import io.loadlock.artifact.Tensor;
import io.loadlock.artifact.pickle.Decompiler;
import io.loadlock.artifact.pickle.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds the tensors and arrays below a value, under every name that leads to them. Shared
/// containers are entered again for each name, unless nothing was found in them; a container within
/// itself is not.
public final class TensorWalk {
  private static final int TENSORS = 200_000;
  private static final long STEPS = 5_000_000;
  private static final int DEPTH = 2_000;

  /// @param complete whether the walk came to its end; where it did not, tensors are missing
  public record Found(List<Tensor> tensors, boolean complete) {
    public Found {
      tensors = List.copyOf(tensors);
    }
  }

  private record Item(String name, Value value) {}

  private static final class Frame {
    final Value value;
    final String path;
    final Iterator<Item> items;
    final int found;
    boolean cut;

    Frame(Value value, String path, Iterator<Item> items, int found) {
      this.value = value;
      this.path = path;
      this.items = items;
      this.found = found;
    }
  }

  private final List<Tensor> tensors = new ArrayList<>();
  private final Set<Value> barren = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Value> above = Collections.newSetFromMap(new IdentityHashMap<>());
  private final ArrayDeque<Frame> frames = new ArrayDeque<>();
  private long steps;
  private boolean complete = true;

  private final Map<String, Tensor> kept;

  private TensorWalk(Map<String, Tensor> kept) {
    this.kept = kept;
  }

  /// Names are keys, indices and attributes with dots between; the `_modules`, `_parameters` and
  /// `_buffers` of a module are left out, as in a state dict.
  public static Found of(Value root) {
    return of(root, Map.of());
  }

  /// @param kept tensors that are kept beside the pickle, by what their persistent ids say
  static Found of(Value root, Map<String, Tensor> kept) {
    TensorWalk walk = new TensorWalk(kept);
    walk.enter(root, "");
    while (!walk.frames.isEmpty() && walk.complete) {
      walk.step();
    }
    return new Found(walk.tensors, walk.complete);
  }

  private void step() {
    Frame frame = frames.getLast();
    if (++steps > STEPS || tensors.size() >= TENSORS) {
      complete = false;
      return;
    }
    if (frame.items.hasNext()) {
      Item item = frame.items.next();
      enter(item.value(), join(frame.path, item.name()));
      return;
    }
    frames.removeLast();
    above.remove(frame.value);
    if (frame.found == tensors.size() && !frame.cut) {
      barren.add(frame.value);
    }
  }

  private void enter(Value value, String path) {
    if (value instanceof Value.Persistent persistent && !kept.isEmpty()) {
      Tensor tensor = kept.get(Storage.text(persistent.id()));
      if (tensor != null) {
        tensors.add(tensor.named(path));
      }
      return;
    }
    if (!(value instanceof Value.Composite) && !(value instanceof Value.Array)) {
      return;
    }
    var tensor = TensorReader.of(value, path);
    if (tensor.isPresent()) {
      tensors.add(tensor.get());
      return;
    }
    if (barren.contains(value)) {
      return;
    }
    if (!above.add(value)) {
      frames.forEach(frame -> frame.cut = true);
      return;
    }
    if (frames.size() >= DEPTH) {
      above.remove(value);
      complete = false;
      return;
    }
    frames.addLast(new Frame(value, path, items(value), tensors.size()));
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : name.isEmpty() ? path : path + "." + name;
  }

  private static Iterator<Item> items(Value value) {
    return switch (value) {
      case Value.Tuple tuple -> indexed(tuple.items());
      case Value.ListValue list -> indexed(list.items());
      case Value.SetValue set -> indexed(set.items());
      case Value.Dict dict -> keyed(dict.entries());
      case Value.Call call -> call(call);
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
          Value.Unknown _ ->
          List.<Item>of().iterator();
    };
  }

  private static Iterator<Item> indexed(List<Value> values) {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < values.size();
      }

      @Override
      public Item next() {
        return new Item(Integer.toString(next), values.get(next++));
      }
    };
  }

  private static Iterator<Item> keyed(List<Value.Entry> entries) {
    Iterator<Value.Entry> all = entries.iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return all.hasNext();
      }

      @Override
      public Item next() {
        Value.Entry entry = all.next();
        return new Item(key(entry.key()), entry.value());
      }
    };
  }

  private static String key(Value key) {
    if (key instanceof Value.Text(String text)) {
      boolean inner =
          text.equals("_modules") || text.equals("_parameters") || text.equals("_buffers");
      return inner ? "" : text;
    }
    return Decompiler.render(key);
  }

  /// An instance: its arguments, then its state, then what it was filled with.
  private static Iterator<Item> call(Value.Call call) {
    List<Item> items = new ArrayList<>();
    if (call.how() == Value.Call.How.REDUCE) {
      add(items, indexed(call.positional()));
    }
    for (Value state : call.states()) {
      if (state instanceof Value.Tuple pair && pair.items().size() == 2) {
        pair.items().forEach(part -> items.add(new Item("", part)));
      } else {
        items.add(new Item("", state));
      }
    }
    add(items, indexed(call.items()));
    add(items, keyed(call.entries()));
    return items.iterator();
  }

  private static void add(List<Item> items, Iterator<Item> more) {
    more.forEachRemaining(items::add);
  }
}
