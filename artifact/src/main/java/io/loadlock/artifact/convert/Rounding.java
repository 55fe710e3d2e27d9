package io.loadlock.artifact.convert;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;

/// Rounds floating-point numbers from one width to another on their way to a file: to the nearest,
/// ties to even, as `Tensor.to(dtype)` does. NaNs stay NaNs.
final class Rounding implements WritableByteChannel {
  private static final int BLOCK = 1 << 16;

  private final WritableByteChannel target;
  private final Dtype from;
  private final Dtype to;
  private final ByteBuffer in = ByteBuffer.allocate(BLOCK).order(ByteOrder.LITTLE_ENDIAN);
  private final ByteBuffer out = ByteBuffer.allocate(4 * BLOCK).order(ByteOrder.LITTLE_ENDIAN);

  Rounding(WritableByteChannel target, Dtype from, Dtype to) {
    this.target = target;
    this.from = from;
    this.to = to;
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    int taken = source.remaining();
    while (source.hasRemaining()) {
      int length = Math.min(source.remaining(), in.remaining());
      in.put(source.slice(source.position(), length));
      source.position(source.position() + length);
      if (!in.hasRemaining()) {
        flush();
      }
    }
    return taken;
  }

  /// Writes the numbers that are complete.
  void flush() throws IOException {
    in.flip();
    out.clear();
    while (in.remaining() >= from.bytes()) {
      put(get());
    }
    in.compact();
    out.flip();
    while (out.hasRemaining()) {
      target.write(out);
    }
  }

  private double get() {
    return switch (from) {
      case F16 -> Float.float16ToFloat(in.getShort());
      case BF16 -> Float.intBitsToFloat(in.getShort() << 16);
      case F32 -> in.getFloat();
      case F64 -> in.getDouble();
      default -> throw new IllegalStateException(from + " is not rounded");
    };
  }

  private void put(double value) {
    switch (to) {
      // torch rounds a double to a float on the way to a half: so do we, bit for bit.
      case F16 -> out.putShort(Float.floatToFloat16((float) value));
      case BF16 -> out.putShort(bfloat16((float) value));
      case F32 -> out.putFloat((float) value);
      case F64 -> out.putDouble(value);
      default -> throw new IllegalStateException("nothing is rounded to " + to);
    }
  }

  /// The upper half of a float, rounded by the lower one; 0x7FC0 for every NaN, as c10's
  /// `round_to_nearest_even`.
  private static short bfloat16(float value) {
    if (Float.isNaN(value)) {
      return 0x7FC0;
    }
    int bits = Float.floatToRawIntBits(value);
    int odd = bits >>> 16 & 1;
    return (short) (bits + 0x7FFF + odd >>> 16);
  }

  @Override
  public boolean isOpen() {
    return target.isOpen();
  }

  @Override
  public void close() {}
}
