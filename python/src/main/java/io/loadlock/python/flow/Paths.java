package io.loadlock.python.flow;

import io.loadlock.python.value.Arguments;
import io.loadlock.python.value.Arguments.Given;
import io.loadlock.python.value.Arguments.Kind;
import io.loadlock.python.value.Value;
import io.loadlock.python.value.Value.Singleton;
import io.loadlock.python.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What functions make of paths and files.
final class Paths {
  /// How many folders above a path are told apart.
  private static final int PARENTS = 6;

  private Paths() {}

  /// The result of a call; null where the function has nothing to do with paths.
  static @Nullable Values call(String function, Arguments arguments) {
    return switch (function) {
      case "os.path.join",
          "posixpath.join",
          "ntpath.join",
          "pathlib.Path",
          "pathlib.PurePath",
          "pathlib.PosixPath",
          "pathlib.PurePosixPath",
          "pathlib.WindowsPath",
          "pathlib2.Path" ->
          joined(arguments);
      case "os.sep.join", "os.path.sep.join" -> separated(arguments);
      case "os.walk" -> walked(arguments);
      case "os.path.basename" -> {
        Value of = arguments.lookup("p", 0).only();
        yield of == null ? null : Values.of(method(of, "name", Arguments.NONE));
      }
      case "os.path.splitext" -> {
        Value of = arguments.lookup("p", 0).only();
        yield of == null
            ? null
            : Values.of(
                new Value.Sequence(
                    Value.Sequence.Kind.TUPLE,
                    List.of(
                        Values.of(method(of, "without_suffix", Arguments.NONE)),
                        Values.unknown("the ending of a file's name")),
                    Values.EMPTY));
      }
      case "os.path.dirname" -> {
        Values of = arguments.lookup("p", 0).without(Singleton.ABSENT::equals);
        yield of.isEmpty() ? null : Values.of(new Value.Parent(of));
      }
      case "os.path.abspath",
          "os.path.realpath",
          "os.path.expanduser",
          "os.path.expandvars",
          "os.path.normpath",
          "os.path.normcase",
          "os.fspath",
          "os.fsdecode",
          "os.fsencode",
          "builtins.str",
          "builtins.bytes",
          "builtins.bytearray",
          "builtins.memoryview",
          "io.BytesIO",
          "io.BufferedReader",
          "StringIO.StringIO",
          "cStringIO.StringIO",
          "io.StringIO",
          "six.BytesIO",
          "six.StringIO" ->
          same(arguments);
      case "builtins.open",
          "builtins.file",
          "io.open",
          "io.open_code",
          "io.FileIO",
          "codecs.open",
          "gzip.open",
          "gzip.GzipFile",
          "bz2.open",
          "bz2.BZ2File",
          "lzma.open",
          "lzma.LZMAFile",
          "fsspec.open",
          "smart_open.open",
          "smart_open.smart_open",
          "aiofiles.open",
          "tensorflow.io.gfile.GFile",
          "tensorflow.gfile.Open",
          "tensorflow.gfile.GFile",
          "xopen.xopen",
          "mmap.mmap" ->
          content(arguments);
      case "gzip.decompress",
          "bz2.decompress",
          "lzma.decompress",
          "zlib.decompress",
          "lz4.frame.decompress",
          "zstandard.decompress",
          "base64.b64decode",
          "base64.b85decode",
          "base64.urlsafe_b64decode",
          "base64.decodebytes",
          "binascii.unhexlify",
          "binascii.a2b_base64" ->
          same(arguments);
      default -> null;
    };
  }

  /// Functions whose result is one of the files that they find, or all of them: what is taken out
  /// of it is again a path that is not known further.
  private static final Set<String> LISTS =
      Set.of(
          "glob.glob",
          "glob.iglob",
          "os.scandir",
          "pathlib.Path.glob",
          "pathlib.Path.rglob",
          "pathlib.Path.iterdir");

  static final String ABOVE = "pathlib.Path.parents";

  /// The folders that `os.walk` goes through.
  private static final String WALKED = "os.walk()";

  static boolean lists(String function) {
    return LISTS.contains(function);
  }

  /// What a method of a path makes of it, to be worked out where files are looked for.
  static Value method(Value path, String name, Arguments arguments) {
    return new Value.Result("pathlib.Path." + name, arguments.behind(Values.of(path)));
  }

  /// `path.parents[at]`
  static Values parent(Value.Result parents, Value.Number at) {
    int count = Texts.index(at.literal(), PARENTS);
    Values path = parents.arguments().lookup("", 0);
    for (int i = 0; i <= count; i++) {
      path = Values.of(new Value.Parent(path));
    }
    return count < 0 ? Values.unknown("a folder far above") : path;
  }

  /// Triples of a folder, the names of folders in it, and the names of files in it.
  private static Values walked(Arguments arguments) {
    Values name = Values.unknown("the name of a file");
    Values names = Values.of(new Value.Sequence(Value.Sequence.Kind.LIST, List.of(), name));
    Values triple =
        Values.of(
            new Value.Sequence(
                Value.Sequence.Kind.TUPLE,
                List.of(Values.of(new Value.Result(WALKED, arguments)), names, names),
                Values.EMPTY));
    return Values.of(new Value.Sequence(Value.Sequence.Kind.GENERATOR, List.of(), triple));
  }

  /// `os.sep.join(parts)`
  private static @Nullable Values separated(Arguments arguments) {
    return arguments.lookup("", 0).only() instanceof Value.Sequence sequence
            && sequence.others().isEmpty()
            && !sequence.elements().isEmpty()
        ? Texts.path(sequence.elements())
        : null;
  }

  private static @Nullable Values joined(Arguments arguments) {
    List<Values> parts = new ArrayList<>();
    for (Given given : arguments.given()) {
      if (given.kind() == Kind.POSITIONAL) {
        parts.add(given.value());
      } else if (given.kind() == Kind.STAR) {
        parts.add(Values.unknown("unpacked parts of a path"));
      }
    }
    return parts.isEmpty() ? Values.of(new Value.Text(".")) : Texts.path(parts);
  }

  private static @Nullable Values same(Arguments arguments) {
    Values of = arguments.lookup("", 0).without(Singleton.ABSENT::equals);
    return of.isEmpty() ? null : of;
  }

  private static @Nullable Values content(Arguments arguments) {
    Values of = arguments.lookup("file", 0).without(Singleton.ABSENT::equals);
    if (of.isEmpty()) {
      of = arguments.lookup("filename", 0).without(Singleton.ABSENT::equals);
    }
    return of.isEmpty() ? null : Values.of(new Value.Content(of));
  }
}
