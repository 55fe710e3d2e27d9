package io.loadlock.artifact.pickle;

import io.loadlock.artifact.GlobalUse.Use;
import io.loadlock.artifact.Verdict;
import io.loadlock.artifact.policy.Act;
import io.loadlock.artifact.policy.Policy;
import io.loadlock.artifact.policy.Ruling;
import io.loadlock.artifact.policy.Ruling.Gives;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Decides what each instruction of a pickle amounts to, by following values. A reference is data
/// until it flows into a call, a state, an argument that will be called, or an object that is not
/// the pickle's own.
final class Judge {
  /// `f(g, (h, (…)))` through functions that call their argument.
  private static final int DEPTH = 16;

  private final Policy policy;
  private final Record record;
  private final Inner inner;
  private final Map<String, Callee.Named> names = new HashMap<>();

  /// What the machine does with bytes that are handed to a loader.
  interface Inner {
    /// Runs the bytes as a pickle of their own; empty where they could not be run at all.
    Optional<Value> unpickle(Value.Bytes bytes, long offset);

    /// Hands the bytes back, to be read as a torch file.
    void torch(Value.Bytes bytes, long offset);
  }

  Judge(Policy policy, Record record, Inner inner) {
    this.policy = policy;
    this.record = record;
    this.inner = inner;
  }

  /// What a value is to those who call it or change it.
  static Callee resolve(Value value) {
    return switch (value) {
      case Value.Global global -> global.target;
      case Value.Call call -> call.target;
      case Value.Persistent _ -> new Callee.Opaque("what a persistent id stands for");
      case Value.Extension extension ->
          new Callee.Opaque("code " + extension.code() + " of the reader's extension registry");
      case Value.Unknown(String why) -> new Callee.Opaque(why);
      case Value.None _ -> new Callee.Data("NoneType");
      case Value.Bool _ -> new Callee.Data("bool");
      case Value.Int _, Value.BigInt _ -> new Callee.Data("int");
      case Value.Float _ -> new Callee.Data("float");
      case Value.Text _, Value.LongText _ -> new Callee.Data("str");
      case Value.Bytes bytes -> new Callee.Data(bytes.mutable() ? "bytearray" : "bytes");
      case Value.Tuple _ -> new Callee.Data("tuple");
      case Value.ListValue _ -> new Callee.Data("list");
      case Value.SetValue set -> new Callee.Data(set.frozen() ? "frozenset" : "set");
      case Value.Dict _ -> new Callee.Data("dict");
      case Value.Buffer _ -> new Callee.Data("memoryview");
      case Value.Array _ -> new Callee.Data("ndarray");
    };
  }

  // --- names -------------------------------------------------------------------------------------

  /// GLOBAL, INST, STACK_GLOBAL.
  void mention(Value.Global global) {
    Callee.Named named = named(global.module(), global.name());
    global.target = named;
    mention(named, global.offset());
  }

  private Callee.Named named(String module, String name) {
    return names.computeIfAbsent(
        module + "\n" + name, _ -> new Callee.Named(module, name, policy.ruling(module, name)));
  }

  private void mention(Callee.Named named, long offset) {
    record.use(named, offset, Use.NAMED, mentioned(named), named.ruling().why());
  }

  private static Verdict mentioned(Callee.Named named) {
    return switch (named.grade()) {
      case PLAIN, VETTED -> PlainNames.contains(named) ? Verdict.PLAIN_DATA : Verdict.NEEDS_TYPES;
      case OPEN, HARMFUL -> Verdict.UNKNOWN_CODE;
    };
  }

  /// A name that the file does not spell out, or that only the reader knows.
  void computedName(long offset, String why, Value module, Value name) {
    record.effect(
        offset,
        Verdict.UNKNOWN_CODE,
        why,
        () -> Decompiler.call(new Value.Unknown("find_class"), List.of(module, name)));
  }

  void extension(Value.Extension extension) {
    record.effect(
        extension.offset(),
        Verdict.UNKNOWN_CODE,
        "names something by a code of the reader's extension registry",
        () -> Decompiler.render(extension));
  }

  // --- calls -------------------------------------------------------------------------------------

  /// What a call amounts to, and what its result is to others.
  private record Finding(Verdict verdict, String why, Callee result) {
    Finding worse(Verdict other, String otherWhy) {
      return verdict.compareTo(other) >= 0 ? this : new Finding(other, otherWhy, result);
    }
  }

  /// REDUCE, INST, OBJ, NEWOBJ, NEWOBJ_EX.
  void call(Value.Call call) {
    Callee callee = resolve(call.callee());
    Act act = call.how() == Value.Call.How.REDUCE ? Act.CALL : Act.NEW;
    List<Value> arguments = sequence(call.arguments());
    Grade grade = Grade.hold(call.arguments());
    if (call.keywords().isPresent()) {
      grade = grade.worse(Grade.hold(call.keywords().get()));
    }
    Finding found = judge(callee, call.callee(), arguments, grade, act, call.offset(), 0);
    call.target = found.result();
    call.grade = call.grade.worse(found.result().grade());
    report(found, callee, call.offset(), call);
  }

  private void report(Finding found, Callee callee, long offset, Value.Call call) {
    if (callee instanceof Callee.Named named) {
      record.use(named, offset, Use.CALLED, found.verdict(), found.why());
      if (found.verdict().compareTo(Verdict.UNKNOWN_CODE) < 0) {
        record.construction(
            offset, found.verdict(), named, found.why(), () -> Decompiler.render(call));
        return;
      }
    }
    record.effect(offset, found.verdict(), found.why(), () -> Decompiler.render(call));
  }

  /// The arguments as a list: `pickle.py` spreads any iterable. Null where they are made by a call.
  private static @Nullable List<Value> sequence(Value arguments) {
    return switch (arguments) {
      case Value.Tuple tuple -> tuple.items();
      case Value.ListValue list -> list.items();
      case Value.SetValue set -> set.items();
      default -> null;
    };
  }

  private Finding judge(
      Callee callee,
      Value written,
      @Nullable List<Value> arguments,
      Grade grade,
      Act act,
      long offset,
      int depth) {
    if (depth > DEPTH) {
      return new Finding(
          Verdict.UNKNOWN_CODE,
          "calls through too many layers",
          new Callee.Opaque("what a deep call returned"));
    }
    return switch (callee) {
      case Callee.Named named -> named(named, arguments, grade, act, offset, depth);
      case Callee.Member(Callee.Named named) -> named(named, arguments, grade, act, offset, depth);
      case Callee.Keeping keeping -> keeping(keeping, arguments, grade, offset, depth);
      case Callee.InstanceOf(Callee.Named type) -> instance(type, grade);
      case Callee.Returned(Callee.Named function) ->
          runs("calls what " + function.full() + " returned");
      case Callee.Module(String name, _) -> runs("calls the module " + name);
      case Callee.Made(String maker) -> runs("calls code that the file holds, made by " + maker);
      case Callee.Data(String type) ->
          new Finding(
              Verdict.UNKNOWN_CODE,
              "calls a value of type " + type + ", which is not callable",
              new Callee.Opaque("no result"));
      case Callee.Opaque(String why) ->
          written instanceof Value.Extension || written instanceof Value.Persistent
              ? new Finding(
                  Verdict.UNKNOWN_CODE, "calls " + why, new Callee.Opaque("what it returned"))
              : runs("calls " + why);
    };
  }

  private static Finding runs(String why) {
    return new Finding(Verdict.RUNS_CODE, why, new Callee.Opaque("what such a call returned"));
  }

  private Finding named(
      Callee.Named named,
      @Nullable List<Value> arguments,
      Grade grade,
      Act act,
      long offset,
      int depth) {
    Finding found =
        switch (named.ruling()) {
          case Ruling.Function function ->
              function(named, function, arguments, grade, offset, depth);
          case Ruling.Type type -> type(named, type, arguments, grade, act);
          case Ruling.Kept kept -> runs("calls " + named.full() + ", which " + kept.why());
          case Ruling.Harmful harmful -> runs(harmful.why());
          case Ruling.Constant _ ->
              new Finding(
                  Verdict.UNKNOWN_CODE,
                  "calls a constant",
                  new Callee.Opaque("what a constant returned"));
          case Ruling.Unlisted(var kind, String why) ->
              switch (kind) {
                case CLASS -> new Finding(Verdict.UNKNOWN_CODE, why, new Callee.InstanceOf(named));
                case FUNCTION, DOTTED -> runs(why);
              };
          case Ruling.Stranger stranger -> stranger(named, stranger, act);
        };
    return grade == Grade.HARMFUL && found.verdict() != Verdict.RUNS_CODE && !made(named)
        ? new Finding(
            Verdict.RUNS_CODE,
            "hands " + culprit(arguments) + " to something that may call it",
            found.result())
        : found;
  }

  private static boolean made(Callee.Named named) {
    return named.ruling() instanceof Ruling.Function(Gives gives, _, _) && gives == Gives.CODE;
  }

  private static String culprit(@Nullable List<Value> arguments) {
    return arguments == null ? "something harmful" : Culprit.name(arguments, Grade.HARMFUL);
  }

  private static Finding stranger(Callee.Named named, Ruling.Stranger stranger, Act act) {
    boolean type = act == Act.NEW || spelledLikeClass(named.name());
    String why =
        named.module().equals("__main__") || named.module().equals("__mp_main__")
            ? type ? "a user class" : "calls a function of the user's own script"
            : type ? stranger.why() : "calls an unknown function: " + stranger.why();
    return new Finding(
        Verdict.UNKNOWN_CODE,
        why,
        type
            ? new Callee.InstanceOf(named)
            : new Callee.Opaque("what " + named.full() + " returned"));
  }

  /// `CapWords` after any underscores: PEP 8's spelling of a class. The last part of a dotted name
  /// decides.
  static boolean spelledLikeClass(String name) {
    int first = name.lastIndexOf('.') + 1;
    while (first < name.length() && name.charAt(first) == '_') {
      first++;
    }
    return first < name.length() && Character.isUpperCase(name.charAt(first));
  }

  private Finding type(
      Callee.Named named, Ruling.Type type, @Nullable List<Value> arguments, Grade grade, Act act) {
    Verdict fine = PlainNames.contains(named) ? Verdict.PLAIN_DATA : Verdict.NEEDS_TYPES;
    Finding found = new Finding(fine, type.why(), new Callee.InstanceOf(named));
    Optional<Ruling.Open> objection = type.objection(act);
    if (objection.isPresent()) {
      boolean harmful = objection.get().harmful();
      found =
          found.worse(harmful ? Verdict.RUNS_CODE : Verdict.UNKNOWN_CODE, objection.get().why());
    }
    // Without __init__ fewer arguments are usual, but what __new__ gets is held to the same shapes.
    boolean fewer =
        act == Act.NEW
            && (arguments != null && arguments.isEmpty() || Fitting.anything(type.arguments()));
    Fit fit = fewer ? Fitting.ofGrade(grade) : Fitting.of(type.arguments(), arguments, grade);
    return fit(found, fit, named);
  }

  private static Finding fit(Finding found, Fit fit, Callee.Named named) {
    return switch (fit) {
      case YES -> found;
      case UNKNOWN ->
          found.worse(
              Verdict.UNKNOWN_CODE, "hands something that nobody vetted to " + named.full());
      case NO ->
          found.worse(
              Verdict.RUNS_CODE, "calls " + named.full() + " with arguments that no row allows");
    };
  }

  private Finding function(
      Callee.Named named,
      Ruling.Function function,
      @Nullable List<Value> arguments,
      Grade grade,
      long offset,
      int depth) {
    Verdict fine = PlainNames.contains(named) ? Verdict.PLAIN_DATA : Verdict.NEEDS_TYPES;
    Gives gives = function.gives();
    if (gives == Gives.CODE) {
      return new Finding(Verdict.UNKNOWN_CODE, function.why(), new Callee.Made(named.full()));
    }
    if (gives == Gives.INVOKE || gives == Gives.APPLY) {
      return calling(named, function, arguments, offset, depth);
    }
    Finding found = new Finding(fine, function.why(), new Callee.Returned(named));
    found = fit(found, Fitting.of(function.arguments(), arguments, grade), named);
    if (arguments == null || arguments.isEmpty()) {
      return found;
    }
    Value first = arguments.get(0);
    return switch (gives) {
      case DATA, CODE, INVOKE, APPLY -> found;
      case INSTANCE -> new Finding(found.verdict(), found.why(), made(first));
      case CALLABLE -> new Finding(found.verdict(), found.why(), new Callee.Keeping(named, first));
      case ATTRIBUTE -> attribute(found, arguments, offset);
      case PICKLE -> pickle(found, named, first, offset);
      case TORCH -> {
        Folding.bytes(first).ifPresent(bytes -> inner.torch(bytes, offset));
        yield Folding.isBytes(first)
            ? found
            : runs("calls " + named.full() + " with bytes that are not known");
      }
      case MODULE ->
          Folding.text(first)
              .map(text -> imported(text, offset))
              .orElseGet(() -> runs("imports a module whose name is computed"));
      case GLOBAL -> global(found, arguments, offset);
    };
  }

  private static Callee made(Value type) {
    return resolve(type) instanceof Callee.Named named
        ? new Callee.InstanceOf(named)
        : new Callee.Opaque("an instance of something computed");
  }

  /// `apply(f, type, arguments, state)` of torch, and `invoke(f, arguments…)`.
  private Finding calling(
      Callee.Named named,
      Ruling.Function function,
      @Nullable List<Value> arguments,
      long offset,
      int depth) {
    if (arguments == null || arguments.isEmpty()) {
      return runs("calls " + named.full() + " with arguments that are computed");
    }
    Value callee = arguments.get(0);
    boolean apply = function.gives() == Gives.APPLY;
    @Nullable List<Value> handed =
        !apply
            ? arguments.subList(1, arguments.size())
            : arguments.size() < 3 ? null : sequence(arguments.get(2));
    Grade grade = handed == null ? Grade.hold(arguments) : Grade.hold(handed);
    Callee target = resolve(callee);
    Finding found = judge(target, callee, handed, grade, Act.CALL, offset, depth + 1);
    if (target instanceof Callee.Named inside) {
      record.use(inside, offset, Use.CALLED, found.verdict(), found.why());
    }
    if (!apply || arguments.size() < 2) {
      return found;
    }
    Callee type = made(arguments.get(1));
    Finding typed = new Finding(found.verdict(), found.why(), type);
    return arguments.size() < 4
        ? typed
        : typed.worse(state(type, arguments.get(3)).verdict(), state(type, arguments.get(3)).why());
  }

  private Finding keeping(
      Callee.Keeping keeping,
      @Nullable List<Value> arguments,
      Grade grade,
      long offset,
      int depth) {
    Value function = keeping.function();
    if (Folding.isText(function) || function instanceof Value.Int) {
      return runs(
          "calls what " + keeping.maker().full() + " made: it reads attributes or calls methods");
    }
    // What the partial holds besides is not known here any more: only a function that takes any
    // data passes.
    Callee target = resolve(function);
    return judge(
            target,
            function,
            arguments == null || arguments.isEmpty() ? null : arguments,
            grade,
            Act.CALL,
            offset,
            depth + 1)
        .worse(Verdict.UNKNOWN_CODE, "calls what " + keeping.maker().full() + " made");
  }

  private static Finding instance(Callee.Named type, Grade grade) {
    Finding found =
        new Finding(
            Verdict.UNKNOWN_CODE,
            "calls an instance of " + type.full(),
            new Callee.Opaque("what an instance returned"));
    boolean harmful =
        type.ruling() instanceof Ruling.Harmful
            || type.ruling() instanceof Ruling.Unlisted
            || type.ruling() instanceof Ruling.Type known
                && known.objection(Act.CALL_INSTANCE).isPresent();
    return harmful || grade == Grade.HARMFUL ? found.worse(Verdict.RUNS_CODE, found.why()) : found;
  }

  // --- functions that hand out references --------------------------------------------------------

  private Finding attribute(Finding found, List<Value> arguments, long offset) {
    Optional<String> name =
        arguments.size() < 2 ? Optional.empty() : Folding.text(arguments.get(1));
    if (name.isEmpty()) {
      return runs("reads an attribute whose name is computed");
    }
    Callee owner = resolve(arguments.get(0));
    return switch (owner) {
      case Callee.Named of ->
          of.grade() == Grade.VETTED
              ? member(of.module(), of.name() + "." + name.get(), found, offset)
              : reference(named(of.module(), of.name() + "." + name.get()), offset);
      case Callee.Member(Callee.Named of) ->
          member(of.module(), of.name() + "." + name.get(), found, offset);
      case Callee.Module(String module, _) -> reference(named(module, name.get()), offset);
      case Callee.InstanceOf(Callee.Named type) ->
          member(type.module(), type.name() + "." + name.get(), found, offset);
      case Callee.Data(String type) -> member("builtins", type + "." + name.get(), found, offset);
      case Callee.Returned _, Callee.Keeping _ ->
          name.get().startsWith("__")
              ? runs("reaches " + name.get() + " of an object")
              : new Finding(
                  found.verdict(),
                  found.why(),
                  new Callee.Opaque("an attribute of what a function returned"));
      case Callee.Made _, Callee.Opaque _ ->
          new Finding(
              Verdict.UNKNOWN_CODE,
              "reads an attribute of something unknown",
              new Callee.Opaque("an attribute of something unknown"));
    };
  }

  /// A bound method or a field of an instance: data as long as nobody calls it, unless it leads to
  /// the machinery of Python.
  private Finding member(String module, String name, Finding found, long offset) {
    Callee.Named named = named(module, name);
    String last = name.substring(name.lastIndexOf('.') + 1);
    if (last.startsWith("__") && last.endsWith("__")) {
      mention(named, offset);
      return new Finding(Verdict.RUNS_CODE, "reaches " + last + " of an object", named);
    }
    if (named.grade() == Grade.HARMFUL) {
      return reference(named, offset);
    }
    return new Finding(found.verdict(), found.why(), new Callee.Member(named));
  }

  private Finding reference(Callee.Named named, long offset) {
    mention(named, offset);
    String last = named.name().substring(named.name().lastIndexOf('.') + 1);
    Verdict verdict = mentioned(named);
    boolean machinery =
        last.startsWith("__") && last.endsWith("__") && named.grade() != Grade.VETTED;
    return machinery
        ? new Finding(Verdict.RUNS_CODE, "reaches " + last + " of " + named.full(), named)
        : new Finding(verdict, named.ruling().why(), named);
  }

  private Finding imported(String text, long offset) {
    int dot = text.lastIndexOf('.');
    if (dot > 0) {
      Callee.Named inside = named(text.substring(0, dot), text.substring(dot + 1));
      if (inside.grade() == Grade.VETTED || inside.grade() == Grade.HARMFUL) {
        return reference(inside, offset);
      }
    }
    boolean known = policy.knows(text);
    return new Finding(
        known ? Verdict.NEEDS_TYPES : Verdict.UNKNOWN_CODE,
        known ? "imports the module " + text : "imports the unknown module " + text,
        new Callee.Module(text, known));
  }

  private Finding global(Finding found, List<Value> arguments, long offset) {
    Optional<String> module = Folding.text(arguments.get(0));
    Optional<String> name =
        arguments.size() < 2 ? Optional.empty() : Folding.text(arguments.get(1));
    if (module.isEmpty() || name.isEmpty()) {
      return runs("looks up a name that is computed");
    }
    Finding reference = reference(named(module.get(), name.get()), offset);
    return new Finding(
        found.verdict().worse(reference.verdict()), reference.why(), reference.result());
  }

  private Finding pickle(Finding found, Callee.Named loader, Value first, long offset) {
    Optional<Value.Bytes> bytes = Folding.bytes(first);
    if (bytes.isEmpty() && first instanceof Value.Text(String text)) {
      bytes = Optional.of(Value.Bytes.latin1(text));
    }
    if (bytes.isEmpty()) {
      return runs("unpickles bytes that are not known");
    }
    return inner
        .unpickle(bytes.get(), offset)
        .map(value -> new Finding(found.verdict(), found.why(), resolve(value)))
        .orElseGet(
            () ->
                new Finding(
                    Verdict.UNKNOWN_CODE,
                    "hands bytes to " + loader.full() + " that could not be read",
                    new Callee.Opaque("what such bytes hold")));
  }

  // --- changes -----------------------------------------------------------------------------------

  /// BUILD.
  void build(Value target, Value state, long offset) {
    Finding found;
    Callee callee = resolve(target);
    if (target instanceof Value.Call call) {
      boolean made = !(callee instanceof Callee.Named) && !(callee instanceof Callee.Module);
      found = made ? state(callee, state) : foreign(callee, target, "the state of");
      Optional<Value> shadow = call.attribute("__setstate__");
      if (shadow.isPresent()) {
        found = shadowed(shadow.get(), "__setstate__", List.of(state), offset);
      }
      call.build(state);
      if (callee instanceof Callee.Keeping(Callee.Named maker, _)
          && state instanceof Value.Tuple parts
          && !parts.items().isEmpty()) {
        // functools.partial.__setstate__ replaces the function that it keeps.
        Value function = parts.items().get(0);
        call.target = new Callee.Keeping(maker, function);
        found = fit(found, Fitting.factory(function), maker);
      }
      call.grade = call.grade.worse(call.target.grade());
    } else {
      found = foreign(callee, target, "the state of");
      found = found.worse(state(callee, state).verdict(), state(callee, state).why());
    }
    mark(target, callee, Use.BUILT, found, offset);
    if (found.verdict().compareTo(Verdict.UNKNOWN_CODE) >= 0) {
      record.effect(
          offset,
          found.verdict(),
          found.why(),
          () -> Decompiler.method(target, "__setstate__", state));
    }
  }

  private void mark(Value target, Callee callee, Use use, Finding found, long offset) {
    Callee.Named named =
        callee instanceof Callee.InstanceOf(Callee.Named type)
            ? type
            : callee instanceof Callee.Named direct ? direct : null;
    if (named != null) {
      record.use(named, offset, use, found.verdict(), found.why());
    }
  }

  /// What giving this state to that object amounts to.
  private Finding state(Callee callee, Value state) {
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
    Verdict fine = PlainNames.contains(type) ? Verdict.PLAIN_DATA : Verdict.NEEDS_TYPES;
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
      case Callee.Module(String name, _) -> runs("changes " + what + " the module " + name);
      case Callee.Opaque _ when !(target instanceof Value.Persistent) ->
          new Finding(Verdict.UNKNOWN_CODE, "changes " + what + " something unknown", callee);
      case Callee.Opaque _,
          Callee.InstanceOf _,
          Callee.Member _,
          Callee.Returned _,
          Callee.Keeping _,
          Callee.Made _,
          Callee.Data _ ->
          new Finding(Verdict.PLAIN_DATA, "holds data", callee);
    };
  }

  private Finding shadowed(Value method, String name, List<Value> arguments, long offset) {
    Finding found =
        judge(resolve(method), method, arguments, Grade.hold(arguments), Act.CALL, offset, 1);
    return new Finding(
        found.verdict().worse(Verdict.UNKNOWN_CODE),
        "calls what the file put in the place of " + name + ": " + found.why(),
        found.result());
  }

  /// APPEND, APPENDS and ADDITEMS on anything but a list or set.
  void append(Value target, List<Value> items, Act act, long offset) {
    Callee callee = resolve(target);
    Finding found = foreign(callee, target, "the content of");
    String method = act == Act.ADD ? "add" : "append";
    if (callee instanceof Callee.InstanceOf(Callee.Named type)) {
      found = ofType(type, act, callee);
    }
    if (target instanceof Value.Call call) {
      if (callee instanceof Callee.Named || callee instanceof Callee.Module) {
        found = runs("changes the content of something that the file did not make");
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
    mark(target, callee, Use.BUILT, found, offset);
    if (found.verdict().compareTo(Verdict.UNKNOWN_CODE) >= 0) {
      Value shown = items.isEmpty() ? Value.None.NONE : items.get(0);
      record.effect(
          offset, found.verdict(), found.why(), () -> Decompiler.method(target, method, shown));
    }
  }

  /// SETITEM and SETITEMS on anything but a dict.
  void put(Value target, Value key, Value value, long offset) {
    Callee callee = resolve(target);
    Finding found = foreign(callee, target, "an item of");
    if (callee instanceof Callee.InstanceOf(Callee.Named type)) {
      found = ofType(type, Act.SET_ITEM, callee);
    }
    if (target instanceof Value.Call call) {
      if (callee instanceof Callee.Named || callee instanceof Callee.Module) {
        found = runs("changes an item of something that the file did not make");
      }
      call.put(key, value);
      keep(call, List.of(key, value), offset);
    }
    mark(target, callee, Use.BUILT, found, offset);
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
