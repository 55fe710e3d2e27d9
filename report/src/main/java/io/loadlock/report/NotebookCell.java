package io.loadlock.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The source of one cell, with the way back to the bytes of the notebook.
///
/// nbformat 4 keeps cells in `cells`, nbformat 3 in `worksheets[].cells`; a cell's text is its
/// `source` or `input`, one string or a list of them.
final class NotebookCell {
  private static final JsonFactory JSON = new JsonFactory();

  private final byte[] notebook;
  private final StringBuilder text = new StringBuilder();
  private final List<Piece> pieces = new ArrayList<>();

  /// One JSON string of the source.
  ///
  /// @param begin byte offset of its opening quote
  /// @param at where its text begins in the cell's
  private record Piece(int begin, int at) {}

  private NotebookCell(byte[] notebook) {
    this.notebook = notebook;
  }

  /// The cell with this number, from 1 over all cells. Empty when the notebook has no such cell, or
  /// is broken before it.
  static Optional<NotebookCell> read(byte[] notebook, int number) {
    NotebookCell cell = new NotebookCell(notebook);
    int bom = notebook.length > 2 && notebook[0] == (byte) 0xEF ? 3 : 0;
    try (JsonParser parser = JSON.createParser(notebook, bom, notebook.length - bom)) {
      return cell.find(parser, number, bom) ? Optional.of(cell) : Optional.empty();
    } catch (IOException e) {
      return cell.pieces.isEmpty() ? Optional.empty() : Optional.of(cell);
    }
  }

  String text() {
    return text.toString();
  }

  /// The index in [#text] of the character that the byte at `position` of the notebook belongs to.
  int offsetOf(long position) {
    Piece holding = pieces.getFirst();
    for (Piece piece : pieces) {
      if (piece.begin() < position) {
        holding = piece;
      }
    }
    int next = pieces.indexOf(holding) + 1;
    int end = next < pieces.size() ? pieces.get(next).at() : text.length();
    return Math.min(end, holding.at() + decoded(holding.begin() + 1, position));
  }

  private boolean find(JsonParser parser, int number, int bom) throws IOException {
    int seen = 0;
    int depth = 0;
    while (parser.nextToken() != null) {
      JsonToken token = parser.currentToken();
      if (token == JsonToken.FIELD_NAME && depth > 0 && !leadsToCells(parser.currentName())) {
        parser.nextToken();
        parser.skipChildren();
      } else if (token == JsonToken.START_OBJECT && isCells(parser) && ++seen == number) {
        return source(parser, bom);
      } else if (token == JsonToken.START_OBJECT && isCells(parser)) {
        parser.skipChildren();
      } else if (token.isStructStart()) {
        depth++;
      } else if (token.isStructEnd()) {
        depth--;
      }
    }
    return false;
  }

  private static boolean leadsToCells(String name) {
    return name.equals("cells") || name.equals("worksheets");
  }

  /// Whether the parser stands at an element of a list called `cells`.
  private static boolean isCells(JsonParser parser) {
    var list = parser.getParsingContext().getParent();
    return list != null
        && list.inArray()
        && list.getParent() != null
        && "cells".equals(list.getParent().getCurrentName());
  }

  private boolean source(JsonParser parser, int bom) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean wanted =
          parser.currentName().equals("source") || parser.currentName().equals("input");
      JsonToken value = parser.nextToken();
      if (!wanted) {
        parser.skipChildren();
      } else if (value == JsonToken.VALUE_STRING) {
        add(parser, bom);
      } else if (value == JsonToken.START_ARRAY) {
        while (parser.nextToken() == JsonToken.VALUE_STRING) {
          add(parser, bom);
        }
      }
    }
    return !pieces.isEmpty();
  }

  private void add(JsonParser parser, int bom) throws IOException {
    int begin = (int) parser.currentTokenLocation().getByteOffset() + bom;
    pieces.add(new Piece(begin, text.length()));
    text.append(parser.getText());
  }

  /// How many UTF-16 code units the bytes from `begin` to before `end` stand for in a JSON string.
  private int decoded(int begin, long end) {
    int count = 0;
    int at = begin;
    while (at < end && at < notebook.length && notebook[at] != '"') {
      byte b = notebook[at];
      if (b == '\\') {
        at += at + 1 < notebook.length && notebook[at + 1] == 'u' ? 6 : 2;
        count++;
      } else {
        int length = b >= 0 ? 1 : (b & 0xE0) == 0xC0 ? 2 : (b & 0xF0) == 0xE0 ? 3 : 4;
        count += length == 4 ? 2 : 1;
        at += length;
      }
    }
    return count;
  }
}
