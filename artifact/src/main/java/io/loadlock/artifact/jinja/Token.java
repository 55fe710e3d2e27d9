package io.loadlock.artifact.jinja;

/// A token inside `{{ … }}` or `{% … %}`.
///
/// @param text the name, the operator, the number as written, or the decoded string
/// @param position of its first character in the template
record Token(Kind kind, String text, int position) {
  enum Kind {
    NAME,
    STRING,
    NUMBER,
    OPERATOR,
    END
  }

  boolean is(String operatorOrName) {
    return kind != Kind.STRING && text.equals(operatorOrName);
  }
}
