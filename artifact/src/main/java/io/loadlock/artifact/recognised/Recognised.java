package io.loadlock.artifact.recognised;

import io.loadlock.artifact.Draft;
import io.loadlock.artifact.Format;
import io.loadlock.artifact.Inflating;
import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.Verdict;
import io.loadlock.artifact.compressed.Head;
import io.loadlock.core.ByteSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A format that is known by its first bytes, and whose verdict is the same for every file: its
/// readers build numbers from it and have no way to name code. [#ALL] has one row a format.
///
/// @param begins how the file begins, as Latin-1
/// @param verdict of each such file
/// @param why one clause
public record Recognised(String name, List<String> begins, Verdict verdict, String why)
    implements Format {
  public static final List<Recognised> ALL =
      List.of(
          data("catboost", "CBM1"),
          data("xgboost-ubj", "{L\0\0\0\0\0\0\0\7learner", "{i\7learner", "{U\7learner"),
          data("xgboost-binary", "binf"),
          data("lightgbm", "tree\nversion=v", "tree\r\nversion=v"),
          data("ggml", "lmgg", "tjgg", "algg", "fmgg"),
          data("fasttext", "\u00ba\u0016O/"),
          new Recognised(
              "tensorrt",
              List.of("ptrt", "ftrt"),
              Verdict.UNKNOWN_CODE,
              "a compiled engine: machine code for a device, and plugins by name"));

  private static Recognised data(String name, String... begins) {
    return new Recognised(name, List.of(begins), Verdict.PLAIN_DATA, "numbers only");
  }

  @Override
  public Claim claims(ByteSource content, String name) throws IOException {
    String head = new String(Head.of(content, 24), StandardCharsets.ISO_8859_1);
    for (String beginning : begins) {
      if (head.startsWith(beginning) && head.length() > beginning.length()) {
        return Claim.CERTAIN;
      }
    }
    return Claim.NO;
  }

  @Override
  public Reading read(ByteSource content, String name, Limits limits) {
    Draft draft = new Draft(this.name);
    if (verdict != Verdict.PLAIN_DATA) {
      draft.effect(0, "engine", verdict, why);
    }
    return draft.reading();
  }

  /// The index of a TensorFlow checkpoint: a table whose last eight bytes are a magic number.
  public static final class Checkpoint implements Format {
    private static final String FOOTER = "W\u00fb\u0080\u008b$uG\u00db";

    @Override
    public String name() {
      return "tf-checkpoint";
    }

    @Override
    public Claim claims(ByteSource content, String name) throws IOException {
      if (content instanceof Inflating || !name.endsWith(".index") || content.size() < 48) {
        return Claim.NO;
      }
      byte[] footer = content.bytes(content.size() - 8, 8);
      return new String(footer, StandardCharsets.ISO_8859_1).equals(FOOTER)
          ? Claim.CERTAIN
          : Claim.NO;
    }

    @Override
    public Reading read(ByteSource content, String name, Limits limits) {
      return new Draft(name()).reading();
    }
  }
}
