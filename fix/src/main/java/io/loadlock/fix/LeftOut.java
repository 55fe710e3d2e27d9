package io.loadlock.fix;

import io.loadlock.core.Fix;
import io.loadlock.python.sink.Sink;
import io.loadlock.python.site.LoadSite;
import io.loadlock.python.tree.Argument;
import io.loadlock.python.tree.Expression;
import java.util.Optional;

/// Takes an argument out of a call whose default is safe: `trust_remote_code=True`. What it let in
/// is named by its commit instead, where that is known.
public final class LeftOut {
  private LeftOut() {}

  /// @param commit of what the call names, as it is on this machine; empty where that is not known
  public static Offer propose(Trees trees, LoadSite site, Optional<String> commit) {
    String parameter = site.sink().safety().map(Sink.Safety::parameter).orElse("");
    Optional<Scene> scene = Scene.at(trees, site.location());
    Optional<Expression.Call> call = scene.flatMap(Scene::call);
    if (call.isEmpty()) {
      return Offer.none("where " + parameter + " gets its value is not seen here");
    }
    CallArguments arguments = new CallArguments(scene.get().text(), call.get());
    Optional<Argument> given = arguments.find(parameter, -1);
    if (given.isEmpty()) {
      return Offer.none("where " + parameter + " gets its value is not seen here");
    }
    Changes changes = new Changes();
    String text = "Leave out " + parameter;
    boolean pinned = arguments.find("revision", -1).isPresent();
    if (commit.isPresent() && !pinned) {
      Argument old = given.get();
      String revision = "revision=\"" + commit.get() + "\"";
      changes.add(scene.get(), new Change(old.start(), old.value().end(), revision));
      text += ", and pin the commit that is in the cache of this machine.";
    } else {
      changes.add(scene.get(), arguments.remove(given.get()));
      text += pinned ? "." : ", and pin revision to a commit that you have read.";
    }
    return Offer.of(new Fix(Fix.Tier.SUGGESTED, text, "", changes.edits()));
  }
}
