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
import io.loadlock.core.Suppression;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A report that has everything: a wrapper with callers, a notebook, model files, a suppressed
/// finding, a fix, files that could not be read, and text that attacks whoever shows it.
final class RichReport {
  static final String TRAIN = "src/train.py";
  static final String NOTEBOOK = "notebooks/explore.ipynb";
  static final String HOSTILE = "src/\u001b[2J\u202egnp.exe<script>alert(1)</script>&'\".py";

  private static final Map<String, String> FILES = new LinkedHashMap<>();

  static {
    FILES.put(
        TRAIN,
        """
        import torch
        from joblib import load as read_any


        def restore(path, **options):
            return torch.load(path, map_location="cpu")


        def pipeline():
        \tname = "数据/模型🙂.joblib"; return read_any("数据/模型🙂.joblib")


        def resume(run):
            state = restore(
                run / "last.pt",
                strict=False,
                device="cpu",
            )
            return torch.load(run / "best.pt")  # nosec B614 made by this job
        """);
    FILES.put(
        NOTEBOOK,
        """
        {
         "cells": [
          {"cell_type": "markdown", "source": ["# Explore"]},
          {"cell_type": "code", "source": [
            "import pandas as pd\\n",
            "frame = pd.read_pickle(\\"caf\\u00e9.pkl\\")\\n"
          ]}
         ],
         "nbformat": 4
        }
        """);
    FILES.put(HOSTILE, "import pickle\npickle.loads(b'\u001b]0;owned\u0007') # \u202e \u0000\n");
    FILES.put("requirements.txt", "torch==2.5.1\nnumpy>=1.26\n");
  }

  private RichReport() {}

  static Excerpts excerpts() {
    return SourceExcerpts.reading(
        path ->
            Optional.ofNullable(FILES.get(path))
                .map(text -> text.getBytes(StandardCharsets.UTF_8)));
  }

  static Setting setting() {
    return new Setting(
        excerpts(),
        Instant.parse("2026-01-02T03:04:05Z"),
        Instant.parse("2026-01-02T03:04:06Z"),
        false);
  }

  /// The place of `text` in a file, which has it once.
  static Location.Source at(String path, String text) {
    return at(path, text, Optional.empty());
  }

  static Location.Source at(String path, String text, Optional<Location.Cell> cell) {
    String whole = FILES.getOrDefault(path, "");
    int begin = whole.indexOf(text);
    if (begin < 0 || whole.indexOf(text, begin + 1) >= 0) {
      throw new IllegalArgumentException(text + " is not once in " + path);
    }
    return new Location.Source(
        path,
        bytes(whole, begin),
        bytes(whole, begin + text.length()),
        point(whole, begin),
        point(whole, begin + text.length()),
        cell);
  }

  private static int bytes(String whole, int end) {
    return whole.substring(0, end).getBytes(StandardCharsets.UTF_8).length;
  }

  private static Location.Point point(String whole, int at) {
    String before = whole.substring(0, at);
    int begin = before.lastIndexOf('\n') + 1;
    int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
    return new Location.Point(
        line, at - begin + 1, before.codePointCount(begin, before.length()) + 1);
  }

  static ScanReport report() {
    return new ScanReport(
        "0.1.0",
        List.of("."),
        List.of(
            Rules.INSECURE_DESERIALIZATION,
            Rules.GUARDED,
            Rules.OWN_FILE,
            Rules.BROKEN_WEIGHTS_ONLY,
            Rules.FILE_RUNS_CODE),
        files(),
        List.of(archive(), notebook(), pin(), hostile(), wrapper(), pipeline(), suppressed())
            .stream()
            .sorted(Finding.ORDER)
            .toList(),
        List.of("14 ignored model files; --no-ignore reads them"));
  }

  private static List<FileReport> files() {
    return List.of(
        file(
            "broken.py",
            "python",
            900,
            new Outcome.Partial(
                List.of(
                    new Problem("string literal is not closed", "line 12, column 5"),
                    new Problem("what follows is no Python", "line 13")))),
        new FileReport(
            "models/payload.pt",
            "torch-zip",
            1_260,
            Outcome.COMPLETE,
            new TreeMap<>(
                Map.of(
                    "verdict", "runs-code",
                    "weightsOnly", "refused",
                    "effects", "os.system('echo \u001b[31mhello')\ncollections.OrderedDict()"))),
        new FileReport(
            "models/weights.pt",
            "torch-zip",
            4_200_000_000L,
            Outcome.COMPLETE,
            new TreeMap<>(Map.of("verdict", "plain-data", "weightsOnly", "accept"))),
        file(NOTEBOOK, "notebook", 260, Outcome.COMPLETE),
        file("pipe", "unknown", 0, new Outcome.Skipped("a FIFO is not read")),
        file("requirements.txt", "requirements", 26, Outcome.COMPLETE),
        file("secret.py", "python", 12, new Outcome.Failed(Problem.of("permission denied"))),
        file(HOSTILE, "python", 60, Outcome.COMPLETE),
        file(TRAIN, "python", 400, Outcome.COMPLETE));
  }

  private static FileReport file(String path, String format, long bytes, Outcome outcome) {
    return new FileReport(path, format, bytes, outcome, new TreeMap<>());
  }

  private static Finding finding(
      Rule rule, String kind, Location location, String message, String advice) {
    return new Finding(
        rule.id(),
        kind,
        rule.severity(),
        50,
        location,
        message,
        advice,
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        new TreeMap<>());
  }

  private static Finding with(
      Finding finding,
      List<Evidence> evidence,
      List<List<Evidence>> flows,
      List<Fix> fixes,
      Optional<Suppression> suppression,
      Map<String, String> properties) {
    return new Finding(
        finding.rule(),
        finding.kind(),
        finding.severity(),
        finding.rank(),
        finding.location(),
        finding.message(),
        finding.advice(),
        evidence,
        flows,
        fixes,
        suppression,
        new TreeMap<>(properties));
  }

  private static Finding wrapper() {
    Location.Source load = at(TRAIN, "torch.load(path, map_location=\"cpu\")");
    Location.Source behind = at(TRAIN, ")\n\n\ndef pipeline");
    Location.Source insertion =
        new Location.Source(
            TRAIN,
            behind.startByte(),
            behind.startByte(),
            behind.start(),
            behind.start(),
            Optional.empty());
    return with(
        finding(
            Rules.INSECURE_DESERIALIZATION,
            "torch-load",
            load,
            "torch.load executes what the file says: weights_only is not given, and nothing proves"
                + " a torch whose default is safe.",
            "Pass weights_only=True."),
        List.of(new Evidence(at(TRAIN, "import torch"), "torch is imported here")),
        List.of(
            List.of(
                new Evidence(
                    at(
                        TRAIN,
                        "restore(\n        run / \"last.pt\",\n        strict=False,\n"
                            + "        device=\"cpu\",\n    )"),
                    "resume calls restore without weights_only"),
                new Evidence(at(TRAIN, "**options"), "restore does not forward its options"))),
        List.of(
            new Fix(
                Fix.Tier.SAFE,
                "Pass weights_only=True.",
                "models/weights.pt is accepted by every torch in range",
                List.of(new Fix.Edit(insertion, ", weights_only=True"))),
            new Fix(Fix.Tier.SUGGESTED, "Load safetensors.", "", List.of())),
        Optional.empty(),
        Map.of("callee", "torch.load", "origin", "argument", "weightsOnly", "not given"));
  }

  private static Finding pipeline() {
    return finding(
        Rules.INSECURE_DESERIALIZATION,
        "joblib",
        at(TRAIN, "read_any(\"数据/模型🙂.joblib\")"),
        "joblib.load executes what the file says.",
        "Export the pipeline with skops.");
  }

  private static Finding suppressed() {
    return with(
        finding(
            Rules.INSECURE_DESERIALIZATION,
            "torch-load",
            at(TRAIN, "torch.load(run / \"best.pt\")"),
            "torch.load executes what the file says.",
            "Pass weights_only=True."),
        List.of(),
        List.of(),
        List.of(),
        Optional.of(new Suppression("# nosec B614 made by this job", 19, "made by this job")),
        Map.of());
  }

  private static Finding notebook() {
    return finding(
        Rules.INSECURE_DESERIALIZATION,
        "pandas",
        at(
            NOTEBOOK,
            "pd.read_pickle(\\\"caf\\u00e9.pkl\\\")",
            Optional.of(new Location.Cell(2, 1, 2, 9))),
        "pandas.read_pickle executes what the file says.",
        "Keep the frame as Parquet.");
  }

  private static Finding archive() {
    return with(
        finding(
            Rules.FILE_RUNS_CODE,
            "file-runs-code",
            new Location.Artifact("models/payload.pt", List.of("payload/data.pkl"), 35, 2),
            "`os.system('echo \u001b[31mhello')` runs when this file is loaded.",
            "Do not load it."),
        List.of(
            new Evidence(
                new Location.Artifact("models/payload.pt", List.of("payload/data.pkl"), 2, 14),
                "os.system is put on the stack"),
            new Evidence(new Location.Whole("models/payload.pt"), "no lock names this file")),
        List.of(),
        List.of(),
        Optional.empty(),
        Map.of("verdict", "runs-code"));
  }

  private static Finding pin() {
    return finding(
        Rules.BROKEN_WEIGHTS_ONLY,
        "weights-only-broken",
        at("requirements.txt", "torch==2.5.1"),
        "torch 2.5.1 can be made to run code in spite of weights_only=True (CVE-2025-32434).",
        "Require torch 2.6 or newer.");
  }

  private static Finding hostile() {
    return finding(
        Rules.INSECURE_DESERIALIZATION,
        "pickle",
        at(HOSTILE, "pickle.loads(b'\u001b]0;owned\u0007')"),
        "pickle.loads executes '\u001b[2J\n::error::' and <img src=x onerror=alert(1)> | `a`.",
        "Use JSON.");
  }
}
