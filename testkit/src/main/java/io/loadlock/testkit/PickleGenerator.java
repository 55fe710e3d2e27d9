package io.loadlock.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Writes random pickles that every unpickler runs to their STOP: it keeps the kinds of what is on
/// the stack and in the memo, and only emits what they allow. The same seed gives the same pickle.
public final class PickleGenerator {
  private enum Kind {
    /// Hashable and immutable.
    ATOM,
    TEXT,
    TUPLE,
    LIST,
    DICT,
    SET,
    /// A bytearray or frozenset: neither a key nor to be filled.
    BUFFER,
    /// What a name or call gave.
    THING
  }

  private static final String[] NAMES = {"name", "Name", "inner.name", "\u00e9l\u00e8ve"};

  private final Random random;
  private final PickleAssembler out;
  private final List<Kind> stack = new ArrayList<>();
  private final List<Integer> marks = new ArrayList<>();
  private final List<Kind> memo = new ArrayList<>();
  private final List<Integer> keys = new ArrayList<>();

  private PickleGenerator(long seed) {
    random = new Random(seed);
    int protocol = random.nextInt(6);
    out = protocol < 2 ? PickleAssembler.bare() : PickleAssembler.protocol(protocol);
  }

  /// A pickle of up to about `size` instructions.
  public static byte[] generate(long seed, int size) {
    PickleGenerator generator = new PickleGenerator(seed);
    int count = 1 + generator.random.nextInt(size);
    for (int i = 0; i < count; i++) {
      generator.step();
    }
    return generator.finish();
  }

  private byte[] finish() {
    while (!marks.isEmpty()) {
      out.tuple();
      collapse(Kind.TUPLE);
    }
    if (stack.isEmpty()) {
      out.none();
      stack.add(Kind.ATOM);
    }
    return out.stop();
  }

  private int above() {
    return stack.size() - (marks.isEmpty() ? 0 : marks.get(marks.size() - 1));
  }

  private Kind kind(int fromTop) {
    return stack.get(stack.size() - 1 - fromTop);
  }

  private void push(Kind kind) {
    stack.add(kind);
  }

  private void drop(int count) {
    for (int i = 0; i < count; i++) {
      stack.remove(stack.size() - 1);
    }
  }

  private void collapse(@Nullable Kind kind) {
    int mark = marks.removeLast();
    drop(stack.size() - mark);
    if (kind != null) {
      push(kind);
    }
  }

  private void step() {
    switch (random.nextInt(10)) {
      case 0, 1 -> number();
      case 2 -> string();
      case 3 -> container();
      case 4 -> name();
      case 5 -> group();
      case 6 -> fill();
      case 7 -> call();
      case 8 -> remember();
      default -> shuffle();
    }
  }

  private void number() {
    switch (random.nextInt(13)) {
      case 0 -> out.none();
      case 1 -> out.yes();
      case 2 -> out.no();
      case 3 -> out.integer(random.nextInt());
      case 4 -> out.raw('K', random.nextInt(256));
      case 5 -> out.raw('M', random.nextInt(256), random.nextInt(256));
      case 6 -> out.ascii("I" + random.nextInt() + "\n");
      case 7 -> out.ascii(random.nextBoolean() ? "I00\n" : "I01\n");
      case 8 -> out.ascii("L" + random.nextLong() + (random.nextBoolean() ? "L\n" : "\n"));
      case 9 -> bigNumber();
      case 10 -> out.raw('G').raw(bytes(8, 0x3f));
      case 11 -> out.ascii("F" + (random.nextInt(1000) - 500) + "." + random.nextInt(1000) + "\n");
      default -> out.ascii("I0x" + Integer.toHexString(random.nextInt(1 << 20)) + "\n");
    }
    push(Kind.ATOM);
  }

  private void bigNumber() {
    int length = random.nextInt(12);
    if (random.nextBoolean()) {
      out.raw(0x8a, length).raw(bytes(length, -1));
    } else {
      out.raw(0x8b).int4(length).raw(bytes(length, -1));
    }
  }

  private byte[] bytes(int count, int first) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    if (count > 0 && first >= 0) {
      bytes[0] = (byte) first;
    }
    return bytes;
  }

  private String word() {
    String[] words = {
      "",
      "a",
      "it's",
      "caf\u00e9",
      "\u20ac",
      "\ud83d\ude00",
      "line",
      "__setstate__",
      "x".repeat(random.nextInt(300))
    };
    return words[random.nextInt(words.length)];
  }

  private void string() {
    String word = word();
    byte[] utf8 = word.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    Kind kind = Kind.TEXT;
    switch (random.nextInt(10)) {
      case 0 -> out.text(word);
      case 1 -> out.raw(0x8d).int8(utf8.length).raw(utf8);
      case 2 -> out.ascii("Vabc\\u20ac\\\\u0041\n");
      case 3 -> out.ascii("S'it\\'s\\n\\x41\\101'\n");
      case 4 -> out.raw('U', 3).ascii("abc");
      case 5 -> out.raw('T').int4(3).ascii("xyz");
      case 6 -> {
        out.bytes(utf8);
        kind = Kind.ATOM;
      }
      case 7 -> {
        out.raw('C', 3).ascii("abc");
        kind = Kind.ATOM;
      }
      case 8 -> {
        out.raw(0x8e).int8(utf8.length).raw(utf8);
        kind = Kind.ATOM;
      }
      default -> {
        out.raw(0x96).int8(utf8.length).raw(utf8);
        kind = Kind.BUFFER;
      }
    }
    push(kind);
  }

  private void container() {
    switch (random.nextInt(4)) {
      case 0 -> {
        out.emptyList();
        push(Kind.LIST);
      }
      case 1 -> {
        out.emptyDict();
        push(Kind.DICT);
      }
      case 2 -> {
        out.emptySet();
        push(Kind.SET);
      }
      default -> {
        out.emptyTuple();
        push(Kind.TUPLE);
      }
    }
  }

  private void name() {
    String name = NAMES[random.nextInt(NAMES.length)];
    switch (random.nextInt(5)) {
      case 0, 1 -> out.global("pkg.mod", name);
      case 2 -> out.stackGlobal("pkg", name);
      case 3 -> out.ext1(1 + random.nextInt(255));
      default -> out.ascii("Pid" + random.nextInt(10) + "\n");
    }
    push(Kind.THING);
  }

  /// Marks, and what gathers the things above one.
  private void group() {
    if (marks.isEmpty() || random.nextInt(3) == 0) {
      out.mark();
      marks.add(stack.size());
      return;
    }
    switch (random.nextInt(6)) {
      case 0 -> {
        out.tuple();
        collapse(Kind.TUPLE);
      }
      case 1 -> {
        out.list();
        collapse(Kind.LIST);
      }
      case 2 -> {
        if (hashable(0, 1)) {
          out.raw(0x91);
          collapse(Kind.BUFFER);
        }
      }
      case 3 -> {
        if (above() % 2 == 0 && hashable(1, 2)) {
          out.dict();
          collapse(Kind.DICT);
        }
      }
      case 4 -> {
        out.popMark();
        collapse(null);
      }
      default -> {
        out.inst("pkg.mod", "Old");
        collapse(Kind.THING);
      }
    }
  }

  /// Whether every `step`-th of the things above the mark can be a key.
  private boolean hashable(int parity, int step) {
    int count = above();
    for (int i = 0; i < count; i++) {
      Kind kind = stack.get(stack.size() - count + i);
      boolean key = step == 1 || i % 2 == 1 - parity;
      if (key && kind != Kind.ATOM && kind != Kind.TEXT && kind != Kind.THING) {
        return false;
      }
    }
    return true;
  }

  private void fill() {
    if (above() >= 2 && (kind(1) == Kind.LIST || kind(1) == Kind.THING) && random.nextBoolean()) {
      out.append();
      drop(1);
    } else if (above() >= 3
        && (kind(2) == Kind.DICT || kind(2) == Kind.THING)
        && (kind(1) == Kind.TEXT || kind(1) == Kind.ATOM)) {
      out.setItem();
      drop(2);
    } else if (!marks.isEmpty()) {
      fillMany();
    }
  }

  private void fillMany() {
    int mark = marks.get(marks.size() - 1);
    int below = marks.size() > 1 ? marks.get(marks.size() - 2) : 0;
    if (mark - 1 < below) {
      return;
    }
    Kind target = stack.get(mark - 1);
    if (target == Kind.LIST || target == Kind.THING && random.nextBoolean()) {
      out.appends();
      collapse(null);
    } else if (target == Kind.SET && hashable(0, 1)) {
      out.addItems();
      collapse(null);
    } else if ((target == Kind.DICT || target == Kind.THING)
        && above() % 2 == 0
        && hashable(1, 2)) {
      out.setItems();
      collapse(null);
    }
  }

  private void call() {
    if (above() >= 3 && kind(2) == Kind.THING && kind(1) == Kind.TUPLE && kind(0) == Kind.DICT) {
      out.newObjEx();
      drop(3);
      push(Kind.THING);
    } else if (above() >= 2
        && kind(1) == Kind.THING
        && kind(0) == Kind.TUPLE
        && random.nextInt(4) > 0) {
      if (random.nextBoolean()) {
        out.reduce();
      } else {
        out.newObj();
      }
      drop(2);
      push(Kind.THING);
    } else if (above() >= 2 && kind(1) == Kind.THING) {
      out.build();
      drop(1);
    } else if (above() >= 1) {
      out.binPersid();
      drop(1);
      push(Kind.THING);
    }
  }

  private void remember() {
    if (above() >= 1 && random.nextBoolean()) {
      int key = random.nextInt(4) == 0 ? random.nextInt(100_000) : keys.size();
      switch (random.nextInt(3)) {
        case 0 -> {
          key %= 256;
          out.put(key);
        }
        case 1 -> out.raw('r').int4(key);
        default -> out.ascii("p" + key + "\n");
      }
      int known = keys.indexOf(key);
      if (known >= 0) {
        memo.set(known, kind(0));
      } else {
        keys.add(key);
        memo.add(kind(0));
      }
    } else if (!keys.isEmpty()) {
      int index = random.nextInt(keys.size());
      int key = keys.get(index);
      if (key < 256 && random.nextBoolean()) {
        out.get(key);
      } else if (random.nextBoolean()) {
        out.raw('j').int4(key);
      } else {
        out.ascii("g" + key + "\n");
      }
      push(memo.get(index));
    }
  }

  private void shuffle() {
    if (above() >= 1) {
      switch (random.nextInt(5)) {
        case 0 -> {
          out.pop();
          drop(1);
        }
        case 1 -> {
          out.dup();
          push(kind(0));
        }
        case 2 -> {
          out.tuple1();
          drop(1);
          push(Kind.TUPLE);
        }
        case 3 -> {
          if (above() >= 2) {
            out.tuple2();
            drop(2);
            push(Kind.TUPLE);
          }
        }
        default -> {
          if (above() >= 3) {
            out.tuple3();
            drop(3);
            push(Kind.TUPLE);
          }
        }
      }
    }
  }
}
