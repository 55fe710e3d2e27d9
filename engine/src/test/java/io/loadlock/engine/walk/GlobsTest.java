package io.loadlock.engine.walk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobsTest {
  @ParameterizedTest(name = "{0} on {1}: {2}")
  @CsvSource({
    "vendor,vendor/a.py,true",
    "vendor/,a/vendor/b.py,true",
    "/vendor,a/vendor/b.py,false",
    "*_pb2.py,a/b/x_pb2.py,true",
    "*_pb2.py,a/b/x_pb2.pyi,false",
    "tests/**,tests/a/b.py,true",
    "tests/**,tests,true",
    "tests/**,src/tests/b.py,false",
    "**/tests/*.py,src/tests/b.py,true",
    "**/tests/*.py,tests/b.py,true",
    "a/*/c.py,a/b/c.py,true",
    "a/*/c.py,a/b/b/c.py,false",
    "a?c.py,abc.py,true",
    "a?c.py,a/c.py,false",
    "[ab]*.py,b1.py,true",
    "[!ab]*.py,b1.py,false",
    "[a-c].py,b.py,true",
    "[a-c].py,d.py,false",
    "./src/x.py,src/x.py,true",
    "a[.py,a[.py,true",
    "***.py,deep.py,true"
  })
  void aPatternMatchesPaths(String glob, String path, boolean matches) {
    assertEquals(matches, Globs.of(List.of(glob)).match(path));
  }

  /// Patterns of many stars on names that nearly match are where naive matchers never come back.
  @org.junit.jupiter.api.Test
  void manyStarsAreNoTrap() {
    String glob = "*a".repeat(40) + "b";
    assertEquals(false, Globs.matchPart(glob, "a".repeat(4_000)));
  }
}
