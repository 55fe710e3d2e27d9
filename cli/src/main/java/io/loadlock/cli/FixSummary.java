package io.loadlock.cli;

import io.loadlock.core.Finding;
import io.loadlock.core.Fix;
import io.loadlock.core.Location;
import io.loadlock.engine.remedy.Proving;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a run of `fix` did, would do, and left, with the reasons.
final class FixSummary {
  /// How many lines each part lists.
  private static final int LINES = 20;

  /// How many places a reason lists.
  private static final int PLACES = 3;

  private FixSummary() {}

  static String of(Proving.Result result, boolean written) {
    StringBuilder text = new StringBuilder();
    List<Proving.Done> done = result.done();
    long safe = done.stream().filter(it -> it.fix().tier() == Fix.Tier.SAFE).count();
    text.append(written ? "fixed " : "can fix ").append(Text.count(done.size(), "load"));
    text.append(" in ").append(Text.count(result.patches().size(), "file"));
    if (!done.isEmpty()) {
      text.append(": ").append(safe).append(" safe, ").append(done.size() - safe);
      text.append(" suggested");
    }
    text.append('\n');
    lines(text, done.stream().map(it -> line(it.finding(), it.fix())).toList());

    List<Proving.Left> suggested =
        result.left().stream().filter(it -> it.suggested().isPresent()).toList();
    if (!suggested.isEmpty()) {
      text.append(suggested.size()).append(" more with --unsafe-fixes, which nothing proves\n");
      lines(
          text,
          suggested.stream().map(it -> line(it.finding(), it.suggested().orElseThrow())).toList());
    }
    List<Proving.Left> without =
        result.left().stream().filter(it -> it.suggested().isEmpty()).toList();
    if (!without.isEmpty()) {
      text.append(Text.count(without.size(), "load")).append(" without a remedy here\n");
      reasons(text, without);
    }
    return text.toString();
  }

  private static void lines(StringBuilder text, List<String> lines) {
    for (String line : lines.subList(0, Math.min(LINES, lines.size()))) {
      text.append("  ").append(line).append('\n');
    }
    if (lines.size() > LINES) {
      text.append("  and ").append(lines.size() - LINES).append(" more\n");
    }
  }

  private static String line(Finding finding, Fix fix) {
    String line = place(finding) + ": " + fix.tier().word() + ": " + Text.plain(fix.description());
    return fix.proof().isEmpty() ? line : line + " " + Text.plain(sentence(fix.proof()));
  }

  private static String sentence(String clause) {
    return clause + ".";
  }

  private static String place(Finding finding) {
    Optional<Integer> line =
        finding.location() instanceof Location.Source source
            ? Optional.of(source.start().line())
            : Optional.empty();
    return Text.plain(finding.location().path()) + line.map(it -> ":" + it).orElse("");
  }

  private static void reasons(StringBuilder text, List<Proving.Left> left) {
    Map<String, List<String>> places = new LinkedHashMap<>();
    for (Proving.Left each : left) {
      String reason =
          each.reason().isEmpty() ? "no rewriting of the call helps" : Text.plain(each.reason());
      places.computeIfAbsent(reason, _ -> new ArrayList<>()).add(place(each.finding()));
    }
    List<String> lines = new ArrayList<>();
    places.forEach(
        (reason, where) -> {
          String shown = String.join(", ", where.subList(0, Math.min(PLACES, where.size())));
          int more = where.size() - PLACES;
          lines.add(reason + ": " + shown + (more > 0 ? " and " + more + " more" : ""));
        });
    lines(text, lines);
  }
}
