package io.loadlock.engine.link;

import io.loadlock.python.site.GivenArgument;
import io.loadlock.python.site.PathValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/// From the value of a path to the texts that it can be.
final class Resolver {
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
          "lzma.open",
          "hydra.utils.to_absolute_path");

  /// Functions and variables that give what somebody outside of the program says.
  private static final Map<String, String> FROM_OUTSIDE =
      Map.ofEntries(
          Map.entry("argparse.ArgumentParser", "the command line says what it is"),
          Map.entry("optparse.OptionParser", "the command line says what it is"),
          Map.entry("transformers.HfArgumentParser", "the command line says what it is"),
          Map.entry("typer.Option", "the command line says what it is"),
          Map.entry("typer.Argument", "the command line says what it is"),
          Map.entry("sys.argv", "the command line says what it is"),
          Map.entry("os.environ", "the environment says what it is"),
          Map.entry("os.environ.get", "the environment says what it is"),
          Map.entry("os.getenv", "the environment says what it is"),
          Map.entry("builtins.input", "the user types it"));

  private static final Set<String> HERE =
      Set.of("os.getcwd", "pathlib.Path.cwd", "hydra.utils.get_original_cwd");

  private final Path base;
  private final BiFunction<Place, String, Set<String>> settings;

  /// @param settings the texts that configuration files have under a key
  Resolver(Path base, BiFunction<Place, String, Set<String>> settings) {
    this.base = base;
    this.settings = settings;
  }

  Place of(PathValue value) {
    return of(value, 0);
  }

  private Place of(PathValue value, int depth) {
    if (depth > DEPTH) {
      return Place.nothing("its path is put together in too many steps");
    }
    return switch (value) {
      case PathValue.Text text -> Place.one(text.value());
      case PathValue.Literal literal ->
          Place.nothing("it is " + shortened(literal.python()) + ", no path");
      case PathValue.Joined joined -> product(joined.parts(), true, depth);
      case PathValue.Concatenated parts -> product(parts.parts(), false, depth);
      case PathValue.OneOf any -> union(any.values(), depth);
      case PathValue.ThisFile file -> Place.one(base.resolve(file.path()).normalize().toString());
      case PathValue.Parent parent -> of(parent.of(), depth + 1).each(Place::parent);
      case PathValue.Content content -> of(content.of(), depth + 1);
      case PathValue.Parameter parameter ->
          parameter.possible().isEmpty()
              ? Place.nothing("whoever calls " + called(parameter.function()) + " says what it is")
              : union(parameter.possible(), depth);
      case PathValue.Setting setting -> setting(setting, depth);
      case PathValue.Result result -> result(result, depth);
      case PathValue.Unknown unknown -> Place.nothing(unknown.reason());
    };
  }

  private static String called(String function) {
    return function.isEmpty() ? "it" : function;
  }

  private static String shortened(String text) {
    return text.length() > 20 ? text.substring(0, 17) + "..." : text;
  }

  private Place setting(PathValue.Setting setting, int depth) {
    Place file = of(setting.file(), depth + 1);
    if (!file.known()) {
      return Place.nothing("which configuration says it is not known: " + file.reason());
    }
    Set<String> texts = settings.apply(file, setting.key());
    return texts.isEmpty()
        ? Place.nothing("no configuration that is here has `" + setting.key() + "`")
        : new Place(texts, false, file.others(), "");
  }

  private Place result(PathValue.Result result, int depth) {
    String function = result.function();
    if (HERE.contains(function)) {
      return Place.one("");
    }
    if (SAME.contains(function)) {
      return argument(result, 0, "", depth);
    }
    return switch (function) {
      case "glob.glob", "glob.iglob" -> argument(result, 0, "pathname", depth).asPattern();
      case "pathlib.Path.glob" -> below(result, "", depth);
      case "pathlib.Path.rglob" -> below(result, "**", depth);
      case "os.walk()" ->
          argument(result, 0, "top", depth).each(top -> Place.joined(top, "**")).asPattern();
      case "os.scandir", "pathlib.Path.iterdir" ->
          argument(result, 0, "path", depth)
              .each(folder -> Place.joined(folder, String.valueOf(Place.UNKNOWN)));
      case "pathlib.Path.name" -> argument(result, 0, "", depth).each(Place::name);
      case "pathlib.Path.stem" ->
          argument(result, 0, "", depth).each(path -> Place.withoutSuffix(Place.name(path)));
      case "pathlib.Path.without_suffix" ->
          argument(result, 0, "", depth).each(Place::withoutSuffix);
      case "pathlib.Path.with_suffix" ->
          changed(result, "suffix", (path, end) -> Place.withoutSuffix(path) + end, depth);
      case "pathlib.Path.with_name" -> changed(result, "name", Place::withName, depth);
      case "pathlib.Path.with_stem" ->
          changed(
              result,
              "stem",
              (path, stem) -> Place.withName(path, stem + Place.suffix(path)),
              depth);
      case "importlib.resources.files", "importlib_resources.files" ->
          argument(result, 0, "anchor", depth).each(Resolver::folder);
      case "pkg_resources.resource_filename",
          "pkg_resources.resource_stream",
          "pkg_resources.resource_string",
          "pkgutil.get_data",
          "importlib.resources.path",
          "importlib.resources.open_binary",
          "importlib.resources.read_binary",
          "importlib_resources.path" ->
          resource(result, depth);
      case "os.environ.get", "os.getenv", "os.environ.setdefault" ->
          environment(argument(result, 1, "default", depth));
      case "typer.Option", "typer.Argument" -> argument(result, 0, "default", depth);
      case "absl.flags.DEFINE_string" -> argument(result, 1, "default", depth);
      default -> unknown(result);
    };
  }

  private static Place unknown(PathValue.Result result) {
    return Place.nothing(
        FROM_OUTSIDE.getOrDefault(
            result.function(), "the result of " + result.function() + " is not known"));
  }

  private Place argument(PathValue.Result result, int position, String name, int depth) {
    Optional<PathValue> given =
        result.arguments().stream()
            .filter(
                one -> one.name().isEmpty() ? one.position() == position : one.name().equals(name))
            .map(GivenArgument::value)
            .findFirst();
    return given.isPresent() ? of(given.get(), depth + 1) : unknown(result);
  }

  /// What the environment says is known to nobody; what holds without it is one of the candidates.
  private static Place environment(Place otherwise) {
    return otherwise.known()
        ? otherwise.andOthers()
        : Place.nothing("the environment says what it is");
  }

  private Place below(PathValue.Result result, String between, int depth) {
    Place folder = argument(result, 0, "", depth);
    Place pattern = argument(result, 1, "pattern", depth);
    if (!folder.known() || !pattern.known()) {
      return folder.known() ? pattern : folder;
    }
    return pairs(folder, pattern, (top, end) -> Place.joined(Place.joined(top, between), end))
        .asPattern();
  }

  private Place changed(
      PathValue.Result result, String name, BiFunction<String, String, String> change, int depth) {
    Place path = argument(result, 0, "", depth);
    Place by = argument(result, 1, name, depth);
    if (!path.known()) {
      return path;
    }
    return pairs(path, by.known() ? by : Place.one(String.valueOf(Place.UNKNOWN)), change);
  }

  private Place resource(PathValue.Result result, int depth) {
    Place of = argument(result, 0, "package", depth);
    Place name = argument(result, 1, "resource", depth);
    if (!of.known() || !name.known()) {
      return of.known() ? name : of;
    }
    return pairs(of.each(Resolver::folder), name, Place::joined);
  }

  /// The folder of a package.
  private static String folder(String dotted) {
    return dotted.replace('.', '/');
  }

  private static Place pairs(Place one, Place other, BiFunction<String, String, String> change) {
    Set<String> texts = new LinkedHashSet<>();
    for (String left : one.texts()) {
      for (String right : other.texts()) {
        texts.add(change.apply(left, right));
      }
    }
    return texts.size() > MOST
        ? Place.nothing("it can be one of too many files")
        : new Place(texts, one.globs() || other.globs(), one.others() || other.others(), "");
  }

  /// What is no path, such as None, is no file that the load could read.
  private Place union(List<PathValue> values, int depth) {
    Set<String> texts = new LinkedHashSet<>();
    boolean globs = false;
    boolean others = false;
    Place unknown = null;
    for (PathValue value : values) {
      Place place = of(value, depth + 1);
      if (!place.known()) {
        boolean literal = value instanceof PathValue.Literal;
        others |= !literal;
        unknown = unknown == null || !literal ? place : unknown;
        continue;
      }
      texts.addAll(place.texts());
      globs |= place.globs();
      others |= place.others();
    }
    if (texts.isEmpty() && unknown != null) {
      return unknown;
    }
    return texts.size() > MOST
        ? Place.nothing("it can be one of too many files")
        : new Place(texts, globs, others, "");
  }

  private Place product(List<PathValue> parts, boolean separated, int depth) {
    List<String> texts = new ArrayList<>(List.of(""));
    boolean globs = false;
    boolean others = false;
    for (int i = 0; i < parts.size(); i++) {
      Place place = of(parts.get(i), depth + 1);
      if (!place.known() && i == 0) {
        return Place.nothing("the beginning of its path is not known: " + place.reason());
      }
      Set<String> nexts = place.known() ? place.texts() : Set.of(String.valueOf(Place.UNKNOWN));
      globs |= place.globs();
      others |= place.known() && place.others();
      List<String> longer = new ArrayList<>();
      for (String text : texts) {
        for (String next : nexts) {
          longer.add(separated ? Place.joined(text, next) : text + next);
        }
      }
      if (longer.size() > MOST) {
        return Place.nothing("it can be one of too many files");
      }
      texts = longer;
    }
    return new Place(new LinkedHashSet<>(texts), globs, others, "");
  }
}
