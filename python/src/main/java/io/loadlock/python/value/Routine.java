package io.loadlock.python.value;

import io.loadlock.python.tree.Expression;
import io.loadlock.python.tree.Node;
import io.loadlock.python.tree.Parameter;
import io.loadlock.python.tree.Parameter.Kind;
import io.loadlock.python.tree.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A function, method or lambda of the project.
public final class Routine extends Unit {
  private final Node node;
  private final String name;
  private final Unit parent;
  private final @Nullable ClassModel owner;
  private final List<Parameter> parameters;
  private final Values[] defaults;
  private final Cell[] concrete;

  /// The call of `exec` or `eval` in whose text it is defined; null for a function of the file.
  public @Nullable Node executing;

  /// What it returns, in terms of its parameters.
  public final Cell returned = new Cell();

  /// What it yields.
  public final Cell yielded = new Cell();

  /// Who calls it, by place.
  public final Map<Place, Arguments> calls = new LinkedHashMap<>();

  /// What its own body calls through a parameter.
  public final Map<Integer, Map<Place, Arguments>> parameterCalls = new LinkedHashMap<>();

  private final Supplier<Set<String>> scope;
  private @Nullable Set<String> locals;

  /// Whether its words may have to do with loading; null while nobody has looked.
  public @Nullable Boolean matters;

  /// The attributes that it writes to its first parameter; null while nobody has looked.
  public @Nullable Set<String> writes;

  /// The digests that are compared whenever it comes back.
  public Values checked = Values.EMPTY;

  /// The digests that were compared on every way to a call of it; only where there are some.
  public final Map<Place, Values> checkedBefore = new LinkedHashMap<>();

  /// The files that are written whenever it comes back.
  public Values written = Values.EMPTY;

  /// The files that it may write.
  public Values wrote = Values.EMPTY;

  /// What calls it from outside of the project: the dotted names of decorators and of functions
  /// that get it, with the first place of each.
  public final Map<String, Place> entries = new LinkedHashMap<>();

  /// The defaults that decorators give to parameters: those of command-line options.
  public final Map<Integer, Values> options = new LinkedHashMap<>();

  /// The call of the decorator that fills the first parameter from a configuration file; null where
  /// there is none.
  public Value.@Nullable Result configured;

  /// The dotted names of the types of parameters, of other libraries; null where there is none.
  public final @Nullable String[] annotated;

  public boolean generator;
  public boolean isStatic;
  public boolean isClassMethod;
  public boolean isProperty;
  public boolean isContextManager;

  /// @param owner the class in whose body it stands
  /// @param scope finds its local names when somebody asks
  public Routine(
      Node node,
      String name,
      Unit parent,
      @Nullable ClassModel owner,
      List<Parameter> parameters,
      Supplier<Set<String>> scope) {
    this.node = node;
    this.name = name;
    this.parent = parent;
    this.owner = owner;
    this.parameters = parameters;
    this.defaults = new Values[parameters.size()];
    java.util.Arrays.fill(defaults, Values.EMPTY);
    this.scope = scope;
    this.annotated = new @Nullable String[parameters.size()];
    this.concrete = new Cell[parameters.size()];
    java.util.Arrays.setAll(concrete, _ -> new Cell());
  }

  /// A place in a file.
  public record Place(ModuleModel module, Unit unit, int start, int end) {}

  public Node node() {
    return node;
  }

  public String name() {
    return name;
  }

  /// The names that are local to it.
  public Set<String> locals() {
    Set<String> found = locals;
    if (found == null) {
      found = scope.get();
      locals = found;
    }
    return found;
  }

  /// With the names of what it is in: `Trainer.resume`.
  public String qualifiedName() {
    String own = owner == null ? name : owner.name() + "." + name;
    return parent instanceof Routine outer ? outer.qualifiedName() + "." + own : own;
  }

  public @Nullable ClassModel owner() {
    return owner;
  }

  public List<Parameter> parameters() {
    return parameters;
  }

  /// The value of a parameter that is not given; [Values#EMPTY] where it has no default.
  public Values defaultOf(int index) {
    return defaults[index];
  }

  public void setDefault(int index, Values values) {
    defaults[index] = defaults[index].join(values);
  }

  /// What callers, the default and the annotation show that a parameter may be, as far as it can be
  /// called or has attributes.
  public Cell concrete(int index) {
    return concrete[index];
  }

  /// The parameter's number; -1 when there is none of this name.
  public int indexOf(String parameter) {
    for (int i = 0; i < parameters.size(); i++) {
      if (parameters.get(i).name().equals(parameter)) {
        return i;
      }
    }
    return -1;
  }

  public List<Statement> body() {
    return node instanceof Statement.FunctionDef function ? function.body() : List.of();
  }

  public @Nullable Expression lambdaBody() {
    return node instanceof Expression.Lambda lambda ? lambda.body() : null;
  }

  /// What a call passes for the parameter; [Value.Singleton#ABSENT] where it does not.
  public Values passed(int index, Arguments arguments) {
    Parameter parameter = parameters.get(index);
    return switch (parameter.kind()) {
      case POSITIONAL_ONLY -> arguments.lookup("", position(index));
      case POSITIONAL_OR_KEYWORD -> arguments.lookup(parameter.name(), position(index));
      case KEYWORD_ONLY -> arguments.lookup(parameter.name(), -1);
      case VAR_POSITIONAL -> rest(position(index), arguments);
      case VAR_KEYWORD -> keywords(arguments);
    };
  }

  private int position(int index) {
    return index;
  }

  private static Values rest(int from, Arguments arguments) {
    List<Values> elements = new java.util.ArrayList<>();
    Values others = Values.EMPTY;
    int at = 0;
    for (Arguments.Given given : arguments.given()) {
      switch (given.kind()) {
        case POSITIONAL -> {
          if (at++ >= from) {
            elements.add(given.value());
          }
        }
        case STAR -> {
          Value only = given.value().only();
          if (only instanceof Value.Sequence sequence && sequence.others().isEmpty()) {
            for (Values element : sequence.elements()) {
              if (at++ >= from) {
                elements.add(element);
              }
            }
          } else if (only instanceof Value.Parameter && elements.isEmpty() && at == from) {
            return given.value();
          } else {
            others = others.join(Values.unknown("an unpacked sequence"));
          }
        }
        case KEYWORD, DOUBLE_STAR -> {}
      }
    }
    return Values.of(new Value.Sequence(Value.Sequence.Kind.TUPLE, elements, others));
  }

  private Values keywords(Arguments arguments) {
    List<Value.Layer> layers = new java.util.ArrayList<>();
    for (Arguments.Given given : arguments.given()) {
      switch (given.kind()) {
        case KEYWORD -> {
          String keyword = java.util.Objects.requireNonNull(given.keyword());
          int named = indexOf(keyword);
          if (named < 0 || parameters.get(named).kind() == Kind.POSITIONAL_ONLY) {
            layers.add(new Value.Layer.Entry(new Value.Text(keyword), given.value()));
          }
        }
        case DOUBLE_STAR -> layers.add(new Value.Layer.Spread(given.value()));
        case POSITIONAL, STAR -> {}
      }
    }
    return Values.of(new Value.Mapping(layers));
  }

  @Override
  public ModuleModel module() {
    return parent.module();
  }

  @Override
  public @Nullable Unit parent() {
    return parent;
  }

  @Override
  public String toString() {
    return "function " + qualifiedName();
  }
}
