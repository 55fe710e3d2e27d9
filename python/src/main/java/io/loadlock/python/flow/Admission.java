package io.loadlock.python.flow;

import io.loadlock.python.site.Restriction;
import io.loadlock.python.tree.Argument;
import io.loadlock.python.tree.ExceptHandler;
import io.loadlock.python.tree.Expression;
import io.loadlock.python.tree.MatchCase;
import io.loadlock.python.tree.Pattern;
import io.loadlock.python.tree.Statement;
import io.loadlock.python.value.ClassModel;
import io.loadlock.python.value.Mappings;
import io.loadlock.python.value.Routine;
import io.loadlock.python.value.Value;
import io.loadlock.python.value.Values;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Follows every way through a `find_class` and collects what may be returned on each.
final class Admission {
  /// How many ways are kept apart.
  private static final int WAYS = 64;

  private final FindClass owner;
  private final Routine routine;
  private final int depth;
  private final Interpreter interpreter;
  private final Expressions expressions;
  private final Conditions conditions;
  private final Set<String> admitted = new TreeSet<>();
  private @Nullable String open;

  /// Whether some way through it ends in an exception of its own.
  private boolean denies;

  Admission(FindClass owner, Frame frame, Routine routine, int depth) {
    this.owner = owner;
    this.routine = routine;
    this.depth = depth;
    this.interpreter = new Interpreter(frame);
    this.expressions = interpreter.expressions();
    interpreter.parameters(routine);
    // A method's own object comes first, a plain function gets the two alone.
    int first = routine.parameters().size() - 2;
    this.conditions = new Conditions(frame, expressions, routine, first);
  }

  Restriction restriction() {
    if (routine.parameters().size() < 2) {
      return new Restriction.Open("a find_class whose parameters are not known", false);
    }
    Expression lambda = routine.lambdaBody();
    if (lambda != null) {
      returned(lambda, Constraint.NOTHING);
    } else {
      block(routine.body(), List.of(Constraint.NOTHING));
    }
    return open == null
        ? new Restriction.FixedSet(new ArrayList<>(admitted))
        : new Restriction.Open(open, denies);
  }

  private void opens(String reason) {
    if (open == null) {
      open = reason;
    }
  }

  /// Follows the statements; what is known at their end, once for each way that gets there.
  private List<Constraint> block(List<Statement> statements, List<Constraint> ways) {
    List<Constraint> at = ways;
    for (Statement statement : statements) {
      at = at.stream().filter(way -> !way.isEmpty()).distinct().toList();
      if (at.isEmpty()) {
        return at;
      }
      if (at.size() > WAYS) {
        opens("too many ways through find_class to follow");
        return List.of();
      }
      at = statement(statement, at);
    }
    return at;
  }

  private List<Constraint> statement(Statement statement, List<Constraint> ways) {
    switch (statement) {
      case Statement.Return value -> {
        for (Constraint way : ways) {
          value.value().ifPresent(expression -> returned(expression, way));
        }
        return List.of();
      }
      case Statement.Raise _ -> {
        denies = true;
        return List.of();
      }
      case Statement.If branch -> {
        List<Constraint> then = new ArrayList<>();
        List<Constraint> otherwise = new ArrayList<>();
        for (Constraint way : ways) {
          then.addAll(conditions.where(branch.test(), true, way));
          otherwise.addAll(conditions.where(branch.test(), false, way));
        }
        List<Constraint> after = new ArrayList<>(block(branch.body(), then));
        after.addAll(block(branch.orElse(), otherwise));
        return after;
      }
      case Statement.Try attempt -> {
        List<Constraint> after = new ArrayList<>(block(attempt.body(), ways));
        for (ExceptHandler handler : attempt.handlers()) {
          after.addAll(block(handler.body(), ways));
        }
        after = new ArrayList<>(block(attempt.orElse(), after));
        return block(attempt.finalBody(), after);
      }
      case Statement.With with -> {
        return block(with.body(), ways);
      }
      case Statement.Match match -> {
        return match(match, ways);
      }
      case Statement.For loop -> {
        List<Constraint> after = new ArrayList<>(ways);
        interpreter.target(loop.target(), Values.unknown("an element"));
        after.addAll(block(loop.body(), ways));
        return block(loop.orElse(), after);
      }
      case Statement.While loop -> {
        List<Constraint> after = new ArrayList<>(ways);
        after.addAll(block(loop.body(), ways));
        return after;
      }
      default -> {
        interpreter.block(List.of(statement));
        return ways;
      }
    }
  }

  private List<Constraint> match(Statement.Match match, List<Constraint> ways) {
    Values subject = expressions.eval(match.subject());
    List<Constraint> after = new ArrayList<>();
    boolean total = false;
    for (MatchCase one : match.cases()) {
      Set<String> constants = new TreeSet<>();
      boolean listed = one.guard().isEmpty() && constants(one.pattern(), constants);
      List<Constraint> inside = new ArrayList<>();
      for (Constraint way : ways) {
        inside.add(listed ? conditions.member(subject, constants, way) : way);
      }
      after.addAll(block(one.body(), inside));
      total |= one.pattern() instanceof Pattern.MatchAs as && as.pattern().isEmpty();
    }
    if (!total) {
      after.addAll(ways);
    }
    return after;
  }

  /// The constants that a pattern lists, a pair as `module.name`; false where it lists none.
  private static boolean constants(Pattern pattern, Set<String> constants) {
    switch (pattern) {
      case Pattern.MatchValue value when value.value() instanceof Expression.Str text -> {
        constants.add(text.value());
        return true;
      }
      case Pattern.MatchOr or -> {
        return or.patterns().stream().allMatch(one -> constants(one, constants));
      }
      case Pattern.MatchSequence sequence when sequence.patterns().size() == 2 -> {
        Set<String> modules = new TreeSet<>();
        Set<String> names = new TreeSet<>();
        if (!constants(sequence.patterns().get(0), modules)
            || !constants(sequence.patterns().get(1), names)) {
          return false;
        }
        modules.forEach(module -> names.forEach(name -> constants.add(module + "." + name)));
        return true;
      }
      default -> {
        return false;
      }
    }
  }

  /// Something is returned on a way of which `way` is known.
  private void returned(Expression expression, Constraint way) {
    if (way.isEmpty()) {
      return;
    }
    switch (expression) {
      case Expression.IfExp conditional -> {
        for (Constraint then : conditions.where(conditional.test(), true, way)) {
          returned(conditional.body(), then);
        }
        for (Constraint otherwise : conditions.where(conditional.test(), false, way)) {
          returned(conditional.orElse(), otherwise);
        }
      }
      case Expression.BoolOp operation -> operation.values().forEach(one -> returned(one, way));
      case Expression.Subscript subscript -> table(subscript, way);
      case Expression.Call call -> call(call, way);
      default -> fixed(expressions.eval(expression), way);
    }
  }

  /// `TABLE[module, name]`, `TABLE[module][name]`
  private void table(Expression.Subscript subscript, Constraint way) {
    Values index = expressions.eval(subscript.index());
    if (subscript.value() instanceof Expression.Subscript outer) {
      Values table = expressions.eval(outer.value());
      if (conditions.isModule(expressions.eval(outer.index()))
          && conditions.isName(index)
          && conditions.nested(table) != null) {
        admitted.addAll(java.util.Objects.requireNonNull(conditions.nested(table)));
        return;
      }
    }
    Set<String> keys = conditions.listed(expressions.eval(subscript.value()));
    if (keys == null) {
      opens("a table that is not written out");
      return;
    }
    admit(conditions.member(index, keys, way), "a table that is not asked for the whole name");
  }

  private void admit(Constraint way, String otherwise) {
    Set<String> listed = way.listed();
    if (listed == null) {
      opens(way.equals(Constraint.NOTHING) ? otherwise : way.reason());
    } else {
      admitted.addAll(listed);
    }
  }

  private void call(Expression.Call call, Constraint way) {
    List<Argument> arguments = call.arguments();
    if (call.function() instanceof Expression.Attribute attribute) {
      if (attribute.name().equals(routine.name())
          || attribute.name().equals("find_class")
          || attribute.name().equals("find_global")) {
        passedThrough(attribute, arguments, way);
        return;
      }
      if (attribute.name().equals("get") && !arguments.isEmpty()) {
        table(
            new Expression.Subscript(
                call.start(), call.end(), attribute.value(), arguments.getFirst().value()),
            way);
        if (arguments.size() > 1) {
          returned(arguments.get(1).value(), way);
        }
        return;
      }
    }
    if (expressions.eval(call.function()).only() instanceof Value.Name name
        && name.dotted().equals("builtins.getattr")
        && arguments.size() >= 2) {
      Values attribute = expressions.eval(arguments.get(1).value());
      through(module(arguments.getFirst().value()), attribute, way);
      return;
    }
    Values result = expressions.eval(call);
    for (Value callee : expressions.eval(call.function())) {
      if (callee instanceof Value.Function || callee instanceof Value.Method) {
        opens("returns what another function makes of the name");
        return;
      }
    }
    fixed(result, way);
  }

  /// The module that an expression stands for, as its name.
  private Values module(Expression expression) {
    if (expression instanceof Expression.Subscript subscript) {
      return expressions.eval(subscript.index());
    }
    if (expression instanceof Expression.Call call && !call.arguments().isEmpty()) {
      return expressions.eval(call.arguments().getFirst().value());
    }
    return expressions.eval(expression).only() instanceof Value.Name name
        ? Values.of(new Value.Text(name.dotted()))
        : Values.unknown("a module that is not known");
  }

  private void passedThrough(
      Expression.Attribute function, List<Argument> arguments, Constraint way) {
    int size = arguments.size();
    if (size < 2) {
      opens("a find_class whose arguments are not known");
      return;
    }
    Values module = expressions.eval(arguments.get(size - 2).value());
    Values name = expressions.eval(arguments.get(size - 1).value());
    ClassModel type = routine.owner();
    if (type != null && !(expressions.eval(function.value()).only() instanceof Value.Name)) {
      Values base = FindClass.above(type, function.name(), new LinkedHashSet<>());
      if (base.only() instanceof Value.Function parent
          && owner.of(parent.routine(), depth + 1) instanceof Restriction.FixedSet fixed) {
        admitted.addAll(fixed.names());
        return;
      }
    }
    through(module, name, way);
  }

  /// The object `module.name` is looked up and returned.
  private void through(Values module, Values name, Constraint way) {
    boolean sameName = conditions.isName(name);
    Optional<Set<String>> fixedNames = conditions.texts(name);
    Optional<Set<String>> fixedModules = conditions.texts(module);
    Set<String> listed;
    if (conditions.isModule(module) && sameName) {
      listed = way.listed();
    } else if (fixedModules.isPresent() && sameName) {
      listed = way.listedUnder(fixedModules.get());
    } else if (fixedModules.isPresent() && fixedNames.isPresent()) {
      listed = new Constraint(null, fixedModules.get(), fixedNames.get()).listed();
    } else {
      opens("looks up another name than it was given");
      return;
    }
    if (listed == null) {
      opens(way.reason());
    } else {
      admitted.addAll(listed);
    }
  }

  /// Something is returned that does not depend on the name.
  private void fixed(Values values, Constraint way) {
    for (Value value : values) {
      switch (value) {
        case Value.Name name -> admitted.add(name.dotted());
        case Value.Type type ->
            admitted.add(type.type().unit().module().name() + "." + type.type().name());
        case Value.Function function ->
            admitted.add(
                function.routine().module().name() + "." + function.routine().qualifiedName());
        case Value.Singleton _ -> {}
        case Value.Partial partial -> fixed(partial.callee(), way);
        case Value.Mapping mapping -> fixed(Mappings.all(mapping), way);
        default -> opens("returns something that is not known");
      }
    }
    if (values.isEmpty()) {
      opens("returns something that is not known");
    }
  }
}
