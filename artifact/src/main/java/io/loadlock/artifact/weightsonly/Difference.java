package io.loadlock.artifact.weightsonly;

import io.loadlock.artifact.pickle.Instruction;
import io.loadlock.artifact.pickle.Opcode;
import io.loadlock.artifact.pickle.Value;
import io.loadlock.artifact.policy.Policy;
import java.util.List;
import java.util.Objects;

/// Where releases could part company: whatever [Restricted] asks a release for while it executes
/// `next` is asked of two of them here. Most instructions ask nothing, so that one machine steps
/// for all releases until they differ.
///
/// @param stack before the instruction
/// @param metastack the stacks below its marks
record Difference(
    Instruction next, int protocol, List<Thing> stack, List<List<Thing>> metastack, Policy policy) {
  /// Whether an opcode asks a release for anything.
  static boolean possible(Opcode opcode) {
    return switch (opcode) {
      case GLOBAL, NEWOBJ, REDUCE, BUILD, SETITEM, SETITEMS, BINFLOAT -> true;
      default -> false;
    };
  }

  /// Whether both do the same with the instruction.
  boolean same(Release left, Release right) {
    return switch (next.opcode()) {
      case GLOBAL -> {
        Value.Global global = (Value.Global) next.operand();
        String full = left.renamed(global.module(), global.name(), protocol);
        boolean known = left.kind(full) != null && right.kind(full) != null;
        yield full.equals(right.renamed(global.module(), global.name(), protocol))
            && (left.blocks() == right.blocks() || !blocked(full))
            && (known || sameName(left, right, full));
      }
      case NEWOBJ, REDUCE -> {
        Thing callee = below(2);
        yield !callee.isGlobal() || sameCall(left, right, callee.name());
      }
      case BUILD -> {
        String type = below(2).type();
        yield Restricted.STATES.contains(type)
            || type.indexOf('.') < 0
            || left.defaultsCount() == right.defaultsCount() && sameName(left, right, type);
      }
      case SETITEM ->
          Restricted.ITEMS.contains(below(3).type()) || left.checksItems() == right.checksItems();
      case SETITEMS -> {
        List<Thing> under = metastack.isEmpty() ? List.of() : metastack.getLast();
        yield !under.isEmpty() && Restricted.ITEMS.contains(under.getLast().type())
            || left.checksItems() == right.checksItems();
      }
      case BINFLOAT -> left.floats() == right.floats();
      default -> true;
    };
  }

  private static boolean blocked(String full) {
    return Restricted.BLOCKED.contains(full.substring(0, full.indexOf('.')));
  }

  private boolean sameName(Release left, Release right, String full) {
    Release.Kind kind = left.kind(full);
    return kind == right.kind(full)
        && left.defaultsCount() == right.defaultsCount()
        && (kind != null && left.defaultsCount()
            || left.userList() == right.userList()
                && left.cannotBeAllowed(full, policy).equals(right.cannotBeAllowed(full, policy)));
  }

  private boolean sameCall(Release left, Release right, String callee) {
    List<Thing> arguments = below(1).items();
    return next.opcode() == Opcode.NEWOBJ
        ? sameName(left, right, callee)
        : left.kind(callee) == right.kind(callee)
            && Objects.equals(
                left.cannotCall(callee, arguments), right.cannotCall(callee, arguments));
  }

  /// The `count`th from the top; where there is none, every release fails alike.
  private Thing below(int count) {
    return stack.size() < count ? Thing.NONE : stack.get(stack.size() - count);
  }
}
