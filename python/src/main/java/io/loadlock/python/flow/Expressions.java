package io.loadlock.python.flow;

import io.loadlock.python.tree.Expression;
import io.loadlock.python.tree.Statement;
import io.loadlock.python.value.Mappings;
import io.loadlock.python.value.Routine;
import io.loadlock.python.value.Value;
import io.loadlock.python.value.Value.Layer;
import io.loadlock.python.value.Value.Narrowing;
import io.loadlock.python.value.Value.Sequence;
import io.loadlock.python.value.Value.Singleton;
import io.loadlock.python.value.Values;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Evaluates expressions to abstract values, each once and in the order in which Python does.
final class Expressions {
  private final Frame frame;
  private final Attributes attributes;
  private final Stores stores;
  private final Calls calls;
  private final Narrowings narrowings;
  private final Displays displays;
  private @Nullable Interpreter interpreter;
  private @Nullable Definitions definitions;

  Expressions(Frame frame) {
    this.frame = frame;
    this.attributes = new Attributes(frame);
    this.stores = new Stores(frame, this);
    this.calls = new Calls(frame, this, attributes, stores);
    this.narrowings = new Narrowings(frame);
    this.displays = new Displays(frame, this, stores, narrowings);
  }

  void connect(Interpreter interpreter, Definitions definitions) {
    this.interpreter = interpreter;
    this.definitions = definitions;
  }

  Stores stores() {
    return stores;
  }

  Calls calls() {
    return calls;
  }

  Attributes attributes() {
    return attributes;
  }

  Narrowings narrowings() {
    return narrowings;
  }

  /// Executes a statement of source that stands in a string.
  void execute(Statement statement) {
    java.util.Objects.requireNonNull(interpreter).block(List.of(statement));
  }

  Values eval(Expression expression) {
    frame.step();
    return switch (expression) {
      case Expression.Name name -> frame.lookup(name.id());
      case Expression.Attribute attribute ->
          attributes.get(eval(attribute.value()), attribute.name());
      case Expression.Call call -> calls.call(call);
      case Expression.Str text -> Values.of(new Value.Text(text.value()));
      case Expression.Bytes bytes -> Values.of(new Value.Data(bytes.value()));
      case Expression.Num number -> Values.of(new Value.Number(number.literal()));
      case Expression.True _ -> Values.TRUE;
      case Expression.False _ -> Values.FALSE;
      case Expression.None _ -> Values.NONE;
      case Expression.Ellipsis _ -> Values.of(Singleton.ELLIPSIS);
      case Expression.JoinedStr joined -> joined(joined);
      case Expression.FormattedValue field -> {
        Values value = eval(field.value());
        field.specification().forEach(this::eval);
        yield value;
      }
      case Expression.BoolOp operation -> bool(operation);
      case Expression.NamedExpr named -> {
        Values value = eval(named.value());
        frame.bind(named.target().id(), value);
        yield value;
      }
      case Expression.BinOp operation ->
          binary(eval(operation.left()), operation.operator(), eval(operation.right()));
      case Expression.UnaryOp operation -> unary(operation);
      case Expression.Lambda lambda -> java.util.Objects.requireNonNull(definitions).lambda(lambda);
      case Expression.IfExp conditional -> conditional(conditional);
      case Expression.Dict dict -> displays.dict(dict);
      case Expression.Set set -> displays.sequence(Sequence.Kind.SET, set.elements());
      case Expression.ListDisplay list -> displays.sequence(Sequence.Kind.LIST, list.elements());
      case Expression.Tuple tuple -> displays.sequence(Sequence.Kind.TUPLE, tuple.elements());
      case Expression.ListComp list ->
          displays.comprehension(Sequence.Kind.LIST, list.element(), null, list.generators());
      case Expression.SetComp set ->
          displays.comprehension(Sequence.Kind.SET, set.element(), null, set.generators());
      case Expression.GeneratorExp generator ->
          displays.comprehension(
              Sequence.Kind.GENERATOR, generator.element(), null, generator.generators());
      case Expression.DictComp dict ->
          displays.comprehension(Sequence.Kind.LIST, dict.key(), dict.value(), dict.generators());
      case Expression.Await await -> eval(await.value());
      case Expression.Yield yields -> {
        yielded(yields.value().map(this::eval).orElse(Values.NONE));
        yield Values.unknown("what is sent to a generator");
      }
      case Expression.YieldFrom yields -> {
        yielded(elements(eval(yields.value())));
        yield Values.unknown("what a generator returns");
      }
      case Expression.Compare compare -> compare(compare);
      case Expression.Subscript subscript -> subscripted(subscript);
      case Expression.Starred starred -> eval(starred.value());
      case Expression.Slice slice -> {
        slice.lower().ifPresent(this::eval);
        slice.upper().ifPresent(this::eval);
        slice.step().ifPresent(this::eval);
        yield Values.unknown("a slice");
      }
      case Expression.Backquote backquote -> {
        eval(backquote.value());
        yield Values.unknown("a text");
      }
      case Expression.Damaged damaged -> {
        damaged.found().forEach(this::eval);
        yield Values.unknown("damaged source");
      }
    };
  }

  private Values compare(Expression.Compare compare) {
    Values left = eval(compare.first());
    Values result = Values.EMPTY;
    for (int i = 0; i < compare.rest().size(); i++) {
      Values right = eval(compare.rest().get(i));
      String operator = compare.operators().get(i);
      Values checked =
          operator.equals("==") || operator.equals("!=")
              ? Guards.equal(frame, compare, left, right)
              : Values.EMPTY;
      result =
          checked.isEmpty()
              ? Constants.compare(left, operator, right)
              : operator.equals("==") ? checked : Values.of(new Value.Not(checked));
      left = right;
    }
    return compare.rest().size() == 1 ? result : Values.unknown("a comparison");
  }

  private Values subscripted(Expression.Subscript subscript) {
    Values of = eval(subscript.value());
    if (subscript.index() instanceof Expression.Slice slice) {
      Values lower = slice.lower().map(this::eval).orElse(Values.NONE);
      Values upper = slice.upper().map(this::eval).orElse(Values.NONE);
      Values step = slice.step().map(this::eval).orElse(Values.NONE);
      Values cut = sliced(of.only(), lower, upper, step);
      return cut == null ? subscript(of, Values.unknown("a slice")) : cut;
    }
    return subscript(of, eval(subscript.index()));
  }

  private static @Nullable Values sliced(
      @Nullable Value of, Values lower, Values upper, Values step) {
    if (lower.only() == null || upper.only() == null || step.only() == null) {
      return null;
    }
    return Constants.slice(of, given(lower), given(upper), given(step));
  }

  private static @Nullable Value given(Values values) {
    Value value = values.only();
    return value == Singleton.NONE ? null : value;
  }

  private void yielded(Values values) {
    if (frame.unit instanceof Routine routine) {
      routine.generator = true;
      frame.program.add(routine.yielded, values);
    }
  }

  private Values joined(Expression.JoinedStr joined) {
    List<Values> parts = new ArrayList<>();
    for (Expression part : joined.parts()) {
      parts.add(eval(part));
    }
    return Texts.concatenated(parts);
  }

  private Values bool(Expression.BoolOp operation) {
    Values result = Values.EMPTY;
    int last = operation.values().size() - 1;
    for (int i = 0; i <= last; i++) {
      Values before = eval(operation.values().get(i));
      Values values = before;
      if (i < last) {
        values = Narrowings.narrowed(values, operation.and() ? Narrowing.FALSY : Narrowing.TRUTHY);
      }
      result = result.join(values);
      if (i < last && decided(before, operation.and())) {
        break;
      }
    }
    return result;
  }

  /// Whether `and` or `or` ends at an operand with these values.
  private static boolean decided(Values values, boolean and) {
    for (Value value : values) {
      boolean ends =
          and ? Narrowings.isFalse(value) : value instanceof Singleton && Narrowings.isTrue(value);
      if (!ends) {
        return false;
      }
    }
    return !values.isEmpty();
  }

  private Values unary(Expression.UnaryOp operation) {
    Values operand = eval(operation.operand());
    if (!operation.operator().equals("not")) {
      return operand.only() instanceof Value.Number number && operation.operator().equals("-")
          ? Values.of(new Value.Number("-" + number.literal()))
          : operand;
    }
    Values result = Values.EMPTY;
    for (Value value : operand) {
      result = result.join(not(value));
    }
    return result;
  }

  static Values not(Value value) {
    if (Narrowings.isTrue(value)) {
      return Values.FALSE;
    }
    if (Narrowings.isFalse(value)) {
      return Values.TRUE;
    }
    return value instanceof Value.Not not ? not.of() : Values.of(new Value.Not(Values.of(value)));
  }

  private Values conditional(Expression.IfExp conditional) {
    eval(conditional.test());
    Env before = frame.env;
    frame.env = before.copy();
    narrowings.apply(conditional.test(), true);
    Values then = eval(conditional.body());
    frame.env = before.copy();
    narrowings.apply(conditional.test(), false);
    Values otherwise = eval(conditional.orElse());
    frame.env = before;
    return then.join(otherwise);
  }

  static boolean isConstant(Value value) {
    return switch (value) {
      case Value.Text _, Value.Data _, Value.Number _, Singleton _ -> true;
      case Value.Name _, Value.Type _, Value.Function _ -> true;
      case Sequence sequence ->
          sequence.kind() == Sequence.Kind.TUPLE
              && sequence.others().isEmpty()
              && sequence.elements().stream()
                  .allMatch(element -> element.only() != null && isConstant(element.only()));
      default -> false;
    };
  }

  /// Whether a constant is what it is; what a name outside the project holds, such as
  /// `request.content_type`, is equal to who knows what.
  static boolean isLiteral(Value value) {
    return switch (value) {
      case Value.Text _, Value.Data _, Value.Number _, Singleton _ -> true;
      case Sequence sequence ->
          sequence.elements().stream()
              .allMatch(element -> element.only() != null && isLiteral(element.only()));
      default -> false;
    };
  }

  static boolean hasLiteralKeys(Value.Mapping mapping) {
    for (Layer layer : mapping.layers()) {
      if (layer instanceof Layer.Entry entry && !isLiteral(entry.key())) {
        return false;
      }
    }
    return true;
  }

  /// What iterating over these gives.
  Values elements(Values iterable) {
    Values result = Values.EMPTY;
    for (Value value : iterable) {
      result =
          result.join(
              switch (value) {
                case Sequence sequence -> sequence.all();
                case Value.Mapping mapping -> Mappings.keys(mapping);
                case Value.Unknown unknown -> Values.of(unknown);
                case Value.Text _, Value.Data _, Value.Number _ ->
                    Values.unknown("part of a constant");
                case Singleton _ -> Values.EMPTY;
                case Value.Result listed when Paths.lists(listed.function()) -> Values.of(listed);
                case Value.Content _,
                    Value.Result _,
                    Value.Member _,
                    Value.Item _,
                    Value.Foreign _,
                    Value.Parameter _ ->
                    Values.of(Value.member(value, "[]", false));
                case Value.Instance instance -> ofIterator(instance);
                default -> Values.unknown("an element");
              });
    }
    return result;
  }

  /// What `__iter__` yields, where it is a generator or gives a list; an object that iterates over
  /// itself says nothing.
  private Values ofIterator(Value.Instance instance) {
    Values iterator =
        calls
            .special(instance, "__iter__")
            .without(value -> value instanceof Value.Instance || value instanceof Value.Unknown);
    return iterator.isEmpty() ? Values.unknown("an element of an object") : elements(iterator);
  }

  Values subscript(Values of, Values index) {
    Values result = Values.EMPTY;
    Value key = index.only();
    for (Value value : of) {
      result = result.join(subscript(value, key, index));
    }
    return result;
  }

  private Values subscript(Value value, @Nullable Value key, Values index) {
    return switch (value) {
      case Value.Mapping mapping -> {
        if (key != null && isConstant(key)) {
          Values found = Mappings.lookup(Values.of(mapping), key).without(Singleton.ABSENT::equals);
          yield !found.isEmpty()
              ? found
              : isLiteral(key) && hasLiteralKeys(mapping) ? others(mapping) : Mappings.all(mapping);
        }
        yield Mappings.all(mapping);
      }
      case Sequence sequence -> {
        if (key instanceof Value.Number number && sequence.others().isEmpty()) {
          int at = Texts.index(number.literal(), sequence.elements().size());
          if (at >= 0) {
            yield sequence.elements().get(at);
          }
        }
        yield key == null || !isConstant(key)
            ? Values.of(sequence).join(sequence.all())
            : sequence.all();
      }
      case Value.Namespace namespace -> attributes.named(namespace.of(), index);
      case Value.Name name when name.dotted().equals("sys.modules") -> moduleNamed(index);
      case Value.Name name
          when name.dotted().equals("builtins") && key instanceof Value.Text text ->
          attributes.get(Values.of(name), text.text());
      case Value.Name name when isType(name) -> Values.of(name);
      case Value.Type _, Value.Function _ -> Values.of(value);
      case Value.Instance instance -> {
        Values found = calls.special(instance, "__getitem__");
        yield found.isEmpty() ? Values.unknown("an element of an object") : found;
      }
      case Value.Unknown unknown -> Values.of(unknown);
      case Value.Result listed when Paths.lists(listed.function()) -> Values.of(listed);
      case Value.Result above
          when above.function().equals(Paths.ABOVE) && key instanceof Value.Number number ->
          Paths.parent(above, number);
      case Singleton _, Value.Text _, Value.Data _, Value.Number _ ->
          Values.unknown("part of a constant");
      default ->
          Values.of(
              key != null && isConstant(key)
                  ? new Value.Item(Values.of(value), key, Values.ABSENT)
                  : Value.member(value, "[]", false));
    };
  }

  /// What a dictionary may hold under keys that are not written out.
  private static Values others(Value.Mapping mapping) {
    Values all = Values.EMPTY;
    for (Layer layer : mapping.layers()) {
      if (layer instanceof Layer.Somewhere somewhere) {
        all = all.join(somewhere.value());
      } else if (layer instanceof Layer.Spread spread) {
        all = all.join(Values.of(new Value.Member(spread.of(), "[]", false)));
      }
    }
    return all.isEmpty() ? Values.unknown("a key that is not there") : all;
  }

  private static boolean isType(Value.Name name) {
    String last = name.dotted().substring(name.dotted().lastIndexOf('.') + 1);
    return !last.isEmpty() && Character.isUpperCase(last.charAt(0))
        || last.equals("type")
        || last.equals("list")
        || last.equals("dict");
  }

  /// The modules of these names, as `sys.modules[…]` and `__import__` give them.
  Values moduleNamed(Values names) {
    Values result = Values.EMPTY;
    for (Value name : names) {
      result =
          result.join(
              switch (name) {
                case Value.Text text when !text.text().isEmpty() ->
                    Imports.module(frame, text.text());
                case Value.Parameter _, Value.Item _, Value.Concatenated _ ->
                    Values.of(Substitution.moduleNamed(name));
                default -> Values.unknown("a module whose name is not known");
              });
    }
    return result;
  }

  Values binary(Values left, String operator, Values right) {
    String plain = operator.endsWith("=") ? operator.substring(0, operator.length() - 1) : operator;
    return switch (plain) {
      case "+" -> Texts.plus(left, right);
      case "/" -> Texts.path(List.of(left, right));
      case "%" -> Texts.formatted(left, right);
      case "|" -> merged(left, right);
      case "&", "^" -> Constants.bitwise(left, plain, right);
      case "*" -> left.only() instanceof Sequence ? left : Values.unknown("a product");
      default -> Values.unknown("the result of an operator");
    };
  }

  private static Values merged(Values left, Values right) {
    boolean mappings = false;
    for (Value value : left.join(right)) {
      mappings |= value instanceof Value.Mapping;
    }
    return mappings
        ? Values.of(new Value.Mapping(List.of(new Layer.Spread(left), new Layer.Spread(right))))
        : Constants.bitwise(left, "|", right);
  }
}
