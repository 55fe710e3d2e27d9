package io.loadlock.artifact.pickle;

import io.loadlock.artifact.Tensor;
import io.loadlock.core.ByteSource;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a pickle builds. Containers and calls change while the pickle runs, may be shared and may
/// contain themselves, so they are compared by identity; a walk over values keeps a set of those it
/// has seen and a stack of its own.
public sealed interface Value {

  record None() implements Value {
    static final None NONE = new None();
  }

  record Bool(boolean value) implements Value {
    static final Bool TRUE = new Bool(true);
    static final Bool FALSE = new Bool(false);
  }

  /// An integer of at most 64 bits.
  record Int(long value) implements Value {}

  /// Any other integer.
  record BigInt(BigInteger value) implements Value {}

  @SuppressWarnings("AvoidCommonTypeNames") // the name that Python gives it
  record Float(double value) implements Value {}

  /// Text, and the strings of Python 2, whose bytes are read as Latin-1.
  record Text(String value) implements Value {}

  /// Text that is too long to keep; its bytes are UTF-8.
  record LongText(ByteSource source, long offset, long length) implements Value {}

  /// A byte string where it stands in its source; nothing is copied.
  ///
  /// @param mutable a `bytearray`
  record Bytes(ByteSource source, long offset, long length, boolean mutable) implements Value {
    /// Its content.
    ///
    /// @param limit the caller's budget, in bytes
    /// @throws IOException also when it is longer than the budget
    public byte[] content(int limit) throws IOException {
      if (length > limit) {
        throw new IOException(
            "a byte string of " + length + " bytes, more than the " + limit + " allowed");
      }
      return source.bytes(offset, (int) length);
    }

    public ByteSource slice() {
      return source.slice(offset, length);
    }

    static Bytes latin1(String text) {
      byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
      return new Bytes(ByteSource.of(bytes), 0, bytes.length, false);
    }
  }

  /// A reference: a module's attribute, exactly as written.
  final class Global implements Value {
    private final String module;
    private final String name;
    private final String full;
    private final long offset;

    /// What the policy says of it, once the judge has asked.
    Callee target = Callee.Opaque.UNJUDGED;

    Global(String module, String name, long offset) {
      this.module = module;
      this.name = name;
      this.full = module + "." + name;
      this.offset = offset;
    }

    public String module() {
      return module;
    }

    /// Inner dots included.
    public String name() {
      return name;
    }

    /// Byte of the instruction that named it.
    public long offset() {
      return offset;
    }

    /// `module.name`
    public String full() {
      return full;
    }
  }

  /// What a persistent id stands for; the id is usually text or a tuple.
  record Persistent(Value id, long offset) implements Value {}

  /// An out-of-band buffer, by its number in the stream.
  record Buffer(long number, boolean readOnly) implements Value {}

  /// A name that only the reader's extension registry knows.
  record Extension(long code, long offset) implements Value {}

  /// An array whose elements stand between the opcodes, as joblib writes them.
  record Array(Tensor tensor) implements Value {}

  /// Something that cannot be known from the file alone.
  record Unknown(String why) implements Value {}

  /// Containers and calls: identity matters, and the machine notes what references they hold.
  sealed interface Composite extends Value {}

  final class Tuple implements Composite {
    private final List<Value> items;
    final Grade grade;

    Tuple(List<Value> items) {
      this.items = items;
      this.grade = Grade.hold(items);
    }

    static Tuple of(Value... items) {
      return new Tuple(List.of(items));
    }

    public List<Value> items() {
      return Collections.unmodifiableList(items);
    }
  }

  /// A container that changes after it was made.
  abstract sealed class Mutable implements Composite {
    Grade grade = Grade.PLAIN;

    /// Whether something else holds it already.
    boolean held;

    void raise(Value item) {
      grade = grade.worse(Grade.hold(item));
    }
  }

  /// A list.
  final class ListValue extends Mutable {
    private final ArrayList<Value> items;

    ListValue(List<Value> items) {
      this.items = new ArrayList<>(items);
      items.forEach(this::raise);
    }

    public List<Value> items() {
      return Collections.unmodifiableList(items);
    }

    void add(Value item) {
      raise(item);
      items.add(item);
    }
  }

  /// A set or a frozen set, members in order of insertion; equal members are all kept.
  final class SetValue extends Mutable {
    private final ArrayList<Value> items;
    private final boolean frozen;

    SetValue(List<Value> items, boolean frozen) {
      this.items = new ArrayList<>(items);
      this.frozen = frozen;
      items.forEach(this::raise);
    }

    public List<Value> items() {
      return Collections.unmodifiableList(items);
    }

    public boolean frozen() {
      return frozen;
    }

    void add(Value item) {
      raise(item);
      items.add(item);
    }
  }

  /// One item of a dict.
  record Entry(Value key, Value value) {}

  /// A dict, entries in order of insertion; a key that comes again has its later value behind its
  /// earlier one.
  final class Dict extends Mutable {
    private final ArrayList<Entry> entries = new ArrayList<>();

    public List<Entry> entries() {
      return Collections.unmodifiableList(entries);
    }

    void put(Value key, Value value) {
      raise(key);
      raise(value);
      entries.add(new Entry(key, value));
    }

    /// The value of a text key.
    public Optional<Value> get(String key) {
      for (int i = entries.size() - 1; i >= 0; i--) {
        if (entries.get(i).key() instanceof Text(String text) && text.equals(key)) {
          return Optional.of(entries.get(i).value());
        }
      }
      return Optional.empty();
    }
  }

  /// What a call gave, and what was done with it afterwards.
  final class Call extends Mutable {
    /// The instruction that made the call.
    public enum How {
      /// REDUCE, and INST and OBJ where they call.
      REDUCE,
      /// INST or OBJ without arguments, where a class of Python 3 gets `__new__` alone.
      INSTANTIATE,
      /// NEWOBJ and NEWOBJ_EX: `__new__` alone.
      NEW
    }

    private final Value callee;
    private final Value arguments;
    private final @Nullable Value keywords;
    private final How how;
    private final long offset;
    private final ArrayList<Value> states = new ArrayList<>(1);
    private final ArrayList<Value> items = new ArrayList<>(0);
    private final ArrayList<Entry> entries = new ArrayList<>(0);

    /// What the callee turned out to be and what its result stands for, as the judge sees it.
    Callee target = Callee.Opaque.UNJUDGED;

    Call(Value callee, Value arguments, @Nullable Value keywords, How how, long offset) {
      this.callee = callee;
      this.arguments = arguments;
      this.keywords = keywords;
      this.how = how;
      this.offset = offset;
      if (callee instanceof Global global) {
        // The file calls it, with arguments that are judged: it is not kept.
        grade = global.target.grade();
      } else {
        raise(callee);
      }
      raise(arguments);
      if (keywords != null) {
        raise(keywords);
      }
    }

    public Value callee() {
      return callee;
    }

    /// Usually a [Tuple].
    public Value arguments() {
      return arguments;
    }

    /// The arguments' items; empty where they are no tuple.
    public List<Value> positional() {
      return arguments instanceof Tuple tuple ? tuple.items() : List.of();
    }

    public Optional<Value> keywords() {
      return Optional.ofNullable(keywords);
    }

    public How how() {
      return how;
    }

    /// Byte of the instruction.
    public long offset() {
      return offset;
    }

    /// What BUILD gave it, in order.
    public List<Value> states() {
      return Collections.unmodifiableList(states);
    }

    /// What APPEND, APPENDS and ADDITEMS gave it, in order.
    public List<Value> items() {
      return Collections.unmodifiableList(items);
    }

    /// What SETITEM and SETITEMS gave it, in order.
    public List<Entry> entries() {
      return Collections.unmodifiableList(entries);
    }

    /// The callee's `module.name` where it is a reference, else empty.
    public String name() {
      return callee instanceof Global global ? global.full() : "";
    }

    /// An attribute that a state gave it: of the dict, or of the second item of a pair.
    public Optional<Value> attribute(String name) {
      for (int i = states.size() - 1; i >= 0; i--) {
        Optional<Value> found = attribute(states.get(i), name);
        if (found.isPresent()) {
          return found;
        }
      }
      return Optional.empty();
    }

    private static Optional<Value> attribute(Value state, String name) {
      if (state instanceof Dict dict) {
        return dict.get(name);
      }
      if (state instanceof Tuple pair && pair.items().size() == 2) {
        Optional<Value> slot =
            pair.items().get(1) instanceof Dict slots ? slots.get(name) : Optional.empty();
        return slot.isPresent() ? slot : attribute(pair.items().get(0), name);
      }
      return Optional.empty();
    }

    void build(Value state) {
      raise(state);
      states.add(state);
    }

    void append(Value item) {
      raise(item);
      items.add(item);
    }

    void put(Value key, Value value) {
      raise(key);
      raise(value);
      entries.add(new Entry(key, value));
    }
  }
}
