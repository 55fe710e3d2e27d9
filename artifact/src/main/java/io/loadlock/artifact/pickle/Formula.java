package io.loadlock.artifact.pickle;

import java.util.Set;

/// Formulas of patsy, as in `y ~ np.log(x) + C(group)`: every term is Python, evaluated where the
/// formula is read again. Harmless are names of columns, numbers, operators, and calls of functions
/// that compute.
final class Formula {
  private static final int LONGEST = 20_000;

  private static final Set<String> CALLED =
      Set.of(
          "C",
          "I",
          "Q",
          "bs",
          "cr",
          "cc",
          "te",
          "center",
          "standardize",
          "scale",
          "poly",
          "Treatment",
          "Sum",
          "Diff",
          "Helmert",
          "Poly",
          "log",
          "exp",
          "sqrt",
          "abs",
          "log1p",
          "expm1",
          "log2",
          "log10",
          "power",
          "sin",
          "cos",
          "tan",
          "square",
          "minimum",
          "maximum",
          "pow");

  private static final Set<String> MODULES = Set.of("np", "numpy");

  private static final Set<String> WORDS =
      Set.of("lambda", "import", "exec", "eval", "await", "yield", "for");

  private Formula() {}

  static boolean harmless(Value value) {
    return value instanceof Value.Text(String text) && text.length() <= LONGEST && harmless(text);
  }

  private static boolean harmless(String text) {
    int at = 0;
    String before = "";
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\'' || c == '"') {
        int end = text.indexOf(c, at + 1);
        // An escape could hide where the text ends; a prefix could make an f-string of it.
        if (end < 0 || text.substring(at, end).indexOf('\\') >= 0 || !before.isEmpty()) {
          return false;
        }
        at = end + 1;
        before = "";
      } else if (Character.isJavaIdentifierStart(c) && c != '$') {
        int end = at;
        while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) {
          end++;
        }
        String word = text.substring(at, end);
        if (word.contains("__") || WORDS.contains(word)) {
          return false;
        }
        at = end;
        before = word;
        while (at < text.length() && text.charAt(at) == ' ') {
          at++;
        }
        if (at < text.length() && text.charAt(at) == '(' && !CALLED.contains(word)) {
          return false;
        }
        if (at > end) {
          before = "";
        }
      } else if (c == '.') {
        boolean number = at + 1 < text.length() && Character.isDigit(text.charAt(at + 1));
        boolean afterNumber = at > 0 && Character.isDigit(text.charAt(at - 1));
        if (!number && !afterNumber && !MODULES.contains(before)) {
          return false;
        }
        before = "";
        at++;
      } else if (Character.isDigit(c)
          || Character.isWhitespace(c)
          || "~+-*/:|(),=<>!&%".indexOf(c) >= 0) {
        // `f(x)(y)` calls what a call returned.
        int next = at + 1;
        while (c == ')' && next < text.length() && text.charAt(next) == ' ') {
          next++;
        }
        if (c == ')' && next < text.length() && text.charAt(next) == '(') {
          return false;
        }
        at++;
        before = "";
      } else {
        return false;
      }
    }
    return true;
  }
}
