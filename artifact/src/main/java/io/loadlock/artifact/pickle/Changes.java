package io.loadlock.artifact.pickle;

import io.loadlock.artifact.GlobalUse.Use;
import io.loadlock.artifact.Verdict;
import io.loadlock.artifact.policy.Act;
import io.loadlock.artifact.policy.Ruling;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What is done to objects after they were made: states, items, members.
final class Changes {
  private final Judge judge;
  private final Account record;

  Changes(Judge judge, Account record) {
    this.judge = judge;
    this.record = record;
  }

  /// BUILD.
  void build(Value target, Value state, long offset) {
    Finding found;
    Callee callee = Judge.resolve(target);
    if (target instanceof Value.Call call) {
      boolean made = !(callee instanceof Callee.Named) && !(callee instanceof Callee.Module);
      found = foreign(callee, target, "the state of");
      found = made ? found.worse(state(callee, state)) : found;
      Optional<Value> shadow = call.attribute("__setstate__");
      if (shadow.isPresent()) {
        found = found.worse(shadowed(shadow.get(), "__setstate__", List.of(state), offset));
      }
      found = parts(found, callee, state, offset);
      call.build(state);
      if (callee instanceof Callee.Keeping(Callee.Named maker, _, _, _)
          && state instanceof Value.Tuple parts
          && !parts.items().isEmpty()) {
        call.target = replaced(maker, parts.items());
        found = Judge.fit(found, Fitting.factory(parts.items().get(0)), maker);
      }
      call.grade = call.grade.worse(call.target.grade());
    } else {
      found = foreign(callee, target, "the state of");
      found = found.worse(state(callee, state));
    }
    mark(callee, Use.BUILT, found, offset);
    if (found.verdict().compareTo(Verdict.UNKNOWN_CODE) >= 0) {
      record.effect(
          offset,
          found.verdict(),
          found.why(),
          () -> Decompiler.method(target, "__setstate__", state));
    }
  }

  /// `functools.partial.__setstate__` replaces the function that it keeps, and its arguments.
  private static Callee replaced(Callee.Named maker, List<Value> parts) {
    return parts.size() == 4 && parts.get(1) instanceof Value.Tuple bound
        ? new Callee.Keeping(maker, parts.get(0), bound.items(), parts.get(2))
        : new Callee.Keeping(
            maker, parts.get(0), List.of(), new Value.Unknown("the arguments of a partial"));
  }

  /// What `__setstate__` unpickles or evaluates of the state.
  private Finding parts(Finding found, Callee callee, Value state, long offset) {
    if (!(callee instanceof Callee.InstanceOf(Callee.Named type))
        || !(type.ruling() instanceof Ruling.Type known)
        || known.states().isEmpty()) {
      return found;
    }
    if (!(state instanceof Value.Dict dict)) {
      return found.worse(Verdict.UNKNOWN_CODE, "gives " + type.full() + " a state that is no dict");
    }
    for (Map.Entry<String, Ruling.StateUse> use : new TreeMap<>(known.states()).entrySet()) {
      Optional<Value> part = dict.get(use.getKey());
      if (part.isPresent()) {
        found =
            switch (use.getValue()) {
              case LOADS -> judge.loads(found, type, part.get(), offset);
              case FORMULA ->
                  part.get() instanceof Value.None || Formula.harmless(part.get())
                      ? found
                      : found.worse(
                          Verdict.RUNS_CODE, type.full() + " evaluates a formula that runs code");
            };
      }
    }
    return found;
  }

  private void mark(Callee callee, Use use, Finding found, long offset) {
    Callee.Named named =
        callee instanceof Callee.InstanceOf(Callee.Named type)
            ? type
            : callee instanceof Callee.Named direct ? direct : null;
    if (named != null) {
      record.use(named, offset, use, found.verdict(), found.why());
    }
  }

  /// What giving this state to that object amounts to.
  static Finding state(Callee callee, Value state) {
    boolean slots = state instanceof Value.Tuple pair && pair.items().size() == 2;
    Finding found = new Finding(Verdict.PLAIN_DATA, "holds data", callee);
    if (callee instanceof Callee.InstanceOf(Callee.Named type)) {
      found = ofType(type, slots ? Act.BUILD_SLOTS : Act.BUILD, callee);
    }
    Grade grade = Grade.hold(state);
    if (grade == Grade.HARMFUL) {
      return found.worse(
          Verdict.RUNS_CODE,
          "keeps " + Culprit.name(List.of(state), Grade.HARMFUL) + " where the object may call it");
    }
    if (slots && changesClass(((Value.Tuple) state).items().get(1)) || computedKey(state)) {
      found = found.worse(Verdict.UNKNOWN_CODE, "changes what the object is");
    }
    return found;
  }

  private static boolean changesClass(Value slots) {
    return slots instanceof Value.Dict dict
        && (dict.get("__class__").isPresent()
            || dict.get("__dict__").isPresent()
            || computedKey(slots));
  }

  /// An attribute whose name a call makes could be any, `__setstate__` too.
  private static boolean computedKey(Value state) {
    if (state instanceof Value.Tuple pair && pair.items().size() == 2) {
      return computedKey(pair.items().get(0));
    }
    return state instanceof Value.Dict dict
        && dict.grade != Grade.PLAIN
        && dict.entries().stream().anyMatch(entry -> entry.key() instanceof Value.Call);
  }

  private static Finding ofType(Callee.Named type, Act act, Callee result) {
    Verdict fine = type.vetted();
    Finding found = new Finding(fine, type.ruling().why(), result);
    return switch (type.ruling()) {
      case Ruling.Type known -> {
        Optional<Ruling.Open> objection = known.objection(act);
        yield objection.isEmpty()
            ? found
            : found.worse(
                objection.get().harmful() ? Verdict.RUNS_CODE : Verdict.UNKNOWN_CODE,
                objection.get().why());
      }
      case Ruling.Harmful(String why) -> found.worse(Verdict.RUNS_CODE, why);
      case Ruling.Unlisted _, Ruling.Stranger _ ->
          found.worse(Verdict.UNKNOWN_CODE, type.ruling().why());
      case Ruling.Function _, Ruling.Kept _, Ruling.Constant _ -> found;
    };
  }

  /// A change of something that the pickle did not make: a module's table, a class, a function.
  private static Finding foreign(Callee callee, Value target, String what) {
    return switch (callee) {
      case Callee.Named named ->
          new Finding(
              named.ruling() instanceof Ruling.Stranger ? Verdict.UNKNOWN_CODE : Verdict.RUNS_CODE,
              "changes " + what + " " + named.full() + ", which the file did not make",
              callee);
      case Callee.Module(String name, _) -> Finding.runs("changes " + what + " the module " + name);
      case Callee.Member(Callee.Named named) ->
          Finding.runs("changes " + what + " " + named.full() + ", which the file did not make");
      case Callee.Constructor(Callee.Named type) ->
          Finding.runs("changes " + what + " " + type.full() + ".__new__");
      case Callee.Returned(Callee.Named function, boolean shared) when shared ->
          Finding.runs(
              "changes "
                  + what
                  + " what "
                  + function.full()
                  + " returned, which the file may not have made");
      case Callee.Opaque _ when !(target instanceof Value.Persistent) ->
          new Finding(Verdict.UNKNOWN_CODE, "changes " + what + " something unknown", callee);
      case Callee.Opaque _,
          Callee.InstanceOf _,
          Callee.Returned _,
          Callee.Keeping _,
          Callee.Made _,
          Callee.Data _ ->
          new Finding(Verdict.PLAIN_DATA, "holds data", callee);
    };
  }

  private Finding shadowed(Value method, String name, List<Value> arguments, long offset) {
    Finding found =
        judge.judge(
            Judge.resolve(method), method, arguments, Grade.hold(arguments), Act.CALL, offset, 1);
    return new Finding(
        found.verdict().worse(Verdict.UNKNOWN_CODE),
        "calls what the file put in the place of " + name + ": " + found.why(),
        found.result());
  }

  /// APPEND, APPENDS and ADDITEMS on anything but a list or set.
  void append(Value target, List<Value> items, Act act, long offset) {
    Callee callee = Judge.resolve(target);
    Finding found = foreign(callee, target, "the content of");
    String method = act == Act.ADD ? "add" : "append";
    if (callee instanceof Callee.InstanceOf(Callee.Named type)) {
      found = ofType(type, act, callee);
    }
    if (target instanceof Value.Call call) {
      if (callee instanceof Callee.Named || callee instanceof Callee.Module) {
        found = Finding.runs("changes the content of something that the file did not make");
      }
      for (String name : act == Act.ADD ? List.of("add", "update") : List.of("append", "extend")) {
        Optional<Value> shadow = call.attribute(name);
        if (shadow.isPresent()) {
          found =
              found
                  .worse(Verdict.UNKNOWN_CODE, "")
                  .worse(
                      shadowed(shadow.get(), name, items, offset).verdict(),
                      shadowed(shadow.get(), name, items, offset).why());
        }
      }
      items.forEach(call::append);
      keep(call, items, offset);
    }
    mark(callee, Use.BUILT, found, offset);
    if (found.verdict().compareTo(Verdict.UNKNOWN_CODE) >= 0) {
      Value shown = items.isEmpty() ? Value.None.NONE : items.get(0);
      record.effect(
          offset, found.verdict(), found.why(), () -> Decompiler.method(target, method, shown));
    }
  }

  /// SETITEM and SETITEMS on anything but a dict.
  void put(Value target, Value key, Value value, long offset) {
    Callee callee = Judge.resolve(target);
    Finding found = foreign(callee, target, "an item of");
    if (callee instanceof Callee.InstanceOf(Callee.Named type)) {
      found = ofType(type, Act.SET_ITEM, callee);
    }
    if (target instanceof Value.Call call) {
      if (callee instanceof Callee.Named || callee instanceof Callee.Module) {
        found = Finding.runs("changes an item of something that the file did not make");
      }
      call.put(key, value);
      keep(call, List.of(key, value), offset);
    }
    mark(callee, Use.BUILT, found, offset);
    if (found.verdict().compareTo(Verdict.UNKNOWN_CODE) >= 0) {
      record.effect(
          offset, found.verdict(), found.why(), () -> Decompiler.item(target, key, value));
    }
  }

  /// A container or call got more: what holds it already would not notice.
  void keep(Value.Mutable container, List<Value> items, long offset) {
    boolean call = container instanceof Value.Call;
    if ((container.held || call) && Grade.hold(items) == Grade.HARMFUL) {
      String name = Culprit.name(items, Grade.HARMFUL);
      record.effect(
          offset,
          Verdict.RUNS_CODE,
          "keeps " + name + " where something may call it",
          () ->
              Decompiler.method(
                  container instanceof Value.Call ? container : new Value.Unknown("container"),
                  "append",
                  items.get(0)));
    }
  }

  /// A key of a dict, a member of a set.
  void hash(Value key, long offset) {
    if (key instanceof Value.Call call
        && call.target instanceof Callee.InstanceOf(Callee.Named type)) {
      Finding found = ofType(type, Act.HASH, call.target);
      if (found.verdict() == Verdict.RUNS_CODE) {
        record.effect(
            offset,
            found.verdict(),
            found.why(),
            () -> Decompiler.call(new Value.Unknown("hash"), List.of(key)));
      }
    }
  }
}
