package io.loadlock.fix;

import io.loadlock.python.tree.Children;
import io.loadlock.python.tree.Expression;
import io.loadlock.python.tree.ImportAlias;
import io.loadlock.python.tree.Node;
import io.loadlock.python.tree.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// How modules and their names are called at a place, and how to import what is not there yet.
final class Imports {
  private final Scene scene;
  private final byte[] text;
  private final List<Statement> visible = new ArrayList<>();
  private final TreeSet<String> missing = new TreeSet<>();

  /// What is imported where `scene` is: by the module, before the place if that is in its own body,
  /// and by the functions around it.
  Imports(Scene scene) {
    this.scene = scene;
    this.text = scene.text();
    Optional<Statement.FunctionDef> function = scene.enclosing().function();
    int limit = function.isPresent() ? Integer.MAX_VALUE : scene.enclosing().expression().start();
    collect(scene.parsed().module(), limit);
    for (Node node : scene.enclosing().path()) {
      if (node instanceof Statement.FunctionDef) {
        collect(node, scene.enclosing().expression().start());
      }
    }
  }

  private void collect(Node scope, int limit) {
    Deque<Node> left = new ArrayDeque<>();
    left.push(scope);
    while (!left.isEmpty()) {
      Node node = left.pop();
      if (node != scope
          && (node instanceof Statement.FunctionDef || node instanceof Statement.ClassDef)) {
        continue;
      }
      if (isImport(node) && node.end() <= limit) {
        visible.add((Statement) node);
      }
      Children.each(node, left::push);
    }
  }

  /// The expression by which `module.name` is reached; its module is imported where nothing does so
  /// yet.
  String reach(String module, String name) {
    if (module.isEmpty() || module.equals("builtins")) {
      return name;
    }
    int dot = name.indexOf('.');
    String first = dot < 0 ? name : name.substring(0, dot);
    Optional<String> direct = direct(module, first);
    if (direct.isPresent()) {
      return direct.get() + (dot < 0 ? "" : name.substring(dot));
    }
    Optional<String> local = local(module);
    if (local.isEmpty()) {
      missing.add(module);
    }
    return local.orElse(module) + "." + name;
  }

  /// What adds the imports that [#reach] asked for.
  void addMissing(Changes changes) {
    for (String module : missing) {
      changes.add(scene, add(module));
    }
  }

  /// The expression by which an import makes `dotted` available: `torch`, or `t` for `import torch
  /// as t`; empty where there is none.
  Optional<String> local(String dotted) {
    for (Statement statement : visible) {
      if (statement instanceof Statement.Import imports) {
        for (ImportAlias alias : imports.names()) {
          if (alias.name().equals(dotted)) {
            return Optional.of(alias.asName().orElse(dotted));
          }
          // `import torch.nn` binds `torch` as well.
          if (alias.asName().isEmpty() && alias.name().startsWith(dotted + ".")) {
            return Optional.of(dotted);
          }
        }
      }
    }
    int dot = dotted.lastIndexOf('.');
    return dot < 0 ? Optional.empty() : direct(dotted.substring(0, dot), dotted.substring(dot + 1));
  }

  /// `from module import name as local`
  private Optional<String> direct(String module, String name) {
    for (Statement statement : visible) {
      if (statement instanceof Statement.ImportFrom from
          && from.level() == 0
          && from.module().equals(module)) {
        for (ImportAlias alias : from.names()) {
          if (alias.name().equals(name)) {
            return Optional.of(alias.asName().orElse(name));
          }
        }
      }
    }
    return Optional.empty();
  }

  /// `import dotted` on a line of its own: behind the first run of imports, else behind the
  /// docstring; before the statement that needs it in any case.
  private Change add(String dotted) {
    String line = "import " + dotted + "\n";
    int after = -1;
    int before = Integer.MAX_VALUE;
    boolean first = true;
    for (Statement statement : scene.parsed().module().body()) {
      boolean preface = isImport(statement) || first && isDocstring(statement);
      if (!preface || statement.end() > scene.enclosing().expression().start()) {
        before = start(statement);
        if (after < 0 || !preface || isImport(statement)) {
          break;
        }
      }
      after = statement.end();
      first = false;
    }
    if (after < 0) {
      int at = before == Integer.MAX_VALUE ? 0 : before;
      return Change.insert(Lines.start(text, at), line);
    }
    int at = Lines.end(text, after);
    boolean ended = at > 0 && (text[at - 1] == '\n' || text[at - 1] == '\r');
    return Change.insert(at, (ended ? "" : "\n") + line);
  }

  /// Where a statement begins, its decorators included: positions are CPython's, which leave them
  /// out.
  private static int start(Statement statement) {
    List<Expression> decorators =
        switch (statement) {
          case Statement.FunctionDef function -> function.decorators();
          case Statement.ClassDef type -> type.decorators();
          default -> List.of();
        };
    return decorators.isEmpty() ? statement.start() : decorators.getFirst().start();
  }

  private static boolean isImport(Node statement) {
    return statement instanceof Statement.Import || statement instanceof Statement.ImportFrom;
  }

  private static boolean isDocstring(Statement statement) {
    return statement instanceof Statement.Expr expression
        && expression.value() instanceof Expression.Str;
  }
}
