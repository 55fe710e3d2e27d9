package io.loadlock.report;

import io.loadlock.core.Evidence;
import io.loadlock.core.FileReport;
import io.loadlock.core.Finding;
import io.loadlock.core.Fix;
import io.loadlock.core.Location;
import io.loadlock.core.Outcome;
import io.loadlock.core.Problem;
import io.loadlock.core.Rule;
import io.loadlock.core.Rules;
import io.loadlock.core.ScanReport;
import io.loadlock.core.Severity;
import io.loadlock.core.Suppression;
import io.loadlock.report.Excerpts.Excerpt;
import io.loadlock.report.Excerpts.Mark;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// A report of random content from a seed, with all that a file could put into one.
final class AnyReport {
  private static final String[] PIECES = {
    "", " ", "a", "train.py", "/", "\\", "\n", "\r", "\t", "\u001b[31m", "\u202e", "\u0000",
        "\ud800",
    "\udc00", "🙂", "数据", "e\u0301", "<b>", "]]>", "&amp;", "\"", "'", "`", "|", "::error::", "%0A",
    "@user", "https://x.example", "--", "$(x)", "\u2028", "\ufeff", "x".repeat(700)
  };

  private final SplittableRandom random;

  AnyReport(long seed) {
    random = new SplittableRandom(seed);
  }

  Setting setting() {
    return new Setting(
        new Excerpts() {
          @Override
          public Optional<Excerpt> of(Location.Source place, int around) {
            return random.nextInt(4) == 0 ? Optional.empty() : Optional.of(excerpt());
          }

          @Override
          public Optional<String> text(String path) {
            return random.nextInt(4) == 0 ? Optional.empty() : Optional.of(AnyReport.this.text());
          }
        },
        Instant.EPOCH,
        Instant.EPOCH,
        random.nextBoolean(),
        random.nextInt(3) == 0 ? 0 : random.nextInt(1, 200),
        Setting.Suppressed.values()[random.nextInt(3)],
        Setting.Pages.NONE);
  }

  private Excerpt excerpt() {
    List<String> lines = new ArrayList<>(some(() -> text().replaceAll("[\r\n]", "")));
    lines.add(text().replaceAll("[\r\n]", ""));
    int from = random.nextInt(lines.size());
    int to = random.nextInt(from, lines.size());
    int begin = random.nextInt(lines.get(from).length() + 1);
    int least = from == to ? begin : 0;
    int end = random.nextInt(least, lines.get(to).length() + 1);
    return new Excerpt(random.nextInt(1, 2_000), lines, new Mark(from, begin), new Mark(to, end));
  }

  ScanReport report() {
    return new ScanReport(
        "0.1.0",
        some(this::text),
        Rules.ALL.subList(0, random.nextInt(Rules.ALL.size())),
        some(this::file),
        some(this::finding).stream().sorted(Finding.ORDER).toList(),
        some(this::text));
  }

  private FileReport file() {
    TreeMap<String, String> properties = new TreeMap<>();
    Stream.of("verdict", "weightsOnly", "effects", "loadedBy")
        .filter(_ -> random.nextBoolean())
        .forEach(name -> properties.put(name, text()));
    Outcome outcome =
        switch (random.nextInt(4)) {
          case 0 -> new Outcome.Partial(List.of(new Problem(text(), text()), Problem.of(text())));
          case 1 -> new Outcome.Failed(Problem.of(text()));
          case 2 -> new Outcome.Skipped(text());
          default -> Outcome.COMPLETE;
        };
    return new FileReport(text(), text(), random.nextLong(1L << 50), outcome, properties);
  }

  private Finding finding() {
    Rule rule = Rules.ALL.get(random.nextInt(Rules.ALL.size()));
    TreeMap<String, String> properties = new TreeMap<>();
    Stream.of("kind", "severity", "linkedFile", "linkedVerdict", "members", "fingerprint")
        .filter(_ -> random.nextBoolean())
        .forEach(name -> properties.put(name, text()));
    return new Finding(
        rule.id(),
        text(),
        Severity.values()[random.nextInt(4)],
        random.nextInt(101),
        location(),
        text(),
        text(),
        some(this::step),
        some(() -> some(this::step)),
        some(() -> new Fix(Fix.Tier.values()[random.nextInt(2)], text(), text(), some(this::edit))),
        random.nextInt(4) == 0
            ? Optional.of(new Suppression(text(), random.nextInt(3), text()))
            : Optional.empty(),
        properties);
  }

  private Evidence step() {
    return new Evidence(location(), text());
  }

  private Fix.Edit edit() {
    return new Fix.Edit(source(), text());
  }

  private Location location() {
    return switch (random.nextInt(4)) {
      case 0 -> new Location.Whole(text());
      case 1 ->
          new Location.Artifact(
              text(), some(this::text), random.nextLong(1L << 40), random.nextLong(9));
      default -> source();
    };
  }

  private Location.Source source() {
    return new Location.Source(
        text(),
        random.nextInt(99),
        random.nextInt(99),
        point(),
        point(),
        Optional.of(cell()).filter(_ -> random.nextBoolean()));
  }

  private Location.Point point() {
    return new Location.Point(random.nextInt(1, 40), random.nextInt(1, 90), random.nextInt(1, 90));
  }

  private Location.Cell cell() {
    return new Location.Cell(
        random.nextInt(1, 9), random.nextInt(1, 9), random.nextInt(1, 9), random.nextInt(1, 9));
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int count = random.nextInt(6); count > 0; count--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }

  private <T> List<T> some(Supplier<T> one) {
    return Stream.generate(one).limit(random.nextInt(4)).toList();
  }
}
