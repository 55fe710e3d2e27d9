package io.loadlock.artifact.jinja;

import io.loadlock.artifact.Verdict;
import java.util.ArrayList;
import java.util.List;

/// Judges names as they are met, and keeps what is dangerous.
final class Suspicions {
  private final List<Template.Danger> dangers = new ArrayList<>();

  List<Template.Danger> dangers() {
    return dangers;
  }

  /// What the tokens of a tag show, whether or not the tag is understood.
  void tokens(List<Token> tokens) {
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      boolean attribute = i > 0 && tokens.get(i - 1).is(".");
      if (token.kind() == Token.Kind.STRING && Names.mentions(token.text())
          || token.kind() == Token.Kind.NAME
              && (attribute ? Names.dangerous(token.text()) : Names.mentions(token.text()))) {
        danger(
            token.position(),
            token.text(),
            Verdict.RUNS_CODE,
            "reaches Python's objects behind the data");
      }
    }
  }

  void danger(int position, String text, Verdict verdict, String why) {
    String kept = text.length() > 80 ? text.substring(0, 80) + "..." : text;
    dangers.add(new Template.Danger(position, kept, verdict, why));
  }

  /// Judges a name that is given as a value.
  void access(Value key, Token where, boolean filter) {
    if (key.text() != null) {
      if (Names.dangerous(key.text()) && (filter || Names.mentions(key.text()))) {
        danger(
            where.position(),
            key.text(),
            Verdict.RUNS_CODE,
            "reaches Python's objects behind the data");
      }
    } else if (key.computed() && Names.hints(key.pieces())) {
      danger(
          where.position(),
          key.pieces(),
          Verdict.RUNS_CODE,
          "puts the name of an attribute together");
    } else if (filter) {
      danger(
          where.position(),
          "attr",
          key.computed() ? Verdict.RUNS_CODE : Verdict.UNKNOWN_CODE,
          "computes the name of an attribute");
    }
  }

  /// Judges a text that was put together, and hands it on.
  Value found(Value value, Token where) {
    String text = value.text();
    if (text != null && where.kind() != Token.Kind.STRING && Names.mentions(text)) {
      danger(where.position(), text, Verdict.RUNS_CODE, "puts the name of an attribute together");
    }
    return value;
  }
}
