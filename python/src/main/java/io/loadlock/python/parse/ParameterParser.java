package io.loadlock.python.parse;

import static io.loadlock.python.parse.Kind.*;

import io.loadlock.python.tree.Expression;
import io.loadlock.python.tree.Parameter;
import io.loadlock.python.tree.TypeParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The parameters of functions and lambdas (Python reference §8.7), and type parameters (PEP 695).
final class ParameterParser {
  private final Tokens tokens;
  private final ExpressionParser expressions;

  ParameterParser(Tokens tokens, ExpressionParser expressions) {
    this.tokens = tokens;
    this.expressions = expressions;
  }

  /// Parameters up to `close`, which stays the current token.
  List<Parameter> parameters(byte close, boolean annotated) {
    if (tokens.kind() == close) {
      return List.of();
    }
    List<Parameter> parameters = new ArrayList<>(4);
    into(parameters, close, annotated);
    return parameters;
  }

  /// The same; what was read before damage stays in `parameters`.
  void into(List<Parameter> parameters, byte close, boolean annotated) {
    Parameter.Kind kind = Parameter.Kind.POSITIONAL_OR_KEYWORD;
    while (tokens.kind() != close) {
      switch (tokens.kind()) {
        case SLASH -> {
          tokens.at++;
          parameters.replaceAll(ParameterParser::positionalOnly);
        }
        case STAR -> {
          int start = tokens.start();
          tokens.at++;
          kind = Parameter.Kind.KEYWORD_ONLY;
          if (tokens.kind() != COMMA && tokens.kind() != close) {
            parameters.add(rest(start, Parameter.Kind.VAR_POSITIONAL, annotated));
          }
        }
        case DOUBLE_STAR -> {
          int start = tokens.start();
          tokens.at++;
          parameters.add(rest(start, Parameter.Kind.VAR_KEYWORD, annotated));
        }
        default -> parameters.add(one(kind, parameters.size(), annotated));
      }
      if (!tokens.accept(COMMA)) {
        break;
      }
    }
  }

  private static Parameter positionalOnly(Parameter parameter) {
    return new Parameter(
        parameter.start(),
        parameter.end(),
        parameter.name(),
        Parameter.Kind.POSITIONAL_ONLY,
        parameter.annotation(),
        parameter.defaultValue(),
        parameter.unpacked());
  }

  private Parameter rest(int start, Parameter.Kind kind, boolean annotated) {
    String name = expressions.name();
    Optional<Expression> annotation = Optional.empty();
    if (annotated && tokens.accept(COLON)) {
      annotation = Optional.of(expressions.starNamed());
    }
    return new Parameter(
        start, tokens.lastEnd(), name, kind, annotation, Optional.empty(), Optional.empty());
  }

  private Parameter one(Parameter.Kind kind, int index, boolean annotated) {
    int start = tokens.start();
    Optional<Expression> unpacked = Optional.empty();
    String name;
    if (tokens.kind() == LPAR) {
      unpacked = Optional.of(expressions.primary());
      name = "." + index;
    } else {
      name = expressions.name();
    }
    Optional<Expression> annotation =
        annotated && tokens.accept(COLON)
            ? Optional.of(expressions.expression())
            : Optional.empty();
    int end = tokens.lastEnd();
    Optional<Expression> defaultValue =
        tokens.accept(EQUAL) ? Optional.of(expressions.expression()) : Optional.empty();
    return new Parameter(start, end, name, kind, annotation, defaultValue, unpacked);
  }

  /// `[T: bound = default, *Ts, **P]`, where there is one.
  List<TypeParameter> typeParameters() {
    if (tokens.kind() != LBRACKET) {
      return List.of();
    }
    tokens.at++;
    List<TypeParameter> parameters = new ArrayList<>(2);
    while (tokens.kind() != RBRACKET) {
      int start = tokens.start();
      if (!tokens.accept(STAR)) {
        tokens.accept(DOUBLE_STAR);
      }
      String name = expressions.name();
      Optional<Expression> bound =
          tokens.accept(COLON) ? Optional.of(expressions.expression()) : Optional.empty();
      Optional<Expression> defaultValue =
          tokens.accept(EQUAL) ? Optional.of(expressions.starNamed()) : Optional.empty();
      parameters.add(new TypeParameter(start, tokens.lastEnd(), name, bound, defaultValue));
      if (!tokens.accept(COMMA)) {
        break;
      }
    }
    expressions.expect(RBRACKET);
    return parameters;
  }
}
