package io.loadlock.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.loadlock.core.ScanReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// JSON and SARIF against their schemas: ours, and that of OASIS.
class SchemaTest {
  private static final ScanReport EMPTY =
      new ScanReport("0.1.0", List.of(), List.of(), List.of(), List.of(), List.of());

  @Test
  void jsonFitsThePublishedSchema() throws IOException {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(Path.of("../docs/schema/scan.schema.json")));
    check(schema, Format.JSON);
    assertEquals(
        1,
        schema.validate("{\"tool\": 1}", InputFormat.JSON).stream()
            .filter(error -> error.toString().contains("/tool"))
            .count());
  }

  @Test
  void sarifFitsTheSchemaOfTheStandard() throws IOException {
    try (InputStream schema =
        SchemaTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
      assertNotNull(schema);
      check(
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
              .getSchema(new String(schema.readAllBytes(), StandardCharsets.UTF_8)),
          Format.SARIF);
    }
  }

  private static void check(Schema schema, Format format) throws IOException {
    for (ScanReport report : List.of(RichReport.report(), EMPTY)) {
      String text = RendererTest.render(format, report, RichReport.setting());
      assertEquals(List.of(), schema.validate(text, InputFormat.JSON));
      String wrong = text.replaceFirst("\"rules\": \\[", "\"rules\": [7, ");
      assertEquals(
          false, schema.validate(wrong.replace("[7, ]", "[7]"), InputFormat.JSON).isEmpty());
    }
  }
}
