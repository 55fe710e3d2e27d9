package io.loadlock.engine.judge;

import io.loadlock.artifact.policy.Act;
import io.loadlock.artifact.policy.Policy;
import io.loadlock.artifact.policy.Ruling;
import io.loadlock.python.site.Restriction;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Whether what an `Unpickler` lets through is harmless: whoever writes the pickle chooses the
/// arguments, so a name is harmless only if it is with every argument that the pickle can make.
final class Restrictions {
  private final Supplier<Policy> policy;

  Restrictions(Supplier<Policy> policy) {
    this.policy = policy;
  }

  /// Why a restriction is no protection, one clause; empty when it is one.
  Optional<String> objection(Restriction.FixedSet set) {
    for (String name : set.names()) {
      Optional<String> why = objection(name);
      if (why.isPresent()) {
        return Optional.of("it lets `" + name + "` through, which " + why.get());
      }
    }
    return Optional.empty();
  }

  private Optional<String> objection(String dotted) {
    int dot = dotted.lastIndexOf('.');
    String module = dot < 0 ? "builtins" : dotted.substring(0, dot);
    String name = dotted.substring(dot + 1);
    Ruling ruling = policy.get().ruling(module, name);
    return switch (ruling) {
      case Ruling.Constant _ -> Optional.empty();
      case Ruling.Function function ->
          HARMLESS.contains(function.gives())
              ? Optional.empty()
              : Optional.of("can be made to reach other code");
      case Ruling.Type type -> {
        for (Act act : Act.values()) {
          var open = type.objection(act);
          if (open.isPresent()) {
            yield Optional.of("is not vetted: " + open.get().why());
          }
        }
        yield Optional.empty();
      }
      case Ruling.Harmful harmful -> Optional.of(harmful.why());
      case Ruling.Kept kept -> Optional.of("is not to be called: " + kept.why());
      case Ruling.Unlisted _ when module.equals("__main__") && isSpeltLikeClass(name) ->
          Optional.empty();
      case Ruling.Unlisted unlisted -> Optional.of("is not vetted: " + unlisted.why());
      // A class of the user's own, which the user and not the pickle has named.
      case Ruling.Stranger _ when isSpeltLikeClass(name) -> Optional.empty();
      case Ruling.Stranger stranger -> Optional.of("is not vetted: " + stranger.why());
    };
  }

  private static boolean isSpeltLikeClass(String name) {
    int start = 0;
    while (start < name.length() && name.charAt(start) == '_') {
      start++;
    }
    return start < name.length() && Character.isUpperCase(name.codePointAt(start));
  }

  private static final List<Ruling.Gives> HARMLESS =
      List.of(Ruling.Gives.DATA, Ruling.Gives.INSTANCE);
}
