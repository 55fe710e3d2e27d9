package io.loadlock.artifact.pickle;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Walks over values.
public final class Values {
  private Values() {}

  /// Hands the values that `value` directly holds to `each`, in order.
  public static void children(Value value, Consumer<Value> each) {
    switch (value) {
      case Value.Tuple tuple -> tuple.items().forEach(each);
      case Value.ListValue list -> list.items().forEach(each);
      case Value.SetValue set -> set.items().forEach(each);
      case Value.Dict dict -> dict.entries().forEach(entry -> both(entry, each));
      case Value.Call call -> {
        each.accept(call.callee());
        each.accept(call.arguments());
        call.keywords().ifPresent(each);
        call.states().forEach(each);
        call.items().forEach(each);
        call.entries().forEach(entry -> both(entry, each));
      }
      case Value.Persistent persistent -> each.accept(persistent.id());
      case Value.None _,
          Value.Bool _,
          Value.Int _,
          Value.BigInt _,
          Value.Float _,
          Value.Text _,
          Value.LongText _,
          Value.Bytes _,
          Value.Global _,
          Value.Buffer _,
          Value.Extension _,
          Value.Array _,
          Value.Unknown _ -> {}
    }
  }

  private static void both(Value.Entry entry, Consumer<Value> each) {
    each.accept(entry.key());
    each.accept(entry.value());
  }

  /// Visits every value that can be reached from `root` once, in no particular order, as long as
  /// `visit` says so.
  public static void walk(Value root, Predicate<Value> visit) {
    Set<Value> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    ArrayDeque<Value> open = new ArrayDeque<>();
    open.push(root);
    while (!open.isEmpty()) {
      Value value = open.pop();
      boolean composite = value instanceof Value.Composite || value instanceof Value.Persistent;
      if (composite && !seen.add(value)) {
        continue;
      }
      if (!visit.test(value)) {
        return;
      }
      if (composite) {
        children(value, open::push);
      }
    }
  }
}
