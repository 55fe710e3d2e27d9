package io.loadlock.python.flow;

import io.loadlock.core.Location;
import io.loadlock.python.site.Guard;
import io.loadlock.python.value.Arguments;
import io.loadlock.python.value.ModuleModel;
import io.loadlock.python.value.Routine;
import io.loadlock.python.value.Unit;
import io.loadlock.python.value.Value;
import io.loadlock.python.value.Values;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What guards a load: a digest that is compared before, by the program or by what downloads, on
/// every way; or that the program has written the file itself.
final class Verification {
  /// How many callers up a comparison is looked for.
  private static final int DEPTH = 4;

  private final Program program;
  private final Deciding deciding;

  Verification(Program program, Deciding deciding) {
    this.program = program;
    this.deciding = deciding;
  }

  /// What guards every way on which the place is met.
  Guard guard(List<RawSite> same) {
    Guard guard = digest(same);
    if (!(guard instanceof Guard.None)) {
      return guard;
    }
    Value.Written own = null;
    for (RawSite site : same) {
      own = Writers.own(site.loaded(), site.written(), program.writtenBy(site.unit()));
      if (own == null) {
        return ineffective(site);
      }
    }
    return own == null ? guard : new Guard.OwnFile(place(own.where()));
  }

  /// A comparison of the digest of what is loaded that does not keep the load from being reached.
  private Guard ineffective(RawSite site) {
    Program.Compared compared = program.comparedBy(site.unit());
    Values loaded = Guards.root(site.loaded());
    for (Value value : compared.asserted()) {
      if (value instanceof Value.Checked checked && mayBe(checked.of(), loaded)) {
        return new Guard.Ineffective(place(checked), "an assert, which python -O leaves out");
      }
    }
    for (Value value : compared.tested()) {
      if (value instanceof Value.Checked checked && mayBe(checked.of(), loaded)) {
        return new Guard.Ineffective(
            place(checked),
            checked.start() >= site.end()
                ? "it comes after the load"
                : site.checked().contains(checked)
                    ? "what the digest is compared with is no constant"
                    : "a difference does not keep the load from being reached");
      }
    }
    return Guard.NONE;
  }

  /// The comparison that guards every way on which the place is met.
  private Guard digest(List<RawSite> same) {
    Guard guard = Guard.NONE;
    for (RawSite site : same) {
      guard = digest(site);
      if (guard instanceof Guard.None) {
        return guard;
      }
    }
    return guard;
  }

  private Guard digest(RawSite site) {
    Optional<Guard> byDownload = Downloads.guard(this, site);
    return byDownload.orElseGet(
        () -> compared(site.checked(), Guards.root(site.loaded()), site.unit(), DEPTH));
  }

  /// The comparison that was made before, here or by all who call the function with what it loads.
  private Guard compared(Values checked, Values loaded, Unit unit, int depth) {
    for (Value value : checked) {
      if (value instanceof Value.Checked one
          && isExpected(one, loaded, unit)
          && mayBe(one.of(), loaded)) {
        return new Guard.Digest(place(one), clause(one));
      }
    }
    if (depth == 0
        || !(loaded.only() instanceof Value.Parameter parameter)
        || parameter.routine() != unit
        || parameter.routine().calls.isEmpty()) {
      return Guard.NONE;
    }
    Guard guard = Guard.NONE;
    for (Map.Entry<Routine.Place, Arguments> call : parameter.routine().calls.entrySet()) {
      Values passed =
          parameter
              .routine()
              .passed(parameter.index(), call.getValue())
              .without(Value.Singleton.ABSENT::equals);
      guard =
          passed.isEmpty()
              ? Guard.NONE
              : compared(
                  parameter.routine().checkedBefore.getOrDefault(call.getKey(), Values.EMPTY),
                  Guards.root(passed),
                  call.getKey().unit(),
                  depth - 1);
      if (guard instanceof Guard.None) {
        return guard;
      }
    }
    return guard;
  }

  private String clause(Value.Checked checked) {
    if (checked.algorithm().equals(Guards.HMAC)) {
      return "its HMAC is checked with a key before";
    }
    return "its "
        + checked.algorithm()
        + (isConstant(checked.against())
            ? " is compared with a constant before"
            : " is compared before with that in a file of the program's own");
  }

  /// False where the digest is of something else than what is loaded.
  private static boolean mayBe(Values of, Values loaded) {
    if (of.isEmpty() || loaded.isEmpty()) {
      return true;
    }
    for (Value value : of) {
      if (loaded.contains(value)) {
        return true;
      }
    }
    return false;
  }

  /// Whether nobody who can change the data can change what their digest is compared with.
  private boolean isExpected(Value.Checked checked, Values loaded, Unit unit) {
    if (checked.algorithm().equals(Guards.HMAC)) {
      // The key may be anything that does not come with the data.
      Values key = Guards.root(checked.against());
      return key.isEmpty() || !mayBe(key, loaded);
    }
    return isConstant(checked.against()) || isOfOwnFile(checked.against(), unit);
  }

  static boolean isConstant(@Nullable Value value) {
    return value instanceof Value.Text || value instanceof Value.Data;
  }

  boolean isConstant(Values values) {
    List<Value> concrete = deciding.concrete(values);
    return !concrete.isEmpty() && concrete.stream().allMatch(Verification::isConstant);
  }

  /// Values out of files of digests whose paths the program itself names, and that it does not
  /// write.
  private boolean isOfOwnFile(Values values, Unit unit) {
    for (Value value : values) {
      if (!(value instanceof Value.Result result && Guards.reads(result))) {
        return false;
      }
      Values path = result.arguments().lookup("", 0);
      if (path.isEmpty() || !isNamedHere(path) || isWritten(path, unit)) {
        return false;
      }
    }
    return !values.isEmpty();
  }

  private static boolean isNamedHere(Values path) {
    for (Value value : path) {
      boolean named =
          switch (value) {
            case Value.Text text -> !text.text().contains("://");
            case Value.ThisFile _ -> true;
            case Value.Parent parent -> isNamedHere(parent.of());
            case Value.Joined joined -> joined.parts().stream().allMatch(Verification::isNamedHere);
            case Value.Concatenated parts ->
                parts.parts().stream().allMatch(Verification::isNamedHere);
            default -> false;
          };
      if (!named) {
        return false;
      }
    }
    return true;
  }

  private boolean isWritten(Values path, Unit unit) {
    for (Unit one : List.of(unit, unit.module())) {
      for (Value value : program.writtenBy(one)) {
        if (value instanceof Value.Written written && mayBe(written.target(), path)) {
          return true;
        }
      }
    }
    return false;
  }

  private static Location.Source place(Value.Checked checked) {
    ModuleModel at = checked.module();
    return at.parsed().source().locate(at.path(), checked.start(), checked.end());
  }

  static Location.Source place(Routine.Place where) {
    ModuleModel at = where.module();
    return at.parsed().source().locate(at.path(), where.start(), where.end());
  }
}
