package io.loadlock.engine.link;

import io.loadlock.python.site.GivenArgument;
import io.loadlock.python.site.PathValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The texts that the value of a path can have. What is not known of a text is the character
/// [#UNKNOWN] in it; what a glob leaves open is the pattern's own `*`.
///
/// @param texts each possible value
/// @param globs whether `*`, `?` and `[` in them are patterns
/// @param reason why nothing is known; empty when something is
record Place(Set<String> texts, boolean globs, String reason) {
  static final char UNKNOWN = '\0';

  /// Values of one load that are followed; a product of alternatives grows fast.
  private static final int MOST = 64;

  private static final int DEPTH = 24;

  /// Functions that give the path they get, in a form that leads to the same file.
  private static final Set<String> SAME =
      Set.of(
          "str",
          "open",
          "io.open",
          "codecs.open",
          "os.fspath",
          "os.path.abspath",
          "os.path.realpath",
          "os.path.normpath",
          "os.path.expanduser",
          "os.path.expandvars",
          "pathlib.Path",
          "pathlib.PurePath",
          "pathlib.Path.resolve",
          "pathlib.Path.absolute",
          "pathlib.Path.expanduser",
          "io.BytesIO",
          "io.BufferedReader",
          "gzip.open",
          "bz2.open",
          "lzma.open");

  private static final Set<String> HERE = Set.of("os.getcwd", "pathlib.Path.cwd");
  private static final Set<String> GLOB =
      Set.of("glob.glob", "glob.iglob", "pathlib.Path.glob", "pathlib.Path.rglob");

  static Place of(PathValue value, Path base) {
    return of(value, base, 0);
  }

  private static Place nothing(String reason) {
    return new Place(Set.of(), false, reason);
  }

  private static Place one(String text) {
    return new Place(Set.of(text), false, "");
  }

  private static Place of(PathValue value, Path base, int depth) {
    if (depth > DEPTH) {
      return nothing("its path is put together in too many steps");
    }
    return switch (value) {
      case PathValue.Text text -> one(text.value());
      case PathValue.Literal literal ->
          nothing("it is " + shortened(literal.python()) + ", no path");
      case PathValue.Joined joined -> product(joined.parts(), true, base, depth);
      case PathValue.Concatenated parts -> product(parts.parts(), false, base, depth);
      case PathValue.OneOf any -> union(any.values(), base, depth);
      case PathValue.ThisFile file -> one(base.resolve(file.path()).normalize().toString());
      case PathValue.Parent parent -> parent(of(parent.of(), base, depth + 1));
      case PathValue.Content content -> of(content.of(), base, depth + 1);
      case PathValue.Parameter parameter ->
          parameter.possible().isEmpty()
              ? nothing("whoever calls " + called(parameter.function()) + " says what it is")
              : union(parameter.possible(), base, depth);
      case PathValue.Result result -> result(result, base, depth);
      case PathValue.Unknown unknown -> nothing(unknown.reason());
    };
  }

  private static String called(String function) {
    return function.isEmpty() ? "it" : function;
  }

  private static String shortened(String text) {
    return text.length() > 20 ? text.substring(0, 17) + "..." : text;
  }

  private static Place result(PathValue.Result result, Path base, int depth) {
    if (HERE.contains(result.function())) {
      return one("");
    }
    List<GivenArgument> given = result.arguments();
    if (given.isEmpty()) {
      return nothing("the result of " + result.function() + " is not known");
    }
    if (SAME.contains(result.function())) {
      return of(given.getFirst().value(), base, depth + 1);
    }
    if (GLOB.contains(result.function())) {
      Place pattern = of(given.getFirst().value(), base, depth + 1);
      return new Place(pattern.texts(), true, pattern.reason());
    }
    return nothing("the result of " + result.function() + " is not known");
  }

  private static Place union(List<PathValue> values, Path base, int depth) {
    Set<String> texts = new LinkedHashSet<>();
    boolean globs = false;
    for (PathValue value : values) {
      Place place = of(value, base, depth + 1);
      if (!place.reason().isEmpty()) {
        return place;
      }
      texts.addAll(place.texts());
      globs |= place.globs();
    }
    return texts.size() > MOST
        ? nothing("it can be one of too many files")
        : new Place(texts, globs, "");
  }

  private static Place product(List<PathValue> parts, boolean separated, Path base, int depth) {
    List<String> texts = new ArrayList<>(List.of(""));
    boolean globs = false;
    for (int i = 0; i < parts.size(); i++) {
      Place place = of(parts.get(i), base, depth + 1);
      if (!place.reason().isEmpty() && i == 0) {
        return nothing("the beginning of its path is not known: " + place.reason());
      }
      Set<String> nexts =
          place.reason().isEmpty() ? place.texts() : Set.of(String.valueOf(UNKNOWN));
      globs |= place.globs();
      List<String> longer = new ArrayList<>();
      for (String text : texts) {
        for (String next : nexts) {
          longer.add(separated ? joined(text, next) : text + next);
        }
      }
      if (longer.size() > MOST) {
        return nothing("it can be one of too many files");
      }
      texts = longer;
    }
    return new Place(new LinkedHashSet<>(texts), globs, "");
  }

  /// As `os.path.join`: an absolute part begins anew.
  private static String joined(String left, String right) {
    if (left.isEmpty() || right.startsWith("/")) {
      return right;
    }
    return left.endsWith("/") ? left + right : left + "/" + right;
  }

  private static Place parent(Place of) {
    Set<String> texts = new LinkedHashSet<>();
    for (String text : of.texts()) {
      String whole =
          text.endsWith("/") && text.length() > 1 ? text.substring(0, text.length() - 1) : text;
      int slash = whole.lastIndexOf('/');
      if (slash < 0) {
        texts.add(whole.isEmpty() ? ".." : "");
      } else {
        texts.add(slash == 0 ? "/" : whole.substring(0, slash));
      }
    }
    return new Place(texts, of.globs(), of.reason());
  }
}
