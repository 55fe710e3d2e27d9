package io.loadlock.python.parse;

import static io.loadlock.python.parse.Kind.*;

import io.loadlock.python.tree.Expression;
import java.util.ArrayList;
import java.util.List;

/// What to do where the grammar does not fit: find out how far the damage goes, keep the calls in
/// it, and go on behind.
final class Recovery {
  private final byte[] text;
  private final Scanner scanner;
  private final Tokens tokens;
  private final ExpressionParser expressions;

  Recovery(byte[] text, Scanner scanner, ExpressionParser expressions) {
    this.text = text;
    this.scanner = scanner;
    this.tokens = scanner.tokens;
    this.expressions = expressions;
  }

  /// Reads the tokens from `from` to the end of the damaged statement as far as they can be,
  /// reports them, and leaves the line's end as the current token.
  ///
  /// @param header whether an indented block may follow
  Expression.Damaged damaged(int from, boolean header, Unparsable why) {
    int open = unclosedBracket(from);
    int end = open < 0 ? tokens.count - 1 : cut(from, header);
    if (end < tokens.count - 1) {
      cutLine(end);
    }
    int start = tokens.starts[from];
    int stop = end > from ? tokens.ends[end - 1] : tokens.ends[from];
    scanner.problems.add(reason(open, why), start, stop);
    List<Expression> found = start > scanner.doubtful ? List.of() : calls(from, end);
    tokens.at = end;
    return new Expression.Damaged(start, stop, found);
  }

  private String reason(int open, Unparsable why) {
    if (why == Unparsable.TOO_DEEP) {
      return "nested too deeply";
    }
    return open < 0
        ? "invalid syntax"
        : "'" + (char) text[tokens.starts[open]] + "' was never closed";
  }

  /// The innermost bracket that is open at the end of the line, or -1.
  private int unclosedBracket(int from) {
    int closed = 0;
    for (int i = tokens.count - 1; i >= from; i--) {
      byte kind = tokens.kinds[i];
      if (Kind.closesBracket(kind)) {
        closed++;
      } else if (Kind.opensBracket(kind) && --closed < 0) {
        return i;
      }
    }
    return -1;
  }

  /// With a bracket left open the line has swallowed those below it. They begin again where one
  /// stands no further in than this statement, or behind the colon of a header.
  private int cut(int from, boolean header) {
    for (int i = from + 1; i < tokens.count - 1; i++) {
      if (tokens.starts[i] > tokens.ends[i - 1]
          && beginsLine(i)
          && !Kind.closesBracket(tokens.kinds[i])) {
        if (column(i) <= scanner.column || header && tokens.kinds[i - 1] == COLON) {
          return i;
        }
      }
    }
    return tokens.count - 1;
  }

  private boolean beginsLine(int token) {
    int i = tokens.starts[token] - 1;
    while (i >= tokens.ends[token - 1] && (text[i] == ' ' || text[i] == '\t' || text[i] == '\f')) {
      i--;
    }
    return i >= tokens.ends[token - 1] && (text[i] == '\n' || text[i] == '\r');
  }

  private int lineStart(int token) {
    int i = tokens.starts[token];
    while (i > tokens.ends[token - 1] && text[i - 1] != '\n' && text[i - 1] != '\r') {
      i--;
    }
    return i;
  }

  private int column(int token) {
    int columns = 0;
    for (int i = lineStart(token); i < tokens.starts[token]; i++) {
      columns = text[i] == '\t' ? (columns / 8 + 1) * 8 : text[i] == '\f' ? 0 : columns + 1;
    }
    return columns;
  }

  private void cutLine(int token) {
    int from = lineStart(token);
    int end = tokens.ends[token - 1];
    tokens.truncate(token);
    tokens.add(NEWLINE, end, from);
    tokens.seal();
    scanner.resume(from);
  }

  /// The calls of dotted names between two tokens, each with as many of its arguments as can be
  /// read.
  private List<Expression> calls(int from, int to) {
    List<Expression> found = new ArrayList<>();
    expressions.beginTolerant();
    int i = from;
    while (i < to) {
      int name = endOfDotted(i);
      if (tokens.kinds[name] != NAME || tokens.kinds[name + 1] != LPAR) {
        i = name + 1;
        continue;
      }
      expressions.surface();
      tokens.at = i;
      try {
        found.add(expressions.primary());
      } catch (Unparsable _) {
        // A name that is a keyword elsewhere: there is no call here.
      }
      i = Math.max(i + 1, tokens.at);
    }
    expressions.tolerant = false;
    expressions.surface();
    return found;
  }

  /// The last name of `a.b.c`; `token` itself where no name is.
  private int endOfDotted(int token) {
    int i = token;
    while (tokens.kinds[i] == NAME && tokens.kinds[i + 1] == DOT && tokens.kinds[i + 2] == NAME) {
      i += 2;
    }
    return i;
  }
}
