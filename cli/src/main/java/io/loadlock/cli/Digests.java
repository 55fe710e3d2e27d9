package io.loadlock.cli;

import io.loadlock.artifact.Elements;
import io.loadlock.artifact.Tensor;
import io.loadlock.core.ByteSource;
import io.loadlock.engine.inspect.Inspection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.IdentityHashMap;

/// SHA-256, in lower-case hexadecimal, of a file and of each tensor in it: of a tensor its elements
/// in C order, little-endian, so that it is the same in whatever format the tensor is kept.
///
/// @param file empty unless it was asked for
/// @param tensors by identity; those are left out whose elements are not in the file, or not as
///   they are in memory (sparse ones, for example)
record Digests(String file, IdentityHashMap<Tensor, String> tensors) {
  static final Digests NONE = new Digests("", new IdentityHashMap<>());

  /// Tensors that repeat what others have may together be this many times longer than the file: a
  /// shape that repeats one element 2^50 times must end.
  private static final int TIMES = 4;

  private static final long AT_LEAST = 64 << 20;

  static Digests of(ByteSource source, Inspection inspection) throws IOException {
    IdentityHashMap<Tensor, String> tensors = new IdentityHashMap<>();
    long[] left = {Math.max(AT_LEAST, Math.multiplyExact(source.size(), TIMES))};
    inspection.walk(
        (_, at) ->
            at.readings()
                .forEach(
                    reading -> reading.tensors().forEach(tensor -> digest(tensor, left, tensors))));
    MessageDigest whole = sha256();
    source.transferTo(0, source.size(), new Into(whole));
    return new Digests(HexFormat.of().formatHex(whole.digest()), tensors);
  }

  private static void digest(Tensor tensor, long[] left, IdentityHashMap<Tensor, String> digests) {
    if (tensor.elements().isEmpty()) {
      return;
    }
    Elements elements = tensor.elements().get();
    try {
      long bytes = Math.multiplyExact(elements.count(), (long) elements.size());
      if (bytes > left[0]) {
        return;
      }
      left[0] -= bytes;
      MessageDigest digest = sha256();
      elements.write(new Into(digest), _ -> {});
      digests.put(tensor, HexFormat.of().formatHex(digest.digest()));
    } catch (IOException | ArithmeticException e) {
      // Said by the outcome already: the file is shorter than it claims, or a member damaged.
      digests.remove(tensor);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /// A channel into a digest.
  private record Into(MessageDigest digest) implements WritableByteChannel {
    @Override
    public int write(ByteBuffer bytes) {
      int count = bytes.remaining();
      digest.update(bytes);
      return count;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
