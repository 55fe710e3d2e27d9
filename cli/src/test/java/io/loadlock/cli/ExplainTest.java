package io.loadlock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.loadlock.cli.page.KindPage;
import io.loadlock.core.Rule;
import io.loadlock.core.Rules;
import io.loadlock.python.sink.Sinks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplainTest {
  @Test
  void everyRuleHasItsPage() throws IOException {
    for (Rule rule : Rules.ALL) {
      Invocation raw = Invocation.of("explain", rule.id().value(), "--format", "markdown");
      assertEquals(0, raw.code());
      assertEquals(Files.readString(Path.of("../docs/rules").resolve(rule.page())), raw.out());
      Invocation shown = Invocation.of("explain", rule.id().value());
      assertEquals(0, shown.code());
      assertTrue(shown.out().contains(rule.name()), shown.out());
    }
  }

  @Test
  void everyKindIsExplained() {
    for (String kind : KindPage.kinds(Sinks.standard())) {
      Invocation shown = Invocation.of("explain", kind);
      assertEquals(0, shown.code());
      assertTrue(shown.out().startsWith(kind + "\n===="), shown.out());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "torch-load, torch.serialization.load",
    "torch.load, torch.serialization.load",
    "vnx-py-013, ML/AI Insecure Deserialization",
    "six.moves.cPickle.loads, pickle-load",
    "B614, torch-load",
    "b302, marshal-load",
    "TOR102, torch-load",
  })
  void aNameIsARuleAKindAFunctionOrACode(String name, String shown) {
    Invocation invocation = Invocation.of("explain", name);
    assertEquals(0, invocation.code(), invocation.err());
    assertTrue(invocation.out().contains(shown), invocation.out());
    assertFalse(invocation.out().contains("\u001b"), "no colour where no terminal is");
  }

  @Test
  void withoutANameItListsAll() {
    Invocation invocation = Invocation.of("explain");
    assertEquals(0, invocation.code());
    assertTrue(invocation.out().contains("VNX-PY-013/guarded"));
    assertTrue(invocation.out().contains("cloudpickle-load"));
  }

  @Test
  void anUnknownNameIsAUsageError() {
    Invocation invocation = Invocation.of("explain", "torch-laod");
    assertEquals(2, invocation.code());
    assertEquals("", invocation.out());
    assertTrue(invocation.err().contains("torch-laod"), invocation.err());
  }
}
