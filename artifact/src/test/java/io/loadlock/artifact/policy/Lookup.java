package io.loadlock.artifact.policy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// Prints the ruling of each `module<tab>name<tab>use…` line of standard input, for
/// `artifact/src/policy/check.py`: the acts that are data, and why the others are not.
final class Lookup {
  private Lookup() {}

  public static void main(String[] arguments) throws IOException {
    Policy policy = Policy.bundled();
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    try (var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] columns = line.split("\t");
        out.println(line + "\t" + describe(policy.ruling(columns[0], columns[1])));
      }
    }
    out.flush();
  }

  private static String describe(Ruling ruling) {
    return switch (ruling) {
      case Ruling.Type type -> {
        StringBuilder text = new StringBuilder("type");
        for (Act act : Act.values()) {
          type.objection(act)
              .ifPresent(
                  open ->
                      text.append('\t')
                          .append(act)
                          .append(open.harmful() ? "!" : "?")
                          .append(open.why()));
        }
        yield text.toString();
      }
      case Ruling.Function function -> "function\t" + function.gives();
      case Ruling.Kept kept -> "kept\t" + kept.why();
      case Ruling.Constant constant -> "constant\t" + constant.why();
      case Ruling.Harmful harm -> "harmful\t" + harm.why();
      case Ruling.Unlisted unlisted -> "unlisted\t" + unlisted.kind();
      case Ruling.Stranger stranger -> "stranger\t" + stranger.why();
    };
  }
}
