package io.loadlock.python.flow;

import io.loadlock.python.name.Scopes;
import io.loadlock.python.tree.Argument;
import io.loadlock.python.tree.Expression;
import io.loadlock.python.tree.Parameter;
import io.loadlock.python.tree.Statement;
import io.loadlock.python.value.Arguments;
import io.loadlock.python.value.Cell;
import io.loadlock.python.value.ClassModel;
import io.loadlock.python.value.Routine;
import io.loadlock.python.value.Unit;
import io.loadlock.python.value.Value;
import io.loadlock.python.value.Values;
import java.util.List;
import java.util.Set;

/// What `def`, `lambda` and `class` make.
final class Definitions {
  /// The last segments of decorators and bases that turn annotated names into parameters of the
  /// class's call.
  private static final Set<String> FIELDS =
      Set.of(
          "dataclass",
          "define",
          "frozen",
          "mutable",
          "attrs",
          "attrib",
          "s",
          "NamedTuple",
          "BaseModel",
          "BaseSettings",
          "Struct",
          "ModelOutput",
          "pydantic_dataclass");

  private final Frame frame;
  private final Expressions expressions;
  private final Interpreter interpreter;

  Definitions(Frame frame, Expressions expressions, Interpreter interpreter) {
    this.frame = frame;
    this.expressions = expressions;
    this.interpreter = interpreter;
  }

  void function(Statement.FunctionDef node) {
    Routine routine =
        frame
            .unit
            .routines()
            .computeIfAbsent(
                node,
                _ ->
                    new Routine(
                        node,
                        node.name(),
                        frame.unit,
                        frame.classes.peek(),
                        node.parameters(),
                        () -> Scopes.locals(node.parameters(), node.body())));
    routine.executing = frame.executing;
    if (routine.owner() != null) {
      routine.owner().methods.add(routine);
    }
    Values[] decorators = new Values[node.decorators().size()];
    for (int i = 0; i < decorators.length; i++) {
      decorators[i] = expressions.eval(node.decorators().get(i));
    }
    parameters(routine, node.parameters());
    Values made = Values.of(new Value.Function(routine));
    for (int i = decorators.length - 1; i >= 0; i--) {
      made = decorated(made, decorators[i], routine, node.decorators().get(i));
    }
    frame.bind(node.name(), made);
    frame.program.defined(routine);
  }

  private void parameters(Routine routine, List<Parameter> parameters) {
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      if (parameter.defaultValue().isPresent()) {
        Values values = expressions.eval(parameter.defaultValue().get());
        routine.setDefault(i, values);
        frame.program.flow(values, routine.concrete(i));
      }
    }
  }

  /// Evaluates the annotations of a function's parameters, when the function itself is.
  void annotations(Routine routine) {
    for (int i = 0; i < routine.parameters().size(); i++) {
      Parameter parameter = routine.parameters().get(i);
      if (parameter.annotation().isPresent()) {
        Values annotation = expressions.eval(parameter.annotation().get());
        frame.program.add(routine.concrete(i), instances(annotation));
        for (Value value : annotation) {
          if (value instanceof Value.Name name) {
            routine.annotated[i] = name.dotted();
          }
        }
      }
    }
    if (routine.node() instanceof Statement.FunctionDef function) {
      function.returns().ifPresent(expressions::eval);
    }
  }

  /// An object of the classes that an annotation names.
  private Values instances(Values annotation) {
    Values result = Values.EMPTY;
    for (Value value : annotation) {
      switch (value) {
        case Value.Type type ->
            result = result.join(Values.of(new Value.Instance(type.type(), false, Arguments.NONE)));
        case Value.Name name when frame.program.sinks.isClass(name.dotted()) ->
            result =
                result.join(
                    Values.of(
                        new Value.Foreign(
                            frame.program.sinks.canonical(name.dotted()), Arguments.NONE)));
        case Value.Text text when text.text().length() < 200 -> {
          Values named = dotted(text.text());
          if (!named.contains(value)) {
            result = result.join(instances(named));
          }
        }
        default -> {}
      }
    }
    return result;
  }

  private Values dotted(String text) {
    String[] segments = text.split("\\.");
    for (String segment : segments) {
      if (segment.isEmpty() || !segment.chars().allMatch(Character::isJavaIdentifierPart)) {
        return Values.EMPTY;
      }
    }
    Values at = segments.length == 0 ? Values.EMPTY : frame.lookup(segments[0]);
    for (int i = 1; i < segments.length; i++) {
      at = expressions.attributes().get(at, segments[i]);
    }
    return at;
  }

  /// Wakes what a decorator puts in the place of a function that has to do with loading: it may
  /// check what the function is called with.
  private void inner(Values applied, Routine routine) {
    for (Value value : applied) {
      if (value instanceof Value.Function function && function.routine() != routine) {
        frame.program.decorates(function.routine(), routine);
      }
    }
  }

  private Values decorated(Values made, Values decorator, Routine routine, Expression node) {
    Values result = Values.EMPTY;
    if (decorator.isEmpty()) {
      return Values.EMPTY;
    }
    for (Value value : decorator) {
      String entry = References.dotted(value);
      if (!entry.isEmpty()) {
        routine.entries.putIfAbsent(entry, frame.place(node));
      }
      switch (value) {
        case Value.Name name -> {
          switch (name.dotted()) {
            case "builtins.staticmethod" -> routine.isStatic = true;
            case "builtins.classmethod" -> routine.isClassMethod = true;
            case "builtins.property",
                "functools.cached_property",
                "django.utils.functional.cached_property",
                "werkzeug.utils.cached_property" ->
                routine.isProperty = true;
            case "contextlib.contextmanager", "contextlib.asynccontextmanager" ->
                routine.isContextManager = true;
            default -> {}
          }
          result = result.join(made);
        }
        case Value.Result call -> {
          CommandLines.decorated(routine, call);
          result = result.join(made);
        }
        case Value.Function _, Value.Type _, Value.Instance _, Value.Method _, Value.Partial _ -> {
          Arguments arguments = Arguments.NONE.behind(made);
          Values applied = expressions.calls().apply(value, arguments, node);
          result = result.join(onlyUnknown(applied) ? made : applied);
          inner(applied, routine);
        }
        default -> result = result.join(made);
      }
    }
    return result;
  }

  private static boolean onlyUnknown(Values values) {
    for (Value value : values) {
      if (!(value instanceof Value.Unknown) && value != Value.Singleton.NONE) {
        return false;
      }
    }
    return !values.isEmpty();
  }

  Values lambda(Expression.Lambda node) {
    Routine routine =
        frame
            .unit
            .routines()
            .computeIfAbsent(
                node,
                _ ->
                    new Routine(
                        node,
                        "<lambda>",
                        frame.unit,
                        null,
                        node.parameters(),
                        () -> Scopes.locals(node.parameters(), node.body())));
    routine.executing = frame.executing;
    parameters(routine, node.parameters());
    frame.program.defined(routine);
    return Values.of(new Value.Function(routine));
  }

  void type(Statement.ClassDef node) {
    Unit unit = frame.unit;
    ClassModel model = unit.classes().computeIfAbsent(node, _ -> new ClassModel(node, unit));
    Values decorators = Values.EMPTY;
    for (Expression decorator : node.decorators()) {
      decorators = decorators.join(expressions.eval(decorator));
    }
    int base = 0;
    for (Argument argument : node.bases()) {
      Values values = interpreter.base(argument);
      if (argument instanceof Argument.Positional || argument instanceof Argument.Star) {
        if (base == model.bases.size()) {
          model.bases.add(new Cell());
        }
        Cell cell = model.bases.get(base++);
        Values before = cell.values();
        frame.program.add(cell, values);
        derive(model, values);
        if (cell.values() != before) {
          Bases.changed(model);
        }
      }
    }
    for (Value decorator : decorators) {
      model.fieldsByCall |= makesFields(decorator);
    }
    frame.classes.push(model);
    interpreter.block(node.body());
    var members = frame.classVariables();
    frame.forgetClassVariables();
    frame.classes.pop();
    members.forEach((name, values) -> frame.program.add(model.member(name), values));
    frame.bind(node.name(), Values.of(new Value.Type(model)));
  }

  private void derive(ClassModel model, Values bases) {
    for (Value value : bases) {
      model.fieldsByCall |= makesFields(value);
      if (value instanceof Value.Partial partial
          && isNamedTuple(partial)
          && model.fields.isEmpty()) {
        model.fields.addAll(Containers.fields(partial.given().lookup("field_names", 1)));
      }
      if (value instanceof Value.Type parent) {
        model.fieldsByCall |= parent.type().fieldsByCall;
        frame.program.add(parent.type().subclasses, Values.of(new Value.Type(model)));
      }
    }
  }

  private static boolean isNamedTuple(Value.Partial partial) {
    return partial.callee().only() instanceof Value.Name name
        && name.dotted().equals(Models.NAMED_TUPLE);
  }

  private static boolean makesFields(Value value) {
    String dotted =
        switch (value) {
          case Value.Name name -> name.dotted();
          case Value.Result result -> result.function();
          case Value.Partial partial when isNamedTuple(partial) -> "NamedTuple";
          default -> "";
        };
    return FIELDS.contains(dotted.substring(dotted.lastIndexOf('.') + 1));
  }

  void annotated(Statement.AnnAssign assign) {
    Values annotation = expressions.eval(assign.annotation());
    boolean simple = assign.target() instanceof Expression.Name;
    if (simple && !frame.classes.isEmpty()) {
      ClassModel model = frame.classes.peek();
      String name = ((Expression.Name) assign.target()).id();
      if (!model.fields.contains(name)) {
        model.fields.add(name);
      }
      if (assign.value().isEmpty()) {
        frame.program.add(model.attribute(name), instances(annotation));
      }
    }
    if (assign.value().isPresent()) {
      expressions.stores().assign(assign.target(), expressions.eval(assign.value().get()));
    }
  }
}
