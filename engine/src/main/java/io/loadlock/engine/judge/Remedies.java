package io.loadlock.engine.judge;

import io.loadlock.core.Fix;
import io.loadlock.engine.link.Link;
import io.loadlock.fix.SafeCall;
import io.loadlock.python.notebook.Notebook;
import io.loadlock.python.parse.ParsedSource;
import io.loadlock.python.parse.Parser;
import io.loadlock.python.project.SourceTree;
import io.loadlock.python.site.LoadSite;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/// The fixes of load sites. Files are parsed once more for it, one at a time: sites come file by
/// file.
public final class Remedies {
  private final SourceTree sources;
  private final BiFunction<LoadSite, Link, io.loadlock.fix.Proof> proofs;
  private String path = "";
  private Optional<ParsedSource> parsed = Optional.empty();

  /// @param proofs what is known of the file behind a load
  public Remedies(SourceTree sources, BiFunction<LoadSite, Link, io.loadlock.fix.Proof> proofs) {
    this.sources = sources;
    this.proofs = proofs;
  }

  /// Best first; none where nothing in this file would make the load safe.
  public List<Fix> of(LoadSite site, Link link) {
    return source(site.location().path())
        .flatMap(source -> SafeCall.propose(source, site, proofs.apply(site, link)))
        .map(List::of)
        .orElse(List.of());
  }

  private Optional<ParsedSource> source(String wanted) {
    if (!wanted.equals(path)) {
      path = wanted;
      parsed = parse(wanted);
    }
    return parsed;
  }

  private Optional<ParsedSource> parse(String wanted) {
    try {
      byte[] bytes = sources.read(wanted);
      return Optional.of(
          wanted.endsWith(".ipynb") ? Notebook.read(bytes).source() : Parser.parse(bytes));
    } catch (IOException e) {
      return Optional.empty(); // gone since it was scanned: nothing to change
    }
  }
}
