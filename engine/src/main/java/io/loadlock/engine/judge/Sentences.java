package io.loadlock.engine.judge;

import io.loadlock.artifact.Verdict;
import io.loadlock.core.Location;
import io.loadlock.engine.link.Link;
import io.loadlock.engine.link.Linked;
import io.loadlock.python.origin.Origin;
import io.loadlock.python.sink.Sink;
import io.loadlock.python.site.LoadSite;
import io.loadlock.python.site.PathValue;
import io.loadlock.python.site.Provenance;
import java.util.Optional;

/// Makes the one sentence of a finding, last, from its facts.
final class Sentences {
  private static final int LONGEST = 60;

  private Sentences() {}

  /// @param held what lowers it
  /// @param clause what shows that, a clause; empty when the reason says so already
  static String load(
      LoadSite site,
      Assessment assessment,
      Optional<Proof> held,
      String clause,
      Origin origin,
      Link link) {
    Optional<Linked> worst = worst(link);
    if (worst.isPresent() && worst.get().verdict() == Verdict.RUNS_CODE) {
      return payload(site, worst.get(), link);
    }
    String start = "`" + site.callee() + "`";
    String reason = assessment.reason();
    boolean byDefault =
        held.equals(Optional.of(Proof.DEFAULT_SAFE))
            || held.equals(Optional.of(Proof.DEFAULT_SAFE_CURRENT));
    boolean reviewed =
        held.equals(Optional.of(Proof.REVIEWED_FILE))
            || held.equals(Optional.of(Proof.LOCKED_REVIEWED));
    if (byDefault) {
      return start
          + " loads "
          + subject(site)
          + " safely only because "
          + reason
          + "."
          + content(site, link);
    }
    String loads =
        site.form() == LoadSite.Form.CALL
            ? " runs any code that "
            : " is handed on, and whoever calls it runs any code that ";
    String text =
        start + loads + subject(site) + " holds" + (reason.isEmpty() ? "" : ": " + reason);
    if (reviewed) {
      return text + "; today it holds none." + content(site, link);
    }
    if (!clause.isEmpty()) {
      return text + ", but " + clause + "." + content(site, link);
    }
    return text + origin(site, origin) + "." + content(site, link);
  }

  /// Where it comes from, in one clause.
  private static String origin(LoadSite site, Origin origin) {
    Provenance provenance = site.provenance();
    if (origin != provenance.origin() || provenance.clause().isEmpty()) {
      return "";
    }
    String clause = "; what it loads " + provenance.clause();
    if (provenance.where().isEmpty()) {
      return origin == Origin.CONSTANT ? "" : clause;
    }
    Location.Source where = provenance.where().get();
    String place =
        where.path().equals(site.location().path())
            ? "line " + where.start().line()
            : where.path() + ":" + where.start().line();
    return clause + " (`" + provenance.source() + "`, " + place + ")";
  }

  private static String payload(LoadSite site, Linked file, Link link) {
    return "`"
        + site.callee()
        + (isCertain(link) ? "` loads `" : "` may load `")
        + file.path()
        + "`"
        + oneOf(link)
        + ", which "
        + file.summary()
        + ".";
  }

  private static Optional<Linked> worst(Link link) {
    return link instanceof Link.Files files
        ? files.files().stream().max((one, other) -> one.verdict().compareTo(other.verdict()))
        : Optional.empty();
  }

  /// What the safe way to load makes of the file, a clause; empty where the function has none, or
  /// where that is not known.
  static String safeLoad(LoadSite site, Linked file) {
    String argument = site.sink().safety().map(Sink.Safety::parameter).orElse("");
    return switch (argument) {
      case "weights_only" -> file.weightsOnly();
      case "allow_pickle" ->
          !file.complete()
              ? ""
              : file.pickled()
                  ? "`allow_pickle=False` refuses it: it holds objects"
                  : "`allow_pickle=False` will work";
      default -> "";
    };
  }

  private static boolean isCertain(Link link) {
    return link instanceof Link.Files files && files.certain();
  }

  private static String oneOf(Link link) {
    return link instanceof Link.Files files && files.files().size() > 1
        ? " (one of " + files.files().size() + " files that it may be)"
        : "";
  }

  /// What is in the file, as a sentence of its own.
  private static String content(LoadSite site, Link link) {
    Optional<Linked> file = worst(link);
    if (file.isEmpty()) {
      return "";
    }
    String safe = safeLoad(site, file.get());
    String answer = safe.isEmpty() ? "" : "; " + safe;
    return (isCertain(link) ? " It loads `" : " It may load `")
        + file.get().path()
        + "`"
        + oneOf(link)
        + ": "
        + file.get().summary()
        + answer
        + ".";
  }

  private static String subject(LoadSite site) {
    if (site.form() == LoadSite.Form.REFERENCE) {
      return "its file";
    }
    String constant = constant(site.subject(), 0);
    return constant.isEmpty() || constant.length() > LONGEST ? "the data" : "`" + constant + "`";
  }

  /// The text of a path whose every part is written out; empty where one is not.
  private static String constant(PathValue value, int depth) {
    if (depth > 16) {
      return "";
    }
    return switch (value) {
      case PathValue.Text text -> text.value().lines().count() == 1 ? text.value() : "";
      case PathValue.Content content -> constant(content.of(), depth + 1);
      case PathValue.Joined joined -> {
        StringBuilder text = new StringBuilder();
        for (PathValue part : joined.parts()) {
          String constant = constant(part, depth + 1);
          if (constant.isEmpty()) {
            yield "";
          }
          text.append(text.isEmpty() || text.toString().endsWith("/") ? "" : "/").append(constant);
        }
        yield text.toString();
      }
      case PathValue.Concatenated parts -> {
        StringBuilder text = new StringBuilder();
        for (PathValue part : parts.parts()) {
          String constant = constant(part, depth + 1);
          if (constant.isEmpty()) {
            yield "";
          }
          text.append(constant);
        }
        yield text.toString();
      }
      case PathValue.Literal _,
          PathValue.OneOf _,
          PathValue.ThisFile _,
          PathValue.Parent _,
          PathValue.Setting _,
          PathValue.Result _,
          PathValue.Parameter _,
          PathValue.Unknown _ ->
          "";
    };
  }
}
