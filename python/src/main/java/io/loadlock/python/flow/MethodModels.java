package io.loadlock.python.flow;

import io.loadlock.python.tree.Expression;
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

/// Methods of dictionaries, lists, texts, paths and files.
final class MethodModels {
  private static final Set<String> CHANGES =
      Set.of(
          "update",
          "setdefault",
          "pop",
          "append",
          "add",
          "extend",
          "insert",
          "appendleft",
          "clear",
          "popitem");

  private static final Set<String> SAME =
      Set.of(
          "resolve",
          "absolute",
          "expanduser",
          "as_posix",
          "__str__",
          "__fspath__",
          "read",
          "readline",
          "readlines",
          "getvalue",
          "getbuffer",
          "read1",
          "peek",
          "readall",
          "detach",
          "__enter__",
          "tobytes",
          "samefile",
          "decode",
          "strip",
          "rstrip",
          "lstrip");

  private final Frame frame;
  private final Expressions expressions;
  private final Stores stores;

  MethodModels(Frame frame, Expressions expressions, Stores stores) {
    this.frame = frame;
    this.expressions = expressions;
    this.stores = stores;
  }

  /// Whether the method only stores or compares what it gets.
  static boolean keeps(Value.Member member) {
    if (member.name().startsWith("assert")) {
      return true;
    }
    for (Value of : member.of()) {
      if (!(of instanceof Value.Mapping)
          && !(of instanceof Sequence)
          && !(of instanceof Value.Namespace)
          && !(of instanceof Value.Text)) {
        return member.name().equals("append") || member.name().equals("setattr");
      }
    }
    return true;
  }

  /// What the receiver is after the call; null where it is what it was.
  @Nullable Values mutated(Values receiver, String name, Arguments arguments, Expression holder) {
    if (!CHANGES.contains(name) || receiver.isEmpty()) {
      return null;
    }
    Values result = Values.EMPTY;
    boolean changed = false;
    for (Value value : receiver) {
      Values after =
          switch (value) {
            case Value.Mapping _,
                Value.Parameter _,
                Value.Unknown _,
                Value.Item _,
                Value.Result _,
                Value.Member _ ->
                mapping(value, name, arguments);
            case Sequence sequence -> sequence(sequence, name, arguments);
            default -> Values.of(value);
          };
      changed |= !after.equals(Values.of(value));
      result = result.join(after);
    }
    return changed ? result : null;
  }

  private static Values mapping(Value mapping, String name, Arguments arguments) {
    Values self = Values.of(mapping);
    boolean known = mapping instanceof Value.Mapping || mapping instanceof Value.Parameter;
    Value key = arguments.lookup("", 0).only();
    switch (name) {
      case "update" -> {
        if (!known && !(mapping instanceof Value.Unknown)) {
          return self;
        }
        Values result = self;
        for (Given given : arguments.given()) {
          result =
              switch (given.kind()) {
                case KEYWORD ->
                    Mappings.write(
                        result,
                        new Layer.Entry(
                            new Value.Text(java.util.Objects.requireNonNull(given.keyword())),
                            given.value()));
                case POSITIONAL, DOUBLE_STAR ->
                    Mappings.write(result, new Layer.Spread(given.value()));
                case STAR -> result;
              };
        }
        return result;
      }
      case "setdefault" -> {
        Values value = arguments.lookup("", 1).without(Singleton.ABSENT::equals);
        return key == null || !Expressions.isConstant(key) || !known
            ? self
            : Mappings.write(self, new Layer.Default(key, value.isEmpty() ? Values.NONE : value));
      }
      case "pop" -> {
        return key == null || !Expressions.isConstant(key) || !known
            ? self
            : Mappings.write(self, new Layer.Removed(key));
      }
      case "clear" -> {
        return known ? Values.of(new Value.Mapping(List.of())) : self;
      }
      default -> {
        return self;
      }
    }
  }

  private Values sequence(Sequence sequence, String name, Arguments arguments) {
    Values more =
        switch (name) {
          case "append", "add", "appendleft" -> arguments.lookup("", 0);
          case "insert" -> arguments.lookup("", 1);
          case "extend", "update" -> expressions.elements(arguments.lookup("", 0));
          default -> Values.EMPTY;
        };
    if (more.isEmpty()) {
      return Values.of(sequence);
    }
    if (name.equals("append") && sequence.others().isEmpty() && sequence.elements().size() < 32) {
      List<Values> elements = new ArrayList<>(sequence.elements());
      if (!elements.isEmpty() && elements.getLast().equals(more)) {
        // The same again, as in a loop.
        return Values.of(new Sequence(sequence.kind(), List.of(), sequence.all()));
      }
      elements.add(more);
      return Values.of(new Sequence(sequence.kind(), elements, Values.EMPTY));
    }
    return Values.of(new Sequence(sequence.kind(), List.of(), sequence.all().join(more)));
  }

  /// The result of calling `member`.
  Values call(Value.Member member, Arguments arguments, Node node) {
    Values result = Values.EMPTY;
    if (member.name().equals("setattr")) {
      monkeypatch(arguments, node);
    } else if (member.name().equals("setenv")) {
      stores.environment(arguments.lookup("name", 0).only(), arguments.lookup("value", 1), node);
    } else {
      frame.program.commandLines.method(member, arguments);
    }
    for (Value of : member.of()) {
      if (of instanceof Value.Namespace namespace
          && member.name().equals("update")
          && node instanceof Expression.Call call) {
        for (Given given : arguments.given()) {
          if (given.keyword() != null) {
            stores.named(namespace, given.keyword(), given.value(), node, call);
          }
        }
      }
      result = result.join(call(of, member, arguments));
    }
    return result;
  }

  private Values call(Value of, Value.Member member, Arguments arguments) {
    String name = member.name();
    return switch (of) {
      case Value.Mapping mapping -> mapping(mapping, name, arguments);
      case Sequence sequence ->
          switch (name) {
            case "pop", "popleft" -> sequence.all();
            case "copy" -> Values.of(sequence);
            default -> Values.unknown("what a list's method returns");
          };
      case Value.Text text -> text(text, name, arguments);
      case Value.Data _ when name.equals("join") -> together(arguments);
      case Value.Data data when name.equals("decode") -> {
        Values decoded = Constants.transformed(data, arguments.lookup("encoding", 0).only());
        yield decoded == null ? Values.of(data) : decoded;
      }
      case Value.Namespace namespace when name.equals("get") || name.equals("__getitem__") ->
          expressions.attributes().named(namespace.of(), arguments.lookup("", 0));
      case Value.Joined _,
          Value.Concatenated _,
          Value.Parent _,
          Value.ThisFile _,
          Value.Content _ ->
          pathLike(of, name, arguments);
      case Value.Parameter _, Value.Item _, Value.Member _, Value.Result _, Value.Narrowed _ -> {
        if (name.equals("get") || name.equals("pop")) {
          yield item(of, arguments);
        }
        yield pathLike(of, name, arguments);
      }
      default -> Values.of(Value.member(of, name, true));
    };
  }

  /// `of.get(key, otherwise)` of something that may be a dictionary.
  private static Values item(Value of, Arguments arguments) {
    Value key = arguments.lookup("", 0).only();
    if (key == null || !Expressions.isConstant(key)) {
      return Values.of(Value.member(of, "[]", true));
    }
    Values otherwise = arguments.lookup("", 1);
    return Values.of(
        new Value.Item(
            Values.of(of), key, otherwise.equals(Values.ABSENT) ? Values.NONE : otherwise));
  }

  private Values mapping(Value.Mapping mapping, String name, Arguments arguments) {
    Value key = arguments.lookup("", 0).only();
    switch (name) {
      case "get", "pop", "setdefault" -> {
        Values otherwise = arguments.lookup("", 1);
        Values absent =
            otherwise.equals(Values.ABSENT) && !name.equals("pop")
                ? Values.NONE
                : otherwise.without(Singleton.ABSENT::equals);
        if (key == null || !Expressions.isConstant(key)) {
          return Mappings.all(mapping).join(absent);
        }
        Values found = Mappings.lookup(Values.of(mapping), key);
        if (found.contains(Singleton.ABSENT)
            && !(Expressions.isLiteral(key) && Expressions.hasLiteralKeys(mapping))) {
          return Mappings.all(mapping).join(absent);
        }
        Values given = found.without(Singleton.ABSENT::equals);
        Values elsewhere = Values.EMPTY;
        for (Layer layer : mapping.layers()) {
          if (layer instanceof Layer.Somewhere somewhere) {
            elsewhere = elsewhere.join(somewhere.value());
          }
        }
        return found.contains(Singleton.ABSENT) ? given.join(absent).join(elsewhere) : given;
      }
      case "values" -> {
        return Values.of(new Sequence(Sequence.Kind.LIST, List.of(), Mappings.all(mapping)));
      }
      case "keys" -> {
        return Values.of(new Sequence(Sequence.Kind.LIST, List.of(), Mappings.keys(mapping)));
      }
      case "items" -> {
        List<Values> pairs = Mappings.pairs(mapping);
        if (pairs != null) {
          return Values.of(new Sequence(Sequence.Kind.LIST, pairs, Values.EMPTY));
        }
        Value pair =
            new Sequence(
                Sequence.Kind.TUPLE,
                List.of(Mappings.keys(mapping), Mappings.all(mapping)),
                Values.EMPTY);
        return Values.of(new Sequence(Sequence.Kind.LIST, List.of(), Values.of(pair)));
      }
      case "copy" -> {
        return Values.of(mapping);
      }
      default -> {
        return Values.unknown("what a dictionary's method returns");
      }
    }
  }

  private Values text(Value.Text text, String name, Arguments arguments) {
    switch (name) {
      case "format" -> {
        return Texts.format(text.text(), arguments);
      }
      case "join" -> {
        if (arguments.lookup("", 0).only() instanceof Sequence sequence
            && sequence.others().isEmpty()) {
          List<Values> parts = new ArrayList<>();
          for (int i = 0; i < sequence.elements().size(); i++) {
            if (i > 0) {
              parts.add(Values.of(text));
            }
            parts.add(sequence.elements().get(i));
          }
          return Texts.concatenated(parts);
        }
        return together(arguments);
      }
      case "lower" -> {
        return Values.of(new Value.Text(text.text().toLowerCase(java.util.Locale.ROOT)));
      }
      case "upper" -> {
        return Values.of(new Value.Text(text.text().toUpperCase(java.util.Locale.ROOT)));
      }
      case "strip" -> {
        return Constants.strip(text, arguments.lookup("", 0).only());
      }
      case "decode" -> {
        Values decoded = Constants.transformed(text, arguments.lookup("encoding", 0).only());
        return decoded == null ? Values.of(text) : decoded;
      }
      case "encode" -> {
        return Values.of(text);
      }
      case "replace" -> {
        if (arguments.lookup("", 0).only() instanceof Value.Text from
            && arguments.lookup("", 1).only() instanceof Value.Text to) {
          return Values.of(new Value.Text(text.text().replace(from.text(), to.text())));
        }
        return Values.unknown("a changed text");
      }
      case "split", "rsplit", "partition", "rpartition" -> {
        Values split = Constants.split(text, name, arguments);
        return split == null ? Values.unknown("part of a text") : split;
      }
      case "startswith", "endswith", "splitlines" -> {
        return Values.unknown("part of a text");
      }
      default -> {
        return pathLike(text, name, arguments);
      }
    }
  }

  /// Texts or bytes joined, of which the number is not known.
  private Values together(Arguments arguments) {
    Values parts = expressions.elements(arguments.lookup("", 0).without(Singleton.ABSENT::equals));
    return parts.isEmpty()
        ? Values.unknown("a joined text")
        : Values.of(new Value.Concatenated(List.of(parts)));
  }

  private Values pathLike(Value of, String name, Arguments arguments) {
    if (SAME.contains(name)) {
      return Values.of(of);
    }
    return switch (name) {
      case "open", "read_bytes", "read_text" ->
          arguments.given().stream().anyMatch(one -> one.kind() == Kind.POSITIONAL)
                  && !isMode(arguments)
              ? Values.of(Value.member(of, name, true))
              : Values.of(new Value.Content(Values.of(of)));
      case "joinpath" -> {
        List<Values> parts = new ArrayList<>();
        parts.add(Values.of(of));
        for (Given given : arguments.given()) {
          parts.add(given.value());
        }
        yield Texts.path(parts);
      }
      case "with_suffix", "with_name", "with_stem", "glob", "rglob", "iterdir" ->
          Values.of(Paths.method(of, name, arguments));
      default -> Values.of(Value.member(of, name, true));
    };
  }

  private static boolean isMode(Arguments arguments) {
    return arguments.lookup("mode", 0).only() instanceof Value.Text mode
        && mode.text().length() <= 3
        && mode.text().chars().allMatch(c -> "rwabt+U".indexOf(c) >= 0);
  }

  /// pytest's `monkeypatch.setattr`.
  private void monkeypatch(Arguments arguments, Node node) {
    Values target = arguments.lookup("target", 0);
    if (target.only() instanceof Value.Text text && text.text().contains(".")) {
      stores.patch(text.text(), arguments.lookup("", 1), node);
    } else if (arguments.lookup("name", 1).only() instanceof Value.Text name) {
      for (Value value : target) {
        if (value instanceof Value.Name outside) {
          stores.patch(outside.dotted() + "." + name.text(), arguments.lookup("value", 2), node);
        }
      }
    }
  }
}
