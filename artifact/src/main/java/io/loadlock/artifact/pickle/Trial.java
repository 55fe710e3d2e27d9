package io.loadlock.artifact.pickle;

import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/// Tries whether bytes behave like a pickle, by the depth of the stack alone: text and other binary
/// formats soon pop what nobody pushed.
final class Trial {
  private static final int INSTRUCTIONS = 256;

  /// Operands are passed over, so that a long one before the first call hides nothing.
  private static final long BYTES = 16 << 20;

  /// How far the trial came.
  ///
  /// @param proto whether it begins with PROTO
  /// @param instructions executed without an objection
  /// @param calls whether one of them calls or builds something by a plausible name
  /// @param stop byte behind STOP; -1 where none was reached
  /// @param broken whether an instruction was impossible
  /// @param longer whether the trial ended because so many bytes had passed, and nothing else
  record Result(
      boolean proto, int instructions, boolean calls, long stop, boolean broken, boolean longer) {
    static Result broken(boolean proto, int instructions, boolean calls) {
      return new Result(proto, instructions, calls, -1, true, false);
    }
  }

  private int depth;
  private final Deque<Integer> marks = new ArrayDeque<>();
  private boolean named;
  private boolean calls;

  private Trial() {}

  static Result run(ByteSource source, long position) throws IOException {
    return new Trial().attempt(source, position);
  }

  private Result attempt(ByteSource source, long position) throws IOException {
    InstructionReader reader = InstructionReader.of(source, position);
    boolean proto = false;
    int count = 0;
    try {
      for (; count < INSTRUCTIONS && reader.position() - position < BYTES; count++) {
        Instruction one = reader.next();
        if (one == null) {
          return Result.broken(proto, count, calls);
        }
        if (one.opcode() == Opcode.PROTO) {
          proto |= count == 0 && one.number() <= 5;
        } else if (one.opcode() == Opcode.STOP) {
          boolean empty = depth == 0;
          return new Result(proto, count + 1, calls, empty ? -1 : one.end(), empty, false);
        } else if (!step(one)) {
          return Result.broken(proto, count, calls);
        }
      }
      return new Result(proto, count, calls, -1, false, count < INSTRUCTIONS);
    } catch (MalformedException e) {
      return Result.broken(proto, count, calls);
    }
  }

  private boolean step(Instruction one) {
    switch (one.opcode()) {
      case GLOBAL, INST -> {
        Value.Global global = (Value.Global) one.operand();
        if (!plausible(global.module(), true) || !plausible(global.name(), true)) {
          return false;
        }
        named = true;
        calls |= one.opcode() == Opcode.INST;
      }
      case STACK_GLOBAL, EXT1, EXT2, EXT4 -> named = true;
      case REDUCE, BUILD, OBJ, NEWOBJ, NEWOBJ_EX -> calls |= named;
      default -> {}
    }
    return move(one.opcode());
  }

  private boolean move(Opcode opcode) {
    switch (opcode) {
      case MARK -> {
        marks.push(depth);
        return true;
      }
      case POP -> {
        if (!marks.isEmpty() && marks.peek() == depth) {
          marks.pop();
          return true;
        }
        return change(1, 0);
      }
      case DUP, PUT, BINPUT, LONG_BINPUT, MEMOIZE, READONLY_BUFFER -> {
        return change(1, opcode == Opcode.DUP ? 2 : 1);
      }
      default -> {}
    }
    int mark = opcode.before().indexOf("mark");
    if (mark < 0) {
      return change(opcode.before().size(), opcode.after().size());
    }
    if (marks.isEmpty()) {
      return false;
    }
    depth = marks.pop();
    return change(mark, opcode.after().size());
  }

  private boolean change(int takes, int gives) {
    int fence = marks.isEmpty() ? 0 : marks.peek();
    if (depth - takes < fence) {
      return false;
    }
    depth += gives - takes;
    return true;
  }

  /// A dotted path of identifiers, in any script. A row of hyphens is none: it underlines the title
  /// of many a text.
  private static boolean plausible(String name, boolean dots) {
    if (name.length() > 500 || name.chars().noneMatch(Character::isJavaIdentifierStart)) {
      return false;
    }
    return name.chars()
        .allMatch(
            c ->
                Character.isJavaIdentifierPart(c) && c >= ' '
                    || dots && c == '.'
                    || c == '<'
                    || c == '>'
                    || c == '-');
  }
}
