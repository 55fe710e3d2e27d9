package io.loadlock.artifact.pickle;

import io.loadlock.artifact.Effect;
import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Prints a pickle instruction by instruction, byte for byte as `pickletools.dis` does, its error
/// messages included.
public final class Disassembler {
  /// `pickletools.dis(annotate=0)` indents by four blanks for each mark.
  private static final String INDENT = "    ";

  /// Where what is printed goes.
  private final Appendable out;

  private final Map<Long, Boolean> memo = new HashMap<>();
  private final List<Boolean> stack = new ArrayList<>();
  private final List<Long> marks = new ArrayList<>();
  private final Map<Long, List<Effect>> effects = new HashMap<>();
  private int highest = -1;

  /// Byte behind STOP.
  private long end;

  private Disassembler(Appendable out, List<Effect> effects) {
    this.out = out;
    effects.forEach(
        effect ->
            this.effects.computeIfAbsent(effect.offset(), _ -> new ArrayList<>()).add(effect));
  }

  /// The pickle at `position`, as text.
  ///
  /// @param effects what is known to happen, written behind the instructions; empty for exactly
  ///   what pickletools prints
  /// @param lines the most that are printed; beyond that a last line says so
  public static String render(ByteSource source, long position, List<Effect> effects, int lines)
      throws IOException {
    StringBuilder text = new StringBuilder();
    Disassembler disassembler = new Disassembler(text, effects);
    try {
      disassembler.run(source, position, lines);
    } catch (MalformedException e) {
      text.append(e.getMessage()).append('\n');
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return text.toString();
  }

  /// Every pickle from the first byte on, one behind the other, as far as bytes look like one.
  public static String all(ByteSource source, List<Effect> effects, int lines) throws IOException {
    StringBuilder text = new StringBuilder();
    long position = 0;
    while (position < source.size()) {
      Trial.Result trial = Trial.run(source, position);
      if (position > 0 && !trial.proto() && !trial.calls()) {
        text.append(source.size() - position).append(" bytes behind the last pickle\n");
        break;
      }
      Disassembler disassembler = new Disassembler(text, effects);
      try {
        disassembler.run(source, position, lines);
      } catch (MalformedException e) {
        text.append(e.getMessage()).append('\n');
        break;
      }
      position = disassembler.end;
    }
    return text.toString();
  }

  private void run(ByteSource source, long position, int lines)
      throws IOException, MalformedException {
    InstructionReader reader = InstructionReader.of(source, position);
    for (int line = 0; ; line++) {
      long at = reader.position();
      Instruction one = reader.next();
      if (one == null) {
        throw new MalformedException("pickle exhausted before seeing STOP", at);
      }
      if (line >= lines) {
        out.append("… not all instructions are shown\n");
        end = source.size();
        return;
      }
      if (instruction(source, one)) {
        end = one.end();
        break;
      }
    }
    out.append("highest protocol among opcodes = ").append(Integer.toString(highest)).append('\n');
    if (!stack.isEmpty()) {
      throw new MalformedException(
          "stack not empty after STOP: " + stack.size() + " left", position);
    }
  }

  /// Prints one; true for STOP.
  private boolean instruction(ByteSource source, Instruction one)
      throws IOException, MalformedException {
    Opcode opcode = one.opcode();
    highest = Math.max(highest, opcode.protocol());
    byte code = (byte) opcode.code();
    StringBuilder line = new StringBuilder();
    line.append(String.format(Locale.ROOT, "%5d: ", one.offset()));
    line.append(pad(codeText(code), 4))
        .append(' ')
        .append(INDENT.repeat(marks.size()))
        .append(opcode.name());
    List<String> before = opcode.before();
    int takes = before.size();
    String problem = null;
    String markText = null;
    boolean needsMark = before.contains("mark");
    boolean popsMark = opcode == Opcode.POP && !stack.isEmpty() && stack.get(stack.size() - 1);
    if (needsMark || popsMark) {
      if (marks.isEmpty()) {
        problem = "no MARK exists on stack";
        markText = problem;
      } else {
        long mark = marks.remove(marks.size() - 1);
        markText = "(MARK at " + mark + ")";
        while (!stack.isEmpty() && !stack.get(stack.size() - 1)) {
          stack.remove(stack.size() - 1);
        }
        stack.remove(stack.size() - 1);
        takes = needsMark ? before.indexOf("mark") : 0;
      }
    }
    String argument = argument(source, one);
    if (opcode == Opcode.MEMOIZE) {
      markText = "(as " + memo.size() + ")";
    }
    if (problem == null) {
      problem = memory(one);
    }
    if (argument != null || markText != null) {
      line.append(" ".repeat(Math.max(0, 10 - opcode.name().length())));
      if (argument != null) {
        line.append(' ').append(argument);
      }
      if (markText != null) {
        line.append(' ').append(markText);
      }
    }
    annotate(line, one.offset());
    out.append(line).append('\n');
    if (problem != null) {
      throw new MalformedException(problem, one.offset());
    }
    return move(one, takes);
  }

  private boolean move(Instruction one, int takes) throws MalformedException {
    Opcode opcode = one.opcode();
    if (stack.size() < takes) {
      throw new MalformedException(
          "tries to pop " + takes + " items from stack with only " + stack.size() + " items",
          one.offset());
    }
    for (int i = 0; i < takes; i++) {
      stack.remove(stack.size() - 1);
    }
    if (opcode == Opcode.MARK) {
      marks.add(one.offset());
    }
    boolean mark = opcode == Opcode.MARK;
    for (int i = 0; i < opcode.after().size(); i++) {
      stack.add(mark);
    }
    return opcode == Opcode.STOP;
  }

  private @Nullable String memory(Instruction one) {
    return switch (one.opcode()) {
      case PUT, BINPUT, LONG_BINPUT, MEMOIZE -> {
        long key = one.opcode() == Opcode.MEMOIZE ? memo.size() : one.number();
        yield memo.containsKey(key)
            ? "memo key "
                + (one.opcode() == Opcode.MEMOIZE ? "None" : Long.toString(key))
                + " already defined"
            : stack.isEmpty()
                ? "stack is empty -- can't store into memo"
                : stack.get(stack.size() - 1)
                    ? "can't store markobject in the memo"
                    : remember(key);
      }
      case GET, BINGET, LONG_BINGET ->
          memo.containsKey(one.number())
              ? null
              : "memo key " + one.number() + " has never been stored into";
      default -> null;
    };
  }

  private @Nullable String remember(long key) {
    memo.put(key, true);
    return null;
  }

  private @Nullable String argument(ByteSource source, Instruction one)
      throws IOException, MalformedException {
    return switch (one.operand()) {
      case Value.None _ -> null;
      case Value.Global global -> PythonRepr.text(global.module() + " " + global.name());
      case Value.Text(String text) -> PythonRepr.text(text);
      case Value.LongText text ->
          PythonRepr.text(
              PickleText.utf8(
                  source.bytes(text.offset(), Math.toIntExact(text.length())), text.offset()));
      case Value.Bytes bytes -> PythonRepr.bytes(bytes.content(Integer.MAX_VALUE), bytes.mutable());
      case Value.Bool(boolean value) -> value ? "True" : "False";
      case Value.Int(long number) -> Long.toString(number);
      case Value.BigInt(var number) -> number.toString();
      case Value.Float(double number) -> PythonRepr.floating(number);
      case Value value -> Decompiler.render(value);
    };
  }

  private void annotate(StringBuilder line, long offset) {
    Set<String> said = new HashSet<>();
    for (Effect effect : effects.getOrDefault(offset, List.of())) {
      if (said.add(effect.text())) {
        line.append("  # ").append(effect.verdict().word()).append(": ").append(effect.text());
      }
    }
  }

  /// `repr(opcode.code)[1:-1]`
  private static String codeText(byte code) {
    int c = code & 0xff;
    return c >= ' ' && c < 0x7f
        ? c == '\\' ? "\\\\" : Character.toString((char) c)
        : "\\x%02x".formatted(c);
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
