package io.loadlock.python.flow;

import io.loadlock.python.tree.Node;
import io.loadlock.python.value.Arguments;
import io.loadlock.python.value.Arguments.Given;
import io.loadlock.python.value.Arguments.Kind;
import io.loadlock.python.value.Mappings;
import io.loadlock.python.value.Value;
import io.loadlock.python.value.Value.Layer;
import io.loadlock.python.value.Value.Sequence;
import io.loadlock.python.value.Value.Singleton;
import io.loadlock.python.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What functions of Python and of common libraries return, as far as meaning depends on it.
final class Models {
  static final Set<String> NEVER_RETURNS =
      Set.of(
          "sys.exit",
          "os._exit",
          "os.abort",
          "builtins.exit",
          "builtins.quit",
          "pytest.fail",
          "pytest.skip");

  private final Frame frame;
  private final Expressions expressions;
  private final Attributes attributes;
  private final Stores stores;
  private final Calls calls;

  Models(Frame frame, Expressions expressions, Attributes attributes, Stores stores, Calls calls) {
    this.frame = frame;
    this.expressions = expressions;
    this.attributes = attributes;
    this.stores = stores;
    this.calls = calls;
  }

  /// The result of a call; null where nothing is known of the function.
  @Nullable Values call(String function, Arguments arguments, Node node) {
    return switch (function) {
      case "builtins.getattr" -> getattr(arguments);
      case "builtins.setattr" -> {
        setattr(arguments, node);
        yield Values.NONE;
      }
      case "builtins.vars" -> first(arguments).isEmpty() ? locals() : namespaces(first(arguments));
      case "builtins.locals" -> locals();
      case "builtins.globals" -> globals();
      case "builtins.super" -> parent(arguments);
      case "builtins.__import__", "importlib.__import__" -> imported(arguments);
      case "importlib.import_module",
          "pytest.importorskip",
          "six._import_module",
          "django.utils.importlib.import_module",
          "sympy.external.import_module" ->
          importModule(arguments);
      case "pydoc.locate",
          "pkgutil.resolve_name",
          "django.utils.module_loading.import_string",
          "werkzeug.utils.import_string",
          "hydra.utils.get_method",
          "hydra.utils.get_object",
          "mmengine.utils.get_object_from_string" ->
          dotted(first(arguments));
      case "importlib.reload", "imp.reload", "builtins.reload" -> first(arguments);
      case "functools.partial" -> partial(arguments);
      case "functools.partialmethod" -> {
        Values made = partial(arguments.with(Attributes.METHOD, Values.TRUE));
        yield made;
      }
      case "functools.lru_cache",
          "functools.cache",
          "functools.singledispatch",
          "joblib.delayed",
          "joblib.parallel.delayed",
          "dask.delayed",
          "sklearn.utils.parallel.delayed",
          "numpy.vectorize",
          "builtins.staticmethod",
          "builtins.classmethod",
          "asyncio.coroutine",
          "functools.update_wrapper" ->
          callableOrNull(function, arguments);
      case "copy.copy",
          "copy.deepcopy",
          "contextlib.closing",
          "contextlib.nullcontext",
          "types.MappingProxyType",
          "weakref.proxy",
          "enum.member",
          "enum.nonmember" ->
          first(arguments).isEmpty() ? null : first(arguments);
      case "hmac.compare_digest",
          "secrets.compare_digest",
          "operator._compare_digest",
          "django.utils.crypto.constant_time_compare" -> {
        Values equal = Guards.equal(frame, node, first(arguments), arguments.lookup("", 1));
        yield equal.isEmpty() ? null : equal;
      }
      case "collections.defaultdict" -> defaultDict(arguments, node);
      case "builtins.property" -> Values.unknown("a property");
      case "typing.cast" -> arguments.lookup("val", 1).without(Singleton.ABSENT::equals);
      case "operator.attrgetter", "operator.methodcaller", "operator.itemgetter" ->
          Values.of(new Value.Partial(Values.of(new Value.Name(function + "()", true)), arguments));
      case "operator.attrgetter()" -> attrgetter(arguments);
      case "operator.methodcaller()" -> methodcaller(arguments, node);
      case "operator.itemgetter()" -> expressions.subscript(last(arguments), first(arguments));
      case "operator.getitem" -> expressions.subscript(first(arguments), arguments.lookup("", 1));
      case "operator.call", "builtins.apply" -> applied(arguments, node);
      case "builtins.eval", "builtins.exec", "builtins.compile" ->
          calls.executed(first(arguments), node);
      case "builtins.dict",
          "collections.OrderedDict",
          "types.SimpleNamespace",
          "argparse.Namespace" ->
          Containers.mapping(function, arguments);
      case "builtins.dict.fromkeys" -> Containers.fromKeys(arguments);
      case "collections.ChainMap" -> Containers.chain(arguments);
      case "builtins.list",
          "builtins.tuple",
          "builtins.set",
          "builtins.frozenset",
          "builtins.sorted" ->
          sequence(function, arguments);
      case "builtins.reversed" -> reversed(arguments);
      case "dataclasses.field", "attr.ib", "attr.attrib", "attrs.field", "attr.field" ->
          field(arguments, node);
      case "collections.namedtuple" ->
          Values.of(new Value.Partial(Values.of(new Value.Name(NAMED_TUPLE, true)), arguments));
      case NAMED_TUPLE -> Containers.namedTuple(arguments);
      case "builtins.map" -> mapped(arguments, node);
      case "builtins.type" -> type(arguments);
      case "sys.modules.get", "sys.modules.__getitem__" ->
          expressions.moduleNamed(first(arguments));
      case "builtins.object.__getattribute__", "inspect.getattr_static" -> getattr(arguments);
      case "builtins.max", "builtins.min" -> {
        Values all = Values.EMPTY;
        for (Given given : arguments.given()) {
          all = given.kind() == Kind.POSITIONAL ? all.join(given.value()) : all;
        }
        long given = arguments.given().stream().filter(it -> it.kind() == Kind.POSITIONAL).count();
        yield all.isEmpty() ? null : given == 1 ? expressions.elements(all) : all;
      }
      case "importlib.resources.as_file", "importlib_resources.as_file" -> first(arguments);
      case "absl.flags.DEFINE_string" -> {
        frame.program.commandLines.flag(arguments);
        yield null;
      }
      case "builtins.iter" -> first(arguments);
      case "builtins.next" ->
          expressions
              .elements(first(arguments))
              .join(arguments.lookup("default", 1).without(Singleton.ABSENT::equals));
      case "builtins.enumerate" ->
          Containers.pairs(List.of(Values.unknown("a number"), members(arguments, 0)));
      case "builtins.zip", "itertools.zip_longest" -> zip(arguments);
      case "builtins.bool" -> {
        Values result = Values.EMPTY;
        for (Value value : first(arguments)) {
          result =
              result.join(
                  Narrowings.isFalse(value)
                      ? Values.FALSE
                      : Narrowings.isTrue(value) ? Values.TRUE : Values.of(value));
        }
        yield result.isEmpty() ? null : result;
      }
      case "unittest.mock.patch", "mock.patch" -> {
        mocked(arguments, node);
        yield null;
      }
      case "os.putenv" -> {
        stores.environment(first(arguments).only(), arguments.lookup("value", 1), node);
        yield Values.NONE;
      }
      case "os.environ.setdefault" -> {
        stores.environment(first(arguments).only(), arguments.lookup("", 1), node);
        yield null;
      }
      case "os.environ.update" -> {
        for (Given given : arguments.given()) {
          if (given.keyword() != null) {
            stores.environment(new Value.Text(given.keyword()), given.value(), node);
          } else if (given.value().only() instanceof Value.Mapping mapping) {
            for (Value key : Mappings.keys(mapping)) {
              stores.environment(key, Mappings.lookup(given.value(), key), node);
            }
          }
        }
        yield Values.NONE;
      }
      case "torch.serialization.add_safe_globals", "torch.serialization.safe_globals" -> {
        frame.setting(node, RawSetting.Kind.ALLOWED, function, first(arguments));
        yield null;
      }
      default ->
          function.endsWith(GETATTRIBUTE)
              ? attributes.get(
                  Values.of(
                      new Value.Name(
                          function.substring(0, function.length() - GETATTRIBUTE.length()), true)),
                  first(arguments).only() instanceof Value.Text text ? text.text() : "?")
              : constant(function, arguments);
    };
  }

  private Values globals() {
    return Values.of(new Value.Namespace(new Value.ProjectModule(frame.module())));
  }

  /// What the names of the function hold at the call.
  private Values locals() {
    if (!(frame.unit instanceof io.loadlock.python.value.Routine routine)) {
      return globals();
    }
    List<Layer> layers = new ArrayList<>();
    for (String name : new java.util.TreeSet<>(routine.locals())) {
      Values held = frame.lookup(name).without(Singleton.UNBOUND::equals);
      if (!held.isEmpty()) {
        layers.add(new Layer.Entry(new Value.Text(name), held));
      }
    }
    return Values.of(new Value.Mapping(layers));
  }

  private static @Nullable Values constant(String function, Arguments arguments) {
    Values made = Constants.knows(function) ? Constants.call(function, arguments) : null;
    return made == null ? Paths.call(function, arguments) : made;
  }

  /// What `collections.namedtuple(…)` made, called.
  static final String NAMED_TUPLE = "collections.namedtuple()";

  private Values defaultDict(Arguments arguments, Node node) {
    List<Layer> layers = new ArrayList<>();
    for (Value factory : first(arguments).without(Singleton.NONE::equals)) {
      layers.add(new Layer.Somewhere(calls.apply(factory, Arguments.NONE, node)));
    }
    Values rest = Containers.mapping("builtins.dict", arguments.withoutFirst());
    layers.add(new Layer.Spread(rest));
    return Values.of(new Value.Mapping(layers));
  }

  private Values field(Arguments arguments, Node node) {
    Values held = arguments.lookup("default", -1).without(Singleton.ABSENT::equals);
    boolean made = false;
    for (String name : List.of("default_factory", "factory")) {
      for (Value factory : arguments.lookup(name, -1).without(Singleton.ABSENT::equals)) {
        held = held.join(calls.apply(factory, Arguments.NONE, node));
        made = true;
      }
    }
    // What a factory makes may come to be known when somebody asks for it.
    return held.isEmpty() && !made ? Values.unknown("a field without a default") : held;
  }

  private static final String GETATTRIBUTE = ".__getattribute__";

  /// `type(object)`, or `type(name, bases, members)`, which is read as an object with the members.
  private static @Nullable Values type(Arguments arguments) {
    if (arguments.given().size() == 3) {
      // A class with nothing of its own is as its base.
      if (arguments.lookup("", 2).only() instanceof Value.Mapping own
          && own.layers().isEmpty()
          && arguments.lookup("", 1).only() instanceof Sequence bases
          && bases.elements().size() == 1) {
        return bases.elements().getFirst();
      }
      return Values.of(
          new Value.Namespace(
              new Value.Mapping(List.of(new Layer.Spread(arguments.lookup("", 2))))));
    }
    Values types = Values.EMPTY;
    for (Value value : first(arguments)) {
      if (value instanceof Value.Instance instance) {
        types = types.join(Values.of(new Value.Type(instance.type())));
      }
    }
    return types.isEmpty() ? null : types;
  }

  private Values reversed(Arguments arguments) {
    Value of = first(arguments).only();
    List<Values> members = of == null ? null : Constants.members(of);
    return members == null
        ? sequence("builtins.reversed", arguments)
        : Values.of(new Sequence(Sequence.Kind.GENERATOR, members.reversed(), Values.EMPTY));
  }

  /// `map` of a function that knows nothing but constants; any other is one that a load is handed
  /// to.
  private @Nullable Values mapped(Arguments arguments, Node node) {
    Value of = arguments.lookup("", 1).only();
    List<Values> members = of == null ? null : Constants.members(of);
    if (members == null
        || members.size() > 256
        || !(first(arguments).only() instanceof Value.Name name)
        || !Constants.knows(name.dotted())) {
      return null;
    }
    List<Values> made = new ArrayList<>();
    for (Values member : members) {
      made.add(
          calls.apply(
              name, new Arguments(List.of(new Given(Kind.POSITIONAL, null, member))), node));
    }
    return Values.of(new Sequence(Sequence.Kind.GENERATOR, made, Values.EMPTY));
  }

  private static Values first(Arguments arguments) {
    return arguments.lookup("", 0).without(Singleton.ABSENT::equals);
  }

  private static Values last(Arguments arguments) {
    Values last = Values.EMPTY;
    for (Given given : arguments.given()) {
      if (given.kind() == Kind.POSITIONAL) {
        last = given.value();
      }
    }
    return last;
  }

  private static @Nullable Values callableOrNull(String function, Arguments arguments) {
    Values first = first(arguments);
    for (Value value : first) {
      if (value instanceof Value.Number || value instanceof Singleton) {
        return Values.of(new Value.Result(function, arguments));
      }
    }
    return first.isEmpty() ? null : first;
  }

  private Values getattr(Arguments arguments) {
    Values names = arguments.lookup("", 1);
    Values result = Values.EMPTY;
    for (Value name : names) {
      if (name instanceof Value.Text text) {
        result = result.join(attributes.get(first(arguments), text.text()));
        continue;
      }
      result = result.join(Values.unknown("an attribute whose name is not known"));
      if (name instanceof Value.Parameter parameter) {
        for (Value one : frame.program.concrete(parameter, frame.unit)) {
          if (one instanceof Value.Text text) {
            result = result.join(attributes.get(first(arguments), text.text()));
          }
        }
      }
    }
    return isFoundInClass(first(arguments), result)
        ? result
        : result.join(arguments.lookup("", 2).without(Singleton.ABSENT::equals));
  }

  /// Whether an attribute was certainly there, so that no default is taken.
  private static boolean isFoundInClass(Values of, Values found) {
    for (Value value : of) {
      if (!(value instanceof Value.Type) && !(value instanceof Value.Instance)) {
        return false;
      }
    }
    for (Value value : found) {
      if (value instanceof Value.Unknown || value instanceof Value.Member) {
        return false;
      }
    }
    return !of.isEmpty() && !found.isEmpty();
  }

  private void setattr(Arguments arguments, Node node) {
    if (arguments.lookup("", 1).only() instanceof Value.Text name && calls.written() != null) {
      stores.attribute(
          first(arguments),
          name.text(),
          arguments.lookup("", 2),
          node,
          calls.written().arguments().getFirst().value());
    }
  }

  private static Values namespaces(Values of) {
    Values result = Values.EMPTY;
    for (Value value : of) {
      result = result.join(Values.of(new Value.Namespace(value)));
    }
    return result;
  }

  private Values parent(Arguments arguments) {
    var owner = frame.methodOwner();
    if (first(arguments).only() instanceof Value.Type named) {
      owner = named.type();
    }
    if (owner == null) {
      return Values.unknown("`super()` outside a class");
    }
    Value self = arguments.lookup("", 1).only();
    if (!(self instanceof Value.Instance) && !(self instanceof Value.Type)) {
      self =
          frame.unit instanceof io.loadlock.python.value.Routine routine && routine.isClassMethod
              ? new Value.Type(owner)
              : new Value.Instance(owner, false, Arguments.NONE);
    }
    return Values.of(new Value.Super(owner, self));
  }

  private Values imported(Arguments arguments) {
    Values names = arguments.lookup("name", 0);
    Values from = arguments.lookup("fromlist", 3);
    boolean whole = from.only() instanceof Sequence list && !list.all().isEmpty();
    Values result = Values.EMPTY;
    for (Value name : names) {
      if (name instanceof Value.Text text && !whole) {
        result =
            result.join(
                expressions.moduleNamed(Values.of(new Value.Text(text.text().split("\\.", 2)[0]))));
      } else {
        result = result.join(expressions.moduleNamed(Values.of(name)));
      }
    }
    return result;
  }

  private Values importModule(Arguments arguments) {
    Values result = Values.EMPTY;
    for (Value name : arguments.lookup("name", 0)) {
      if (name instanceof Value.Text text && text.text().startsWith(".")) {
        int dots = 0;
        while (dots < text.text().length() && text.text().charAt(dots) == '.') {
          dots++;
        }
        String relative = text.text().substring(dots);
        String absolute =
            dots == 1 && arguments.lookup("package", 1).only() instanceof Value.Text of
                ? of.text() + "." + relative
                : Imports.absolute(frame.module(), relative, dots);
        result =
            result.join(
                absolute == null
                    ? Values.unknown("a module above the project")
                    : Imports.module(frame, absolute));
      } else {
        result = result.join(expressions.moduleNamed(Values.of(name)));
      }
    }
    return result;
  }

  /// `module.function` or `module:function` as text.
  private Values dotted(Values names) {
    Values result = Values.EMPTY;
    for (Value name : names) {
      if (name instanceof Value.Text text && text.text().contains(".")
          || name instanceof Value.Text colon && colon.text().contains(":")) {
        String path = ((Value.Text) name).text().replace(':', '.');
        int dot = path.lastIndexOf('.');
        result =
            result.join(
                Imports.member(frame, path.substring(0, dot), path.substring(dot + 1), false));
      } else {
        result = result.join(Values.unknown("an object whose name is not known"));
      }
    }
    return result;
  }

  private static Values partial(Arguments arguments) {
    Values callee = first(arguments);
    return callee.isEmpty()
        ? Values.unknown("a partial of nothing")
        : Values.of(new Value.Partial(callee, arguments.withoutFirst()));
  }

  private Values attrgetter(Arguments arguments) {
    Values at = last(arguments);
    if (first(arguments).only() instanceof Value.Text text) {
      for (String name : text.text().split("\\.")) {
        at = attributes.get(at, name);
      }
      return at;
    }
    return Values.unknown("an attribute whose name is not known");
  }

  private Values methodcaller(Arguments arguments, Node node) {
    if (!(first(arguments).only() instanceof Value.Text name)) {
      return Values.unknown("a method whose name is not known");
    }
    List<Given> given = new ArrayList<>(arguments.withoutFirst().given());
    for (int i = given.size() - 1; i >= 0; i--) {
      if (given.get(i).kind() == Kind.POSITIONAL) {
        given.remove(i);
        break;
      }
    }
    Values result = Values.EMPTY;
    for (Value callee : attributes.get(last(arguments), name.text())) {
      result = result.join(calls.apply(callee, new Arguments(given), node));
    }
    return result;
  }

  private Values applied(Arguments arguments, Node node) {
    Values result = Values.EMPTY;
    for (Value callee : first(arguments)) {
      result = result.join(calls.apply(callee, arguments.withoutFirst(), node));
    }
    return result;
  }

  private Values sequence(String function, Arguments arguments) {
    Sequence.Kind kind =
        function.endsWith("tuple")
            ? Sequence.Kind.TUPLE
            : function.endsWith("set") ? Sequence.Kind.SET : Sequence.Kind.LIST;
    Values of = first(arguments);
    if (of.isEmpty()) {
      return Values.of(new Sequence(kind, List.of(), Values.EMPTY));
    }
    if (of.only() instanceof Sequence inner && inner.others().isEmpty()) {
      return Values.of(new Sequence(kind, inner.elements(), Values.EMPTY));
    }
    return Values.of(new Sequence(kind, List.of(), expressions.elements(of)));
  }

  private Values members(Arguments arguments, int index) {
    return expressions.elements(arguments.lookup("", index).without(Singleton.ABSENT::equals));
  }

  private Values zip(Arguments arguments) {
    List<Values> exact = Containers.zipped(arguments);
    if (exact != null) {
      return Values.of(new Sequence(Sequence.Kind.GENERATOR, exact, Values.EMPTY));
    }
    List<Values> members = new ArrayList<>();
    for (int i = 0; i < Math.min(arguments.given().size(), 16); i++) {
      members.add(members(arguments, i));
    }
    return Containers.pairs(members);
  }

  private void mocked(Arguments arguments, Node node) {
    if (first(arguments).only() instanceof Value.Text target
        && frame.program.sinks.find(target.text()).isPresent()) {
      frame.setting(
          node,
          RawSetting.Kind.PATCHED,
          frame.program.sinks.canonical(target.text()),
          arguments.lookup("new", 1));
    }
  }
}
