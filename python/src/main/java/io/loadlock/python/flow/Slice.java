package io.loadlock.python.flow;

import io.loadlock.python.tree.Argument;
import io.loadlock.python.tree.Children;
import io.loadlock.python.tree.ExceptHandler;
import io.loadlock.python.tree.Expression;
import io.loadlock.python.tree.MatchCase;
import io.loadlock.python.tree.Node;
import io.loadlock.python.tree.Parameter;
import io.loadlock.python.tree.Pattern;
import io.loadlock.python.tree.Statement;
import io.loadlock.python.tree.WithItem;
import io.loadlock.python.value.ModuleModel;
import io.loadlock.python.value.Routine;
import io.loadlock.python.value.Unit;
import io.loadlock.python.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The statements of a unit on which what a load gets may depend: those that bind a name that it
/// uses, or use one, and what these use in turn. All statements are evaluated; only these may have
/// others evaluated for it.
///
/// A name is one that the unit binds, or an attribute of `self`.
final class Slice {
  /// A statement without the statements in it.
  ///
  /// @param outer the names that it uses and the unit does not bind
  private record Step(int start, Set<String> binds, Set<String> uses, Set<String> outer) {}

  /// A place that calls something of interest, or hands it on.
  ///
  /// @param passed the parameter whose argument counts; null where all count
  record Root(int start, int end, Value.@Nullable Parameter passed) {}

  /// Functions whose arguments say what is called or imported.
  private static final Set<String> REFLECTING =
      Set.of("getattr", "__import__", "import_module", "exec", "eval", "import_string");

  private final Unit unit;
  private final List<Statement> body;
  private final List<Step> steps = new ArrayList<>();
  private final Set<Root> known = new HashSet<>();
  private final Map<Integer, List<Root>> roots = new HashMap<>();
  private final Set<String> words = new HashSet<>();
  private final Set<String> names = new HashSet<>();
  private final Set<Integer> starts = new HashSet<>();
  private final Set<String> outer = new HashSet<>();

  /// Whether it is nested too deeply to tell.
  private boolean all;

  Slice(Unit unit) {
    this.unit = unit;
    this.body =
        switch (unit) {
          case ModuleModel module -> module.parsed().module().body();
          case Routine routine -> routine.body();
        };
    try {
      body.forEach(this::statement);
    } catch (StackOverflowError e) {
      all = true;
    }
  }

  /// The names that it needs of what the unit stands in.
  Set<String> outer() {
    return outer;
  }

  /// Adds names that others need of it; false where that adds no statement.
  boolean need(Set<String> needed) {
    return names.addAll(needed) && settle();
  }

  /// Whether the statement that starts there belongs to it.
  boolean holds(int start) {
    return all || starts.contains(start);
  }

  /// Adds a place that calls something of interest; false where it was known.
  boolean add(Root root) {
    if (!known.add(root)) {
      return false;
    }
    roots.computeIfAbsent(root.start(), _ -> new ArrayList<>()).add(root);
    return settle();
  }

  /// Adds the name of something of interest, whatever it is called on; false where that is known.
  boolean add(Set<String> more) {
    return words.addAll(more) && settle();
  }

  private boolean settle() {
    if (all) {
      return false;
    }
    int before = starts.size();
    if (!known.isEmpty() || !words.isEmpty()) {
      body.forEach(this::root);
    }
    boolean grows = true;
    while (grows) {
      grows = false;
      for (Step step : steps) {
        if (any(step.binds())) {
          grows |= names.addAll(step.uses());
        }
      }
    }
    for (Step step : steps) {
      if (any(step.binds()) || unit instanceof Routine && any(step.uses())) {
        starts.add(step.start());
      }
      if (starts.contains(step.start())) {
        outer.addAll(step.outer());
      }
    }
    return starts.size() > before;
  }

  private boolean any(Set<String> of) {
    for (String name : of) {
      if (names.contains(name)) {
        return true;
      }
    }
    return false;
  }

  /// Takes up the names that calls of interest use, and the statements in which these stand.
  private boolean root(Node node) {
    boolean inside = false;
    if (node instanceof Expression expression) {
      for (Root root : roots.getOrDefault(node.start(), List.of())) {
        if (root.end() == node.end()) {
          passed(expression, root.passed());
          inside = true;
        }
      }
      if (called(expression)) {
        // What it is called on tells whether it is meant; then its place becomes a root. What is
        // called may be named by arguments.
        uses(reflects(expression) ? expression : ((Expression.Call) expression).function(), names);
        inside = true;
      }
    }
    boolean[] below = {inside};
    Children.each(node, child -> below[0] |= root(child));
    if (below[0] && node instanceof Statement) {
      starts.add(node.start());
    }
    return below[0];
  }

  /// Takes up what is passed for a parameter, and what the call is made on.
  private void passed(Expression expression, Value.@Nullable Parameter passed) {
    if (passed == null || !(expression instanceof Expression.Call call)) {
      uses(expression, names);
      return;
    }
    Parameter parameter = passed.routine().parameters().get(passed.index());
    boolean any =
        parameter.kind() == Parameter.Kind.VAR_KEYWORD
            || parameter.kind() == Parameter.Kind.VAR_POSITIONAL;
    uses(call.function(), names);
    int at = 0;
    for (Argument argument : call.arguments()) {
      boolean counts =
          switch (argument) {
            // A method's `self` is not written.
            case Argument.Positional _ -> at == passed.index() || at + 1 == passed.index();
            case Argument.Keyword keyword -> parameter.name().equals(keyword.name());
            case Argument.Star _, Argument.DoubleStar _ -> true;
          };
      at++;
      if (any || counts) {
        uses(argument.value(), names);
      }
    }
  }

  private static boolean reflects(Expression expression) {
    return expression instanceof Expression.Call call
        && call.function() instanceof Expression.Name name
        && REFLECTING.contains(name.id());
  }

  private boolean called(Expression expression) {
    if (reflects(expression)) {
      return true;
    }
    return !words.isEmpty()
        && expression instanceof Expression.Call call
        && switch (call.function()) {
          case Expression.Attribute attribute -> words.contains(attribute.name());
          case Expression.Name name -> words.contains(name.id());
          default -> false;
        };
  }

  private void statement(Node node) {
    if (node instanceof Statement statement) {
      Set<String> binds = new HashSet<>();
      Set<String> uses = new HashSet<>();
      own(statement, binds, uses);
      Set<String> free = new HashSet<>();
      uses.removeIf(name -> isFree(name) && free.add(name));
      steps.add(new Step(statement.start(), binds, uses, free));
    }
    if (node instanceof Statement.FunctionDef || node instanceof Statement.ClassDef) {
      return;
    }
    if (!(node instanceof Expression)) {
      Children.each(node, this::statement);
    }
  }

  private void own(Statement statement, Set<String> binds, Set<String> uses) {
    switch (statement) {
      case Statement.For loop -> binds(loop.target(), binds);
      case Statement.Assign assign -> assign.targets().forEach(one -> binds(one, binds));
      case Statement.AugAssign assign -> binds(assign.target(), binds);
      case Statement.AnnAssign assign -> binds(assign.target(), binds);
      case Statement.FunctionDef function -> binds.add(function.name());
      case Statement.ClassDef type -> binds.add(type.name());
      default -> {}
    }
    inner(statement, binds, uses);
  }

  /// What a statement uses, without the statements in it.
  private void inner(Node node, Set<String> binds, Set<String> uses) {
    Children.each(
        node,
        child -> {
          switch (child) {
            case Statement _ -> {}
            case Expression expression -> {
              uses(expression, uses);
              named(expression, binds);
            }
            case WithItem item -> {
              item.target().ifPresent(target -> binds(target, binds));
              inner(item, binds, uses);
            }
            case ExceptHandler handler -> handler.type().ifPresent(type -> uses(type, uses));
            case MatchCase one -> inner(one, binds, uses);
            case Pattern pattern -> captured(pattern, binds);
            default -> inner(child, binds, uses);
          }
        });
  }

  private void captured(Node node, Set<String> binds) {
    switch (node) {
      case Pattern.MatchAs as -> as.name().ifPresent(binds::add);
      case Pattern.MatchStar star -> star.name().ifPresent(binds::add);
      case Pattern.MatchMapping mapping -> mapping.rest().ifPresent(binds::add);
      default -> {}
    }
    Children.each(node, child -> captured(child, binds));
  }

  private void named(Node node, Set<String> binds) {
    if (node instanceof Expression.NamedExpr expression) {
      binds.add(expression.target().id());
    }
    Children.each(node, child -> named(child, binds));
  }

  private void binds(Expression target, Set<String> binds) {
    switch (target) {
      case Expression.Name name -> binds.add(name.id());
      case Expression.Attribute attribute when attribute.value() instanceof Expression.Name name ->
          binds.add(name.id() + "." + attribute.name());
      case Expression.Attribute attribute -> binds(attribute.value(), binds);
      case Expression.Subscript subscript -> binds(subscript.value(), binds);
      case Expression.Starred starred -> binds(starred.value(), binds);
      case Expression.Tuple tuple -> tuple.elements().forEach(one -> binds(one, binds));
      case Expression.ListDisplay list -> list.elements().forEach(one -> binds(one, binds));
      default -> {}
    }
  }

  private void uses(Node node, Set<String> uses) {
    switch (node) {
      case Expression.Name name -> uses.add(name.id());
      case Expression.Attribute attribute
          when attribute.value() instanceof Expression.Name name && isSelf(name) ->
          uses.add(name.id() + "." + attribute.name());
      default -> Children.each(node, child -> uses(child, uses));
    }
  }

  private boolean isFree(String name) {
    return unit instanceof Routine routine
        && name.indexOf('.') < 0
        && !routine.locals().contains(name);
  }

  private boolean isSelf(Expression.Name name) {
    return unit instanceof Routine routine
        && routine.owner() != null
        && !routine.parameters().isEmpty()
        && routine.parameters().getFirst().name().equals(name.id());
  }
}
