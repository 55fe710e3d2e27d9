package io.loadlock.artifact.pickle;

import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Decodes instructions one after another. Long texts and byte strings are not read, only found.
public final class InstructionReader {
  /// Longer text stays where it is.
  private static final int SHORT = 1 << 20;

  private static final Value.Int[] SMALL = new Value.Int[256];

  static {
    for (int i = 0; i < SMALL.length; i++) {
      SMALL[i] = new Value.Int(i);
    }
  }

  private final ByteWindow window;

  /// Whether the last INT was written as `pickle.py` does not read it.
  private boolean onlyC;

  private InstructionReader(ByteWindow window) {
    this.window = window;
  }

  /// Reads from `position` on.
  public static InstructionReader of(ByteSource source, long position) {
    return new InstructionReader(new ByteWindow(source, position));
  }

  /// Byte of the next opcode.
  public long position() {
    return window.position();
  }

  /// Goes on at `position`, for formats that put other bytes between opcodes.
  public void seek(long position) {
    window.seek(position);
  }

  /// How many bytes of the source are left.
  long remaining() {
    return window.remaining();
  }

  /// The next instruction; null at the end of the source.
  ///
  /// @throws MalformedException for a byte that is no opcode, and for an operand that is cut off or
  ///   cannot be read
  public @Nullable Instruction next() throws IOException, MalformedException {
    long offset = window.position();
    int code = window.poll();
    if (code < 0) {
      return null;
    }
    Opcode opcode = Opcode.of(code);
    if (opcode == null) {
      throw new MalformedException("invalid load key, '\\x%02x'".formatted(code), offset);
    }
    Value operand = operand(opcode.operand(), opcode == Opcode.PUT || opcode == Opcode.GET, offset);
    return new Instruction(opcode, offset, operand, window.position());
  }

  private Value operand(Operand kind, boolean memo, long offset)
      throws IOException, MalformedException {
    return switch (kind) {
      case NONE -> Value.None.NONE;
      case UINT1 -> SMALL[window.u1()];
      case UINT2 -> integer(window.u2());
      case INT4 -> integer(window.i4());
      case UINT4 -> integer(window.u4());
      case UINT8 -> integer(window.i8());
      case DECIMALNL_SHORT ->
          memo ? new Value.Int(PickleText.memoKey(line(), offset + 1)) : textInteger(offset + 1);
      case DECIMALNL_LONG -> PickleText.longInteger(line(), offset + 1);
      case FLOATNL -> PickleText.floating(line(), offset + 1);
      case FLOAT8 -> new Value.Float(Double.longBitsToDouble(window.bigEndian8()));
      case STRINGNL -> new Value.Text(PickleText.quoted(line(), offset + 1));
      case STRINGNL_NOESCAPE -> new Value.Text(PickleText.utf8(line(), offset + 1));
      case STRINGNL_NOESCAPE_PAIR -> {
        String module = PickleText.utf8(line(), offset + 1);
        yield new Value.Global(module, PickleText.utf8(line(), offset + 1), offset);
      }
      case UNICODESTRINGNL -> new Value.Text(PickleText.rawUnicodeEscape(line(), offset + 1));
      case STRING1 -> latin1(window.u1());
      case STRING4 -> latin1(signed(window.i4(), "BINSTRING"));
      case BYTES1 -> bytes(window.u1(), false);
      case BYTES4 -> bytes(window.u4(), false);
      case BYTES8 -> bytes(window.i8(), false);
      case BYTEARRAY8 -> bytes(window.i8(), true);
      case UNICODESTRING1 -> text(window.u1());
      case UNICODESTRING4 -> text(window.u4());
      case UNICODESTRING8 -> text(window.i8());
      case LONG1 -> longBytes(window.u1());
      case LONG4 -> longBytes(signed(window.i4(), "LONG"));
    };
  }

  private Value textInteger(long offset) throws IOException, MalformedException {
    byte[] line = line();
    onlyC = PickleText.onlyC(line);
    return PickleText.integer(line, offset);
  }

  /// Whether the last INT has a leading zero, octal for the C unpickler and an error for
  /// `pickle.py`.
  boolean onlyC() {
    return onlyC;
  }

  /// The name that a GLOBAL or INST at `offset` has although the file ends within it: `pickle.py`
  /// takes what is there for the line, without its last byte, and imports that.
  Optional<Value.Global> cutName(long offset) throws IOException {
    window.seek(offset);
    int code = window.poll();
    if (code != Opcode.GLOBAL.code() && code != Opcode.INST.code()) {
      return Optional.empty();
    }
    try {
      String module = PickleText.utf8(line(), offset + 1);
      byte[] rest = window.take((int) Math.min(SHORT, window.remaining()));
      return rest.length < 2
          ? Optional.empty()
          : Optional.of(
              new Value.Global(
                  module,
                  PickleText.utf8(Arrays.copyOf(rest, rest.length - 1), window.position()),
                  offset));
    } catch (MalformedException e) {
      return Optional.empty();
    }
  }

  private static Value.Int integer(long value) {
    return value >= 0 && value < SMALL.length ? SMALL[(int) value] : new Value.Int(value);
  }

  private byte[] line() throws IOException, MalformedException {
    return window.line(SHORT * 64);
  }

  private int signed(int length, String opcode) throws MalformedException {
    if (length < 0) {
      throw new MalformedException(opcode + " pickle has negative byte count", window.position());
    }
    return length;
  }

  private Value text(long length) throws IOException, MalformedException {
    if (length <= SHORT && length >= 0) {
      String ascii = window.ascii((int) length);
      if (ascii != null) {
        return new Value.Text(ascii);
      }
      long offset = window.position();
      return new Value.Text(PickleText.utf8(window.take((int) length), offset));
    }
    long offset = window.claim(length);
    window.seek(offset + length);
    return new Value.LongText(window.source(), offset, length);
  }

  private Value latin1(long length) throws IOException, MalformedException {
    if (length <= SHORT) {
      return new Value.Text(new String(window.take((int) length), StandardCharsets.ISO_8859_1));
    }
    return bytes(length, false);
  }

  private Value bytes(long length, boolean mutable) throws MalformedException {
    long offset = window.claim(length);
    window.seek(offset + length);
    return new Value.Bytes(window.source(), offset, length, mutable);
  }

  private Value longBytes(long length) throws IOException, MalformedException {
    if (length > SHORT) {
      window.seek(window.claim(length) + length);
      return new Value.Unknown("an integer of " + length + " bytes");
    }
    byte[] little = window.take((int) length);
    if (little.length <= 8) {
      long value = little.length == 0 || little[little.length - 1] >= 0 ? 0 : -1;
      for (int i = little.length - 1; i >= 0; i--) {
        value = value << 8 | little[i] & 0xff;
      }
      return integer(value);
    }
    for (int i = 0, k = little.length - 1; i < k; i++, k--) {
      byte swap = little[i];
      little[i] = little[k];
      little[k] = swap;
    }
    return PickleText.of(new BigInteger(little));
  }
}
