package io.loadlock.python.value;

import io.loadlock.python.value.Value.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a call gives, in the order of the source.
public final class Arguments implements Sized {
  public static final Arguments NONE = new Arguments(List.of());

  private final List<Given> given;
  private final int depth;
  private final int weight;
  private final boolean symbolic;
  private int hash;
  private @Nullable Arguments brief;

  public Arguments(List<Given> given) {
    this.given = List.copyOf(given);
    int deepest = 0;
    int sum = 0;
    boolean any = false;
    for (Given one : this.given) {
      deepest = Math.max(deepest, one.value().depth());
      sum += one.value().weight();
      any |= one.value().symbolic();
    }
    this.depth = deepest;
    this.weight = sum;
    this.symbolic = any;
  }

  /// In the order of the source.
  public List<Given> given() {
    return given;
  }

  /// @param keyword its name; null for the other kinds
  public record Given(Kind kind, @Nullable String keyword, Values value) {}

  public enum Kind {
    POSITIONAL,
    KEYWORD,
    /// `*value`
    STAR,
    /// `**value`
    DOUBLE_STAR
  }

  /// With one more in front, such as `self`.
  public Arguments behind(Values first) {
    List<Given> all = new ArrayList<>(given.size() + 1);
    all.add(new Given(Kind.POSITIONAL, null, first));
    all.addAll(given);
    return new Arguments(all);
  }

  /// With these behind them; of a keyword that is given twice the later one counts, also where a
  /// spread gives it.
  public Arguments then(Arguments more) {
    boolean spread = more.given.stream().anyMatch(one -> one.kind() == Kind.DOUBLE_STAR);
    List<Given> all = new ArrayList<>();
    List<Value.Layer> weaker = new ArrayList<>();
    for (Given one : given) {
      if (one.kind() == Kind.KEYWORD && one.keyword() != null && spread) {
        weaker.add(new Value.Layer.Entry(new Value.Text(one.keyword()), one.value()));
      } else if (one.kind() != Kind.KEYWORD || more.keyword(one.keyword()) == null) {
        all.add(one);
      }
    }
    all.addAll(more.given);
    if (!weaker.isEmpty()) {
      all.add(new Given(Kind.DOUBLE_STAR, null, Values.of(new Value.Mapping(weaker))));
    }
    return new Arguments(all);
  }

  /// With a keyword, in place of one of the same name.
  public Arguments with(String keyword, Values value) {
    return then(new Arguments(List.of(new Given(Kind.KEYWORD, keyword, value))));
  }

  private @Nullable Given keyword(@Nullable String name) {
    for (Given one : given) {
      if (one.kind() == Kind.KEYWORD && one.keyword() != null && one.keyword().equals(name)) {
        return one;
      }
    }
    return null;
  }

  /// The keyword under which [#shallow] keeps from where deep arguments come; no identifier.
  private static final String FROM = ".from";

  /// With *unknown* in place of what is deeper than `depth`, and the parameters and results that
  /// are in it as one more argument.
  public Arguments shallow(int depth) {
    List<Given> all = new ArrayList<>(given.size() + 1);
    Values leaves = Values.EMPTY;
    for (Given one : given) {
      if (one.value().depth() <= depth) {
        all.add(one);
      } else {
        all.add(
            new Given(one.kind(), one.keyword(), Values.unknown("nested too deeply to follow")));
        leaves = leaves.join(one.value().leaves());
      }
    }
    if (!leaves.isEmpty()) {
      all.add(new Given(Kind.KEYWORD, FROM, leaves));
    }
    return new Arguments(all);
  }

  /// [#shallow] of one level, which is made once.
  Arguments brief() {
    Arguments made = brief;
    if (made == null) {
      made = depth > 1 ? shallow(1) : this;
      brief = made;
    }
    return made;
  }

  /// Without the first positional one.
  public Arguments withoutFirst() {
    List<Given> rest = new ArrayList<>(given);
    for (int i = 0; i < rest.size(); i++) {
      if (rest.get(i).kind() == Kind.POSITIONAL) {
        rest.remove(i);
        break;
      }
    }
    return new Arguments(rest);
  }

  /// The value of a parameter by keyword or position; [Singleton#ABSENT] is among the values where
  /// it may not be given. A spread of which nothing is known counts as not giving it.
  ///
  /// @param name empty where it has none
  /// @param position from 0; -1 where it can only be given by keyword
  public Values lookup(String name, int position) {
    Values found = name.isEmpty() ? Values.ABSENT : byKeyword(name);
    if (position >= 0 && Mappings.mayBeAbsent(found)) {
      Values placed = byPosition(position);
      return placed == Values.ABSENT ? found : Mappings.instead(found, placed);
    }
    return found;
  }

  private Values byKeyword(String name) {
    Values found = Values.ABSENT;
    Value key = new Value.Text(name);
    for (Given one : given) {
      if (one.kind() == Kind.KEYWORD && name.equals(one.keyword())) {
        return one.value();
      }
      if (one.kind() == Kind.DOUBLE_STAR) {
        found = Mappings.instead(found, Mappings.lookup(one.value(), key));
      }
    }
    return found;
  }

  private Values byPosition(int position) {
    int at = 0;
    for (Given one : given) {
      switch (one.kind()) {
        case POSITIONAL -> {
          if (at++ == position) {
            return one.value();
          }
        }
        case STAR -> {
          Values found = Values.EMPTY;
          int length = -1;
          for (Value value : one.value()) {
            switch (value) {
              case Value.Sequence sequence when sequence.others().isEmpty() -> {
                length = Math.max(length, sequence.elements().size());
                int index = position - at;
                found =
                    found.join(
                        index < sequence.elements().size()
                            ? sequence.elements().get(index)
                            : Values.ABSENT);
              }
              case Value.Parameter _ ->
                  found =
                      found.join(
                          Values.of(
                              new Value.Item(
                                  Values.of(value),
                                  new Value.Number(Integer.toString(position - at)),
                                  Values.ABSENT)));
              default -> found = found.join(Values.ABSENT);
            }
          }
          if (!found.isEmpty() && !found.equals(Values.ABSENT)) {
            return found;
          }
          if (length < 0) {
            return Values.ABSENT;
          }
          at += length;
        }
        case KEYWORD, DOUBLE_STAR -> {}
      }
    }
    return Values.ABSENT;
  }

  @Override
  public int weight() {
    return weight;
  }

  @Override
  public int depth() {
    return depth;
  }

  @Override
  public boolean symbolic() {
    return symbolic;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other == this
        || other instanceof Arguments arguments
            && arguments.hashCode() == hashCode()
            && given.equals(arguments.given);
  }

  @Override
  public int hashCode() {
    if (hash == 0) {
      hash = given.hashCode() | 1;
    }
    return hash;
  }

  @Override
  public String toString() {
    return given.toString();
  }
}
