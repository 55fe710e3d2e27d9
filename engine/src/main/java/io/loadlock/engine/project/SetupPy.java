package io.loadlock.engine.project;

import io.loadlock.core.Problem;
import io.loadlock.pins.Bounds;
import io.loadlock.pins.Declaration;
import io.loadlock.pins.Declaration.Scope;
import io.loadlock.pins.PinFile;
import io.loadlock.pins.PinFormat;
import io.loadlock.pins.Requirement;
import io.loadlock.pins.Specifiers;
import io.loadlock.python.parse.ParsedSource;
import io.loadlock.python.parse.Parser;
import io.loadlock.python.tree.Argument;
import io.loadlock.python.tree.Expression;
import io.loadlock.python.tree.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `setup.py`, read and never run: `install_requires`, `extras_require` and `python_requires` of
/// the call of `setup`, written out there or in a constant of the module. Whatever is computed is a
/// problem, so that it proves nothing.
final class SetupPy {
  private final String path;
  private final ParsedSource parsed;
  private final Map<String, Expression> constants = new HashMap<>();
  private final List<Declaration> declarations = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private Optional<Bounds> python = Optional.empty();

  private SetupPy(String path, ParsedSource parsed) {
    this.path = path;
    this.parsed = parsed;
  }

  static PinFile read(String path, byte[] content) {
    SetupPy reader = new SetupPy(path, Parser.parse(content));
    reader.block(reader.parsed.module().body());
    return new PinFile(
        path, PinFormat.SETUP_PY, reader.declarations, reader.python, reader.problems);
  }

  private void block(List<Statement> body) {
    for (Statement statement : body) {
      switch (statement) {
        case Statement.Assign assign when assign.targets().size() == 1 -> {
          if (assign.targets().getFirst() instanceof Expression.Name name) {
            constants.put(name.id(), assign.value());
          }
          call(assign.value());
        }
        case Statement.Expr expression -> call(expression.value());
        case Statement.If branch -> block(branch.body());
        case Statement.FunctionDef function -> block(function.body());
        default -> {
          // Nothing else calls setup.
        }
      }
    }
  }

  private void call(Expression value) {
    if (!(value instanceof Expression.Call call) || !isSetup(call.function())) {
      return;
    }
    for (Argument argument : call.arguments()) {
      switch (argument) {
        case Argument.Keyword keyword -> keyword(keyword);
        case Argument.DoubleStar star ->
            problem("the arguments of setup() are computed", star.start());
        case Argument.Positional _, Argument.Star _ -> {}
      }
    }
  }

  private static boolean isSetup(Expression function) {
    return switch (function) {
      case Expression.Name name -> name.id().equals("setup");
      case Expression.Attribute attribute -> attribute.name().equals("setup");
      default -> false;
    };
  }

  private void keyword(Argument.Keyword keyword) {
    switch (keyword.name()) {
      case "install_requires" -> requirements(keyword.value(), Scope.RUNTIME);
      case "extras_require" -> {
        if (resolved(keyword.value()) instanceof Expression.Dict extras) {
          extras.items().forEach(item -> requirements(item.value(), Scope.OPTIONAL));
        }
      }
      case "python_requires" -> {
        if (resolved(keyword.value()) instanceof Expression.Str text) {
          python = Specifiers.parse(text.value());
        }
      }
      default -> {
        // Says nothing of versions.
      }
    }
  }

  private void requirements(Expression value, Scope scope) {
    switch (resolved(value)) {
      case Expression.ListDisplay list -> list.elements().forEach(each -> requirement(each, scope));
      case Expression.Tuple tuple -> tuple.elements().forEach(each -> requirement(each, scope));
      case Expression.Str lines ->
          lines
              .value()
              .lines()
              .filter(line -> !line.isBlank())
              .forEach(line -> add(line.strip(), scope, lines.start()));
      case Expression.BinOp sum when sum.operator().equals("+") -> {
        requirements(sum.left(), scope);
        requirements(sum.right(), scope);
      }
      case Expression other -> {
        if (scope == Scope.RUNTIME) {
          problem("install_requires is computed", other.start());
        }
      }
    }
  }

  private void requirement(Expression value, Scope scope) {
    if (resolved(value) instanceof Expression.Str text) {
      add(text.value().strip(), scope, text.start());
    } else if (scope == Scope.RUNTIME) {
      problem("a requirement is computed", value.start());
    }
  }

  private void add(String text, Scope scope, int at) {
    Optional<Requirement> requirement = Requirement.parse(text);
    if (requirement.isEmpty()) {
      problem("not a requirement: " + text, at);
      return;
    }
    Requirement found = requirement.get();
    declarations.add(
        new Declaration(
            found.distribution(), found.bounds(), found.marker(), scope, path, line(at), text));
  }

  private Expression resolved(Expression value) {
    Expression at = value;
    // A name may stand for a name; a circle ends here.
    for (int step = 0; step < 8 && at instanceof Expression.Name name; step++) {
      at = constants.getOrDefault(name.id(), at);
    }
    return at;
  }

  private void problem(String reason, int at) {
    problems.add(new Problem(reason, path + ", line " + line(at)));
  }

  private int line(int offset) {
    return parsed.source().line(offset);
  }
}
