package io.loadlock.cli.dev;

import io.loadlock.python.parse.CallPlaces;
import io.loadlock.python.parse.ParsedSource;
import io.loadlock.python.parse.Parser;
import io.loadlock.python.tree.TreeText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// loadlock's side of `./dev oracle parse`: for each path on standard input one line of path,
/// number of problems, digest of the tree, and calls; then the time it took. With `--trees` the
/// tree itself in the place of its digest.
public final class CallsMain {
  private CallsMain() {}

  /// @throws IOException when a file cannot be read
  public static void main(String[] args) throws IOException {
    boolean trees = List.of(args).contains("--trees");
    boolean python2 = List.of(args).contains("--python2");
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    BufferedReader paths =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    long nanos = 0;
    long bytes = 0;
    for (String path = paths.readLine(); path != null; path = paths.readLine()) {
      byte[] file = Files.readAllBytes(Path.of(path));
      long began = System.nanoTime();
      ParsedSource parsed = Parser.parse(file);
      nanos += System.nanoTime() - began;
      bytes += file.length;
      String tree = TreeText.comparable(parsed.module());
      out.printf(
          "%s\t%d\t%s\t%s%n",
          path,
          parsed.problems().size(),
          trees ? tree : digest(tree),
          python2 ? CallPlaces.ofPython2(parsed) : CallPlaces.of(parsed));
    }
    out.printf("%.1f MB in %.2f s%n", bytes / 1e6, nanos / 1e9);
    out.flush();
  }

  /// The first 64 bits of the SHA-256 of its UTF-8.
  static String digest(String tree) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(tree.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
