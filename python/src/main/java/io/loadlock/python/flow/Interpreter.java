package io.loadlock.python.flow;

import io.loadlock.python.tree.Argument;
import io.loadlock.python.tree.ExceptHandler;
import io.loadlock.python.tree.Expression;
import io.loadlock.python.tree.MatchCase;
import io.loadlock.python.tree.Parameter;
import io.loadlock.python.tree.Statement;
import io.loadlock.python.tree.WithItem;
import io.loadlock.python.value.ModuleModel;
import io.loadlock.python.value.Routine;
import io.loadlock.python.value.Unit;
import io.loadlock.python.value.Value;
import io.loadlock.python.value.Values;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Executes the statements of one unit on abstract values.
final class Interpreter {
  /// How often a loop's body is executed until what it leaves behind must have settled.
  private static final int LOOPS = 4;

  private final Frame frame;
  private final Expressions expressions;
  private final Definitions definitions;
  private final Imports imports;
  private final Narrowings narrowings;
  private final Guards guards;
  private final Deque<Loop> loops = new ArrayDeque<>();
  private @Nullable Env exits;

  /// Where `break` and `continue` of a loop lead.
  private static final class Loop {
    final Env broken = dead();
    final Env continued = dead();
  }

  Interpreter(Frame frame) {
    this.frame = frame;
    this.expressions = new Expressions(frame);
    this.imports = new Imports(frame);
    this.narrowings = expressions.narrowings();
    this.guards = new Guards(frame, expressions);
    this.definitions = new Definitions(frame, expressions, this);
    expressions.connect(this, definitions);
  }

  private static Env dead() {
    Env env = new Env();
    env.live = false;
    return env;
  }

  /// Evaluates the whole unit and publishes what it leaves behind.
  void run() {
    Env end;
    switch (frame.unit) {
      case ModuleModel module -> {
        block(module.parsed().module().body());
        end = frame.env;
      }
      case Routine routine -> {
        definitions.annotations(routine);
        parameters(routine);
        Expression lambda = routine.lambdaBody();
        if (lambda != null) {
          returned(routine, expressions.eval(lambda));
        } else {
          block(routine.body());
        }
        if (frame.env.live && lambda == null) {
          returned(routine, Values.NONE);
        }
        end = frame.env;
      }
    }
    if (exits != null) {
      Env all = exits;
      all.join(end);
      end = all;
    }
    if (frame.unit instanceof Routine routine) {
      effects(routine, Guards.checked(end), Writers.written(end));
    }
    publish(end);
  }

  /// What holds for a caller when the function has come back.
  private void effects(Routine routine, Values checked, Values written) {
    boolean changed =
        routine.rounds > 1
            && !(routine.checked.equals(checked)
                && routine.written.equals(written)
                && routine.wrote.equals(frame.wrote));
    routine.checked = checked;
    routine.written = written;
    routine.wrote = frame.wrote;
    if (changed) {
      frame.program.changed(routine.returned);
      frame.program.changed(routine.yielded);
    }
  }

  private void publish(Env end) {
    Unit unit = frame.unit;
    end.each(
        (name, values) -> {
          // A name that damage swallowed is empty.
          if (!name.isEmpty()
              && name.charAt(0) != '.'
              && name.charAt(0) != '?'
              && (unit instanceof ModuleModel || wanted(name))) {
            frame.program.add(unit.variable(name), values);
          }
        });
  }

  /// A function's variables matter to others only where a function inside it reads them.
  private boolean wanted(String name) {
    return !frame.unit.routines().isEmpty() || frame.unit.variables().containsKey(name);
  }

  private void returned(Routine routine, Values values) {
    frame.program.add(routine.returned, values);
  }

  Expressions expressions() {
    return expressions;
  }

  void target(Expression target, Values values) {
    expressions.stores().assign(target, values);
  }

  /// Binds the parameters of a function.
  void parameters(Routine routine) {
    List<Parameter> parameters = routine.parameters();
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      Values values = Values.of(new Value.Parameter(routine, i));
      if (i == 0 && routine.owner() != null && !routine.isStatic) {
        values =
            Values.of(
                routine.isClassMethod || routine.name().equals("__new__")
                    ? new Value.Type(routine.owner())
                    : new Value.Instance(
                        routine.owner(), false, io.loadlock.python.value.Arguments.NONE));
      }
      frame.env.set(parameter.name(), values);
      if (parameter.unpacked().isPresent()) {
        expressions.stores().assign(parameter.unpacked().get(), values);
      }
    }
  }

  void block(List<Statement> statements) {
    for (Statement statement : statements) {
      int start = frame.statementStart;
      int end = frame.statementEnd;
      frame.step();
      frame.statementStart = statement.start();
      frame.statementEnd = end(statement);
      execute(statement);
      frame.statementStart = start;
      frame.statementEnd = end;
    }
  }

  /// Where the part of a statement ends that is not statements of its own.
  private static int end(Statement statement) {
    return switch (statement) {
      case Statement.If branch -> branch.test().end();
      case Statement.While loop -> loop.test().end();
      case Statement.For loop -> loop.iterable().end();
      case Statement.Match match -> match.subject().end();
      case Statement.With with when !with.items().isEmpty() ->
          with.items().getLast().context().end();
      case Statement.FunctionDef function -> end(function);
      case Statement.ClassDef type ->
          type.bases().isEmpty() ? type.start() + 1 : type.bases().getLast().value().end();
      default -> statement.end();
    };
  }

  private static int end(Statement.FunctionDef function) {
    int end = function.parameters().isEmpty() ? 0 : function.parameters().getLast().end();
    return Math.max(
        function.start() + 1, Math.max(end, function.returns().map(Expression::end).orElse(0)));
  }

  private void execute(Statement statement) {
    switch (statement) {
      case Statement.FunctionDef function -> definitions.function(function);
      case Statement.ClassDef type -> definitions.type(type);
      case Statement.Return value -> {
        Values values = value.value().map(expressions::eval).orElse(Values.NONE);
        if (frame.unit instanceof Routine routine) {
          returned(routine, Guards.answered(frame.env, values));
        }
        leave();
      }
      case Statement.Delete delete -> delete.targets().forEach(expressions.stores()::delete);
      case Statement.Assign assign -> {
        Values values = expressions.eval(assign.value());
        for (Expression target : assign.targets()) {
          expressions.stores().assign(target, values);
        }
      }
      case Statement.TypeAlias alias -> frame.bind(alias.name().id(), Values.unknown("a type"));
      case Statement.AugAssign assign -> {
        Values before = expressions.eval(assign.target());
        Values more = expressions.eval(assign.value());
        expressions
            .stores()
            .assign(assign.target(), expressions.binary(before, assign.operator(), more));
      }
      case Statement.AnnAssign assign -> definitions.annotated(assign);
      case Statement.For loop -> forLoop(loop);
      case Statement.While loop -> whileLoop(loop);
      case Statement.If branch -> branch(branch);
      case Statement.With with -> {
        with.items().forEach(this::enter);
        block(with.body());
      }
      case Statement.Match match -> match(match);
      case Statement.Raise raise -> {
        raise.arguments().forEach(expressions::eval);
        raise.cause().ifPresent(expressions::eval);
        stop();
      }
      case Statement.Try attempt -> attempt(attempt);
      case Statement.Assert check -> {
        expressions.eval(check.test());
        check.message().ifPresent(expressions::eval);
        guards.asserted(check.test());
        narrowings.apply(check.test(), true);
      }
      case Statement.Import statementImport -> imports.execute(statementImport);
      case Statement.ImportFrom statementImport -> imports.execute(statementImport);
      case Statement.Global global -> frame.globals.addAll(global.names());
      case Statement.Nonlocal nonlocal -> frame.nonlocals.addAll(nonlocal.names());
      case Statement.Expr expression -> {
        Values values = expressions.eval(expression.value());
        if (ends(values)) {
          stop();
        }
      }
      case Statement.Pass _ -> {}
      case Statement.Break _ -> {
        if (!loops.isEmpty()) {
          loops.peek().broken.join(frame.env);
        }
        stop();
      }
      case Statement.Continue _ -> {
        if (!loops.isEmpty()) {
          loops.peek().continued.join(frame.env);
        }
        stop();
      }
      case Statement.Print print -> {
        print.destination().ifPresent(expressions::eval);
        print.values().forEach(expressions::eval);
      }
      case Statement.Exec exec -> {
        Values code = expressions.eval(exec.code());
        exec.scopes().forEach(expressions::eval);
        expressions.calls().executed(code, exec);
      }
      case Statement.Damaged damaged -> damaged.found().forEach(expressions::eval);
    }
  }

  /// Whether nothing comes back from the call that had this result.
  private static boolean ends(Values values) {
    return values.only() instanceof Value.Result result
        && Models.NEVER_RETURNS.contains(result.function());
  }

  /// The unit ends here.
  private void leave() {
    if (frame.env.live) {
      if (exits == null) {
        exits = frame.env.copy();
      } else {
        exits.join(frame.env);
      }
    }
    stop();
  }

  /// What follows is read all the same, as if it were reached: code behind a `return` is still code
  /// that somebody may move.
  private void stop() {
    frame.env.live = false;
  }

  private void branch(Statement.If branch) {
    expressions.eval(branch.test());
    if (expressions.stores().setsDefault(branch)) {
      return;
    }
    Env before = frame.env;
    frame.env = before.copy();
    narrowings.apply(branch.test(), true);
    guards.apply(branch.test(), true);
    boolean typing = frame.typing;
    frame.typing |= isTypeChecking(branch.test());
    block(branch.body());
    frame.typing = typing;
    Env then = frame.env;
    frame.env = before;
    narrowings.apply(branch.test(), false);
    guards.apply(branch.test(), false);
    block(branch.orElse());
    if (branch.orElse().isEmpty() || !isTypeChecking(branch.test())) {
      merge(then);
    }
  }

  private static boolean isTypeChecking(Expression test) {
    return test instanceof Expression.Name name && name.id().equals("TYPE_CHECKING")
        || test instanceof Expression.Attribute attribute
            && attribute.name().equals("TYPE_CHECKING");
  }

  /// Joins another way into the current one, where at least one of them leads on.
  private void merge(Env other) {
    if (!frame.env.live && !other.live) {
      // Neither leads on; what follows is read with what both know.
      frame.env.live = true;
      other.live = true;
      frame.env.join(other);
      frame.env.live = false;
      return;
    }
    frame.env.join(other);
  }

  private void forLoop(Statement.For loop) {
    Values iterable = expressions.eval(loop.iterable());
    Values elements = expressions.elements(iterable);
    repeat(
        () -> expressions.stores().assign(loop.target(), elements),
        loop.body(),
        loop.orElse(),
        null);
  }

  private void whileLoop(Statement.While loop) {
    repeat(
        () -> {
          expressions.eval(loop.test());
          narrowings.apply(loop.test(), true);
        },
        loop.body(),
        loop.orElse(),
        loop.test());
  }

  private void repeat(
      Runnable head, List<Statement> body, List<Statement> orElse, @Nullable Expression test) {
    Loop loop = new Loop();
    loops.push(loop);
    for (int i = 0; i < LOOPS; i++) {
      Env before = frame.env.copy();
      head.run();
      block(body);
      frame.env.join(loop.continued);
      Env after = frame.env;
      frame.env = before;
      if (!frame.env.join(after) || frame.hurries()) {
        break;
      }
    }
    loops.pop();
    if (test != null) {
      narrowings.apply(test, false);
    }
    block(orElse);
    frame.env.join(loop.broken);
  }

  private void enter(WithItem item) {
    Values context = expressions.eval(item.context());
    Values entered = expressions.calls().entered(context, item.context());
    item.target().ifPresent(target -> expressions.stores().assign(target, entered));
  }

  private void match(Statement.Match match) {
    Values subject = expressions.eval(match.subject());
    Env before = frame.env;
    Env joined = before.copy();
    for (MatchCase one : match.cases()) {
      frame.env = before.copy();
      expressions.stores().pattern(one.pattern(), subject);
      if (one.guard().isPresent()) {
        expressions.eval(one.guard().get());
        narrowings.apply(one.guard().get(), true);
      }
      block(one.body());
      joined.join(frame.env);
    }
    frame.env = joined;
  }

  private void attempt(Statement.Try attempt) {
    Env thrown = frame.env.copy();
    for (Statement statement : attempt.body()) {
      block(List.of(statement));
      thrown.join(frame.env);
    }
    block(attempt.orElse());
    Env after = frame.env;
    for (ExceptHandler handler : attempt.handlers()) {
      frame.env = thrown.copy();
      handler.type().ifPresent(expressions::eval);
      handler
          .target()
          .ifPresent(target -> expressions.stores().assign(target, Values.unknown("an exception")));
      block(handler.body());
      handler.target().ifPresent(expressions.stores()::delete);
      Env handled = frame.env;
      frame.env = after;
      merge(handled);
      after = frame.env;
    }
    frame.env = after;
    block(attempt.finalBody());
  }

  /// The values of the bases and keywords of a class.
  Values base(Argument argument) {
    return expressions.eval(argument.value());
  }
}
