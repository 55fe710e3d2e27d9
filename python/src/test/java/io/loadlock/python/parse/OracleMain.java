package io.loadlock.python.parse;

import io.loadlock.python.tree.Children;
import io.loadlock.python.tree.Expression;
import io.loadlock.python.tree.Node;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Compares loadlock's calls with CPython's, as `src/test/oracle/calls.py` writes them.
///
/// `java … OracleMain calls.tsv` prints each file that differs, then the figures.
public final class OracleMain {
  private OracleMain() {}

  /// Exit code 1 where a file differs.
  public static void main(String[] args) throws IOException {
    int different = 0;
    for (String expectations : args) {
      different += compare(Path.of(expectations), System.out);
    }
    System.exit(different == 0 ? 0 : 1);
  }

  private static int compare(Path expectations, PrintStream out) throws IOException {
    int files = 0;
    int refused = 0;
    int different = 0;
    long bytes = 0;
    long calls = 0;
    long nanos = 0;
    for (String line : Files.readAllLines(expectations, StandardCharsets.UTF_8)) {
      int tab = line.indexOf('\t');
      String path = line.substring(0, tab);
      String expected = line.substring(tab + 1);
      byte[] source = Files.readAllBytes(Path.of(path));
      long began = System.nanoTime();
      ParsedSource parsed = Parser.parse(source);
      nanos += System.nanoTime() - began;
      files++;
      bytes += source.length;
      if (expected.equals("E")) {
        refused++;
        continue;
      }
      String[] wanted = expected.isEmpty() ? new String[0] : expected.split(" ");
      calls += wanted.length;
      String difference = difference(wanted, calls(parsed));
      if (difference == null && !parsed.problems().isEmpty()) {
        difference = "same calls, but " + parsed.problems().getFirst();
      }
      if (difference != null) {
        different++;
        out.println(path + ": " + difference);
      }
    }
    out.printf(
        "%s: %d files (%d that CPython refuses), %d calls, %d different; %.1f MB, %.1f MB/s%n",
        expectations.getFileName(),
        files,
        refused,
        calls,
        different,
        bytes / 1e6,
        bytes * 1e3 / nanos);
    return different;
  }

  private static @org.jspecify.annotations.Nullable String difference(
      String[] wanted, List<int[]> found) {
    for (int i = 0; i < Math.max(wanted.length, found.size()); i++) {
      String ours = i < found.size() ? text(found.get(i)) : "nothing";
      String theirs = i < wanted.length ? wanted[i] : "nothing";
      if (!ours.equals(theirs) && !ours.startsWith(theirs + ":")) {
        return "CPython has " + theirs + ", loadlock " + ours;
      }
    }
    return null;
  }

  private static String text(int[] call) {
    return call[0] + ":" + call[1] + ":" + call[2] + ":" + call[3];
  }

  /// Line, column, end line and end column of each call; columns from 0 in bytes of UTF-8, sorted.
  static List<int[]> calls(ParsedSource parsed) {
    LineIndex lines = new LineIndex(parsed.source().text(), start(parsed.source().text()));
    List<int[]> calls = new ArrayList<>();
    ArrayDeque<Node> open = new ArrayDeque<>();
    open.push(parsed.module());
    while (!open.isEmpty()) {
      Node node = open.pop();
      if (node instanceof Expression.Call call) {
        int line = lines.line(call.start());
        int endLine = lines.line(call.end());
        calls.add(
            new int[] {
              line, call.start() - lines.start(line), endLine, call.end() - lines.start(endLine)
            });
      }
      Children.each(node, open::push);
    }
    calls.sort(
        Comparator.<int[]>comparingInt(call -> call[0])
            .thenComparingInt(call -> call[1])
            .thenComparingInt(call -> call[2])
            .thenComparingInt(call -> call[3]));
    return calls;
  }

  private static int start(byte[] text) {
    return text.length > 2
            && text[0] == (byte) 0xEF
            && text[1] == (byte) 0xBB
            && text[2] == (byte) 0xBF
        ? 3
        : 0;
  }
}
