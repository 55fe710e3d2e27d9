package io.loadlock.pins.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.loadlock.pins.Bounds;
import io.loadlock.pins.Declaration.Scope;
import io.loadlock.pins.PinFile;
import io.loadlock.pins.PinFormat;
import io.loadlock.pins.Specifiers;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Pipenv's `Pipfile.lock`: JSON, `default` and `develop`, each `{name: {"version": "==1.2", …}}`.
final class PipfileLockReader {
  private static final JsonFactory JSON = new JsonFactory();

  private PipfileLockReader() {}

  static PinFile read(String path, byte[] content) {
    Lines lines = new Lines(path, PinFormat.PIPFILE_LOCK);
    try (JsonParser parser = JSON.createParser(Lines.decode(content))) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String section = parser.currentName();
          parser.nextToken();
          if (section.equals("default") || section.equals("develop")) {
            section(parser, section.equals("default") ? Scope.RUNTIME : Scope.OPTIONAL, lines);
          } else {
            parser.skipChildren();
          }
        }
      }
    } catch (JsonProcessingException e) {
      lines.problem("not JSON: " + Lines.shortened(e.getOriginalMessage()), line(e));
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory", e);
    }
    return lines.file();
  }

  private static void section(JsonParser parser, Scope scope, Lines lines) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        parser.skipChildren();
        continue;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean version = parser.currentName().equals("version");
        parser.nextToken();
        if (version && parser.currentToken() == JsonToken.VALUE_STRING) {
          String text = parser.getText();
          int line = parser.currentTokenLocation().getLineNr();
          // What is no specifier of PEP 440 may be any version; the other rows stay.
          Bounds bounds = Specifiers.parse(text).orElse(Bounds.ANY);
          lines.add(name, bounds, "", scope, line, name + Lines.shortened(text));
        } else {
          parser.skipChildren();
        }
      }
    }
  }

  private static int line(JsonProcessingException e) {
    return e.getLocation() == null ? 1 : e.getLocation().getLineNr();
  }
}
