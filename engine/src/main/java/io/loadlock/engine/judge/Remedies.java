package io.loadlock.engine.judge;

import io.loadlock.engine.link.Link;
import io.loadlock.engine.link.Linked;
import io.loadlock.engine.project.Projects;
import io.loadlock.fix.Availability;
import io.loadlock.fix.Exchange;
import io.loadlock.fix.LeftOut;
import io.loadlock.fix.Offer;
import io.loadlock.fix.SafeCall;
import io.loadlock.fix.Trees;
import io.loadlock.pins.PinProject.Knowledge;
import io.loadlock.pins.Version;
import io.loadlock.python.project.SourceTree;
import io.loadlock.python.sink.Sink;
import io.loadlock.python.site.LoadSite;
import io.loadlock.python.site.PathValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/// The fixes of load sites.
public final class Remedies implements Fixes {
  private final Trees trees;
  private final Projects projects;
  private final FileProofs proofs;
  private final Path base;
  private final Function<String, Optional<String>> commits;

  /// @param base the folder that names in reports start from
  /// @param commits the commit of a repository of the hub, as it is on this machine
  public Remedies(
      SourceTree sources,
      Projects projects,
      Path base,
      Function<String, Optional<String>> commits) {
    this.trees = new ParsedTrees(sources);
    this.projects = projects;
    this.proofs = new FileProofs(projects);
    this.base = base;
    this.commits = commits;
  }

  @Override
  public Offer of(LoadSite site, Link link) {
    boolean leftOut =
        site.sink()
            .safety()
            .map(Sink.Safety::rewriting)
            .equals(Optional.of(Sink.Rewriting.LEAVE_OUT));
    if (leftOut) {
      Optional<String> commit =
          site.subject() instanceof PathValue.Text name
              ? commits.apply(name.value())
              : Optional.empty();
      return LeftOut.propose(trees, site, commit);
    }
    Offer offer = SafeCall.propose(trees, site, proofs.of(site, link), availability(site));
    Exchange.Converted converted = converted(site, link);
    return Exchange.propose(trees, site, converted)
        .map(fix -> offer.with(fix, converted == Exchange.Converted.YES))
        .or(() -> exported(link).map(offer::instead))
        .orElse(offer);
  }

  /// Estimators of scikit-learn change their format by a script, which no edit can stand for.
  private static Optional<String> exported(Link link) {
    return link instanceof Link.Files files
            && files.files().size() == 1
            && files.files().getFirst().estimator()
        ? Optional.of(
            "`loadlock convert %s export.py` writes the script that exports it to ONNX"
                .formatted(files.files().getFirst().path()))
        : Optional.empty();
  }

  /// Whether the files behind a load have been converted.
  private Exchange.Converted converted(LoadSite site, Link link) {
    if (!(link instanceof Link.Files files)) {
      return Exchange.Converted.ABSENT;
    }
    for (Linked file : files.files()) {
      Optional<String> other = Exchange.renamed(site.sink().name(), file.path());
      if (other.isEmpty() || !Files.isRegularFile(base.resolve(other.get()))) {
        return Exchange.Converted.NO;
      }
    }
    return Exchange.Converted.YES;
  }

  /// Whether the project's releases have the argument that decides.
  private Availability availability(LoadSite site) {
    Optional<Sink.Release> introduced = site.sink().safety().flatMap(Sink.Safety::introduced);
    if (introduced.isEmpty()) {
      return Availability.EVERYWHERE;
    }
    Sink.Release release = introduced.get();
    Version first = Version.of(release.version());
    for (String distribution : release.distributions()) {
      if (projects.of(site.location().path(), distribution) instanceof Knowledge.Proven proven) {
        if (proven.bounds().provesAtLeast(first)) {
          return Availability.EVERYWHERE;
        }
        if (proven.bounds().provesBelow(first)) {
          String parameter = site.sink().safety().orElseThrow().parameter();
          return new Availability.Nowhere(
              parameter
                  + " came with "
                  + release
                  + ", and the project has "
                  + Assessor.version(distribution, proven.bounds()));
        }
      }
    }
    return new Availability.Since(release.toString());
  }
}
