package io.loadlock.artifact.weightsonly;

import io.loadlock.artifact.WeightsOnly;
import io.loadlock.artifact.pickle.Instruction;
import io.loadlock.artifact.pickle.Opcode;
import io.loadlock.artifact.pickle.Value;
import io.loadlock.artifact.policy.Act;
import io.loadlock.artifact.policy.Policy;
import io.loadlock.artifact.policy.Ruling;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `_weights_only_unpickler.Unpickler` of the releases that have agreed so far, fed instruction by
/// instruction. A name that is not allowed is noted and from then on taken as allowed by the user,
/// so that one pass finds all that would have to be.
final class Restricted {
  static final Set<String> BLOCKED = Set.of("sys", "os", "posix", "nt");

  /// Types that every release builds.
  static final Set<String> STATES =
      Set.of("torch.Tensor", "torch.nn.parameter.Parameter", "collections.OrderedDict");

  static final Set<String> ITEMS = Set.of("dict", "collections.OrderedDict", "collections.Counter");
  private static final Set<String> NO_ITEMS =
      Set.of("tuple", "str", "bytes", "int", "float", "bool", "NoneType", "set", Thing.GLOBAL);

  /// torch asks for an import of these, not for a permission.
  private static final Set<String> DISTRIBUTED =
      Set.of(
          "torch.distributed.device_mesh.DeviceMesh",
          "torch.distributed.tensor._dtensor_spec.DTensorSpec",
          "torch.distributed.tensor._dtensor_spec.TensorMeta",
          "torch.distributed.tensor.DTensor",
          "torch.distributed.tensor.placement_types.Partial",
          "torch.distributed.tensor.placement_types.Replicate",
          "torch.distributed.tensor.placement_types.Shard");

  private final List<Release> releases;

  /// One of them: it speaks for all.
  private final Release release;

  private final Policy policy;
  private final Set<String> needed = new LinkedHashSet<>();
  private final List<@Nullable Thing> dense = new ArrayList<>();
  private final Map<Long, Thing> sparse = new HashMap<>();
  private final List<List<Thing>> metastack = new ArrayList<>();
  private List<Thing> stack = new ArrayList<>();
  private int protocol = -1;
  private @Nullable WeightsOnly end;

  /// Ends the reading with an answer.
  private static final class Ended extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient WeightsOnly answer;

    Ended(WeightsOnly answer) {
      super(answer.word());
      this.answer = answer;
    }
  }

  /// @param releases one at least
  Restricted(List<Release> releases, Policy policy) {
    this.releases = List.copyOf(releases);
    this.release = releases.get(0);
    this.policy = policy;
  }

  /// A machine in the same state for some of its releases.
  private Restricted(List<Release> releases, Restricted other) {
    this(releases, other.policy);
    needed.addAll(other.needed);
    dense.addAll(other.dense);
    sparse.putAll(other.sparse);
    other.metastack.forEach(below -> metastack.add(new ArrayList<>(below)));
    stack.addAll(other.stack);
    protocol = other.protocol;
  }

  List<Release> releases() {
    return releases;
  }

  /// Whether all releases do the same with the next instruction.
  boolean agree(Instruction next) {
    if (end != null || releases.size() == 1 || !Difference.possible(next.opcode())) {
      return true;
    }
    Difference difference = difference(next);
    for (int i = 1; i < releases.size(); i++) {
      if (!difference.same(release, releases.get(i))) {
        return false;
      }
    }
    return true;
  }

  /// The machines of those that go on alike from `next` on, this one's state in each.
  List<Restricted> split(Instruction next) {
    Difference difference = difference(next);
    List<List<Release>> ways = new ArrayList<>();
    for (Release one : releases) {
      List<Release> way =
          ways.stream()
              .filter(other -> difference.same(other.get(0), one))
              .findFirst()
              .orElseGet(
                  () -> {
                    List<Release> first = new ArrayList<>();
                    ways.add(first);
                    return first;
                  });
      way.add(one);
    }
    return ways.stream().map(way -> new Restricted(way, this)).toList();
  }

  private Difference difference(Instruction next) {
    return new Difference(next, protocol, stack, metastack, policy);
  }

  boolean ended() {
    return end != null;
  }

  /// The next pickle of the file: a new unpickler, and what is allowed stays allowed.
  void restart() {
    dense.clear();
    sparse.clear();
    metastack.clear();
    stack = new ArrayList<>();
    protocol = -1;
  }

  void refuse(String why) {
    if (end == null) {
      end = refused(why);
    }
  }

  void giveUp(String why) {
    if (end == null) {
      end = new WeightsOnly.Unknown(why);
    }
  }

  WeightsOnly answer() {
    if (end != null) {
      return end;
    }
    if (needed.isEmpty()) {
      return new WeightsOnly.Accept();
    }
    List<String> allow = List.copyOf(needed);
    return new WeightsOnly.AcceptAfter(allow, allow.stream().allMatch(this::vetted));
  }

  private boolean vetted(String full) {
    int dot = full.lastIndexOf('.');
    return switch (policy.ruling(full.substring(0, dot), full.substring(dot + 1))) {
      case Ruling.Type type ->
          type.objection(Act.CALL).isEmpty()
              && type.objection(Act.NEW).isEmpty()
              && type.objection(Act.BUILD_SLOTS).isEmpty();
      case Ruling.Function(var gives, _, _) ->
          gives == Ruling.Gives.DATA || gives == Ruling.Gives.INSTANCE;
      case Ruling.Constant _, Ruling.Kept _ -> true;
      case Ruling.Harmful _, Ruling.Unlisted _, Ruling.Stranger _ -> false;
    };
  }

  private WeightsOnly refused(String why) {
    return new WeightsOnly.Refused(why, List.copyOf(needed));
  }

  private Ended no(String why) {
    return new Ended(refused(why));
  }

  /// Executes one instruction; after STOP the next pickle may be started with [#restart].
  void accept(Instruction one) {
    if (end != null) {
      return;
    }
    try {
      step(one);
    } catch (Ended e) {
      end = e.answer;
    }
  }

  private void step(Instruction one) throws Ended {
    switch (one.opcode()) {
      case PROTO -> protocol = (int) number(one);
      case STOP -> pop();
      case GLOBAL -> push(global((Value.Global) one.operand()));
      case NEWOBJ -> newObj();
      case REDUCE -> reduce();
      case BUILD -> build();
      case APPEND -> {
        pop();
        mustBeList("append to");
      }
      case APPENDS -> {
        popMark();
        mustBeList("extend");
      }
      case SETITEM -> {
        pop();
        pop();
        mustTakeItems(one.opcode());
      }
      case SETITEMS -> {
        if (popMark().size() % 2 != 0) {
          throw no("list index out of range");
        }
        mustTakeItems(one.opcode());
      }
      case MARK -> {
        metastack.add(stack);
        stack = new ArrayList<>();
      }
      case TUPLE -> push(Thing.tuple(popMark()));
      case TUPLE1 -> tuple(1);
      case TUPLE2 -> tuple(2);
      case TUPLE3 -> tuple(3);
      case NONE -> push(Thing.NONE);
      case NEWTRUE, NEWFALSE -> push(Thing.BOOL);
      case EMPTY_TUPLE -> push(Thing.EMPTY_TUPLE);
      case EMPTY_LIST -> push(Thing.of("list"));
      case EMPTY_DICT -> push(Thing.of("dict"));
      case EMPTY_SET -> push(Thing.of("set"));
      case BININT, BININT1, BININT2, LONG1 -> push(Thing.INT);
      case BINFLOAT -> {
        if (!release.floats()) {
          throw unsupported(one.opcode());
        }
        push(Thing.FLOAT);
      }
      case BINUNICODE ->
          push(
              one.operand() instanceof Value.Text(String text)
                  ? Thing.text(text)
                  : Thing.of("str"));
      case SHORT_BINSTRING -> push(python2(one.operand()));
      case BINPERSID -> push(persistent(pop()));
      case BINGET, LONG_BINGET -> {
        Thing known = remembered(number(one));
        if (known == null) {
          throw no("the memo has no entry " + number(one));
        }
        push(known);
      }
      case BINPUT, LONG_BINPUT -> remember(number(one), top());
      case INT,
          LONG,
          LONG4,
          STRING,
          BINSTRING,
          BINBYTES,
          SHORT_BINBYTES,
          BINBYTES8,
          BYTEARRAY8,
          NEXT_BUFFER,
          READONLY_BUFFER,
          UNICODE,
          SHORT_BINUNICODE,
          BINUNICODE8,
          FLOAT,
          LIST,
          DICT,
          ADDITEMS,
          FROZENSET,
          POP,
          DUP,
          POP_MARK,
          GET,
          PUT,
          MEMOIZE,
          EXT1,
          EXT2,
          EXT4,
          STACK_GLOBAL,
          INST,
          OBJ,
          NEWOBJ_EX,
          FRAME,
          PERSID ->
          throw unsupported(one.opcode());
    }
  }

  private static long number(Instruction one) {
    return one.operand() instanceof Value.Int(long value) ? value : -1;
  }

  private Ended unsupported(Opcode opcode) {
    return no("Unsupported operand " + opcode.code());
  }

  private Thing global(Value.Global global) throws Ended {
    String full = release.renamed(global.module(), global.name(), protocol);
    String module = full.substring(0, full.length() - bare(full, global).length() - 1);
    if (release.blocks() && BLOCKED.contains(module)) {
      throw no(
          "Trying to load unsupported GLOBAL " + full + " whose module " + module + " is blocked.");
    }
    if (release.kind(full) == null) {
      if (release.defaultsCount() && DISTRIBUTED.contains(full)) {
        throw new Ended(
            new WeightsOnly.Unknown("torch.distributed.tensor must be imported to load DTensors"));
      }
      need(full);
    }
    return Thing.global(full);
  }

  /// The name without its module: a dotted name keeps its dots.
  private static String bare(String full, Value.Global global) {
    return full.endsWith("." + global.name())
        ? global.name()
        : full.substring(full.lastIndexOf('.') + 1);
  }

  private void need(String full) throws Ended {
    boolean added = needed.add(full);
    if (!added) {
      return;
    }
    if (!release.userList()) {
      throw no("Unsupported class " + full);
    }
    Optional<String> why = release.cannotBeAllowed(full, policy);
    if (why.isPresent()) {
      throw no(why.get());
    }
  }

  private void newObj() throws Ended {
    pop();
    Thing type = pop();
    if (!type.isGlobal()) {
      throw no("Trying to instantiate unsupported class");
    }
    Release.Kind kind = release.kind(type.name());
    boolean parameter = type.name().equals("torch.nn.parameter.Parameter");
    if (kind != null && kind != Release.Kind.CLASS) {
      throw no(type.name() + " is no class");
    }
    if (!parameter && kind == Release.Kind.CLASS && !release.defaultsCount()) {
      if (!release.userList()) {
        throw no("Trying to instantiate unsupported class " + type.name());
      }
      need(type.name());
    }
    push(Thing.of(type.name()));
  }

  private void reduce() throws Ended {
    Thing arguments = pop();
    Thing function = pop();
    if (!function.isGlobal()) {
      throw no("Trying to call reduce for unrecognized function");
    }
    Release.Kind kind = release.kind(function.name());
    if (kind == Release.Kind.VALUE || kind == Release.Kind.STORAGE) {
      throw no(function.name() + " is not callable");
    }
    Optional<String> why = release.cannotCall(function.name(), arguments.items());
    if (why.isPresent()) {
      throw no(why.get());
    }
    push(
        kind == Release.Kind.CLASS
            ? instance(function.name())
            : Results.of(function.name(), arguments.items(), policy));
  }

  private static Thing instance(String type) {
    return Thing.of(type.equals("builtins.set") ? "set" : type);
  }

  private void build() throws Ended {
    Thing state = pop();
    String type = top().type();
    if (STATES.contains(type)) {
      return;
    }
    switch (type) {
      case Thing.UNKNOWN ->
          throw new Ended(
              new WeightsOnly.Unknown(
                  "what a function returns gets a state, and only running it would tell its type"));
      default -> {
        if (type.indexOf('.') < 0) {
          throw no(
              "Can only build Tensor, Parameter, OrderedDict or types allowlisted via"
                  + " `add_safe_globals`, but got "
                  + type);
        }
        boolean byDefault = release.defaultsCount() && release.kind(type) != null;
        if (!byDefault) {
          if (!release.userList()) {
            throw no("Can only build Tensor, parameter or dict objects, but got " + type);
          }
          need(type);
        }
        if (!release.defaultsCount() && slots(state)) {
          throw no("a state with slots is only understood since torch 2.6");
        }
      }
    }
  }

  /// A pair of the instance's dict, or None, and its slots.
  private static boolean slots(Thing state) {
    List<Thing> pair = state.items();
    return pair.size() == 2
        && pair.get(1).type().equals("dict")
        && (pair.get(0).type().equals("dict") || pair.get(0).type().equals("NoneType"));
  }

  private void mustBeList(String what) throws Ended {
    if (!top().type().equals("list")) {
      throw no("Can only " + what + " lists, but got " + top().type());
    }
  }

  private void mustTakeItems(Opcode opcode) throws Ended {
    String type = top().type();
    if (release.checksItems() && !ITEMS.contains(type)) {
      throw no(
          "Can only "
              + opcode
              + " for dict, collections.OrderedDict, collections.Counter, but got "
              + type);
    }
    if (NO_ITEMS.contains(type)) {
      throw no("a " + type + " does not support item assignment");
    }
  }

  /// torch decodes the strings of Python 2 as UTF-8.
  private Thing python2(Value operand) throws Ended {
    if (!(operand instanceof Value.Text(String text))) {
      return Thing.of("str");
    }
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    String decoded = new String(bytes, StandardCharsets.UTF_8);
    if (decoded.indexOf('\ufffd') >= 0) {
      throw no("a string of Python 2 is not UTF-8");
    }
    return Thing.text(decoded);
  }

  private Thing persistent(Thing id) throws Ended {
    List<Thing> parts = id.items();
    Optional<String> sort = parts.isEmpty() ? Optional.empty() : parts.get(0).text();
    if (!id.type().equals("tuple") || sort.isEmpty() || !sort.get().equals("storage")) {
      throw no("Only persistent_load of storage is allowed");
    }
    if (parts.size() < 5 || !parts.get(1).isGlobal() || !parts.get(1).name().endsWith("Storage")) {
      throw no("a storage's persistent id is malformed");
    }
    return Thing.of("torch.storage.TypedStorage");
  }

  /// Keys come in order, but for hostile files.
  private void remember(long key, Thing thing) {
    if (key < dense.size()) {
      dense.set((int) key, thing);
    } else if (key < dense.size() + 64L) {
      while (dense.size() < key) {
        dense.add(null);
      }
      dense.add(thing);
    } else {
      sparse.put(key, thing);
    }
  }

  private @Nullable Thing remembered(long key) {
    Thing thing = key < dense.size() ? dense.get((int) key) : null;
    return thing != null ? thing : sparse.get(key);
  }

  private void push(Thing thing) {
    stack.add(thing);
  }

  private Thing top() throws Ended {
    if (stack.isEmpty()) {
      throw no("list index out of range");
    }
    return stack.get(stack.size() - 1);
  }

  private Thing pop() throws Ended {
    Thing thing = top();
    stack.remove(stack.size() - 1);
    return thing;
  }

  private List<Thing> popMark() throws Ended {
    if (metastack.isEmpty()) {
      throw no("pop from empty list");
    }
    List<Thing> items = stack;
    stack = metastack.remove(metastack.size() - 1);
    return items;
  }

  private void tuple(int count) throws Ended {
    if (stack.size() < count) {
      throw no("list index out of range");
    }
    List<Thing> last = stack.subList(stack.size() - count, stack.size());
    Thing tuple = Thing.tuple(List.copyOf(last));
    last.clear();
    push(tuple);
  }
}
