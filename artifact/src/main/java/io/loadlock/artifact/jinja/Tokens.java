package io.loadlock.artifact.jinja;

import java.util.List;

/// A place in the tokens of one tag.
final class Tokens {
  private final List<Token> tokens;
  private int at;

  Tokens(List<Token> tokens) {
    this.tokens = tokens;
  }

  boolean more() {
    return at < tokens.size();
  }

  /// The token so many behind the next one.
  Token peek(int ahead) {
    return at + ahead < tokens.size() ? tokens.get(at + ahead) : new Token(Token.Kind.END, "", 0);
  }

  Token peek() {
    return peek(0);
  }

  Token next() throws Unclear {
    if (!more()) {
      throw new Unclear("it ends too early");
    }
    return tokens.get(at++);
  }

  void expect(String text) throws Unclear {
    Token token = next();
    if (!token.is(text)) {
      throw new Unclear("'" + token.text() + "' where '" + text + "' belongs");
    }
  }

  boolean accept(String text) {
    if (peek().is(text)) {
      at++;
      return true;
    }
    return false;
  }
}
