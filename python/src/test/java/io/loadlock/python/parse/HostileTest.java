package io.loadlock.python.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.loadlock.python.tree.Children;
import io.loadlock.python.tree.Node;
import io.loadlock.python.tree.TreeText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Input that nobody writes by hand: a tree of bounded depth, in time that grows with the length.
class HostileTest {
  private static final int MANY = 100_000;
  private static final int SOME = 20_000;

  /// A recursive walk, as analysis does it, needs no more stack than this.
  private static final int DEEPEST = 4000;

  /// Each followed by a line with a call, which must be in the tree.
  static Stream<String> sources() {
    String indented =
        IntStream.range(0, 2000).mapToObj(i -> " ".repeat(i) + "if x:\n").reduce("", String::concat)
            + " ".repeat(2000)
            + "pass\n";
    String stairs =
        IntStream.range(0, 2000)
            .mapToObj(i -> " ".repeat(2000 - i) + "x\n")
            .reduce("", String::concat);
    Stream<String> opened =
        Stream.of(
                "(",
                "[",
                "{",
                "f(",
                "a[",
                "x = (",
                "lambda: ",
                "not ",
                "-",
                "~",
                "await ",
                "a if b else ",
                "a.",
                "*",
                "**",
                "`",
                "(yield ",
                "f(a=",
                "{1: ",
                "[x for x in ",
                "a := ",
                "print ",
                "return ",
                "f(**",
                "((),",
                "f([",
                "a = ",
                "async ",
                "else: ",
                "case ",
                "match ",
                "import ",
                "type x = ",
                "global ",
                "a < ",
                "a + ",
                "a ** ",
                "a and ",
                "x, ",
                "x; ",
                "if x: ",
                "for x in ",
                "with x as ",
                "while x: ",
                "try: ",
                "class A(",
                "def f(",
                "@",
                "@a\n",
                "'",
                "'''a",
                "f'{",
                "f'''{",
                "f\"{a:{",
                "'''",
                "\\",
                "\\\n",
                "\t",
                "#\n",
                "{{",
                "{%",
                "%",
                "!",
                "?",
                "$",
                "\0",
                "\u00e9",
                "\uff41",
                "0x",
                "1.",
                "f(x for x in y) ",
                "raise a, ",
                "exec a in ",
                "except: ",
                "elif x: ",
                "del (",
                "lambda x=(")
            .map(piece -> piece.repeat(piece.length() <= 2 ? MANY : SOME));
    Stream<String> closed =
        Stream.of(
            "(".repeat(MANY) + ")".repeat(MANY),
            "[".repeat(MANY) + "]".repeat(MANY),
            "{".repeat(MANY) + "}".repeat(MANY),
            "f(".repeat(MANY) + ")".repeat(MANY),
            "a[".repeat(SOME) + "0" + "]".repeat(SOME),
            "x" + ".a(b)[c]".repeat(SOME),
            "x = " + "1 + ".repeat(MANY) + "1",
            "x = " + "1 ** ".repeat(MANY) + "1",
            "x = " + "'a' ".repeat(SOME),
            "x = " + "f'{a}' ".repeat(SOME),
            "x = [" + "1, ".repeat(SOME) + "]",
            "x = {" + "1: f(a), ".repeat(SOME) + "}",
            "f(" + "a=1, ".repeat(SOME) + ")",
            "if x: pass\n" + "elif x: pass\n".repeat(MANY),
            "try: pass\n" + "except a: pass\n".repeat(SOME),
            "match x:\n" + " case 1: pass\n".repeat(SOME),
            "match x:\n case " + "[".repeat(MANY) + "]".repeat(MANY) + ": pass",
            "match x:\n case " + "a | ".repeat(SOME) + "b: pass",
            "with " + "a as b, ".repeat(SOME) + "c: pass",
            "def f(" + "a=b(c), ".repeat(SOME) + "): pass",
            "class A(" + "B, ".repeat(SOME) + "): pass",
            "x" + " = x".repeat(SOME),
            "@a\n".repeat(SOME) + "def f(): pass",
            "f'" + "{a}".repeat(SOME) + "'",
            "f'" + "{a!r:{b}}".repeat(SOME) + "'",
            "f'{".repeat(MANY) + "1" + "}'".repeat(MANY),
            "a " + "b c(d) ".repeat(SOME),
            "f([1 1], ".repeat(SOME),
            "f([g(1 1)] 1, ".repeat(SOME),
            "x = (\n" + "f(a\n".repeat(SOME),
            indented,
            stairs,
            "class A:\n def f(self):\n".repeat(SOME));
    return Stream.concat(opened, closed);
  }

  @ParameterizedTest
  @MethodSource("sources")
  void hasABoundedTreeAndGoesOnBehindIt(String source) {
    byte[] bytes = (source + "\n\n\nafter(all)\n").getBytes(StandardCharsets.UTF_8);
    ParsedSource parsed = Parser.parse(bytes);
    assertTrue(depth(parsed.module()) <= DEEPEST);
    assertTrue(TreeText.of(parsed.module()).contains("(call after all)"), "the call behind it");
    assertTrue(parsed.problems().size() <= 1000);
  }

  /// The height of a tree, without recursion of our own.
  private static int depth(Node root) {
    record Open(Node node, int depth) {}
    ArrayDeque<Open> open = new ArrayDeque<>();
    open.push(new Open(root, 1));
    int deepest = 0;
    while (!open.isEmpty()) {
      Open next = open.pop();
      deepest = Math.max(deepest, next.depth);
      Children.each(next.node, child -> open.push(new Open(child, next.depth + 1)));
    }
    return deepest;
  }

  @Test
  void aStringOfTenMegabytesIsOneString() {
    byte[] bytes = new byte[10_000_000];
    Arrays.fill(bytes, (byte) 'x');
    bytes[0] = '"';
    bytes[bytes.length - 1] = '"';
    ParsedSource parsed = Parser.parse(bytes);
    assertEquals(1, parsed.module().body().size());
    assertEquals(0, parsed.problems().size());
  }

  @Test
  void anEmptyFileIsAnEmptyModule() {
    ParsedSource parsed = Parser.parse(new byte[0]);
    assertEquals(0, parsed.module().body().size());
    assertEquals(0, parsed.problems().size());
    assertEquals(1, parsed.source().line(0));
  }

  @Test
  void zeroesAndNoiseHaveATree() {
    Parser.parse(new byte[1 << 20]);
    byte[] noise = new byte[1 << 20];
    new SplittableRandom(3).nextBytes(noise);
    assertTrue(Parser.parse(noise).problems().size() <= 1000);
  }

  /// 200 MB on one line, as names and as quotes: within the memory that all tests have.
  @ParameterizedTest
  @ValueSource(strings = {"x ", "\""})
  @EnabledIfSystemProperty(named = "loadlock.all", matches = "true")
  void aLineOf200MegabytesIsRead(String piece) {
    byte[] bytes = new byte[200_000_000];
    byte[] last = "\nx = torch.load(last)\n".getBytes(StandardCharsets.US_ASCII);
    int length = bytes.length - last.length;
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) piece.charAt(i % piece.length());
    }
    System.arraycopy(last, 0, bytes, length, last.length);
    ParsedSource parsed = Parser.parse(bytes);
    Node end = parsed.module().body().getLast();
    assertEquals("(= x (call (. torch load) last))", TreeText.of(end));
  }
}
