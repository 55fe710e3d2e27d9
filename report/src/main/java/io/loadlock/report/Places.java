package io.loadlock.report;

import io.loadlock.core.Location;

/// Places as people read and click them, in printable text.
final class Places {
  private Places() {}

  /// `src/a.py:3:5` (columns are code points, as editors count), `n.ipynb:cell 4:2:5`, `model.pt ›
  /// archive/data.pkl, byte 120`.
  static String full(Location location) {
    String path = Printable.of(location.path());
    return switch (location) {
      case Location.Source source -> path + ":" + position(source);
      case Location.Artifact artifact -> path + within(artifact);
      case Location.Whole _ -> path;
    };
  }

  /// The same without the path of the file.
  static String inFile(Location location) {
    return switch (location) {
      case Location.Source source -> position(source);
      case Location.Artifact artifact -> within(artifact).replaceFirst("^(, | › )", "");
      case Location.Whole _ -> "";
    };
  }

  private static String position(Location.Source source) {
    return source
        .cell()
        .map(cell -> "cell " + cell.cell() + ":" + cell.line() + ":" + cell.column())
        .orElse(source.start().line() + ":" + source.start().codePoint());
  }

  private static String within(Location.Artifact artifact) {
    StringBuilder text = new StringBuilder();
    for (String member : artifact.members()) {
      text.append(" › ").append(Printable.of(member));
    }
    return text.append(", byte ").append(artifact.offset()).toString();
  }
}
