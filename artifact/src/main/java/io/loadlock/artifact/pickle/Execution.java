package io.loadlock.artifact.pickle;

import io.loadlock.artifact.policy.Act;
import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import io.loadlock.core.Problem;
import io.loadlock.core.Severity;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One pickle being executed: its stack, marks and memo, as `_pickle.c` keeps them.
final class Execution {
  private static final int HIGHEST_PROTOCOL = 5;

  private final ByteSource source;
  private final @Nullable Interleaving interleaving;
  private final Judge judge;
  private final References references;
  private final Changes changes;
  private final Account record;
  private final Quota quota;
  private final Stack stack = new Stack();
  private final Memo memo = new Memo();
  private final InstructionReader reader;
  private Observer observer = Observer.NOBODY;
  private long opcodes;
  private int protocol;
  private long buffers;
  private long frameEnd = -1;

  /// Signals that a limit was reached.
  private static final class Exhausted extends Exception {
    private static final long serialVersionUID = 1L;

    Exhausted(String message) {
      super(message);
    }
  }

  Execution(
      ByteSource source,
      @Nullable Interleaving interleaving,
      Judge judge,
      Account record,
      Quota quota) {
    this.source = source;
    this.interleaving = interleaving;
    this.judge = judge;
    this.references = judge.references();
    this.changes = judge.changes();
    this.record = record;
    this.quota = quota;
    this.reader = InstructionReader.of(source, 0);
  }

  /// Sees names and calls as they happen.
  interface Observer {
    Observer NOBODY =
        new Observer() {
          @Override
          public void global(Value.Global global) {}

          @Override
          public void call(Value.Call call) {}
        };

    void global(Value.Global global);

    /// Before the call is judged; its arguments are as they are now.
    void call(Value.Call call);
  }

  Execution observedBy(Observer observer) {
    this.observer = observer;
    return this;
  }

  PickleRun run(long start) throws IOException {
    reader.seek(start);
    long at = start;
    try {
      while (true) {
        at = reader.position();
        Instruction instruction = reader.next();
        if (instruction == null) {
          throw new MalformedException(
              at == start ? "there is no pickle" : "pickle data was truncated", at);
        }
        if (!quota.opcode()) {
          throw new Exhausted("more opcodes than allowed");
        }
        opcodes++;
        if (frameEnd >= 0) {
          checkFrame(instruction);
        }
        if (instruction.opcode() == Opcode.STOP) {
          return end(Optional.of(stack.pop(at)), start, reader.position(), null, false);
        }
        execute(instruction);
      }
    } catch (MalformedException e) {
      cut(at);
      return end(Optional.empty(), start, at, e.toProblem(), false);
    } catch (Exhausted e) {
      return end(Optional.empty(), start, at, new Problem(e.getMessage() + "", "byte " + at), true);
    }
  }

  /// A name that the end of the file cuts off.
  private void cut(long at) throws IOException {
    Optional<Value.Global> name = reader.cutName(at);
    if (name.isPresent()) {
      global(name.get());
      record.notice(
          "pickle-cut-name",
          Severity.MEDIUM,
          at,
          "the file ends within a name: the C unpickler stops here, pickle.py imports "
              + name.get().module()
              + " and takes its "
              + name.get().name());
    }
  }

  private PickleRun end(
      Optional<Value> result, long start, long end, @Nullable Problem problem, boolean exhausted) {
    return new PickleRun(
        result, start, end, protocol, opcodes, Optional.ofNullable(problem), exhausted);
  }

  /// `pickle.py` stops where a frame ends within an instruction, or begins within a frame; the C
  /// unpickler reads on.
  private void checkFrame(Instruction instruction) {
    boolean across = instruction.offset() < frameEnd && instruction.end() > frameEnd;
    boolean within = instruction.opcode() == Opcode.FRAME && instruction.offset() < frameEnd;
    if (across || within) {
      record.notice(
          "pickle-frame",
          Severity.MEDIUM,
          instruction.offset(),
          "a frame ends within an instruction: pickle.py stops here, the C unpickler reads on");
    }
    if (instruction.end() >= frameEnd) {
      frameEnd = -1;
    }
  }

  private void weigh(long weight) throws Exhausted {
    if (!quota.values(weight)) {
      throw new Exhausted("more values than allowed");
    }
  }

  private void push(Value value) throws Exhausted {
    weigh(1);
    stack.push(value);
  }

  private void pushOperand(Value value) throws Exhausted {
    weigh(value instanceof Value.Text(String text) ? 1 + (text.length() >> 6) : 1);
    stack.push(value);
  }

  private void execute(Instruction one) throws IOException, MalformedException, Exhausted {
    long at = one.offset();
    switch (one.opcode()) {
      case INT -> {
        if (reader.onlyC()) {
          record.notice(
              "pickle-octal",
              Severity.LOW,
              at,
              "an INT with a leading zero: octal for the C unpickler, pickle.py stops here");
        }
        pushOperand(one.operand());
      }
      case BININT, BININT1, BININT2, LONG, LONG1, LONG4, FLOAT, BINFLOAT ->
          pushOperand(one.operand());
      case STRING, BINSTRING, SHORT_BINSTRING, UNICODE, SHORT_BINUNICODE, BINUNICODE, BINUNICODE8 ->
          pushOperand(one.operand());
      case BINBYTES, SHORT_BINBYTES, BINBYTES8, BYTEARRAY8 -> pushOperand(one.operand());
      case NEXT_BUFFER -> push(new Value.Buffer(buffers++, false));
      case READONLY_BUFFER -> {
        Value top = stack.top(at);
        if (top instanceof Value.Buffer(long number, _)) {
          stack.replaceTop(new Value.Buffer(number, true));
        }
      }
      case NONE -> push(Value.None.NONE);
      case NEWTRUE -> push(Value.Bool.TRUE);
      case NEWFALSE -> push(Value.Bool.FALSE);
      case EMPTY_LIST -> push(new Value.ListValue(List.of()));
      case EMPTY_TUPLE -> push(new Value.Tuple(List.of()));
      case EMPTY_DICT -> push(new Value.Dict());
      case EMPTY_SET -> push(new Value.SetValue(List.of(), false));
      case LIST -> push(new Value.ListValue(stack.popMark(at)));
      case TUPLE -> push(new Value.Tuple(stack.popMark(at)));
      case TUPLE1 -> push(new Value.Tuple(stack.pop(1, at)));
      case TUPLE2 -> push(new Value.Tuple(stack.pop(2, at)));
      case TUPLE3 -> push(new Value.Tuple(stack.pop(3, at)));
      case DICT -> dict(at);
      case FROZENSET -> {
        List<Value> items = stack.popMark(at);
        items.forEach(item -> changes.hash(item, at));
        push(new Value.SetValue(items, true));
      }
      case APPEND -> {
        List<Value> item = stack.pop(1, at);
        append(stack.top(at), item, at);
      }
      case APPENDS -> {
        List<Value> items = stack.popMark(at);
        append(stack.top(at), items, at);
      }
      case SETITEM -> {
        List<Value> pair = stack.pop(2, at);
        put(stack.top(at), pair, at);
      }
      case SETITEMS -> {
        List<Value> pairs = stack.popMark(at);
        if (pairs.size() % 2 != 0) {
          throw new MalformedException("odd number of items for SETITEMS", at);
        }
        put(stack.top(at), pairs, at);
      }
      case ADDITEMS -> {
        List<Value> items = stack.popMark(at);
        add(stack.top(at), items, at);
      }
      case POP -> stack.discard(at);
      case DUP -> push(stack.top(at));
      case MARK -> stack.mark();
      case POP_MARK -> stack.popMark(at);
      case GET, BINGET, LONG_BINGET -> push(memo.get(one.number(), at));
      case PUT, BINPUT, LONG_BINPUT -> memoize(one.number(), at);
      case MEMOIZE -> memoize(memo.size(), at);
      case EXT1, EXT2, EXT4 -> extension(one);
      case GLOBAL -> push(global((Value.Global) one.operand()));
      case STACK_GLOBAL -> stackGlobal(at);
      case REDUCE -> {
        List<Value> pair = stack.pop(2, at);
        push(call(pair.get(0), pair.get(1), null, Value.Call.How.REDUCE, at));
      }
      case BUILD -> build(one);
      case INST -> {
        Value.Tuple arguments = new Value.Tuple(stack.popMark(at));
        push(instantiate(global((Value.Global) one.operand()), arguments, at));
      }
      case OBJ -> {
        List<Value> items = stack.popMark(at);
        if (items.isEmpty()) {
          throw new MalformedException("OBJ without a class", at);
        }
        push(instantiate(items.get(0), new Value.Tuple(items.subList(1, items.size())), at));
      }
      case NEWOBJ -> {
        List<Value> pair = stack.pop(2, at);
        push(call(pair.get(0), pair.get(1), null, Value.Call.How.NEW, at));
      }
      case NEWOBJ_EX -> {
        List<Value> triple = stack.pop(3, at);
        push(call(triple.get(0), triple.get(1), triple.get(2), Value.Call.How.NEW, at));
      }
      case PROTO -> {
        if (one.number() > HIGHEST_PROTOCOL) {
          throw new MalformedException("unsupported pickle protocol: " + one.number(), at);
        }
        protocol = Math.max(protocol, (int) one.number());
      }
      case FRAME -> frame(one);
      case PERSID -> push(new Value.Persistent(one.operand(), at));
      case BINPERSID -> push(new Value.Persistent(stack.pop(at), at));
      case STOP -> throw new IllegalStateException("STOP ends the loop");
    }
  }

  private void frame(Instruction one) {
    long length = one.number();
    if (length < 0 || length > reader.remaining()) {
      record.notice(
          "pickle-frame-length",
          Severity.MEDIUM,
          one.offset(),
          "a frame claims more bytes than there are: the C unpickler stops here, pickle.py reads"
              + " on");
    } else {
      frameEnd = one.end() + length;
    }
  }

  private void memoize(long key, long at) throws MalformedException, Exhausted {
    if (key < 0) {
      throw new MalformedException("negative memo key", at);
    }
    if (memo.put(key, stack.top(at))) {
      weigh(1);
    }
  }

  private void extension(Instruction one) throws MalformedException, Exhausted {
    if (one.number() <= 0) {
      throw new MalformedException("EXT specifies code <= 0", one.offset());
    }
    Value.Extension extension = new Value.Extension(one.number(), one.offset());
    references.extension(extension);
    push(extension);
  }

  private Value.Global global(Value.Global global) {
    observer.global(global);
    references.mention(global);
    return global;
  }

  private void stackGlobal(long at) throws MalformedException, Exhausted {
    List<Value> pair = stack.pop(2, at);
    if (pair.get(0) instanceof Value.Text(String module)
        && pair.get(1) instanceof Value.Text(String name)) {
      push(global(new Value.Global(module, name, at)));
      return;
    }
    references.computedName(
        at, "names something by text that is computed", pair.get(0), pair.get(1));
    push(new Value.Unknown("something whose name is computed"));
  }

  private Value.Call instantiate(Value type, Value.Tuple arguments, long at) {
    Value.Call.How how =
        arguments.items().isEmpty() ? Value.Call.How.INSTANTIATE : Value.Call.How.REDUCE;
    return call(type, arguments, null, how, at);
  }

  private Value.Call call(
      Value callee, Value arguments, @Nullable Value keywords, Value.Call.How how, long at) {
    Value.Call call = new Value.Call(callee, arguments, keywords, how, at);
    observer.call(call);
    judge.call(call);
    return call;
  }

  private void build(Instruction one) throws IOException, MalformedException, Exhausted {
    long at = one.offset();
    Value state = stack.pop(at);
    Value target = stack.top(at);
    if (target instanceof Value.Call built) {
      // Every state before is looked through for what this one may shadow.
      weigh(built.states().size());
    }
    changes.build(target, state, at);
    if (interleaving == null || !(target instanceof Value.Call call)) {
      return;
    }
    switch (interleaving.afterBuild(call, reader.position())) {
      case Interleaved.None() -> {}
      case Interleaved.Bytes(long count, var array) -> {
        if (count < 0 || count > reader.remaining()) {
          throw new MalformedException("array data is cut off", reader.position());
        }
        reader.seek(reader.position() + count);
        stack.replaceTop(new Value.Array(array));
      }
      case Interleaved.Pickle() -> {
        // A plain `pickle.load`: what stands between the opcodes is not asked for any more.
        PickleRun inner = new Execution(source, null, judge, record, quota).run(reader.position());
        if (inner.broken().isPresent()) {
          throw new MalformedException(
              "the pickle of an object array: " + inner.broken().get().reason(), inner.end());
        }
        reader.seek(inner.end());
        stack.replaceTop(inner.result().orElseThrow());
      }
    }
  }

  private void dict(long at) throws MalformedException, Exhausted {
    List<Value> items = stack.popMark(at);
    if (items.size() % 2 != 0) {
      throw new MalformedException("odd number of items for DICT", at);
    }
    Value.Dict dict = new Value.Dict();
    put(dict, items, at);
    push(dict);
  }

  private void append(Value target, List<Value> items, long at) throws Exhausted {
    if (target instanceof Value.ListValue list) {
      items.forEach(list::add);
      changes.keep(list, items, at);
    } else {
      changes.append(target, items, Act.APPEND, at);
    }
  }

  private void add(Value target, List<Value> items, long at) {
    if (target instanceof Value.SetValue set && !set.frozen()) {
      for (Value item : items) {
        changes.hash(item, at);
        set.add(item);
      }
      changes.keep(set, items, at);
    } else {
      changes.append(target, items, Act.ADD, at);
    }
  }

  private void put(Value target, List<Value> pairs, long at) {
    for (int i = 0; i < pairs.size(); i += 2) {
      Value key = pairs.get(i);
      Value value = pairs.get(i + 1);
      changes.hash(key, at);
      if (target instanceof Value.Dict dict) {
        dict.put(key, value);
      } else {
        changes.put(target, key, value, at);
      }
    }
    if (target instanceof Value.Dict dict) {
      changes.keep(dict, pairs, at);
    }
  }
}
