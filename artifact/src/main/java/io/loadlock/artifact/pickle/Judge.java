package io.loadlock.artifact.pickle;

import io.loadlock.artifact.GlobalUse.Use;
import io.loadlock.artifact.Verdict;
import io.loadlock.artifact.policy.Act;
import io.loadlock.artifact.policy.Policy;
import io.loadlock.artifact.policy.Ruling;
import io.loadlock.artifact.policy.Ruling.Gives;
import io.loadlock.artifact.policy.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decides what each instruction of a pickle amounts to, by following values. A reference is data
/// until it flows into a call, a state, an argument that will be called, or an object that is not
/// the pickle's own.
final class Judge {
  /// `f(g, (h, (…)))` through functions that call their argument.
  private static final int DEPTH = 16;

  /// Methods of a class that the file holds which run although nothing calls the class.
  private static final Set<String> HOOKS =
      Set.of(
          "__new__",
          "__setstate__",
          "__del__",
          "__setattr__",
          "__getattribute__",
          "__getattr__",
          "__init_subclass__",
          "__set_name__");

  /// Values looked at for those; a class larger than that is taken to have them.
  private static final int WALK = 20_000;

  private final Account record;
  private final Inner inner;
  private final References references;
  private final Changes changes;

  /// Whether a class that the file holds defines one of [#HOOKS].
  private boolean madeHooks;

  /// What the machine does with bytes that are handed to a loader.
  interface Inner {
    /// Runs the bytes as a pickle of their own; empty where they could not be run at all.
    Optional<Value> unpickle(Value.Bytes bytes, long offset);

    /// Hands the bytes back, to be read as a torch file.
    void torch(Value.Bytes bytes, long offset);
  }

  Judge(Policy policy, Account record, Inner inner) {
    this.record = record;
    this.inner = inner;
    this.references = new References(policy, record);
    this.changes = new Changes(this, record);
  }

  /// What a value is to those who call it or change it.
  static Callee resolve(Value value) {
    return switch (value) {
      case Value.Global global -> global.target;
      case Value.Call call -> call.target;
      case Value.Persistent persistent -> persistent(persistent);
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

  // --- calls -------------------------------------------------------------------------------------

  References references() {
    return references;
  }

  Changes changes() {
    return changes;
  }

  /// torch before 1.4 wrote the classes of whole modules as `("module", class, file, source)`: its
  /// loader gives the class.
  private static Callee persistent(Value.Persistent persistent) {
    return persistent.id() instanceof Value.Tuple id
            && id.items().size() == 4
            && id.items().get(0) instanceof Value.Text(String sort)
            && sort.equals("module")
            && id.items().get(1) instanceof Value.Global type
        ? type.target
        : new Callee.Opaque("what a persistent id stands for");
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
    call.grade = call.grade.worse(found.result().held());
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

  Finding judge(
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
      case Callee.Constructor(Callee.Named type) -> constructor(type, arguments, grade);
      case Callee.InstanceOf(Callee.Named type) -> instance(type, grade);
      case Callee.Returned(Callee.Named function, _) ->
          Finding.runs("calls what " + function.full() + " returned");
      case Callee.Module(String name, _) -> Finding.runs("calls the module " + name);
      case Callee.Made(String maker) ->
          act == Act.NEW && !madeHooks
              ? new Finding(
                  Verdict.UNKNOWN_CODE,
                  "an instance of a class that the file holds, made by " + maker,
                  new Callee.Opaque("an instance of a class that the file holds"))
              : Finding.runs("calls code that the file holds, made by " + maker);
      case Callee.Data(String type) ->
          new Finding(
              Verdict.UNKNOWN_CODE,
              "calls a value of type " + type + ", which is not callable",
              new Callee.Opaque("no result"));
      case Callee.Opaque(String why) ->
          written instanceof Value.Extension || written instanceof Value.Persistent
              ? new Finding(
                  Verdict.UNKNOWN_CODE, "calls " + why, new Callee.Opaque("what it returned"))
              : Finding.runs("calls " + why);
    };
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
          case Ruling.Kept kept -> Finding.runs("calls " + named.full() + ", which " + kept.why());
          case Ruling.Harmful harmful -> Finding.runs(harmful.why());
          case Ruling.Constant _ ->
              new Finding(
                  Verdict.UNKNOWN_CODE,
                  "calls a constant",
                  new Callee.Opaque("what a constant returned"));
          case Ruling.Unlisted(var kind, String why) ->
              switch (kind) {
                case CLASS -> new Finding(Verdict.UNKNOWN_CODE, why, new Callee.InstanceOf(named));
                case FUNCTION, DOTTED -> Finding.runs(why);
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

  private static Finding type(
      Callee.Named named, Ruling.Type type, @Nullable List<Value> arguments, Grade grade, Act act) {
    Verdict fine = named.vetted();
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

  static Finding fit(Finding found, Fit fit, Callee.Named named) {
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
    Verdict fine = named.vetted();
    Gives gives = function.gives();
    if (gives == Gives.CODE) {
      madeHooks |= arguments != null && definesHooks(arguments);
      return new Finding(Verdict.UNKNOWN_CODE, function.why(), new Callee.Made(named.full()));
    }
    if (gives == Gives.INVOKE || gives == Gives.APPLY) {
      return calling(named, function, arguments, offset, depth);
    }
    Finding found =
        new Finding(fine, function.why(), new Callee.Returned(named, foreign(function, arguments)));
    found = fit(found, Fitting.of(function.arguments(), arguments, grade), named);
    if (arguments == null || arguments.isEmpty()) {
      return found;
    }
    found = pickled(found, named, function, arguments, offset);
    Value first = arguments.get(0);
    madeHooks |=
        arguments.size() > 1
            && resolve(first) instanceof Callee.Made
            && definesHooks(arguments.subList(1, arguments.size()));
    return switch (gives) {
      case DATA, SHARED, CODE, INVOKE, APPLY -> found;
      case CLASS -> new Finding(found.verdict(), found.why(), references.classOf(resolve(first)));
      case INSTANCE -> new Finding(found.verdict(), found.why(), made(first));
      case CALLABLE, PARTIAL -> {
        List<Value> bound = arguments.subList(1, arguments.size());
        yield new Finding(
            found.verdict(), found.why(), new Callee.Keeping(named, first, bound, Value.None.NONE));
      }
      case ATTRIBUTE -> references.attribute(found, arguments, offset);
      case PICKLE -> pickle(found, named, first, offset);
      case TORCH -> {
        Folding.bytes(first).ifPresent(bytes -> inner.torch(bytes, offset));
        yield Folding.isBytes(first)
            ? found
            : Finding.runs("calls " + named.full() + " with bytes that are not known");
      }
      case MODULE ->
          Folding.text(first)
              .map(text -> references.imported(text, offset))
              .orElseGet(() -> Finding.runs("imports a module whose name is computed"));
      case BUILTIN ->
          Folding.text(first)
              .map(text -> references.builtin(text, offset))
              .orElseGet(() -> Finding.runs("takes a type whose name is computed"));
      case GLOBAL -> references.global(found, arguments, offset);
    };
  }

  /// Whether the namespace of a class, somewhere in these arguments, defines a method that
  /// `__new__` or a state reaches.
  private static boolean definesHooks(List<Value> arguments) {
    boolean[] found = {false};
    int[] steps = {0};
    Values.walk(
        new Value.Tuple(arguments),
        value -> {
          found[0] |= value instanceof Value.Text(String text) && HOOKS.contains(text);
          return !found[0] && ++steps[0] < WALK;
        });
    return found[0] || steps[0] >= WALK;
  }

  /// Whether the result may be what the function was given, a class or function: one that takes any
  /// data may hand it back.
  private static boolean foreign(Ruling.Function function, @Nullable List<Value> arguments) {
    if (function.gives() == Gives.SHARED || arguments == null) {
      return true;
    }
    List<Shape> shapes = function.arguments();
    for (int i = 0; i < arguments.size() && !shapes.isEmpty(); i++) {
      Callee one = resolve(arguments.get(i));
      Shape shape = shapes.get(Math.min(i, shapes.size() - 1));
      if (shape.kinds().contains(Shape.Kind.DATA)
          && (one instanceof Callee.Named || one instanceof Callee.Member)) {
        return true;
      }
    }
    return false;
  }

  /// `cls.__new__(cls, …)`.
  private static Finding constructor(
      Callee.Named owner, @Nullable List<Value> arguments, Grade grade) {
    if (arguments == null
        || arguments.isEmpty()
        || !(resolve(arguments.get(0)) instanceof Callee.Named type)
        || !type.full().equals(owner.full())
        || !(type.ruling() instanceof Ruling.Type known)) {
      return Finding.runs("calls " + owner.full() + ".__new__ with something else");
    }
    return type(type, known, arguments.subList(1, arguments.size()), grade, Act.NEW);
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
      return Finding.runs("calls " + named.full() + " with arguments that are computed");
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
    return arguments.size() < 4 ? typed : typed.worse(Changes.state(type, arguments.get(3)));
  }

  private Finding keeping(
      Callee.Keeping keeping,
      @Nullable List<Value> arguments,
      Grade grade,
      long offset,
      int depth) {
    Value function = keeping.function();
    if (Folding.isText(function) || function instanceof Value.Int) {
      return Finding.runs(
          "calls what " + keeping.maker().full() + " made: it reads attributes or calls methods");
    }
    Callee target = resolve(function);
    List<Value> all = new ArrayList<>(keeping.bound());
    all.addAll(arguments == null ? List.of() : arguments);
    Grade whole = grade.worse(Grade.hold(keeping.bound())).worse(Grade.hold(keeping.keywords()));
    if (target instanceof Callee.Constructor(Callee.Named type)) {
      return constructor(type, all, whole);
    }
    if (keeping.partial() && target instanceof Callee.Named inside) {
      // Keywords have no place among the shapes of a row: only what takes any data passes.
      boolean known = arguments != null && keeping.keywordless();
      Finding found =
          judge(target, function, known ? all : null, whole, Act.CALL, offset, depth + 1);
      record.use(inside, offset, Use.CALLED, found.verdict(), found.why());
      return found;
    }
    // How others call it is not known: only a function that takes any data passes.
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
    if (type.ruling() instanceof Ruling.Type known
        && known.objection(Act.CALL_INSTANCE).isEmpty()
        && grade.compareTo(Grade.VETTED) <= 0) {
      return new Finding(Verdict.NEEDS_TYPES, known.why(), new Callee.Returned(type, false));
    }
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

  /// Arguments that the function unpickles besides what its name promises.
  private Finding pickled(
      Finding found,
      Callee.Named named,
      Ruling.Function function,
      List<Value> arguments,
      long offset) {
    List<Shape> shapes = function.arguments();
    for (int i = 0; i < shapes.size() && i < arguments.size(); i++) {
      if (shapes.get(i).kinds().contains(Shape.Kind.PICKLED)) {
        Finding read = pickle(found, named, arguments.get(i), offset);
        found = found.worse(read.verdict(), read.why());
      }
    }
    return found;
  }

  /// A part of a state that is handed to `torch.load`, or unpickled: read as either would.
  Finding loads(Finding found, Callee.Named type, Value value, long offset) {
    if (value instanceof Value.None) {
      return found;
    }
    Folding.bytes(value).ifPresent(bytes -> inner.torch(bytes, offset));
    return Folding.isBytes(value)
        ? found
        : found.worse(Verdict.RUNS_CODE, type.full() + " unpickles bytes that are not known");
  }

  private Finding pickle(Finding found, Callee.Named loader, Value first, long offset) {
    Optional<Value.Bytes> bytes = Folding.bytes(first);
    if (bytes.isEmpty() && first instanceof Value.Text(String text)) {
      bytes = Optional.of(Value.Bytes.latin1(text));
    }
    if (bytes.isEmpty()) {
      return Finding.runs("unpickles bytes that are not known");
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
}
