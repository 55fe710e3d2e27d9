package io.loadlock.fix;

import io.loadlock.core.Fix;
import io.loadlock.python.sink.Sink;
import io.loadlock.python.site.LoadSite;
import io.loadlock.python.tree.Argument;
import io.loadlock.python.tree.Expression;
import java.util.List;
import java.util.Optional;

/// Gives the deciding argument of a load its safe value: whatever library it is, the sink's row
/// says which argument and which value that is.
public final class SafeCall {
  private final Trees trees;
  private final Scene scene;
  private final LoadSite site;
  private final Sink.Safety safety;
  private final Changes changes = new Changes();

  private SafeCall(Trees trees, Scene scene, LoadSite site, Sink.Safety safety) {
    this.trees = trees;
    this.scene = scene;
    this.site = site;
    this.safety = safety;
  }

  /// The fix for this load, or why there is none.
  ///
  /// @param availability of the deciding argument
  public static Offer propose(Trees trees, LoadSite site, Proof proof, Availability availability) {
    Optional<Sink.Safety> row = site.sink().safety();
    String name = site.sink().name();
    if (row.isEmpty()) {
      return Offer.none("no argument makes `" + name + "` safe");
    }
    Sink.Safety safety = row.get();
    if (safety.parameter().isEmpty()) {
      return Offer.none("only another release makes `" + name + "` safe");
    }
    if (safety.rewriting() == Sink.Rewriting.NONE) {
      return Offer.none("with a safe " + safety.parameter() + " `" + name + "` refuses every file");
    }
    if (proof instanceof Proof.Refused refused) {
      return Offer.none("the safe call refuses " + refused.why());
    }
    Optional<String> value = value(safety);
    if (value.isEmpty()) {
      return Offer.none("what " + safety.parameter() + " must be is for a person to say");
    }
    Optional<Scene> scene = Scene.at(trees, site.location());
    if (scene.isEmpty()) {
      return Offer.none("the source has changed since it was scanned");
    }
    if (safety.parameter().equals("allow_pickle") && isUnpacked(scene.get())) {
      return Offer.none("`.item()` takes an object out of the array that it loads");
    }
    Offer offer =
        new SafeCall(trees, scene.get(), site, safety)
            .fix(value.get(), proof, availability, AllowedTypes.Form.PROCESS);
    if (!(proof instanceof Proof.NeedsAllowing needs) || !needs.scoped()) {
      return offer;
    }
    return new SafeCall(trees, scene.get(), site, safety)
        .fix(value.get(), proof, availability, AllowedTypes.Form.CONTEXT).fixes().stream()
            .findFirst()
            .map(fix -> offer.with(fix, false))
            .orElse(offer);
  }

  /// `numpy.load(…).item()`: the way in which a dict that numpy.save has pickled is read.
  private static boolean isUnpacked(Scene scene) {
    return scene.enclosing().above() instanceof Expression.Attribute attribute
        && attribute.name().equals("item");
  }

  /// The safe value where one value always is.
  private static Optional<String> value(Sink.Safety safety) {
    return switch (safety.condition()) {
      case MUST_BE_TRUE -> Optional.of("True");
      case MUST_BE_FALSE -> Optional.of("False");
      case MUST_BE_GIVEN, MUST_BE_ONE_OF, MUST_END_WITH, MUST_BE_CLOSED -> Optional.empty();
    };
  }

  /// What became of the call.
  private enum Done {
    NOT,
    REPLACED,
    ADDED
  }

  private Offer fix(String value, Proof proof, Availability availability, AllowedTypes.Form form) {
    boolean call = site.form() == LoadSite.Form.CALL;
    Done done = call ? scene.call().map(it -> rewrite(it, value)).orElse(Done.NOT) : wrap(value);
    if (done == Done.NOT) {
      return Offer.none("where " + safety.parameter() + " gets its value is not seen here");
    }
    if (done == Done.ADDED && availability instanceof Availability.Nowhere nowhere) {
      return Offer.none(nowhere.why());
    }
    if (proof instanceof Proof.NeedsAllowing needs) {
      boolean allowed =
          safety.parameter().equals("weights_only")
              && new AllowedTypes(scene, site, changes).allow(needs.types(), form);
      if (!allowed) {
        return Offer.none("there is no line before the load where types could be allowed");
      }
    }
    boolean proven =
        switch (proof) {
          case Proof.WillLoad loads -> loads.proven();
          case Proof.NeedsAllowing needs -> needs.proven();
          case Proof.Refused _, Proof.None _ -> false;
        };
    boolean available = done != Done.ADDED || availability instanceof Availability.Everywhere;
    return Offer.of(
        new Fix(
            call && proven && available ? Fix.Tier.SAFE : Fix.Tier.SUGGESTED,
            description(value, done, proof, availability, form),
            why(proof),
            changes.edits()));
  }

  private String description(
      String value, Done done, Proof proof, Availability availability, AllowedTypes.Form form) {
    String text = "Pass " + safety.parameter() + "=" + value;
    if (proof instanceof Proof.NeedsAllowing needs) {
      text += " and allow " + String.join(", ", needs.names());
      text += form == AllowedTypes.Form.CONTEXT ? ", for this statement only" : "";
    }
    return done == Done.ADDED && availability instanceof Availability.Since since
        ? text + ", which " + since.release() + " and newer have."
        : text + ".";
  }

  private static String why(Proof proof) {
    return switch (proof) {
      case Proof.WillLoad loads -> loads.why();
      case Proof.NeedsAllowing needs -> needs.why();
      case Proof.Refused refused -> refused.why();
      case Proof.None _ -> "";
    };
  }

  // --- the call ------------------------------------------------------------------------------

  private Done rewrite(Expression.Call call, String value) {
    CallArguments arguments = new CallArguments(scene.text(), call);
    Optional<Argument> given = arguments.find(safety.parameter(), safety.position());
    // torch refuses weights_only=True together with a pickle_module.
    safety
        .voidedBy()
        .flatMap(voiding -> arguments.find(voiding.name(), voiding.position()))
        .filter(argument -> !(argument.value() instanceof Expression.None))
        .ifPresent(argument -> changes.add(scene, withoutVoiding(arguments, argument)));
    if (arguments.spreads() && safety.voidedBy().isPresent()) {
      new DecidingArgument(trees, value, changes)
          .removeFromCallers(safety.voidedBy().get().name(), site.flows());
    }
    boolean absent = site.safety() instanceof LoadSite.Safety.Absent;
    DecidingArgument argument = new DecidingArgument(trees, value, changes);
    boolean handedOn =
        arguments.spreads() && !(absent && !argument.isPassed(scene, safety.parameter()));
    if (given.isPresent() || handedOn) {
      DecidingArgument.Slot slot = new DecidingArgument.Slot(safety.parameter(), safety.position());
      if (argument.replace(scene, call, slot, site.flows())) {
        return argument.hasAdded() ? Done.ADDED : Done.REPLACED;
      }
    }
    if (given.isPresent()) {
      return Done.NOT;
    }
    List<Change> added =
        arguments.spreads() && !(absent && isWritten(call))
            ? overridden(arguments, value)
            : arguments.add(safety.parameter(), value);
    added.forEach(change -> changes.add(scene, change));
    return added.isEmpty() ? Done.NOT : Done.ADDED;
  }

  /// Whether what the call spreads cannot hold the argument in a way that is not seen.
  private boolean isWritten(Expression.Call call) {
    return call.arguments().stream()
        .allMatch(
            it ->
                !(it instanceof Argument.DoubleStar spread)
                    || Spreads.isWritten(scene, spread.value()));
  }

  /// Not within an f-string, whose quotes are not known here.
  private List<Change> overridden(CallArguments arguments, String value) {
    boolean quoted =
        scene.enclosing().path().stream().anyMatch(Expression.JoinedStr.class::isInstance);
    return quoted ? List.of() : arguments.override(safety.parameter(), value).stream().toList();
  }

  private static Change withoutVoiding(CallArguments arguments, Argument argument) {
    // A positional one keeps its place, for the sake of those behind it.
    return argument instanceof Argument.Positional
        ? new Change(argument.value().start(), argument.value().end(), "None")
        : arguments.remove(argument);
  }

  /// `torch.load` handed on becomes `functools.partial(torch.load, weights_only=True)`.
  private Done wrap(String value) {
    Imports imports = scene.imports();
    String partial = imports.reach("functools", "partial");
    imports.addMissing(changes);
    Expression reference = scene.enclosing().expression();
    changes.add(scene, Change.insert(reference.start(), partial + "("));
    changes.add(
        scene, Change.insert(reference.end(), ", " + safety.parameter() + "=" + value + ")"));
    return Done.ADDED;
  }
}
