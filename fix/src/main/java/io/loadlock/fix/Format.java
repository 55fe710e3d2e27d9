package io.loadlock.fix;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A format that runs nothing when it is loaded, and the pair of functions that takes the place of
/// one that does: one row a format.
///
/// @param loads the loading functions whose place it takes, by the first names of their rows
/// @param saves the function that writes what they load
/// @param load what takes the loading function's place
/// @param save what takes the saving function's place
/// @param ending of its files
/// @param endings of the files whose place these take
/// @param renamed keywords of the loading function that the new one has under another name
/// @param dropped keywords of both that have no meaning any more
/// @param converted whether `loadlock convert` writes it, so that a file can stand beside its
///   original already
/// @param what holds, for people
record Format(
    List<String> loads,
    Saving saves,
    Name load,
    Name save,
    String ending,
    List<String> endings,
    Map<String, String> renamed,
    List<String> dropped,
    boolean converted,
    String what) {
  /// A function of a module; for a method the module is empty.
  record Name(String module, String function) {
    @Override
    public String toString() {
      return module.isEmpty() ? function : module + "." + function;
    }
  }

  /// A function that writes.
  ///
  /// @param object position of what is written, -1 for the object that the method belongs to
  /// @param path position of the path
  /// @param pathName its keyword
  record Saving(Name name, int object, int path, String pathName) {}

  private static final List<String> PICKLES = List.of(".pickle", ".pkl", ".p");

  static final List<Format> ALL =
      List.of(
          new Format(
              List.of("torch.load"),
              new Saving(new Name("torch", "save"), 0, 1, "f"),
              new Name("safetensors.torch", "load_file"),
              new Name("safetensors.torch", "save_file"),
              ".safetensors",
              List.of(".pt", ".pth", ".bin", ".ckpt", ".pkl", ".pickle"),
              Map.of("map_location", "device"),
              List.of("weights_only", "pickle_module", "mmap"),
              true,
              "tensors alone, without views of each other"),
          new Format(
              List.of("pandas.read_pickle"),
              new Saving(new Name("", "to_pickle"), -1, 0, "path"),
              new Name("pandas", "read_parquet"),
              new Name("", "to_parquet"),
              ".parquet",
              PICKLES,
              Map.of(),
              List.of("protocol"),
              false,
              "a frame whose columns have one type each"),
          new Format(
              List.of("joblib.load"),
              new Saving(new Name("joblib", "dump"), 0, 1, "filename"),
              new Name("skops.io", "load"),
              new Name("skops.io", "dump"),
              ".skops",
              List.of(".joblib", ".jl", ".pickle", ".pkl", ".sav"),
              Map.of(),
              List.of("compress", "protocol"),
              false,
              "estimators of scikit-learn, and types that are trusted by name"));

  /// The position of the path in a loading call.
  static final int LOADED = 0;

  /// The one that takes the place of this loading function.
  static Optional<Format> of(String load) {
    return ALL.stream().filter(each -> each.loads().contains(load)).findFirst();
  }

  /// The ending of a file's name that this format's ending takes the place of.
  Optional<String> replaced(String name) {
    return endings.stream().filter(name::endsWith).findFirst();
  }
}
