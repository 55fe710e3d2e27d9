package io.loadlock.testkit;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Damaged copies of good bytes, always the same ones for a seed. A reader may answer or say what
/// is malformed, within its time and memory, and nothing else; what it had read before
/// [Damaged#from] must not be lost.
public final class Corruptions {
  /// Every shorter length up to this many bytes is tried; above it, seeded ones.
  private static final int EVERY_CUT = 4096;

  private Corruptions() {}

  /// A damaged copy.
  ///
  /// @param what how it was damaged, for the message of a failing test: enough to make it again
  /// @param from the first byte that differs from the original, or its new length; nothing before
  ///   it was touched
  @SuppressWarnings("ArrayRecordComponent") // made for one test, never compared
  public record Damaged(String what, byte[] bytes, int from) {
    @Override
    public String toString() {
      return what;
    }
  }

  /// The original cut at each length up to 4 KiB, and at `more` seeded lengths above.
  public static Stream<Damaged> cuts(byte[] original, long seed, int more) {
    IntStream all = IntStream.range(0, Math.min(original.length, EVERY_CUT));
    IntStream some =
        original.length <= EVERY_CUT
            ? IntStream.empty()
            : IntStream.range(0, more)
                .map(i -> random(seed, i).nextInt(EVERY_CUT, original.length));
    return IntStream.concat(all, some).mapToObj(length -> cut(original, length));
  }

  /// `count` copies, each damaged in one of the ways that files get damaged.
  public static Stream<Damaged> seeded(byte[] original, long seed, int count) {
    return IntStream.range(0, count).mapToObj(i -> one(original, random(seed, i)));
  }

  private static SplittableRandom random(long seed, int index) {
    return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + index);
  }

  private static Damaged one(byte[] original, SplittableRandom random) {
    if (original.length < 2) {
      return insert(original, random);
    }
    return switch (random.nextInt(9)) {
      case 0 -> cut(original, random.nextInt(original.length));
      case 1 -> flip(original, random, 1);
      case 2 -> flip(original, random, 8);
      case 3 -> swapLines(original, random);
      case 4 -> delete(original, random);
      case 5 -> repeat(original, random);
      case 6 -> insert(original, random);
      case 7 -> fill(original, random);
      default -> setByte(original, random);
    };
  }

  /// The first `length` bytes.
  public static Damaged cut(byte[] original, int length) {
    return new Damaged("cut at " + length, Arrays.copyOf(original, length), length);
  }

  private static Damaged flip(byte[] original, SplittableRandom random, int count) {
    byte[] bytes = original.clone();
    int first = bytes.length;
    StringBuilder what = new StringBuilder("bits flipped:");
    for (int i = 0; i < count; i++) {
      int at = random.nextInt(bytes.length);
      int bit = random.nextInt(8);
      bytes[at] ^= (byte) (1 << bit);
      first = Math.min(first, at);
      what.append(' ').append(at).append('.').append(bit);
    }
    return new Damaged(what.toString(), bytes, first);
  }

  private static Damaged setByte(byte[] original, SplittableRandom random) {
    byte[] values = {0, (byte) 0xFF, 0x7F, (byte) 0x80, '\n', '"', '\'', '(', '{', '\\', '\t', ' '};
    byte[] bytes = original.clone();
    int at = random.nextInt(bytes.length);
    bytes[at] = values[random.nextInt(values.length)];
    return new Damaged("byte " + at + " set to " + bytes[at], bytes, at);
  }

  private static Damaged swapLines(byte[] original, SplittableRandom random) {
    List<Integer> starts = new ArrayList<>(List.of(0));
    for (int i = 0; i + 1 < original.length; i++) {
      if (original[i] == '\n') {
        starts.add(i + 1);
      }
    }
    starts.add(original.length);
    int lines = starts.size() - 1;
    int one = random.nextInt(lines);
    int other = random.nextInt(lines);
    int first = Math.min(one, other);
    int second = Math.max(one, other);
    if (first == second) {
      return delete(original, random);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(original.length);
    append(out, original, 0, starts.get(first));
    append(out, original, starts.get(second), starts.get(second + 1));
    append(out, original, starts.get(first + 1), starts.get(second));
    append(out, original, starts.get(first), starts.get(first + 1));
    append(out, original, starts.get(second + 1), original.length);
    String what = "lines " + (first + 1) + " and " + (second + 1) + " swapped";
    return new Damaged(what, out.toByteArray(), starts.get(first));
  }

  private static void append(ByteArrayOutputStream out, byte[] bytes, int from, int to) {
    out.write(bytes, from, to - from);
  }

  /// A stretch of up to 64 bytes, or of up to a half of the whole.
  private static int length(byte[] original, int from, SplittableRandom random) {
    int most = random.nextBoolean() ? 64 : Math.max(1, original.length / 2);
    return Math.min(original.length - from, 1 + random.nextInt(most));
  }

  private static Damaged delete(byte[] original, SplittableRandom random) {
    int from = random.nextInt(original.length);
    int length = length(original, from, random);
    ByteArrayOutputStream out = new ByteArrayOutputStream(original.length);
    append(out, original, 0, from);
    append(out, original, from + length, original.length);
    return new Damaged(length + " bytes removed at " + from, out.toByteArray(), from);
  }

  private static Damaged repeat(byte[] original, SplittableRandom random) {
    int from = random.nextInt(original.length);
    int length = length(original, from, random);
    ByteArrayOutputStream out = new ByteArrayOutputStream(original.length + length);
    append(out, original, 0, from + length);
    append(out, original, from, original.length);
    return new Damaged(length + " bytes repeated at " + from, out.toByteArray(), from + length);
  }

  private static Damaged insert(byte[] original, SplittableRandom random) {
    int at = random.nextInt(original.length + 1);
    byte[] noise = new byte[1 + random.nextInt(16)];
    random.nextBytes(noise);
    ByteArrayOutputStream out = new ByteArrayOutputStream(original.length + noise.length);
    append(out, original, 0, at);
    out.writeBytes(noise);
    append(out, original, at, original.length);
    return new Damaged(noise.length + " random bytes inserted at " + at, out.toByteArray(), at);
  }

  private static Damaged fill(byte[] original, SplittableRandom random) {
    byte[] bytes = original.clone();
    int from = random.nextInt(bytes.length);
    int length = length(original, from, random);
    byte value = (byte) (random.nextBoolean() ? 0 : random.nextInt(256));
    Arrays.fill(bytes, from, from + length, value);
    return new Damaged(length + " bytes at " + from + " filled with " + value, bytes, from);
  }
}
