package io.loadlock.engine.inspect;

import io.loadlock.artifact.Format;
import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Nested;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.pickle.Disassembler;
import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The pickles of a file and of all that is nested in it, instruction by instruction.
public final class Disassembly {
  private static final Set<String> PICKLES = Set.of("pickle", "joblib", "torch-legacy");
  private static final int LINES = 1_000_000;

  private final Limits limits;
  private final List<Section> sections = new ArrayList<>();

  /// One source of pickles.
  ///
  /// @param path of the member, `a.pt!archive/data.pkl`
  /// @param text as `pickletools.dis` prints it, with what each instruction does behind it
  public record Section(String path, String text) {}

  private Disassembly(Limits limits) {
    this.limits = limits;
  }

  /// @param name as the user would name it
  /// @throws IOException when the file cannot be read
  public static List<Section> of(ByteSource content, String name, Limits limits)
      throws IOException {
    Disassembly disassembly = new Disassembly(limits.fresh());
    disassembly.member(new Nested(name, 0, true, content), name, 0);
    return List.copyOf(disassembly.sections);
  }

  private void member(Nested member, String path, int depth) throws IOException {
    if (depth > limits.depth() || !limits.budget().member()) {
      sections.add(
          new Section(path, "not shown: nested deeper, or more members, than the limits allow\n"));
      return;
    }
    for (Reading reading : readings(member)) {
      if (PICKLES.contains(reading.format())) {
        sections.add(
            new Section(path, Disassembler.all(member.content(), reading.effects(), LINES)));
      }
      for (Nested nested : reading.nested()) {
        member(nested, path + "!" + nested.name(), depth + 1);
      }
    }
  }

  private List<Reading> readings(Nested member) throws IOException {
    if (!member.readings().isEmpty()) {
      return member.readings();
    }
    Recognition recognition =
        Recognition.of(FormatTable.ALL, member.content(), member.name(), member.format());
    List<Format> formats =
        recognition.certain().isEmpty() ? recognition.possible() : recognition.certain();
    List<Reading> readings = new ArrayList<>();
    for (Format format : formats) {
      try {
        readings.add(format.read(member.content(), member.name(), limits));
      } catch (MalformedException e) {
        sections.add(new Section(member.name(), e.toProblem() + "\n"));
      }
    }
    return readings;
  }
}
