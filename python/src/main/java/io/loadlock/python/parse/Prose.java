package io.loadlock.python.parse;

import io.loadlock.python.tree.Expression;
import io.loadlock.python.tree.Statement;
import java.util.Arrays;
import java.util.List;

/// Finds what of a source is written for people alone.
final class Prose {
  private long[] stretches = new long[64];
  private int count;

  private Prose() {}

  static int[] of(ParsedSource parsed) {
    Prose prose = new Prose();
    for (int i = 0; i < parsed.comments().size(); i++) {
      if (parsed.comments() instanceof Comments.Lazy lazy) {
        prose.add(lazy.start(i), lazy.end(i));
      } else {
        ParsedSource.Comment comment = parsed.comments().get(i);
        prose.add(comment.start(), comment.end());
      }
    }
    prose.block(parsed.module().body());
    Arrays.sort(prose.stretches, 0, prose.count);
    int[] found = new int[prose.count * 2];
    for (int i = 0; i < prose.count; i++) {
      found[2 * i] = (int) (prose.stretches[i] >>> 32);
      found[2 * i + 1] = (int) prose.stretches[i];
    }
    return found;
  }

  private void add(int start, int end) {
    if (count == stretches.length) {
      stretches = Arrays.copyOf(stretches, count * 2);
    }
    stretches[count++] = (long) start << 32 | end;
  }

  private void block(List<Statement> statements) {
    for (Statement statement : statements) {
      if (statement instanceof Statement.Expr expression) {
        if (expression.value() instanceof Expression.Str text) {
          add(text.start(), text.end());
        }
      } else if (statement instanceof Statement.FunctionDef function) {
        block(function.body());
      } else if (statement instanceof Statement.ClassDef type) {
        block(type.body());
      } else if (statement instanceof Statement.If branch) {
        block(branch.body());
        block(branch.orElse());
      } else if (statement instanceof Statement.Try attempt) {
        block(attempt.body());
      }
    }
  }
}
