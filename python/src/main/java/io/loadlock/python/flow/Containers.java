package io.loadlock.python.flow;

import io.loadlock.python.value.Arguments;
import io.loadlock.python.value.Arguments.Given;
import io.loadlock.python.value.Arguments.Kind;
import io.loadlock.python.value.Value;
import io.loadlock.python.value.Value.Layer;
import io.loadlock.python.value.Value.Sequence;
import io.loadlock.python.value.Values;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What functions make that give dictionaries, pairs and objects with fields.
final class Containers {
  /// More members than this are not told apart.
  private static final int ZIPPED = 32;

  private Containers() {}

  static Values mapping(String function, Arguments arguments) {
    List<Layer> layers = new ArrayList<>();
    for (Given given : arguments.given()) {
      switch (given.kind()) {
        case KEYWORD ->
            layers.add(
                new Layer.Entry(
                    new Value.Text(java.util.Objects.requireNonNull(given.keyword())),
                    given.value()));
        case DOUBLE_STAR -> layers.add(new Layer.Spread(given.value()));
        case POSITIONAL -> layers.add(pairsOf(given.value()));
        case STAR -> layers.add(new Layer.Somewhere(Values.unknown("an unpacked value")));
      }
    }
    Value.Mapping mapping = new Value.Mapping(layers);
    return Values.of(function.endsWith("amespace") ? new Value.Namespace(mapping) : mapping);
  }

  private static Layer pairsOf(Values values) {
    if (values.only() instanceof Sequence sequence && sequence.others().isEmpty()) {
      List<Layer> entries = new ArrayList<>();
      for (Values element : sequence.elements()) {
        if (element.only() instanceof Sequence pair
            && pair.elements().size() == 2
            && pair.elements().getFirst().only() != null) {
          entries.add(
              new Layer.Entry(
                  java.util.Objects.requireNonNull(pair.elements().getFirst().only()),
                  pair.elements().get(1)));
        }
      }
      return new Layer.Spread(Values.of(new Value.Mapping(entries)));
    }
    return new Layer.Spread(values);
  }

  static Values chain(Arguments arguments) {
    List<Layer> layers = new ArrayList<>();
    for (Given given : arguments.given()) {
      layers.addFirst(new Layer.Spread(given.value()));
    }
    return Values.of(new Value.Mapping(layers));
  }

  /// `dict.fromkeys(keys, value)`
  static @Nullable Values fromKeys(Arguments arguments) {
    Value only = arguments.lookup("", 0).only();
    List<Values> keys = only == null ? null : Constants.members(only);
    if (keys == null || keys.size() > ZIPPED) {
      return null;
    }
    Values given = arguments.lookup("", 1);
    Values value = given.equals(Values.ABSENT) ? Values.NONE : given;
    List<Layer> entries = new ArrayList<>();
    for (Values key : keys) {
      entries.add(
          key.only() == null
              ? new Layer.Somewhere(value)
              : new Layer.Entry(java.util.Objects.requireNonNull(key.only()), value));
    }
    return Values.of(new Value.Mapping(entries));
  }

  /// The tuples of a `zip` over as many members each, a few, that are written out; null for others.
  static @Nullable List<Values> zipped(Arguments arguments) {
    List<List<Values>> columns = new ArrayList<>();
    for (Given given : arguments.given()) {
      Value only = given.kind() == Kind.POSITIONAL ? given.value().only() : null;
      List<Values> members = only == null ? null : Constants.members(only);
      if (members == null
          || members.size() > ZIPPED
          || !columns.isEmpty() && columns.getFirst().size() != members.size()) {
        return null;
      }
      columns.add(members);
    }
    int rows = columns.isEmpty() ? 0 : columns.getFirst().size();
    List<Values> tuples = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      List<Values> tuple = new ArrayList<>();
      for (List<Values> column : columns) {
        tuple.add(column.get(row));
      }
      tuples.add(Values.of(new Sequence(Sequence.Kind.TUPLE, tuple, Values.EMPTY)));
    }
    return tuples;
  }

  static Values pairs(List<Values> members) {
    Value pair = new Sequence(Sequence.Kind.TUPLE, members, Values.EMPTY);
    return Values.of(new Sequence(Sequence.Kind.GENERATOR, List.of(), Values.of(pair)));
  }

  /// The object with the fields that the second argument lists, whose values follow.
  static Values namedTuple(Arguments arguments) {
    List<String> fields = fields(arguments.lookup("field_names", 1));
    List<Layer> layers = new ArrayList<>();
    int at = -2;
    for (Given given : arguments.given()) {
      if (given.kind() == Kind.KEYWORD && given.keyword() != null) {
        layers.add(new Layer.Entry(new Value.Text(given.keyword()), given.value()));
      } else if (given.kind() == Kind.POSITIONAL && ++at > 0 && at <= fields.size()) {
        layers.add(new Layer.Entry(new Value.Text(fields.get(at - 1)), given.value()));
      }
    }
    return Values.of(new Value.Namespace(new Value.Mapping(layers)));
  }

  /// The fields that `namedtuple` is told: a text or a display of texts.
  static List<String> fields(Values names) {
    List<String> fields = new ArrayList<>();
    if (names.only() instanceof Value.Text text) {
      for (String name : text.text().replace(',', ' ').strip().split("\\s+")) {
        fields.add(name);
      }
    } else if (names.only() instanceof Sequence sequence) {
      for (Values element : sequence.elements()) {
        fields.add(element.only() instanceof Value.Text text ? text.text() : "");
      }
    }
    return fields;
  }
}
