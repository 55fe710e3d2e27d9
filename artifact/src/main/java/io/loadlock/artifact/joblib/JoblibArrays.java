package io.loadlock.artifact.joblib;

import io.loadlock.artifact.Effect;
import io.loadlock.artifact.Tensor;
import io.loadlock.artifact.Verdict;
import io.loadlock.artifact.named.Paths;
import io.loadlock.artifact.numpy.ElementType;
import io.loadlock.artifact.pickle.Decompiler;
import io.loadlock.artifact.pickle.Interleaved;
import io.loadlock.artifact.pickle.Interleaving;
import io.loadlock.artifact.pickle.Value;
import io.loadlock.artifact.sklearn.Estimators;
import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Says, as joblib's `NumpyUnpickler.load_build` does, what follows the BUILD of a
/// `NumpyArrayWrapper`: where its element type is objects, a whole pickle; else the elements'
/// bytes, from joblib 1.1 on with padding in front: one byte `p`, then `p` bytes.
///
/// `NDArrayWrapper` of joblib 0.9 and before keeps its bytes in a file beside the pickle: nothing
/// follows, and `numpy.load` opens that file with pickles allowed.
public final class JoblibArrays implements Interleaving {
  private static final String WRAPPER = "joblib.numpy_pickle.NumpyArrayWrapper";
  private static final String VENDORED = "sklearn.externals.";
  private static final Set<String> IN_A_FILE =
      Set.of(
          "joblib.numpy_pickle.NDArrayWrapper",
          "joblib.numpy_pickle.ZNDArrayWrapper",
          "joblib.numpy_pickle_compat.NDArrayWrapper",
          "joblib.numpy_pickle_compat.ZNDArrayWrapper");

  private final ByteSource source;
  private final List<Tensor> arrays = new ArrayList<>();
  private final List<Effect> effects = new ArrayList<>();

  public JoblibArrays(ByteSource source) {
    this.source = source;
  }

  @Override
  public List<Tensor> arrays() {
    return List.copyOf(arrays);
  }

  @Override
  public Map<String, String> details(Value root) {
    return Estimators.details(root);
  }

  @Override
  public Interleaved afterBuild(Value.Call built, long position)
      throws IOException, MalformedException {
    String full = built.name();
    String name = full.startsWith(VENDORED) ? full.substring(VENDORED.length()) : full;
    if (IN_A_FILE.contains(name)) {
      file(built, position - 1);
    }
    if (!name.equals(WRAPPER)) {
      return new Interleaved.None();
    }
    ElementType type = type(built.attribute("dtype"), position);
    List<Long> shape = shape(built.attribute("shape"), position);
    BigInteger size = BigInteger.valueOf(type.size());
    for (long dimension : shape) {
      size = size.multiply(BigInteger.valueOf(dimension));
    }
    Tensor array =
        new Tensor(
            "",
            type.text(),
            shape,
            List.of(),
            "",
            0,
            size.bitLength() > 62 ? -1 : size.longValue());
    arrays.add(array);
    if (type.objects()) {
      return new Interleaved.Pickle();
    }
    if (array.bytes() < 0) {
      throw new MalformedException("an array of " + size + " bytes", position);
    }
    long padding = padded(built) ? 1 + (source.bytes(position, 1)[0] & 0xFF) : 0;
    return new Interleaved.Bytes(Math.addExact(array.bytes(), padding), array);
  }

  /// joblib writes the bare name of a file; its folder is put in front of whatever stands there.
  private void file(Value.Call built, long offset) {
    Value filename = built.attribute("filename").orElse(built);
    if (!(filename instanceof Value.Text(String path))) {
      effects.add(
          new Effect(
              offset,
              "numpy.load(…, allow_pickle=True)",
              Verdict.UNKNOWN_CODE,
              "opens a file whose name is computed"));
    } else if (Paths.escape(path).isPresent()) {
      effects.add(
          new Effect(
              offset,
              "numpy.load(" + Decompiler.render(filename) + ", allow_pickle=True)",
              Verdict.RUNS_CODE,
              "unpickles another file, whose path " + Paths.escape(path).get()));
    }
  }

  @Override
  public List<Effect> effects() {
    return List.copyOf(effects);
  }

  private static boolean padded(Value.Call built) {
    Optional<Value> alignment = built.attribute("numpy_array_alignment_bytes");
    return alignment.isPresent() && !(alignment.get() instanceof Value.None);
  }

  private static List<Long> shape(Optional<Value> shape, long position) throws MalformedException {
    if (!(shape.orElse(null) instanceof Value.Tuple tuple)) {
      throw new MalformedException("array without a shape", position);
    }
    List<Long> dimensions = new ArrayList<>();
    for (Value item : tuple.items()) {
      if (!(item instanceof Value.Int(long dimension)) || dimension < 0) {
        throw new MalformedException("shape of an array holds no size", position);
      }
      dimensions.add(dimension);
    }
    return dimensions;
  }

  /// `numpy.dtype(text, align, copy)` with a state of (version, byte order, subarray, names,
  /// fields, element size, alignment, flags …); bit 0 of the flags says that there are objects.
  private static ElementType type(Optional<Value> dtype, long position) throws MalformedException {
    if (!(dtype.orElse(null) instanceof Value.Call call)
        || !call.name().equals("numpy.dtype")
        || call.positional().isEmpty()
        || !(call.positional().get(0) instanceof Value.Text(String text))) {
      throw new MalformedException("element type of an array cannot be read", position);
    }
    ElementType type = ElementType.named(text);
    if (!call.states().isEmpty()
        && call.states().getLast() instanceof Value.Tuple state
        && state.items().size() >= 8) {
      if (state.items().get(7) instanceof Value.Int(long flags) && (flags & 1) != 0) {
        return new ElementType(text, true, 8);
      }
      if (state.items().get(5) instanceof Value.Int(long size) && size >= 0) {
        return new ElementType(text, false, size);
      }
    }
    if (type.size() < 0) {
      throw new MalformedException(
          "element type '" + text + "' of an array is not known", position);
    }
    return type;
  }
}
