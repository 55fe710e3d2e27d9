package io.loadlock.fix;

import io.loadlock.core.Fix;
import io.loadlock.python.parse.ParsedSource;
import io.loadlock.python.site.LoadSite;
import io.loadlock.python.tree.Argument;
import io.loadlock.python.tree.Expression;
import io.loadlock.python.tree.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Exchanges the format of a file at both its ends: every call of the project that loads it and
/// every one that saves it, together with its name. Never more than a suggestion: what the program
/// saves from then on is not what it saved before.
public final class Exchange {
  private final Trees trees;
  private final Format format;
  private final Converted converted;
  private final Changes changes = new Changes();

  private Exchange(Trees trees, Format format, Converted converted) {
    this.trees = trees;
    this.format = format;
    this.converted = converted;
  }

  /// What is known of the file behind a load.
  public enum Converted {
    /// It is here, and so is one in the new format beside it.
    YES,
    /// It is here alone.
    NO,
    /// It is not here: the program may make it.
    ABSENT
  }

  /// The ending of the format that could take the place of what this function loads.
  public static Optional<String> ending(String load) {
    return Format.of(load).map(Format::ending);
  }

  /// Whether a file of this name has one.
  ///
  /// @return the name that it would have in the new format
  public static Optional<String> renamed(String load, String name) {
    return Format.of(load)
        .flatMap(
            format ->
                format
                    .replaced(name)
                    .map(it -> name.substring(0, name.length() - it.length()) + format.ending()));
  }

  /// Empty where an end of the file is not seen, or does what the other format cannot.
  public static Optional<Fix> propose(Trees trees, LoadSite site, Converted converted) {
    Optional<Format> format = Format.of(site.sink().name());
    if (format.isEmpty() || site.form() != LoadSite.Form.CALL) {
      return Optional.empty();
    }
    return Scene.at(trees, site.location())
        .flatMap(scene -> new Exchange(trees, format.get(), converted).fix(scene));
  }

  /// A call that loads or saves the file.
  private record End(Scene scene, Expression.Call call, PathLiteral path) {}

  private Optional<Fix> fix(Scene scene) {
    Optional<End> here = scene.call().flatMap(call -> end(scene, call, Format.LOADED, ""));
    if (here.isEmpty()) {
      return Optional.empty();
    }
    String key = here.get().path().key();
    Optional<String> old = format.replaced(key);
    if (old.isEmpty()) {
      return Optional.empty();
    }
    Expression.Call call = here.get().call();
    List<End> loads = new ArrayList<>();
    List<End> saves = new ArrayList<>();
    String text = here.get().path().literal().value();
    Optional<String> constant = name(call);
    for (String path : trees.paths()) {
      boolean ends =
          trees.mayHold(path, format.saves().name().function())
              || trees.mayHold(path, function(call));
      if (ends
          && (trees.mayHold(path, text)
              || constant.filter(it -> trees.mayHold(path, it)).isPresent())) {
        trees.of(path).ifPresent(parsed -> collect(path, parsed, key, call, loads, saves));
      }
    }
    // A file that is here in the old format alone would be missing under its new name.
    boolean known =
        switch (converted) {
          case YES -> format.converted() || !saves.isEmpty();
          case NO -> !format.converted() && !saves.isEmpty();
          case ABSENT -> !saves.isEmpty();
        };
    boolean done =
        known
            && loads.stream().anyMatch(end -> end.call().equals(call))
            && loads.stream().allMatch(end -> load(end, old.get()))
            && saves.stream().allMatch(end -> save(end, old.get()));
    return done
        ? Optional.of(new Fix(Fix.Tier.SUGGESTED, description(saves), "", changes.edits()))
        : Optional.empty();
  }

  /// The constant whose value the path is, which other files may import.
  private static Optional<String> name(Expression.Call call) {
    return call.arguments().stream()
        .map(Argument::value)
        .filter(Expression.Name.class::isInstance)
        .map(it -> ((Expression.Name) it).id())
        .findFirst();
  }

  private String description(List<End> saves) {
    String load = "Load with " + format.load();
    return saves.isEmpty()
        ? load + " the file that was converted."
        : load + " what " + format.save() + " saves: " + format.what() + ".";
  }

  private void collect(
      String path,
      ParsedSource parsed,
      String key,
      Expression.Call load,
      List<End> loads,
      List<End> saves) {
    for (Enclosing enclosing : Enclosing.calls(parsed.module())) {
      Scene scene = new Scene(path, parsed, enclosing);
      Expression.Call call = (Expression.Call) enclosing.expression();
      Format.Saving saving = format.saves();
      if (call.equals(load) || isCall(scene, call, format.loads().getFirst())) {
        end(scene, call, Format.LOADED, "")
            .filter(it -> it.path().key().equals(key))
            .ifPresent(loads::add);
      } else if (isSave(scene, call)) {
        end(scene, call, saving.path(), saving.pathName())
            .filter(it -> it.path().key().equals(key))
            .ifPresent(saves::add);
      }
    }
  }

  private Optional<End> end(Scene scene, Expression.Call call, int position, String keyword) {
    return new CallArguments(scene.text(), call)
        .find(keyword, position)
        .flatMap(it -> PathLiteral.of(trees, scene.path(), scene.parsed(), it.value()))
        .map(path -> new End(scene, call, path));
  }

  private static String function(Expression.Call call) {
    return switch (call.function()) {
      case Expression.Name name -> name.id();
      case Expression.Attribute attribute -> attribute.name();
      default -> "";
    };
  }

  private boolean isSave(Scene scene, Expression.Call call) {
    Format.Name name = format.saves().name();
    return name.module().isEmpty()
        ? call.function() instanceof Expression.Attribute attribute
            && attribute.name().equals(name.function())
        : isCall(scene, call, name.toString());
  }

  /// Whether a call names this function of a module as an import of its file does.
  private static boolean isCall(Scene scene, Expression.Call call, String dotted) {
    int dot = dotted.lastIndexOf('.');
    if (!function(call).equals(dotted.substring(dot + 1))) {
      return false;
    }
    Optional<String> module = scene.imports().local(dotted.substring(0, dot));
    Optional<String> direct = scene.imports().local(dotted);
    return switch (call.function()) {
      case Expression.Name name -> direct.equals(Optional.of(name.id()));
      case Expression.Attribute attribute ->
          module.equals(Optional.of(source(scene, attribute.value())));
      default -> false;
    };
  }

  private static String source(Scene scene, Expression expression) {
    return new String(
        scene.text(),
        expression.start(),
        expression.end() - expression.start(),
        java.nio.charset.StandardCharsets.UTF_8);
  }

  // --- the two ends ----------------------------------------------------------------------------

  private boolean load(End end, String old) {
    if (format.converted() && isTakenApart(end)) {
      return false;
    }
    return rename(end, old) && arguments(end, 1) && callee(end, format.load());
  }

  private boolean save(End end, String old) {
    Format.Saving saving = format.saves();
    if (format.converted() && !isState(end)) {
      return false;
    }
    return rename(end, old)
        && arguments(end, Math.max(saving.object(), saving.path()) + 1)
        && callee(end, format.save());
  }

  private boolean rename(End end, String old) {
    Optional<Change> change = end.path().renamed(old, format.ending());
    change.ifPresent(it -> changes.add(end.path().path(), end.path().parsed(), it));
    return change.isPresent();
  }

  /// Keeps, renames or removes what the call gives besides the object and the path.
  private boolean arguments(End end, int known) {
    CallArguments arguments = new CallArguments(end.scene().text(), end.call());
    List<Argument> given = end.call().arguments();
    for (Argument argument : given) {
      boolean fits =
          switch (argument) {
            case Argument.Positional _ -> given.indexOf(argument) < known;
            case Argument.Keyword keyword -> keyword(end, arguments, keyword);
            case Argument.Star _, Argument.DoubleStar _ -> false;
          };
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  private boolean keyword(End end, CallArguments arguments, Argument.Keyword keyword) {
    if (format.dropped().contains(keyword.name())) {
      changes.add(end.scene(), arguments.remove(keyword));
      return true;
    }
    return format.renamed().containsKey(keyword.name()) && renameKeyword(end, arguments, keyword);
  }

  /// `map_location='cpu'` is `device='cpu'`; what may be a device is one by its text.
  private boolean renameKeyword(End end, CallArguments arguments, Argument.Keyword keyword) {
    if (keyword.value() instanceof Expression.None) {
      changes.add(end.scene(), arguments.remove(keyword));
      return true;
    }
    String name = format.renamed().getOrDefault(keyword.name(), keyword.name());
    int stop = keyword.start() + keyword.name().length();
    changes.add(end.scene(), new Change(keyword.start(), stop, name));
    switch (keyword.value()) {
      case Expression.Str _ -> {}
      case Expression.Name _, Expression.Attribute _, Expression.Call _ -> {
        changes.add(end.scene(), Change.insert(keyword.value().start(), "str("));
        changes.add(end.scene(), Change.insert(keyword.value().end(), ")"));
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean callee(End end, Format.Name name) {
    Expression function = end.call().function();
    if (name.module().isEmpty()) {
      // A method keeps its object.
      int start = function.end() - format.saves().name().function().length();
      changes.add(end.scene(), new Change(start, function.end(), name.function()));
      return true;
    }
    Imports imports = end.scene().imports();
    String reference = imports.reach(name.module(), name.function());
    imports.addMissing(changes);
    changes.add(end.scene(), new Change(function.start(), function.end(), reference));
    return true;
  }

  /// Whether entries are taken out of what is loaded: a file of tensors alone has none.
  private static boolean isTakenApart(End end) {
    List<io.loadlock.python.tree.Node> path = end.scene().enclosing().path();
    boolean directly =
        end.scene().enclosing().above() instanceof Expression.Subscript
            || end.scene().enclosing().above() instanceof Expression.Attribute;
    Optional<String> name =
        end.scene().enclosing().statement() instanceof Statement.Assign assign
                && assign.targets().getFirst() instanceof Expression.Name target
            ? Optional.of(target.id())
            : Optional.empty();
    boolean[] later = {false};
    if (name.isPresent() && !path.isEmpty()) {
      Constants.each(
          end.scene().parsed().module(),
          node ->
              later[0] |=
                  node instanceof Expression.Subscript item
                      && Spreads.isName(item.value(), name.get()));
    }
    return directly || later[0];
  }

  /// Whether what is saved is tensors by name: `model.state_dict()`, or a name for that.
  private static boolean isState(End end) {
    Argument saved = end.call().arguments().getFirst();
    Expression value = saved.value();
    if (value instanceof Expression.Name name) {
      Optional<Expression> assigned = Optional.empty();
      for (io.loadlock.python.tree.Node node : end.scene().enclosing().path()) {
        if (node instanceof Statement.FunctionDef function) {
          assigned = lastAssigned(function.body(), name.id()).or(() -> Optional.empty());
        }
      }
      value =
          assigned
              .or(() -> Constants.assigned(end.scene().parsed().module(), name.id()))
              .orElse(value);
    }
    return value instanceof Expression.Call call
        && call.function() instanceof Expression.Attribute attribute
        && attribute.name().equals("state_dict");
  }

  private static Optional<Expression> lastAssigned(List<Statement> body, String name) {
    Optional<Expression> found = Optional.empty();
    for (Statement statement : body) {
      if (statement instanceof Statement.Assign assign
          && Spreads.isName(assign.targets().getFirst(), name)) {
        found = Optional.of(assign.value());
      }
    }
    return found;
  }
}
