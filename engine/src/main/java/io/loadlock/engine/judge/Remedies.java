package io.loadlock.engine.judge;

import io.loadlock.engine.link.Link;
import io.loadlock.engine.project.Projects;
import io.loadlock.fix.Availability;
import io.loadlock.fix.Offer;
import io.loadlock.fix.SafeCall;
import io.loadlock.fix.Trees;
import io.loadlock.pins.PinProject.Knowledge;
import io.loadlock.pins.Version;
import io.loadlock.python.project.SourceTree;
import io.loadlock.python.sink.Sink;
import io.loadlock.python.site.LoadSite;
import java.util.Optional;

/// The fixes of load sites.
public final class Remedies implements Fixes {
  private final Trees trees;
  private final Projects projects;
  private final FileProofs proofs;

  public Remedies(SourceTree sources, Projects projects) {
    this.trees = new ParsedTrees(sources);
    this.projects = projects;
    this.proofs = new FileProofs(projects);
  }

  @Override
  public Offer of(LoadSite site, Link link) {
    return SafeCall.propose(trees, site, proofs.of(site, link), availability(site));
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
