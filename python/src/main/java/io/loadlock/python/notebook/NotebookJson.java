package io.loadlock.python.notebook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.loadlock.core.Location.Point;
import io.loadlock.core.Problem;
import io.loadlock.python.parse.LineIndex;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The cells and the language of a notebook's JSON
/// ([nbformat](https://nbformat.readthedocs.io/en/latest/format_description.html)); everything else
/// in it is passed over without being made into text. Behind damage, reading goes on at the next
/// cell that looks like one.
final class NotebookJson {
  /// Deeper JSON is damage; what Jupyter writes is some ten levels deep.
  private static final int DEEPEST = 1000;

  /// Reading begins anew behind damage at most this often.
  private static final int MOST_DAMAGES = 1000;

  private static final byte[] FIRST_KEY = "\"cell_type\"".getBytes(StandardCharsets.US_ASCII);

  private static final byte[] HEAD = "{\"cells\":[".getBytes(StandardCharsets.US_ASCII);

  /// As lenient as it gets: the question is what code there is, not whether Jupyter would take it.
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .build())
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .enable(JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .build();

  private final byte[] bytes;
  private final List<Cell> cells = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private final List<String> languages = new ArrayList<>();
  private @Nullable LineIndex lines;
  private int count;
  private int codeCount;
  private boolean isObject;
  private boolean hasCells;

  /// Where the JSON begins that the present parser reads.
  private int base;

  /// Where the cell begins that was met last.
  private int cellStart;

  private Draft draft = new Draft();

  /// A cell whose end has not been met.
  private static final class Draft {
    @Nullable String type;
    String language = "";
    int[] strings = new int[16];
    int size;

    void add(int offset) {
      if (size == strings.length) {
        strings = Arrays.copyOf(strings, size * 2);
      }
      strings[size++] = offset;
    }
  }

  private NotebookJson(byte[] bytes) {
    this.bytes = bytes;
  }

  static NotebookJson read(byte[] bytes) {
    NotebookJson json = new NotebookJson(bytes);
    json.read();
    return json;
  }

  List<Cell> cells() {
    return cells;
  }

  List<Problem> problems() {
    return problems;
  }

  /// Why this is no notebook.
  Optional<Problem> failure() {
    if (hasCells) {
      return Optional.empty();
    }
    if (!problems.isEmpty()) {
      return Optional.of(problems.getFirst());
    }
    return Optional.of(Problem.of(isObject ? "a notebook without cells" : "not a notebook's JSON"));
  }

  /// The language that the notebook says it is in, where that is not Python.
  Optional<String> otherLanguage() {
    for (String language : languages) {
      if (isPython(language)) {
        return Optional.empty();
      }
    }
    return languages.stream().findFirst();
  }

  private static boolean isPython(String language) {
    String lower = language.toLowerCase(Locale.ROOT);
    return lower.contains("python") || lower.startsWith("pyspark") || lower.startsWith("sage");
  }

  private void read() {
    int start = Utf8.hasMark(bytes) ? 3 : 0;
    if (bytes.length > start + 1
        && (bytes[start] == 0 || bytes[start + 1] == 0 || bytes[start] == -1)) {
      problems.add(Problem.of("not JSON in UTF-8"));
      return;
    }
    byte[] text = Utf8.repaired(bytes, at -> problem("a byte that is not UTF-8", at));
    long again = 0;
    for (int damages = 0; start >= 0; damages++) {
      base = start;
      int damage = damage(text);
      if (damage < 0 || damages == MOST_DAMAGES) {
        return;
      }
      if (damages == 0) {
        text = text.clone();
      }
      // A string that was never closed has swallowed the cells below it.
      int from = Math.max(cellStart, base + HEAD.length) + 1;
      again += damage - from;
      start = resume(text, again > 4L * text.length ? Math.max(damage, from) : from);
    }
  }

  /// Reads from [#base] on.
  ///
  /// @return the offset at which the JSON was no longer any, or -1
  private int damage(byte[] text) {
    try (JsonParser parser = FACTORY.createParser(text, base, text.length - base)) {
      try {
        document(parser);
        return -1;
      } catch (JsonProcessingException e) {
        JsonLocation place = e.getLocation() == null ? parser.currentLocation() : e.getLocation();
        int at = Math.clamp(base + place.getByteOffset(), base, text.length);
        problem(reason(e), at);
        endCell();
        return at;
      }
    } catch (IOException e) {
      throw new AssertionError("bytes in memory", e);
    }
  }

  private static String reason(JsonProcessingException e) {
    return switch (e) {
      case JsonEOFException _ -> "the JSON ends in the middle";
      case StreamConstraintsException _ -> "JSON nested too deeply";
      default -> "not JSON";
    };
  }

  private void problem(String reason, int at) {
    LineIndex index = lines;
    if (index == null) {
      index = new LineIndex(bytes, 0);
      lines = index;
    }
    Point point = index.point(at);
    problems.add(new Problem(reason, "line " + point.line() + ", column " + point.column()));
  }

  /// Goes to the next object that begins with the key that nbformat writes first, since it sorts
  /// them, and puts before it what makes the rest of the text a notebook again.
  ///
  /// @return where that begins, or -1
  private static int resume(byte[] text, int from) {
    for (int i = from; i + FIRST_KEY.length <= text.length; i++) {
      if (text[i] != '"'
          || !Arrays.equals(text, i, i + FIRST_KEY.length, FIRST_KEY, 0, FIRST_KEY.length)) {
        continue;
      }
      int brace = i - 1;
      while (brace > from && (text[brace] == ' ' || text[brace] == '\n' || text[brace] == '\r')) {
        brace--;
      }
      if (brace >= from && text[brace] == '{' && brace >= HEAD.length) {
        System.arraycopy(HEAD, 0, text, brace - HEAD.length, HEAD.length);
        return brace - HEAD.length;
      }
    }
    return -1;
  }

  private void document(JsonParser parser) throws IOException {
    JsonToken first = parser.nextToken();
    if (first == null) {
      problems.add(Problem.of("an empty file, not JSON"));
      return;
    }
    if (first != JsonToken.START_OBJECT) {
      return;
    }
    isObject = true;
    boolean twice = false;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (key) {
        case "cells" -> {
          if (twice) {
            problem("a second 'cells'; Jupyter takes the last", base + tokenOffset(parser));
          }
          twice = true;
          cells(parser, value);
        }
        case "worksheets" -> worksheets(parser, value);
        case "metadata" -> metadata(parser, value);
        default -> parser.skipChildren();
      }
    }
    if (parser.nextToken() != null) {
      problem("more behind the end of the JSON", base + tokenOffset(parser));
    }
  }

  private static int tokenOffset(JsonParser parser) {
    return (int) parser.currentTokenLocation().getByteOffset();
  }

  private void worksheets(JsonParser parser, JsonToken value) throws IOException {
    if (value != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        parser.skipChildren();
        continue;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean isCells = parser.currentName().equals("cells");
        JsonToken inner = parser.nextToken();
        if (isCells) {
          cells(parser, inner);
        } else {
          parser.skipChildren();
        }
      }
    }
  }

  private void cells(JsonParser parser, JsonToken value) throws IOException {
    if (value != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    hasCells = true;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.START_OBJECT) {
        cell(parser);
      } else {
        parser.skipChildren();
      }
    }
  }

  private void cell(JsonParser parser) throws IOException {
    count++;
    cellStart = base + tokenOffset(parser);
    draft = new Draft();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (key) {
        case "cell_type" -> draft.type = text(parser, value).orElse("");
        case "language" -> draft.language = text(parser, value).orElse("");
        case "source", "input" -> source(parser, value);
        case "metadata" -> cellMetadata(parser, value);
        default -> parser.skipChildren();
      }
    }
    endCell();
  }

  private void endCell() {
    Draft cell = draft;
    draft = new Draft();
    if (!"code".equals(cell.type)) {
      return;
    }
    codeCount++;
    if (cell.language.isEmpty() || isPython(cell.language)) {
      cells.add(new Cell(count, codeCount, Arrays.copyOf(cell.strings, cell.size)));
    }
  }

  private void source(JsonParser parser, JsonToken value) throws IOException {
    if (draft.size > 0) {
      problem("a cell with two sources; Jupyter takes the last", base + tokenOffset(parser));
      draft.size = 0;
    }
    if (value == JsonToken.VALUE_STRING) {
      draft.add(base + tokenOffset(parser));
    } else if (value == JsonToken.START_ARRAY) {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
          draft.add(base + tokenOffset(parser));
        } else {
          parser.skipChildren();
        }
      }
    } else {
      parser.skipChildren();
    }
  }

  /// VS Code's `{"vscode": {"languageId": "sql"}}`.
  private void cellMetadata(JsonParser parser, JsonToken value) throws IOException {
    if (value != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean code = parser.currentName().equals("vscode");
      JsonToken inner = parser.nextToken();
      if (code) {
        field(parser, inner, "languageId").ifPresent(language -> draft.language = language);
      } else {
        parser.skipChildren();
      }
    }
  }

  private void metadata(JsonParser parser, JsonToken value) throws IOException {
    if (value != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      JsonToken inner = parser.nextToken();
      switch (key) {
        case "kernelspec" -> field(parser, inner, "language").ifPresent(languages::add);
        case "language_info" -> field(parser, inner, "name").ifPresent(languages::add);
        default -> parser.skipChildren();
      }
    }
  }

  private static Optional<String> field(JsonParser parser, JsonToken value, String name)
      throws IOException {
    Optional<String> found = Optional.empty();
    if (value != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return found;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean wanted = parser.currentName().equals(name);
      JsonToken inner = parser.nextToken();
      if (wanted) {
        found = text(parser, inner);
      } else {
        parser.skipChildren();
      }
    }
    return found;
  }

  private static Optional<String> text(JsonParser parser, JsonToken value) throws IOException {
    if (value == JsonToken.VALUE_STRING && parser.getTextLength() <= 64) {
      return Optional.of(parser.getText());
    }
    parser.skipChildren();
    return Optional.empty();
  }
}
