package io.loadlock.artifact.policy;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The rows that are shipped: they parse, and they do not contradict themselves.
class BundledRowsTest {
  private final Policy policy = Policy.bundled();

  @Test
  void everyFileParsesAndEveryAliasLeadsToAKnownPackage() {
    assertFalse(policy.packageFiles().isEmpty());
    for (String file : policy.packageFiles()) {
      PackageRows rows = policy.packageRows(file);
      rows.aliases()
          .forEach(
              (from, to) -> {
                assertTrue(policy.knows(from), file + ": " + from);
                assertTrue(policy.knows(to), file + ": " + to);
              });
      rows.reviews()
          .keySet()
          .forEach(
              name ->
                  assertTrue(
                      file.equals(policy.index().get(name.split("[.:]")[0])),
                      file + " has a row of another package: " + name));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"builtins system", "os loads", "numpy.core.multiarray nothing"})
  void whatHasNoRowIsUnlisted(String name) {
    String[] parts = name.split(" ");
    assertInstanceOf(Ruling.Unlisted.class, policy.ruling(parts[0], parts[1]));
  }
}
