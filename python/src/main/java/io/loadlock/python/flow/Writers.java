package io.loadlock.python.flow;

import io.loadlock.python.tree.Node;
import io.loadlock.python.value.Arguments;
import io.loadlock.python.value.Value;
import io.loadlock.python.value.Value.Singleton;
import io.loadlock.python.value.Values;
import java.util.Map;
import java.util.Set;

/// Notices which files a program writes, and with what: what a load reads may be what was
/// downloaded to that path, or what the program itself has saved there.
final class Writers {
  /// Where an environment keeps the files that were written on every way to it.
  private static final String KEY = "?written";

  /// An argument by keyword and position.
  private record Place(String name, int position) {
    Values in(Arguments arguments) {
      return arguments.lookup(name, position).without(Singleton.ABSENT::equals);
    }
  }

  /// @param content where it comes from: an argument; null for what the function makes of objects
  ///   of the program
  private record Row(Place target, @org.jspecify.annotations.Nullable Place content) {}

  private static Row saves(String target, int position) {
    return new Row(new Place(target, position), null);
  }

  private static Row copies(String target, int position, String content, int from) {
    return new Row(new Place(target, position), new Place(content, from));
  }

  private static final Map<String, Row> FUNCTIONS =
      Map.ofEntries(
          Map.entry("pickle.dump", saves("file", 1)),
          Map.entry("dill.dump", saves("file", 1)),
          Map.entry("cloudpickle.dump", saves("file", 1)),
          Map.entry("marshal.dump", saves("file", 1)),
          Map.entry("joblib.dump", saves("filename", 1)),
          Map.entry("torch.save", saves("f", 1)),
          Map.entry("numpy.save", saves("file", 0)),
          Map.entry("numpy.savez", saves("file", 0)),
          Map.entry("numpy.savez_compressed", saves("file", 0)),
          Map.entry("pandas.to_pickle", saves("filepath_or_buffer", 1)),
          Map.entry("urllib.request.urlretrieve", copies("filename", 1, "url", 0)),
          Map.entry("urllib.urlretrieve", copies("filename", 1, "url", 0)),
          Map.entry("wget.download", copies("out", 1, "url", 0)),
          Map.entry("gdown.download", copies("output", 1, "url", 0)),
          Map.entry("gdown.cached_download", copies("path", 1, "url", 0)),
          Map.entry("torch.hub.download_url_to_file", copies("dst", 1, "url", 0)),
          Map.entry("torchvision.datasets.utils.download_url", copies("root", 1, "url", 0)),
          Map.entry("shutil.copyfileobj", copies("fdst", 1, "fsrc", 0)),
          Map.entry("shutil.copyfile", copies("dst", 1, "src", 0)),
          Map.entry("shutil.copy", copies("dst", 1, "src", 0)),
          Map.entry("shutil.copy2", copies("dst", 1, "src", 0)),
          Map.entry("shutil.move", copies("dst", 1, "src", 0)),
          Map.entry("os.rename", copies("dst", 1, "src", 0)),
          Map.entry("os.replace", copies("dst", 1, "src", 0)));

  /// Methods that fetch into a file what their object stands for.
  private static final Map<String, Place> FETCHES =
      Map.of(
          "download_file", new Place("Filename", 2),
          "download_fileobj", new Place("Fileobj", 2),
          "download_to_filename", new Place("filename", 0),
          "download_to_file", new Place("file_obj", 0),
          "fget_object", new Place("file_path", 2),
          "readinto", new Place("", 0),
          "download_blob_to_file", new Place("file_obj", 1),
          "save", new Place("dst", 0),
          "to_pickle", new Place("path", 0),
          "retrbinary", new Place("callback", 1));

  /// Functions that make bytes of the program's own objects.
  private static final Set<String> MADE =
      Set.of(
          "pickle.dump",
          "pickle.dumps",
          "dill.dump",
          "dill.dumps",
          "cloudpickle.dump",
          "cloudpickle.dumps",
          "marshal.dump",
          "marshal.dumps",
          "joblib.dump",
          "torch.save",
          "numpy.save",
          "numpy.savez",
          "numpy.savez_compressed",
          "pandas.to_pickle",
          "io.BytesIO");

  private final Frame frame;

  Writers(Frame frame) {
    this.frame = frame;
  }

  /// Whether the result, or the file that the call writes, is made of the program's own objects.
  static boolean isMade(String function) {
    return MADE.contains(function);
  }

  /// The files that were written on every way to an environment.
  static Values written(Env env) {
    Values values = env.get(KEY);
    return values == null || values.contains(Singleton.UNBOUND) ? Values.EMPTY : values;
  }

  /// Notes files that were written on every way on which `env` is met.
  static void add(Env env, Values more) {
    if (!more.isEmpty()) {
      env.set(KEY, written(env).join(more));
    }
  }

  /// A function of another library is called.
  void call(String function, Arguments arguments, Node node) {
    Row row = FUNCTIONS.get(function);
    if (row != null) {
      Values content =
          row.content() == null
              ? Values.of(new Value.Result(function, Arguments.NONE, frame.place(node)))
              : fetched(function, row.content().in(arguments), arguments, node);
      note(row.target().in(arguments), content, node);
    }
  }

  /// What a function that downloads gives is its own result; what one that copies gives is what it
  /// copies.
  private Values fetched(String function, Values content, Arguments arguments, Node node) {
    return function.startsWith("shutil.") || function.startsWith("os.")
        ? content
        : Values.of(new Value.Result(function, arguments.shallow(3), frame.place(node)));
  }

  /// A method of something that is no object of the project is called.
  void method(Values receiver, String name, Arguments arguments, Node node) {
    if (name.equals("write") || name.equals("write_bytes") || name.equals("writelines")) {
      note(receiver, arguments.lookup("", 0).without(Singleton.ABSENT::equals), node);
      return;
    }
    Place target = FETCHES.get(name);
    if (target == null) {
      return;
    }
    Values content =
        name.equals("to_pickle")
            ? Values.of(new Value.Result("pandas.to_pickle", Arguments.NONE, frame.place(node)))
            : receiver;
    Values into = target.in(arguments);
    if (into.isEmpty() && target.position() > 0) {
      // `bucket.download_file(key, path)` has one argument less than the client's method.
      into = arguments.lookup("", target.position() - 1).without(Singleton.ABSENT::equals);
    }
    note(into, content, node);
  }

  private void note(Values target, Values content, Node node) {
    Values path = Guards.root(target);
    if (path.isEmpty() || content.isEmpty()) {
      return;
    }
    Values written = Values.of(new Value.Written(frame.place(node), path, content));
    frame.wrote = frame.wrote.join(written);
    add(frame.env, written);
  }

  /// The write after which a load reads nothing but what the program itself has just put there;
  /// null where that is not shown.
  ///
  /// @param before the files that were written on every way to the load
  /// @param all every file that the function may write
  static Value.@org.jspecify.annotations.Nullable Written own(
      Values loaded, Values before, Values all) {
    Values path = Guards.root(loaded);
    if (path.size() != 1 || !isPrivate(path.only())) {
      return null;
    }
    Value.Written own = null;
    for (Value value : before) {
      if (value instanceof Value.Written written && isSame(written.target(), path)) {
        own = written;
      }
    }
    for (Value value : all) {
      if (value instanceof Value.Written written
          && meets(written.target(), path)
          && !isMade(written.content())) {
        return null;
      }
    }
    return own != null && isMade(own.content()) ? own : null;
  }

  private static boolean isMade(Values content) {
    for (Value value : content) {
      if (!(value instanceof Value.Result result && isMade(result.function()))) {
        return false;
      }
    }
    return !content.isEmpty();
  }

  private static boolean meets(Values target, Values path) {
    for (Value value : target) {
      if (path.contains(value)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSame(Values target, Values path) {
    Value one = target.only();
    Value other = path.only();
    if (one == null || !one.equals(other)) {
      return false;
    }
    // Two temporary files are equal values and yet two files.
    return !(one instanceof Value.Result result && other instanceof Value.Result same)
        || java.util.Objects.equals(result.where(), same.where());
  }

  /// Whether nobody else writes there: a constant path outside of shared folders, a temporary file
  /// or folder, a buffer.
  private static boolean isPrivate(@org.jspecify.annotations.Nullable Value path) {
    return switch (path) {
      case Value.Text text ->
          !text.text().startsWith("/tmp")
              && !text.text().startsWith("/var/tmp")
              && !text.text().startsWith("/dev/shm")
              && !text.text().contains("://");
      case Value.ThisFile _ -> true;
      case Value.Joined joined -> joined.parts().stream().allMatch(one -> isPrivate(one.only()));
      case Value.Concatenated parts ->
          parts.parts().stream().allMatch(one -> isPrivate(one.only()));
      case Value.Parent parent -> isPrivate(parent.of().only());
      case Value.Member member -> isPrivate(member.of().only());
      case Value.Result result ->
          result.function().startsWith("tempfile.") && !result.function().endsWith(".mktemp")
              || result.function().equals("io.BytesIO");
      case Value.Parameter parameter -> {
        String name = parameter.routine().parameters().get(parameter.index()).name();
        yield parameter.routine().calls.isEmpty()
            && (name.equals("tmp_path") || name.equals("tmpdir"));
      }
      case null, default -> false;
    };
  }
}
