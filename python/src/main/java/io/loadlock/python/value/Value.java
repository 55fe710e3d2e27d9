package io.loadlock.python.value;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One thing that an expression may be. Composite values hold [Values], whose depth is bounded, so
/// that every chain of growing values ends.
public sealed interface Value extends Sized {
  /// A value with just one part that counts.
  sealed interface Around extends Value {
    /// That part.
    Sized of();

    @Override
    default int depth() {
      return 1 + of().depth();
    }

    @Override
    default int weight() {
      return 1 + of().weight();
    }

    @Override
    default boolean symbolic() {
      return of().symbolic();
    }
  }

  /// A module, function, class or constant of code outside the project, by its dotted name as
  /// imported: `torch.load`.
  ///
  /// @param bound false when the module's name is bound nowhere and was read by convention
  record Name(String dotted, boolean bound) implements Value {}

  /// A constant text.
  record Text(String text) implements Value {}

  /// Constant bytes, each as the character of that number.
  record Data(String bytes) implements Value {}

  /// A number as written.
  @SuppressWarnings("AvoidCommonTypeNames")
  record Number(String literal) implements Value {}

  /// Constants that are equal only to themselves, and two marks of the analysis.
  enum Singleton implements Value {
    TRUE,
    FALSE,
    NONE,
    ELLIPSIS,
    /// An argument or key that is not given.
    ABSENT,
    /// A variable that holds nothing on this way.
    UNBOUND
  }

  /// A list, tuple, set or generator.
  ///
  /// @param elements those at known places
  /// @param others those at unknown places; empty where the elements are all there is
  record Sequence(Kind kind, List<Values> elements, Values others) implements Value {
    public Sequence {
      elements = List.copyOf(elements);
    }

    /// What it may hold, wherever.
    public Values all() {
      Values all = others;
      for (Values element : elements) {
        all = all.join(element);
      }
      return all;
    }

    /// Which display it came from.
    public enum Kind {
      LIST,
      TUPLE,
      SET,
      GENERATOR
    }

    @Override
    public int depth() {
      return 1 + Math.max(Value.depth(elements), others.depth());
    }

    @Override
    public int weight() {
      return 1 + Value.weight(elements) + others.weight();
    }

    @Override
    public boolean symbolic() {
      return others.symbolic() || Value.symbolic(elements);
    }
  }

  /// A dictionary as its writing went; later layers win.
  record Mapping(List<Layer> layers) implements Value {
    public Mapping {
      layers = List.copyOf(layers);
    }

    @Override
    public int depth() {
      return 1 + layerDepth(layers);
    }

    @Override
    public int weight() {
      return 1 + layerWeight(layers);
    }

    @Override
    public boolean symbolic() {
      return layerSymbolic(layers);
    }
  }

  /// A function of the project.
  record Function(Routine routine) implements Value {}

  /// A class of the project.
  record Type(ClassModel type) implements Value {}

  /// An object of a class of the project.
  ///
  /// @param exact false for a `self`, which may be of a subclass
  /// @param made what its class was called with
  record Instance(ClassModel type, boolean exact, Arguments made) implements Around {
    @Override
    public Sized of() {
      return made;
    }
  }

  /// An object of a class outside the project that has rows.
  ///
  /// @param made what its class was called with
  record Foreign(String type, Arguments made) implements Around {
    @Override
    public Sized of() {
      return made;
    }
  }

  /// A function bound to its first argument.
  record Method(Value receiver, Value function) implements Value {
    @Override
    public int depth() {
      return 1 + Math.max(receiver.depth(), function.depth());
    }

    @Override
    public int weight() {
      return 1 + receiver.weight() + function.weight();
    }

    @Override
    public boolean symbolic() {
      return receiver.symbolic() || function.symbolic();
    }
  }

  /// `functools.partial(callee, …)`
  record Partial(Values callee, Arguments given) implements Value {
    @Override
    public int depth() {
      return 1 + Math.max(callee.depth(), given.depth());
    }

    @Override
    public int weight() {
      return 1 + callee.weight() + given.weight();
    }

    @Override
    public boolean symbolic() {
      return callee.symbolic() || given.symbolic();
    }
  }

  /// `super()` in a method of `type`.
  record Super(ClassModel type, Value self) implements Around {
    @Override
    public Sized of() {
      return self;
    }
  }

  /// A module of the project.
  record ProjectModule(ModuleModel module) implements Value {}

  /// What an import statement binds, looked up when somebody reads it: most imports matter to no
  /// load.
  ///
  /// @param module absolute name
  /// @param name the name in it; empty for the module itself
  /// @param relative whether the module's name starts at the root of the tree
  record Imported(ModuleModel importer, String module, String name, boolean relative)
      implements Value {}

  /// The names of a module or object as a dictionary: `vars(x)`, `x.__dict__`, `globals()`.
  record Namespace(Value of) implements Around {}

  /// What the callers pass; `index` counts all parameters of the routine in order of the source.
  record Parameter(Routine routine, int index) implements Value {
    @Override
    public boolean symbolic() {
      return true;
    }
  }

  /// `of[key]`, or `otherwise` where the key is absent ([Singleton#ABSENT] when nothing else is
  /// said).
  record Item(Values of, Value key, Values otherwise) implements Value {
    @Override
    public int depth() {
      return 1 + Math.max(of.depth(), otherwise.depth());
    }

    @Override
    public int weight() {
      return 1 + of.weight() + otherwise.weight();
    }

    @Override
    public boolean symbolic() {
      return of.symbolic() || otherwise.symbolic();
    }
  }

  /// `of.name` of something whose attributes are not known; `called` when it is the result of
  /// calling that.
  record Member(Values of, String name, boolean called) implements Around {}

  /// `not of`
  record Not(Values of) implements Around {}

  /// A value of which a test has told something.
  record Narrowed(Value of, Narrowing to) implements Around {}

  /// What a test tells.
  enum Narrowing {
    NOT_NONE,
    TRUTHY,
    FALSY
  }

  /// What a function outside the project returns.
  ///
  /// @param function its canonical dotted name
  /// @param where the call; null where nobody has to know. It says nothing of what the value is:
  ///   two calls of the same are the same value
  record Result(String function, Arguments arguments, Routine.@Nullable Place where)
      implements Around {
    /// Made by the analysis rather than by a call.
    public Result(String function, Arguments arguments) {
      this(function, arguments, null);
    }

    /// Libraries whose calls' arguments say what a digest is of, and what it is compared with.
    private static final Set<String> TELLING =
        Set.of("hashlib", "hmac", "json", "tomllib", "tomli", "toml", "yaml", "pooch");

    /// Without arguments that say little.
    public Result brief() {
      return arguments.depth() > 1 && !TELLING.contains(function.split("\\.", 2)[0])
          ? new Result(function, arguments.brief(), where)
          : this;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Result result
          && function.equals(result.function)
          && arguments.equals(result.arguments);
    }

    @Override
    public int hashCode() {
      return 31 * function.hashCode() + arguments.hashCode();
    }

    @Override
    public Sized of() {
      return arguments;
    }
  }

  /// Parts of a path with separators between them.
  record Joined(List<Values> parts) implements Value {
    public Joined {
      parts = List.copyOf(parts);
    }

    @Override
    public int depth() {
      return 1 + Value.depth(parts);
    }

    @Override
    public int weight() {
      return 1 + Value.weight(parts);
    }

    @Override
    public boolean symbolic() {
      return Value.symbolic(parts);
    }
  }

  /// Parts of a text one behind the other.
  record Concatenated(List<Values> parts) implements Value {
    public Concatenated {
      parts = List.copyOf(parts);
    }

    @Override
    public int depth() {
      return 1 + Value.depth(parts);
    }

    @Override
    public int weight() {
      return 1 + Value.weight(parts);
    }

    @Override
    public boolean symbolic() {
      return Value.symbolic(parts);
    }
  }

  /// `__file__` of the module at `path`.
  record ThisFile(String path) implements Value {}

  /// The folder that `of` lies in.
  record Parent(Values of) implements Around {}

  /// What is in the file `of`, opened or read.
  record Content(Values of) implements Around {}

  /// A digest was compared, and only where it was equal does the way lead on.
  ///
  /// @param module where the comparison stands
  /// @param start offset of its first byte
  /// @param algorithm such as `sha256`
  /// @param against what it was compared with
  /// @param of what the digest is of; empty where that is not known
  record Checked(
      ModuleModel module, int start, int end, String algorithm, Values against, Values of)
      implements Value {
    /// Whether the same place in the source has made both.
    public boolean isAt(Checked other) {
      return module == other.module && start == other.start && end == other.end;
    }

    @Override
    public int depth() {
      return 1 + Math.max(against.depth(), of.depth());
    }

    @Override
    public int weight() {
      return 1 + against.weight() + of.weight();
    }

    @Override
    public boolean symbolic() {
      return against.symbolic() || of.symbolic();
    }
  }

  /// A file was written.
  ///
  /// @param where the call that writes
  /// @param target its path, or the object that stands for the open file
  /// @param content what was written
  record Written(Routine.Place where, Values target, Values content) implements Value {
    @Override
    public int depth() {
      return 1 + Math.max(target.depth(), content.depth());
    }

    @Override
    public int weight() {
      return 1 + target.weight() + content.weight();
    }

    @Override
    public boolean symbolic() {
      return target.symbolic() || content.symbolic();
    }
  }

  /// @param reason one clause, such as `the result of an unknown function`
  record Unknown(String reason) implements Value {}

  /// One write to a dictionary.
  sealed interface Layer {
    /// `d[key] = value`
    record Entry(Value key, Values value) implements Layer {}

    /// `d.setdefault(key, value)`
    record Default(Value key, Values value) implements Layer {}

    /// `d.update(of)`, `**of`
    record Spread(Values of) implements Layer {}

    /// `d[?] = value`
    record Somewhere(Values value) implements Layer {}

    /// `del d[key]`, `d.pop(key)`
    record Removed(Value key) implements Layer {}
  }

  /// `of.name`, or what calling that gives. Of a chain of such only its beginning is kept: that is
  /// where it comes from.
  static Value member(Value of, String name, boolean called) {
    return switch (of) {
      case Unknown unknown -> unknown;
      case Member member -> new Member(member.of(), name, called || member.called());
      case Result result -> new Member(Values.of(result.brief()), name, called);
      default -> new Member(Values.of(of), name, called);
    };
  }

  @Override
  default int depth() {
    return 0;
  }

  @Override
  default int weight() {
    return 1;
  }

  /// What is not said of a composite value is taken to be so.
  @Override
  default boolean symbolic() {
    return depth() > 0;
  }

  private static boolean symbolic(List<Values> parts) {
    for (Values part : parts) {
      if (part.symbolic()) {
        return true;
      }
    }
    return false;
  }

  private static boolean layerSymbolic(List<Layer> layers) {
    for (Layer layer : layers) {
      boolean symbolic =
          switch (layer) {
            case Layer.Entry entry -> entry.key().symbolic() || entry.value().symbolic();
            case Layer.Default entry -> entry.key().symbolic() || entry.value().symbolic();
            case Layer.Spread spread -> spread.of().symbolic();
            case Layer.Somewhere somewhere -> somewhere.value().symbolic();
            case Layer.Removed removed -> removed.key().symbolic();
          };
      if (symbolic) {
        return true;
      }
    }
    return false;
  }

  private static int weight(List<Values> parts) {
    int sum = 0;
    for (Values part : parts) {
      sum += part.weight();
    }
    return sum;
  }

  private static int layerWeight(List<Layer> layers) {
    int sum = 0;
    for (Layer layer : layers) {
      sum +=
          switch (layer) {
            case Layer.Entry entry -> entry.key().weight() + entry.value().weight();
            case Layer.Default entry -> entry.key().weight() + entry.value().weight();
            case Layer.Spread spread -> spread.of().weight();
            case Layer.Somewhere somewhere -> somewhere.value().weight();
            case Layer.Removed removed -> removed.key().weight();
          };
    }
    return sum;
  }

  private static int depth(List<Values> parts) {
    int deepest = 0;
    for (Values part : parts) {
      deepest = Math.max(deepest, part.depth());
    }
    return deepest;
  }

  private static int layerDepth(List<Layer> layers) {
    int deepest = 0;
    for (Layer layer : layers) {
      int depth =
          switch (layer) {
            case Layer.Entry entry -> entry.value().depth();
            case Layer.Default entry -> entry.value().depth();
            case Layer.Spread spread -> spread.of().depth();
            case Layer.Somewhere somewhere -> somewhere.value().depth();
            case Layer.Removed _ -> 0;
          };
      deepest = Math.max(deepest, depth);
    }
    return deepest;
  }
}
