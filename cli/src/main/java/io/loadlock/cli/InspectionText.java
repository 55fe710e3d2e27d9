package io.loadlock.cli;

import io.loadlock.artifact.Effect;
import io.loadlock.artifact.GlobalUse;
import io.loadlock.artifact.Notice;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.Tensor;
import io.loadlock.artifact.TorchVersion;
import io.loadlock.artifact.Verdict;
import io.loadlock.artifact.WeightsOnly;
import io.loadlock.core.Outcome;
import io.loadlock.core.Problem;
import io.loadlock.engine.inspect.Inspection;
import io.loadlock.report.Printable;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// One file as text for people. All that comes from the file is shown with its control characters
/// escaped.
final class InspectionText {
  /// Lines of one list that are shown; JSON has them all.
  private static final int SHOWN = 40;

  private final PrintStream out;
  private final boolean colour;

  InspectionText(PrintStream out, boolean colour) {
    this.out = out;
    this.colour = colour;
  }

  void print(InspectedFile file) {
    Inspection inspection = file.inspection();
    out.println(bold(Printable.of(inspection.name())) + ": " + headline(inspection));
    out.println("  format   " + format(inspection, file.size()));
    if (!file.digests().file().isEmpty()) {
      out.println("  sha256   " + file.digests().file());
    }
    if (inspection.outcome() instanceof Outcome.Skipped(String reason)) {
      out.println("  skipped  " + Printable.of(reason));
    }
    details(inspection);
    effects(inspection);
    globals(inspection);
    tensors(inspection);
    weightsOnly(inspection);
    notices(inspection);
    for (Problem problem : inspection.outcome().problems()) {
      out.println("  not read " + Printable.of(problem.toString()));
    }
    if (!inspection.nested().isEmpty()) {
      out.println("  members");
      members(inspection, 2);
    }
    out.println();
  }

  private String headline(Inspection inspection) {
    String word =
        switch (inspection.outcome()) {
          case Outcome.Complete _ -> sentence(inspection.verdict());
          case Outcome.Partial _ ->
              sentence(inspection.verdict()) + ", as far as it could be read: " + "partial";
          case Outcome.Failed _ -> "failed: nothing could be learnt from it";
          case Outcome.Skipped _ -> "skipped";
        };
    boolean bad = inspection.verdict() == Verdict.RUNS_CODE;
    return colour && bad ? "\u001b[31;1m" + word + "\u001b[0m" : word;
  }

  private static String sentence(Verdict verdict) {
    return switch (verdict) {
      case PLAIN_DATA -> "plain-data: loading builds containers, numbers and arrays only";
      case NEEDS_TYPES -> "needs-types: loading builds instances of known data types";
      case UNKNOWN_CODE -> "unknown-code: loading reaches code that nobody vetted";
      case RUNS_CODE -> "runs-code: loading runs code that the file chooses";
    };
  }

  private String bold(String text) {
    return colour ? "\u001b[1m" + text + "\u001b[0m" : text;
  }

  private static String format(Inspection inspection, long size) {
    List<String> formats = new ArrayList<>();
    inspection.readings().forEach(reading -> formats.add(reading.format()));
    String names = formats.isEmpty() ? inspection.format() : String.join(" + ", formats);
    return size < 0 ? names : names + ", " + bytes(size);
  }

  /// `1.5 MB`, by powers of 1000.
  static String bytes(long count) {
    if (count < 0) {
      return "more than 2^63 bytes";
    }
    if (count < 1000) {
      return count + " B";
    }
    String[] units = {"kB", "MB", "GB", "TB", "PB", "EB"};
    double value = count;
    int unit = -1;
    while (value >= 999.5 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, value < 10 ? "%.1f %s" : "%.0f %s", value, units[unit]);
  }

  private void details(Inspection inspection) {
    for (Reading reading : inspection.readings()) {
      for (Map.Entry<String, String> detail : reading.details().entrySet()) {
        out.println(
            "  " + Printable.of(detail.getKey()) + ": " + Printable.of(shorter(detail.getValue())));
      }
    }
  }

  private static String shorter(String text) {
    return text.length() > 300 ? text.substring(0, 300) + "…" : text;
  }

  private void effects(Inspection inspection) {
    List<String> lines = new ArrayList<>();
    inspection.walk(
        (members, at) -> {
          for (Reading reading : at.readings()) {
            for (Effect effect : reading.effects()) {
              lines.add(
                  Printable.of(shorter(effect.text()))
                      + "    # "
                      + effect.verdict().word()
                      + ", "
                      + place(members, effect.offset())
                      + ": "
                      + Printable.of(effect.why()));
            }
          }
        });
    list("effects, in order", lines);
  }

  private void globals(Inspection inspection) {
    List<String> lines = new ArrayList<>();
    inspection.walk(
        (members, at) -> {
          for (Reading reading : at.readings()) {
            for (GlobalUse global : reading.globals()) {
              lines.add(
                  Printable.of(global.module() + "." + global.name())
                      + "  "
                      + global.use().name().toLowerCase(Locale.ROOT)
                      + ", "
                      + global.verdict().word()
                      + ", "
                      + place(members, global.offset())
                      + (global.why().isEmpty() ? "" : ": " + Printable.of(global.why())));
            }
          }
        });
    list("globals", lines);
  }

  private void tensors(Inspection inspection) {
    List<String> lines = new ArrayList<>();
    inspection.walk(
        (members, at) -> {
          for (Reading reading : at.readings()) {
            for (Tensor tensor : reading.tensors()) {
              String name = tensor.name().isEmpty() ? String.join("!", members) : tensor.name();
              lines.add(
                  Printable.of(name)
                      + "  "
                      + Printable.of(tensor.dtype())
                      + " "
                      + tensor.shape()
                      + "  "
                      + bytes(tensor.bytes())
                      + (tensor.storage().isEmpty()
                          ? ""
                          : "  storage " + Printable.of(tensor.storage())));
            }
          }
        });
    list("tensors (" + lines.size() + ")", lines);
  }

  /// Neighbouring releases that answer the same share a line.
  private void weightsOnly(Inspection inspection) {
    List<String> lines = new ArrayList<>();
    String from = "";
    String to = "";
    String last = "";
    for (Map.Entry<TorchVersion, WeightsOnly> answer : inspection.weightsOnly().entrySet()) {
      String text = answer(answer.getValue());
      if (!text.equals(last)) {
        if (!last.isEmpty()) {
          lines.add(span(from, to) + last);
        }
        from = answer.getKey().toString();
        last = text;
      }
      to = answer.getKey().toString();
    }
    if (!last.isEmpty()) {
      lines.add(span(from, to) + last);
    }
    list("torch.load(weights_only=True)", lines);
  }

  private static String span(String from, String to) {
    return "torch " + (from.equals(to) ? from : from + " to " + to) + ": ";
  }

  private static String answer(WeightsOnly answer) {
    return switch (answer) {
      case WeightsOnly.Accept _ -> "accepts it";
      case WeightsOnly.AcceptAfter(List<String> allow, boolean vetted) ->
          "accepts it after allowing "
              + Printable.of(String.join(", ", allow))
              + (vetted ? "" : ", not all of which are known to be harmless");
      case WeightsOnly.Refused(String why, _) -> "refuses it: " + Printable.of(shorter(why));
      case WeightsOnly.Unknown(String why) -> "not known: " + Printable.of(why);
    };
  }

  private void notices(Inspection inspection) {
    List<String> lines = new ArrayList<>();
    inspection.walk(
        (members, at) -> {
          List<Notice> all = new ArrayList<>();
          at.readings().forEach(reading -> all.addAll(reading.notices()));
          all.addAll(at.notices());
          for (Notice notice : all) {
            lines.add(
                notice.severity().word()
                    + ": "
                    + Printable.of(notice.message())
                    + " ["
                    + notice.kind()
                    + ", "
                    + place(members, notice.offset())
                    + "]");
          }
        });
    list("notices", lines);
  }

  private void list(String title, List<String> lines) {
    if (lines.isEmpty()) {
      return;
    }
    out.println("  " + title);
    for (String line : lines.subList(0, Math.min(SHOWN, lines.size()))) {
      out.println("    " + line);
    }
    if (lines.size() > SHOWN) {
      out.println("    … and " + (lines.size() - SHOWN) + " more; --format json has them all");
    }
  }

  private static String place(List<String> members, long offset) {
    String member = Printable.of(String.join("!", members));
    String at = offset < 0 ? "" : "byte " + offset;
    return member.isEmpty() ? at : at.isEmpty() ? member : member + " " + at;
  }

  private void members(Inspection inspection, int depth) {
    int shown = 0;
    for (Inspection nested : inspection.nested()) {
      boolean dull = nested.readings().isEmpty() && nested.outcome().problems().isEmpty();
      if (shown++ < SHOWN) {
        String state =
            dull
                ? "data"
                : nested.format() + ", " + nested.verdict().word() + ", " + nested.outcome().word();
        String loaded = nested.loaded() ? "" : " (not loaded)";
        out.println("  ".repeat(depth) + Printable.of(nested.name()) + "  " + state + loaded);
        members(nested, depth + 1);
      }
    }
    if (shown > SHOWN) {
      out.println("  ".repeat(depth) + "… and " + (shown - SHOWN) + " more");
    }
  }
}
