package io.loadlock.artifact.paddle;

import io.loadlock.artifact.Draft;
import io.loadlock.artifact.Format;
import io.loadlock.artifact.Inflating;
import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.Verdict;
import io.loadlock.artifact.compressed.Head;
import io.loadlock.artifact.named.Paths;
import io.loadlock.artifact.wire.Wire;
import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import java.io.IOException;
import java.util.Map;

/// `ProgramDesc` of PaddlePaddle (`framework.proto`), the `.pdmodel` file: `{blocks: {idx,
/// parent_idx, vars, ops: {type = 3, attrs = 4}}, version = 4, op_version_map = 5}`.
public final class PaddleFormat implements Format {
  private static final int TEXT = 4096;

  /// Operators that reach out of the graph.
  private static final Map<String, String> REACHING =
      Map.of(
          "py_func", "calls a Python function of the process",
          "py_layer", "calls a Python function of the process",
          "load", "reads a file",
          "load_combine", "reads a file",
          "save", "writes a file",
          "save_combine", "writes a file",
          "listen_and_serv", "reaches the network",
          "send", "reaches the network",
          "recv", "reaches the network",
          "create_py_reader", "calls a Python function of the process");

  @Override
  public String name() {
    return "paddle";
  }

  @Override
  public Claim claims(ByteSource content, String name) throws IOException {
    byte[] head = Head.of(content, 8);
    boolean named = name.endsWith(".pdmodel");
    if (head.length < 8 || head[0] != 0x0A) {
      return Claim.NO;
    }
    if (content instanceof Inflating inflating
        && (inflating.expected() < 0 || inflating.expected() > 64 << 20)) {
      return named ? Claim.POSSIBLE : Claim.NO;
    }
    return isProgram(content) ? Claim.CERTAIN : named ? Claim.POSSIBLE : Claim.NO;
  }

  private static boolean isProgram(ByteSource content) throws IOException {
    boolean blocks = false;
    try {
      Wire program = Wire.of(content, 10_000);
      while (program.next()) {
        if (program.field() == 1) {
          Wire block = program.message();
          if (!block.next()
              || block.field() != 1
              || !block.isNumber()
              || !block.next()
              || block.field() != 2
              || !block.isNumber()) {
            return false;
          }
          blocks = true;
        } else if (program.field() > 5 || !program.isBytes()) {
          return false;
        }
      }
    } catch (MalformedException e) {
      return false;
    }
    return blocks;
  }

  @Override
  public Reading read(ByteSource content, String name, Limits limits) throws IOException {
    Draft draft = new Draft(name());
    try {
      Wire program = Wire.of(content, 4L * limits.values());
      while (program.next()) {
        if (program.field() == 1) {
          block(program.message(), draft);
        }
      }
    } catch (MalformedException e) {
      draft.problem(e.toProblem());
    }
    return draft.reading();
  }

  private static void block(Wire block, Draft draft) throws IOException, MalformedException {
    while (block.next()) {
      if (block.field() == 4) {
        operator(block.message(), draft);
      }
    }
  }

  /// Attributes: `{name = 1, type = 2, i = 3, f = 4, s = 5, …}`.
  private static void operator(Wire operator, Draft draft) throws IOException, MalformedException {
    String type = "";
    String path = "";
    long at = operator.offset();
    while (operator.next()) {
      if (operator.field() == 3) {
        type = operator.text(TEXT);
        at = operator.offset();
      } else if (operator.field() == 4) {
        Wire attribute = operator.message();
        String key = "";
        while (attribute.next()) {
          if (attribute.field() == 1) {
            key = attribute.text(TEXT);
          } else if (attribute.field() == 5 && key.equals("file_path")) {
            path = attribute.text(TEXT);
          }
        }
      }
    }
    String what = REACHING.get(type);
    if (what != null) {
      String where = path.isEmpty() ? "" : "'" + path + "'";
      String why = Paths.escape(path).map(reason -> what + " whose path " + reason).orElse(what);
      draft.effect(at, type + "(" + where + ")", Verdict.RUNS_CODE, why);
    }
  }
}
