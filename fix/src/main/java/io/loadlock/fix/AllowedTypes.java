package io.loadlock.fix;

import io.loadlock.python.site.LoadSite;
import io.loadlock.python.tree.Expression;
import io.loadlock.python.tree.Node;
import io.loadlock.python.tree.Statement;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Tells torch which types a file may name.
final class AllowedTypes {
  /// For how long they are allowed.
  enum Form {
    /// From the statement on: `torch.serialization.add_safe_globals([…])` on a line before it.
    PROCESS,
    /// While the statement runs, which then stands in `with torch.serialization.safe_globals([…])`.
    /// What others load is not touched; but of threads that load at one time, the first to leave
    /// takes the types away from the others.
    CONTEXT
  }

  private final Scene scene;
  private final LoadSite site;
  private final Changes changes;

  AllowedTypes(Scene scene, LoadSite site, Changes changes) {
    this.scene = scene;
    this.site = site;
    this.changes = changes;
  }

  /// False where the statement leaves no room for it; nothing is changed then.
  boolean allow(List<Proof.Type> types, Form form) {
    Statement statement = scene.enclosing().statement();
    byte[] text = scene.text();
    if (!Lines.isFirst(text, statement.start())
        || form == Form.CONTEXT && !standsAlone(statement)) {
      return false;
    }
    Imports imports = scene.imports();
    List<String> references = new ArrayList<>();
    for (Proof.Type type : types) {
      String reference = imports.reach(type.module(), type.name());
      references.add(type.spelled() ? "(" + reference + ", \"" + type.dotted() + "\")" : reference);
    }
    String function = form == Form.PROCESS ? "add_safe_globals" : "safe_globals";
    String call = reached(imports, function) + "([" + String.join(", ", references) + "])";
    imports.addMissing(changes);
    int at = Lines.start(text, statement.start());
    String indentation = Lines.indentation(text, statement.start());
    if (form == Form.PROCESS) {
      changes.add(scene, Change.insert(at, indentation + call + "\n"));
      return true;
    }
    String step = step(statement);
    changes.indent(scene, statement.start(), statement.end(), step);
    changes.add(scene, Change.insert(at, indentation + "with " + call + ":\n" + step));
    for (int line = Lines.end(text, at); line < statement.end(); line = Lines.end(text, line)) {
      changes.add(scene, Change.insert(line, step));
    }
    return true;
  }

  /// A simple statement with lines of its own, none of which begins within a string: those can be
  /// indented.
  private boolean standsAlone(Statement statement) {
    boolean simple =
        switch (statement) {
          case Statement.Assign _,
              Statement.AnnAssign _,
              Statement.AugAssign _,
              Statement.Expr _,
              Statement.Return _ ->
              true;
          default -> false;
        };
    byte[] text = scene.text();
    int end = Lines.end(text, statement.end());
    for (int at = statement.end(); simple && at < end; at++) {
      if (text[at] == '#') {
        break;
      }
      simple = text[at] == ' ' || text[at] == '\t' || text[at] == '\r' || text[at] == '\n';
    }
    return simple
        && !text(statement.start(), statement.end()).contains("\"\"\"")
        && !text(statement.start(), statement.end()).contains("'''");
  }

  /// By what the body of the function around the statement is indented; four blanks in a module.
  private String step(Statement statement) {
    String own = Lines.indentation(scene.text(), statement.start());
    for (Node node : scene.enclosing().path().reversed()) {
      String outer = Lines.indentation(scene.text(), node.start());
      if (node instanceof Statement && own.startsWith(outer) && outer.length() < own.length()) {
        return own.substring(outer.length());
      }
    }
    return "    ";
  }

  /// A function of `torch.serialization`, through the name by which the load itself reaches torch.
  private String reached(Imports imports, String function) {
    if (imports.local("torch").isEmpty()
        && scene.call().isPresent()
        && scene.call().get().function() instanceof Expression.Attribute attribute
        && attribute.value() instanceof Expression.Name name
        && !site.boundHere()) {
      return text(name.start(), name.end()) + ".serialization." + function;
    }
    return imports.reach("torch", "serialization." + function);
  }

  private String text(int start, int end) {
    return new String(scene.text(), start, end - start, StandardCharsets.UTF_8);
  }
}
