package io.loadlock.artifact.convert;

import io.loadlock.artifact.convert.Layout.Slot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a conversion will write, settled before the first byte is: every tensor fits its storage,
/// every type has its counterpart, every name is free.
///
/// @param files one, or the shards in order
/// @param dropped names that are not written, each with the name that stands for the same elements
public record Plan(List<Output> files, SortedMap<String, String> dropped) {
  public Plan {
    files = List.copyOf(files);
    dropped = new TreeMap<>(dropped);
  }

  /// How it is to be done.
  ///
  /// @param dtype what floating-point tensors are rounded to; empty to keep each as it is
  /// @param dropShared writes one name of tensors that are the same view of the same storage, and
  ///   the others as metadata (`{dropped: kept}`), as the library's `save_model` does; else each is
  ///   written whole
  /// @param shardBytes the most data of one file, in bytes; a larger tensor has a file to itself
  /// @param metadata text for the header of each file
  public record Options(
      Optional<Dtype> dtype,
      boolean dropShared,
      long shardBytes,
      SortedMap<String, String> metadata) {
    public static final Options DEFAULT =
        new Options(Optional.empty(), false, Long.MAX_VALUE, new TreeMap<>());

    public Options {
      metadata = new TreeMap<>(metadata);
    }
  }

  /// One file of the plan.
  public static final class Output {
    final Layout layout;

    Output(Layout layout) {
      this.layout = layout;
    }

    /// Length of the file, in bytes.
    public long bytes() {
      return layout.fileBytes();
    }

    /// Bytes of its tensors alone.
    public long tensorBytes() {
      return layout.dataBytes();
    }

    /// Names of its tensors, in the order of the file.
    public List<String> names() {
      return layout.slots().stream().map(slot -> slot.weight().name()).toList();
    }
  }

  /// Settles what will be written.
  ///
  /// @throws ConversionException naming the first tensor that cannot be
  public static Plan of(List<Weight> weights, Options options) throws ConversionException {
    SortedMap<String, String> dropped =
        options.dropShared() ? duplicates(weights) : new TreeMap<>();
    SortedMap<String, String> metadata = new TreeMap<>(dropped);
    metadata.putAll(options.metadata());
    List<List<Slot>> shards = new ArrayList<>();
    List<Slot> shard = new ArrayList<>();
    long filled = 0;
    for (Weight weight : weights) {
      if (dropped.containsKey(weight.name())) {
        continue;
      }
      Slot slot = slot(weight, options.dtype());
      if (!shard.isEmpty() && slot.bytes() > options.shardBytes() - filled) {
        shards.add(shard);
        shard = new ArrayList<>();
        filled = 0;
      }
      shard.add(slot);
      filled += slot.bytes();
    }
    if (!shard.isEmpty() || shards.isEmpty()) {
      shards.add(shard);
    }
    List<Output> files = new ArrayList<>();
    for (List<Slot> slots : shards) {
      files.add(new Output(Layout.of(slots, metadata)));
    }
    return new Plan(files, dropped);
  }

  private static Slot slot(Weight weight, Optional<Dtype> wanted) throws ConversionException {
    try {
      checkFits(weight);
      Dtype dtype = wanted.filter(_ -> weight.dtype().isFloat()).orElse(weight.dtype());
      return new Slot(weight, dtype, Math.multiplyExact(weight.count(), dtype.bytes()));
    } catch (ArithmeticException e) {
      throw new ConversionException(
          weight.name() + ": its size " + weight.shape() + " exceeds 2^63 bytes");
    }
  }

  /// @throws ArithmeticException where positions exceed 2^63
  private static void checkFits(Weight weight) throws ConversionException {
    long last = weight.offset();
    boolean negative = last < 0;
    for (int i = 0; i < weight.shape().size(); i++) {
      long size = weight.shape().get(i);
      long stride = weight.strides().get(i);
      negative |= size < 0 || stride < 0;
      if (size > 1) {
        last = Math.addExact(last, Math.multiplyExact(size - 1, stride));
      }
    }
    if (negative) {
      throw new ConversionException(weight.name() + ": a negative size, stride or offset");
    }
    if (weight.count() == 0) {
      return;
    }
    long needed = Math.multiplyExact(Math.addExact(last, 1), weight.dtype().bytes());
    long there = weight.storage().content().size();
    if (needed > there) {
      throw new ConversionException(
          "%s: needs %d bytes of storage %s, which has %d"
              .formatted(weight.name(), needed, weight.storage().key(), there));
    }
  }

  /// The names that can go, each with the one that is kept: the first in order of those that stand
  /// for the same view.
  private static SortedMap<String, String> duplicates(List<Weight> weights) {
    Map<String, List<Weight>> kept = new LinkedHashMap<>();
    SortedMap<String, String> dropped = new TreeMap<>();
    List<Weight> sorted = new ArrayList<>(weights);
    sorted.sort(Comparator.comparing(Weight::name));
    for (Weight weight : sorted) {
      List<Weight> same = kept.computeIfAbsent(weight.storage().key(), _ -> new ArrayList<>());
      Optional<Weight> first = same.stream().filter(weight::isSameView).findFirst();
      if (first.isPresent() && weight.storage().content().size() > 0) {
        dropped.put(weight.name(), first.get().name());
      } else {
        same.add(weight);
      }
    }
    return dropped;
  }

  /// Bytes of all files together.
  public long bytes() {
    return files.stream().mapToLong(Output::bytes).sum();
  }
}
