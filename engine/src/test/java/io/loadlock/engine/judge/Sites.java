package io.loadlock.engine.judge;

import io.loadlock.core.Location;
import io.loadlock.core.Outcome;
import io.loadlock.python.parse.ParsedSource.Comment;
import io.loadlock.python.sink.Sink;
import io.loadlock.python.sink.Sinks;
import io.loadlock.python.site.FileFacts;
import io.loadlock.python.site.GivenArgument;
import io.loadlock.python.site.Guard;
import io.loadlock.python.site.LoadSite;
import io.loadlock.python.site.LoadSite.Safety;
import io.loadlock.python.site.PathValue;
import io.loadlock.python.site.Provenance;
import io.loadlock.python.site.Restriction;
import java.util.List;
import java.util.Optional;

/// Load sites as the front end would find them, for tests of what is made of them.
///
/// @param sink its canonical name
public record Sites(
    String path,
    int line,
    String sink,
    Safety safety,
    Restriction restriction,
    PathValue subject,
    Provenance provenance,
    List<GivenArgument> arguments,
    Guard guard) {
  private static final Sinks SINKS = Sinks.standard();

  public static Sites of(String sink) {
    return new Sites(
        "a.py",
        3,
        sink,
        row(sink).safety().isEmpty() ? new Safety.None() : new Safety.Absent(),
        Restriction.NONE,
        new PathValue.Unknown("the result of an unknown function"),
        Provenance.UNKNOWN,
        List.of(),
        Guard.NONE);
  }

  private static Sink row(String name) {
    return SINKS.find(name).orElseThrow();
  }

  public Sites in(String other) {
    return new Sites(other, line, sink, safety, restriction, subject, provenance, arguments, guard);
  }

  public Sites at(int other) {
    return new Sites(path, other, sink, safety, restriction, subject, provenance, arguments, guard);
  }

  public Sites with(Safety other) {
    return new Sites(path, line, sink, other, restriction, subject, provenance, arguments, guard);
  }

  public Sites with(Restriction other) {
    return new Sites(path, line, sink, safety, other, subject, provenance, arguments, guard);
  }

  public Sites with(Guard other) {
    return new Sites(path, line, sink, safety, restriction, subject, provenance, arguments, other);
  }

  public Sites loading(PathValue other) {
    return new Sites(path, line, sink, safety, restriction, other, provenance, arguments, guard);
  }

  public Sites from(Provenance other) {
    return new Sites(path, line, sink, safety, restriction, subject, other, arguments, guard);
  }

  public Sites given(String name, PathValue value) {
    return new Sites(
        path,
        line,
        sink,
        safety,
        restriction,
        subject,
        provenance,
        List.of(new GivenArgument(name, -1, value)),
        guard);
  }

  public LoadSite site() {
    return new LoadSite(
        place(path, line),
        row(sink),
        sink,
        LoadSite.Form.CALL,
        safety,
        restriction,
        subject,
        provenance,
        arguments,
        true,
        "",
        List.of(),
        List.of(),
        guard,
        new LoadSite.Lines(line, line));
  }

  /// The facts of one file that has these sites.
  public static FileFacts facts(List<Comment> comments, Sites... sites) {
    return new FileFacts(
        sites[0].path(),
        "python",
        Outcome.COMPLETE,
        List.of(sites).stream().map(Sites::site).toList(),
        comments);
  }

  public static Location.Source place(String path, int line) {
    return new Location.Source(
        path,
        line * 100L,
        line * 100L + 10,
        new Location.Point(line, 5, 5),
        new Location.Point(line, 15, 15),
        Optional.empty());
  }
}
