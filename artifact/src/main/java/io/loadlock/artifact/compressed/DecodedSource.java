package io.loadlock.artifact.compressed;

import io.loadlock.artifact.Inflating;
import io.loadlock.artifact.Limits;
import io.loadlock.core.Problem;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A decoded stream as a [io.loadlock.core.ByteSource]. The first [#KEPT] bytes stay in memory,
/// behind them only a window about the last position; going back beyond it decodes from the
/// beginning again, at the budget's cost.
public final class DecodedSource implements Inflating {
  /// Starts decoding at the first byte, each time it is asked.
  public interface Opener {
    InputStream open() throws IOException;
  }

  private static final int CHUNK = 1 << 16;
  private static final int KEPT = 256;
  private static final int WINDOW = 32;

  private final Opener opener;
  private final long expected;
  private final int weight;
  private final Limits limits;

  /// Chunks 0, 1, 2 …, all but the last one full.
  private final List<byte[]> kept = new ArrayList<>();

  /// Chunk `n` at `n % WINDOW`, for those that are not kept.
  private final byte[][] window = new byte[WINDOW][];

  private @Nullable InputStream stream;

  /// Chunks that the open stream has given.
  private long given;

  private long size = -1;
  private @Nullable Problem problem;

  /// @param expected the declared size, -1 where there is none
  /// @param weight bytes of work for each byte made, at least 1
  public DecodedSource(Opener opener, long expected, int weight, Limits limits) {
    this.opener = opener;
    this.expected = expected;
    this.weight = weight;
    this.limits = limits;
  }

  @Override
  public synchronized long size() {
    if (size < 0) {
      chunk(Long.MAX_VALUE / CHUNK);
    }
    return size;
  }

  @Override
  public long expected() {
    return expected;
  }

  @Override
  public synchronized Optional<Problem> problem() {
    return Optional.ofNullable(problem);
  }

  @Override
  public synchronized void read(long position, byte[] target, int from, int length)
      throws IOException {
    if (position < 0) {
      throw new EOFException(length + " bytes at " + position);
    }
    long at = position;
    int filled = 0;
    while (filled < length) {
      byte[] chunk = chunk(at / CHUNK);
      int start = (int) (at % CHUNK);
      int available = chunk == null ? 0 : chunk.length - start;
      if (available <= 0) {
        throw new EOFException(length + " bytes at " + position + " of " + size);
      }
      int count = Math.min(available, length - filled);
      System.arraycopy(chunk, start, target, from + filled, count);
      filled += count;
      at += count;
    }
  }

  /// `length` bytes, checked against what can be made before memory is taken for them.
  @Override
  public synchronized byte[] bytes(long position, int length) throws IOException {
    if (position < 0
        || length < 0
        || (length > 0 && chunk((position + length - 1) / CHUNK) == null)) {
      throw new EOFException(length + " bytes at " + position + " of " + size);
    }
    byte[] target = new byte[length];
    read(position, target, 0, length);
    return target;
  }

  /// The chunk with this number; null when the stream ends before it.
  private byte @Nullable [] chunk(long number) {
    if (number < kept.size()) {
      return kept.get((int) number);
    }
    if (size >= 0 && number > (size - 1) / CHUNK) {
      return null;
    }
    if (number < given) {
      if (given - number <= WINDOW && number >= KEPT) {
        return window[(int) (number % WINDOW)];
      }
      restart();
    }
    byte[] last = null;
    while (given <= number) {
      last = next();
      if (last == null) {
        return null;
      }
    }
    return last;
  }

  private void restart() {
    closeStream();
    given = 0;
  }

  /// Decodes one more chunk; null at the end, however that came.
  private byte @Nullable [] next() {
    if (size >= 0 && given * CHUNK >= size) {
      return null;
    }
    byte[] chunk = new byte[CHUNK];
    int filled = 0;
    Problem damage = null;
    try {
      if (stream == null) {
        stream = opener.open();
      }
      while (filled < CHUNK) {
        int count = stream.read(chunk, filled, CHUNK - filled);
        if (count < 0) {
          break;
        }
        filled += count;
      }
    } catch (IOException | RuntimeException e) {
      // Decoders of other libraries answer damage with all sorts of unchecked exceptions, and keep
      // the bytes that the same call had made before.
      filled = salvage(chunk, filled);
      damage =
          new Problem(
              "compressed data is damaged: " + e.getMessage(),
              "inflated byte " + (given * CHUNK + filled));
    } catch (OutOfMemoryError e) {
      damage = Problem.of("decompression wants more memory than there is");
    }
    return keep(chunk, filled, damage);
  }

  /// Decodes once more up to the damage and takes the last bytes one by one.
  ///
  /// @return how many bytes of the chunk there are
  private int salvage(byte[] chunk, int before) {
    closeStream();
    int filled = before;
    if (!limits.budget().spend(given * CHUNK * weight)) {
      return filled;
    }
    try (InputStream again = opener.open()) {
      again.skipNBytes(given * CHUNK + before);
      // Never a full chunk, which would promise another one behind it.
      for (int one = again.read(); one >= 0 && filled < CHUNK - 1; one = again.read()) {
        chunk[filled++] = (byte) one;
      }
    } catch (IOException | RuntimeException e) {
      // Where the damage is: known already.
      return filled;
    }
    return filled;
  }

  private byte @Nullable [] keep(byte[] chunk, int filled, @Nullable Problem damage) {
    long before = given * CHUNK;
    boolean tooMuch =
        before + filled > limits.inflated() || !limits.budget().spend((long) filled * weight);
    if (tooMuch) {
      problem = new Problem("inflates to more than the budget allows", "inflated byte " + before);
      size = before;
      return null;
    }
    if (filled < CHUNK) {
      size = before + filled;
      problem = damage == null ? problem : damage;
      closeStream();
      if (filled == 0) {
        return null;
      }
    }
    byte[] exact = filled == CHUNK ? chunk : java.util.Arrays.copyOf(chunk, filled);
    if (given == kept.size() && given < KEPT) {
      kept.add(exact);
    } else if (given >= KEPT) {
      window[(int) (given % WINDOW)] = exact;
    }
    given++;
    return exact;
  }

  private void closeStream() {
    InputStream open = stream;
    stream = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // The bytes that were asked for are there; a decoder that cannot be closed changes nothing
        // about them.
        stream = null;
      }
    }
  }

  @Override
  public synchronized void close() {
    closeStream();
    kept.clear();
    java.util.Arrays.fill(window, null);
    given = 0;
  }
}
