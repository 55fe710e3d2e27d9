package io.loadlock.python.parse;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.loadlock.core.Location;
import io.loadlock.python.notebook.Notebook;
import io.loadlock.python.tree.Children;
import io.loadlock.python.tree.Expression;
import io.loadlock.python.tree.Node;
import io.loadlock.testkit.Corruptions;
import io.loadlock.testkit.Corruptions.Damaged;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// Files damaged in seeded ways: there is always a tree, and what stands before the damage is in
/// it.
class MutantsTest {
  private static final Path FIXTURES = Path.of("src/test/resources/parse/fixtures");
  private static final long SEED = 20261124;

  @Test
  void whatStandsBeforeTheDamageIsKept() throws IOException {
    for (Path file : python(FIXTURES)) {
      byte[] original = Files.readAllBytes(file);
      List<Place> calls = calls(original);
      Corruptions.seeded(original, SEED, 700).forEach(mutant -> check(file, calls, mutant));
      Corruptions.cuts(original, SEED, 0)
          .filter(mutant -> mutant.from() % 5 == 0)
          .forEach(mutant -> check(file, calls, mutant));
    }
  }

  @Test
  void notebooksAlwaysHaveATree() throws IOException {
    byte[] original = notebook();
    Corruptions.seeded(original, SEED, 700)
        .forEach(mutant -> walk(Notebook.read(mutant.bytes()).source()));
  }

  /// `./dev fuzz python [--tree PATH] [--count N]`
  @Test
  @EnabledIfSystemProperty(named = "loadlock.fuzz.tree", matches = ".+")
  void anyTree() throws IOException {
    Path tree = Path.of(System.getProperty("loadlock.fuzz.tree"));
    int left = Integer.getInteger("loadlock.fuzz.count", 2000);
    long seed = Long.getLong("loadlock.fuzz.seed", SEED);
    List<Path> files = python(tree);
    int each = Math.max(1, left / Math.max(1, files.size()));
    int mutants = 0;
    long slowest = 0;
    for (int i = 0; i < files.size() && mutants < left; i++) {
      Path file = files.get((int) ((long) i * Math.max(1, files.size() / left) % files.size()));
      byte[] original = Files.readAllBytes(file);
      List<Place> calls = calls(original);
      for (Damaged mutant : Corruptions.seeded(original, seed + i, each).toList()) {
        long began = System.nanoTime();
        check(file, calls, mutant);
        long took = (System.nanoTime() - began) / 1_000_000;
        slowest = Math.max(slowest, took);
        if (took > 2000) {
          System.out.println(file + ", " + mutant + ": " + took + " ms");
        }
        mutants++;
      }
    }
    System.out.printf("%d mutants of %s, the slowest took %d ms%n", mutants, tree, slowest);
  }

  private static List<Path> python(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      return files
          .filter(file -> file.toString().endsWith(".py") && Files.isRegularFile(file))
          .sorted()
          .toList();
    }
  }

  private static byte[] notebook() {
    String cell =
        "{\"cell_type\": \"code\", \"outputs\": [], \"source\": [\"x = \\u0066(1)\\n\", \"g()\"]}";
    return ("{\"cells\": ["
            + cell
            + ",\n"
            + cell
            + "],\n \"metadata\": {\"kernelspec\": "
            + "{\"language\": \"python\"}}, \"nbformat\": 4}")
        .getBytes(StandardCharsets.UTF_8);
  }

  /// A call in the file.
  ///
  /// @param needs the end of the outermost f-string around it, or its own: damage before that may
  ///   make plain text of it
  private record Place(int start, int end, int needs) {}

  private static List<Place> calls(byte[] bytes) {
    ParsedSource parsed = Parser.parse(bytes);
    List<Location.Source> strings = new ArrayList<>();
    List<Place> calls = new ArrayList<>();
    for (Node node : walk(parsed)) {
      if (node instanceof Expression.JoinedStr) {
        strings.add(parsed.source().locate("", node.start(), node.end()));
      } else if (node instanceof Expression.Call && beginsWithName(node)) {
        Location.Source place = parsed.source().locate("", node.start(), node.end());
        calls.add(new Place((int) place.startByte(), (int) place.endByte(), 0));
      }
    }
    return calls.stream().map(call -> within(call, strings)).toList();
  }

  /// Within damage these are looked for: `pickle.load(`, but not `(yield).load(`.
  private static boolean beginsWithName(Node call) {
    Node head = call;
    while (true) {
      switch (head) {
        case Expression.Call inner -> head = inner.function();
        case Expression.Attribute attribute -> head = attribute.value();
        case Expression.Subscript subscript -> head = subscript.value();
        default -> {
          return head instanceof Expression.Name && head.start() == call.start();
        }
      }
    }
  }

  private static Place within(Place call, List<Location.Source> strings) {
    int needs = call.end();
    for (Location.Source string : strings) {
      if (string.startByte() < call.start() && call.end() < string.endByte()) {
        needs = Math.max(needs, (int) string.endByte());
      }
    }
    return new Place(call.start(), call.end(), needs);
  }

  private static void check(Path file, List<Place> calls, Damaged mutant) {
    Set<Place> found = new HashSet<>();
    try {
      calls(mutant.bytes()).forEach(call -> found.add(new Place(call.start(), call.end(), 0)));
    } catch (RuntimeException | StackOverflowError e) {
      fail(file + ", " + mutant, e);
    }
    for (Place call : calls) {
      if (call.needs() <= mutant.from()
          && !found.contains(new Place(call.start(), call.end(), 0))) {
        int length = call.end() - call.start();
        String text = new String(mutant.bytes(), call.start(), length, StandardCharsets.UTF_8);
        fail(file + ", " + mutant + ": lost " + text + " at " + call.start());
      }
    }
  }

  /// Every node, each within the text and in a place that can be named.
  private static List<Node> walk(ParsedSource parsed) {
    int length = parsed.source().text().length;
    List<Node> nodes = new ArrayList<>();
    ArrayDeque<Node> open = new ArrayDeque<>(List.of(parsed.module()));
    while (!open.isEmpty()) {
      Node node = open.pop();
      nodes.add(node);
      assertTrue(
          0 <= node.start() && node.start() <= node.end() && node.end() <= length, node::toString);
      Children.each(node, open::push);
    }
    for (SyntaxProblem problem : parsed.problems()) {
      parsed.source().locate("", problem.start(), problem.end());
    }
    return nodes;
  }
}
