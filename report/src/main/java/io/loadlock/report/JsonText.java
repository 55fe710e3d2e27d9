package io.loadlock.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;

/// JSON of one shape for all outputs: two blanks a level, and ASCII only, so that no control or
/// bidirectional character of a scanned file reaches a terminal.
final class JsonText implements AutoCloseable {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  /// `"name": value`, an empty list as `[]`.
  private static final Separators COLONS =
      Separators.createDefaultInstance()
          .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
          .withArrayEmptySeparator("")
          .withObjectEmptySeparator("");

  private final JsonGenerator json;
  private final Writer out;

  private JsonText(JsonGenerator json, Writer out) {
    this.json = json;
    this.out = out;
  }

  /// A part of a document: the fields of an object, or the elements of a list.
  interface Part {
    void write() throws IOException;
  }

  static JsonText to(Writer out) throws IOException {
    JsonGenerator json = JSON.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    json.setPrettyPrinter(
        new DefaultPrettyPrinter(COLONS).withObjectIndenter(indenter).withArrayIndenter(indenter));
    return new JsonText(json, out);
  }

  void object(Part fields) throws IOException {
    json.writeStartObject();
    fields.write();
    json.writeEndObject();
  }

  void object(String name, Part fields) throws IOException {
    json.writeFieldName(name);
    object(fields);
  }

  void list(Part elements) throws IOException {
    json.writeStartArray();
    elements.write();
    json.writeEndArray();
  }

  void list(String name, Part elements) throws IOException {
    json.writeFieldName(name);
    list(elements);
  }

  void field(String name, String value) throws IOException {
    json.writeStringField(name, value);
  }

  void field(String name, long value) throws IOException {
    json.writeNumberField(name, value);
  }

  void field(String name, boolean value) throws IOException {
    json.writeBooleanField(name, value);
  }

  void texts(String name, List<String> values) throws IOException {
    list(
        name,
        () -> {
          for (String value : values) {
            json.writeString(value);
          }
        });
  }

  void numbers(String name, List<Integer> values) throws IOException {
    list(
        name,
        () -> {
          for (int value : values) {
            json.writeNumber(value);
          }
        });
  }

  void texts(Map<String, String> fields) throws IOException {
    for (Map.Entry<String, String> field : fields.entrySet()) {
      field(field.getKey(), field.getValue());
    }
  }

  /// `{"text": …}`, which is how SARIF writes every sentence.
  void message(String name, String text) throws IOException {
    object(name, () -> field("text", text));
  }

  /// Ends the document with a line end; the writer stays open.
  @Override
  public void close() throws IOException {
    json.close();
    out.write('\n');
  }
}
