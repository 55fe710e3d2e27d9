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
  boolean same(Release one, Release other) {
    return switch (next.opcode()) {
      case GLOBAL -> {
        Value.Global global = (Value.Global) next.operand();
        String full = one.renamed(global.module(), global.name(), protocol);
        boolean known = one.kind(full) != null && other.kind(full) != null;
        yield full.equals(other.renamed(global.module(), global.name(), protocol))
            && (one.blocks() == other.blocks() || !blocked(full))
            && (known || sameName(one, other, full));
      }
      case NEWOBJ, REDUCE -> {
        Thing callee = below(2);
        yield !callee.isGlobal() || sameCall(one, other, callee.name());
      }
      case BUILD -> {
        String type = below(2).type();
        yield Restricted.STATES.contains(type)
            || type.indexOf('.') < 0
            || one.defaultsCount() == other.defaultsCount() && sameName(one, other, type);
      }
      case SETITEM ->
          Restricted.ITEMS.contains(below(3).type()) || one.checksItems() == other.checksItems();
      case SETITEMS -> {
        List<Thing> under = metastack.isEmpty() ? List.of() : metastack.getLast();
        yield !under.isEmpty() && Restricted.ITEMS.contains(under.getLast().type())
            || one.checksItems() == other.checksItems();
      }
      case BINFLOAT -> one.floats() == other.floats();
      default -> true;
    };
  }

  private static boolean blocked(String full) {
    return Restricted.BLOCKED.contains(full.substring(0, full.indexOf('.')));
  }

  private boolean sameName(Release one, Release other, String full) {
    Release.Kind kind = one.kind(full);
    return kind == other.kind(full)
        && one.defaultsCount() == other.defaultsCount()
        && (kind != null && one.defaultsCount()
            || one.userList() == other.userList()
                && one.cannotBeAllowed(full, policy).equals(other.cannotBeAllowed(full, policy)));
  }

  private boolean sameCall(Release one, Release other, String callee) {
    List<Thing> arguments = below(1).items();
    return next.opcode() == Opcode.NEWOBJ
        ? sameName(one, other, callee)
        : one.kind(callee) == other.kind(callee)
            && Objects.equals(
                one.cannotCall(callee, arguments), other.cannotCall(callee, arguments));
  }

  /// The `count`th from the top; where there is none, every release fails alike.
  private Thing below(int count) {
    return stack.size() < count ? Thing.NONE : stack.get(stack.size() - count);
  }
}
