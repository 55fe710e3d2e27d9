package io.loadlock.python.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is reported, on which line, for hundreds of small programs; the tables are the
/// specification.
final class CasesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "arguments",
        "wrappers",
        "aliases",
        "dispatch",
        "classes",
        "reflection",
        "lookalikes",
        "unpickler",
        "syntax",
        "modules",
        "broken"
      })
  void everyLineIsReportedThatMustBeAndNoOther(String table) throws IOException {
    List<String> wrong = new ArrayList<>();
    List<Cases.Case> cases = Cases.read(text(table + ".txt"));
    assertFalse(cases.isEmpty());
    cases.forEach(one -> wrong.addAll(Cases.wrong(one)));
    assertEquals(List.of(), wrong);
  }

  /// The same, by what a stranger would think of in each field: some a thousand lines of them.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "broken",
        "class_attr",
        "const_prop",
        "dispatch_callback",
        "encoding_layout",
        "env_monkeypatch",
        "fallback_import",
        "frameworks",
        "from_rename",
        "import_alias",
        "kwargs_dict",
        "legacy_py2",
        "local_import",
        "lookalikes",
        "multiline",
        "notebooks",
        "numpy_opts",
        "pandas_opts",
        "partial_alias",
        "pickle_family",
        "positional",
        "reflection",
        "safe_formats",
        "seed",
        "star_import",
        "syntax",
        "taint",
        "unpickler",
        "verified",
        "weights_only_arg",
        "wrappers"
      })
  void everyLineOfCodeFromTheWildAsWell(String field) throws IOException {
    everyLineIsReportedThatMustBeAndNoOther("wild/" + field);
  }

  private static String text(String name) throws IOException {
    try (InputStream in = CasesTest.class.getResourceAsStream("cases/" + name)) {
      return new String(
          java.util.Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
