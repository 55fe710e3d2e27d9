package io.loadlock.fix;

import io.loadlock.python.tree.Expression;
import io.loadlock.python.tree.ImportAlias;
import io.loadlock.python.tree.Module;
import io.loadlock.python.tree.Statement;
import java.util.Optional;

/// How a module is called in a file, and how to import one that is not there yet.
final class Imports {
  private final byte[] text;
  private final Module module;

  Imports(byte[] text, Module module) {
    this.text = text;
    this.module = module;
  }

  /// The expression by which an import at module level makes `dotted` available: `torch`, or `t`
  /// for `import torch as t`; empty where there is none.
  Optional<String> local(String dotted) {
    for (Statement statement : module.body()) {
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
    return Optional.empty();
  }

  /// `import dotted` on a line of its own: behind the first run of imports, else behind the
  /// docstring.
  Change add(String dotted) {
    int after = -1;
    boolean first = true;
    for (Statement statement : module.body()) {
      if (isImport(statement)) {
        after = statement.end();
      } else if (after >= 0) {
        break;
      } else if (!(first && isDocstring(statement))) {
        return Change.insert(Lines.start(text, statement.start()), "import " + dotted + "\n");
      } else {
        after = statement.end();
      }
      first = false;
    }
    if (after < 0) {
      return Change.insert(0, "import " + dotted + "\n");
    }
    int line = Lines.end(text, after);
    boolean ended = line > 0 && (text[line - 1] == '\n' || text[line - 1] == '\r');
    return Change.insert(line, (ended ? "" : "\n") + "import " + dotted + "\n");
  }

  private static boolean isImport(Statement statement) {
    return statement instanceof Statement.Import || statement instanceof Statement.ImportFrom;
  }

  private static boolean isDocstring(Statement statement) {
    return statement instanceof Statement.Expr expression
        && expression.value() instanceof Expression.Str;
  }
}
