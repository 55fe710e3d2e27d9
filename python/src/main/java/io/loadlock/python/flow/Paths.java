package io.loadlock.python.flow;

import io.loadlock.python.value.Arguments;
import io.loadlock.python.value.Arguments.Given;
import io.loadlock.python.value.Arguments.Kind;
import io.loadlock.python.value.Value;
import io.loadlock.python.value.Value.Singleton;
import io.loadlock.python.value.Values;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What functions make of paths and files.
final class Paths {
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
