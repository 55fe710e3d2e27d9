package io.loadlock.fix;

import io.loadlock.core.Location;
import io.loadlock.python.parse.ParsedSource;
import io.loadlock.python.tree.Expression;
import java.util.Optional;

/// A place of the source with the tree around it.
record Scene(String path, ParsedSource parsed, Enclosing enclosing) {
  /// Empty where nothing stands exactly there.
  static Optional<Scene> at(Trees trees, Location.Source location) {
    return trees
        .of(location.path())
        .flatMap(
            parsed ->
                Enclosing.find(parsed.source(), parsed.module(), location)
                    .map(enclosing -> new Scene(location.path(), parsed, enclosing)));
  }

  byte[] text() {
    return parsed.source().text();
  }

  Imports imports() {
    return new Imports(this);
  }

  /// The call that stands here, if one does.
  Optional<Expression.Call> call() {
    return enclosing.expression() instanceof Expression.Call call
        ? Optional.of(call)
        : Optional.empty();
  }
}
