package io.loadlock.artifact.savedmodel;

import io.loadlock.artifact.Draft;
import io.loadlock.artifact.Format;
import io.loadlock.artifact.Inflating;
import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.compressed.Head;
import io.loadlock.artifact.wire.Wire;
import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import java.io.IOException;
import java.util.Locale;

/// The messages in which TensorFlow keeps graphs, told apart by their fields: `SavedModel`,
/// `MetaGraphDef`, `GraphDef` and Keras' `SavedMetadata`.
public final class TensorflowFormat implements Format {
  /// Of inflated bytes, what may be inflated to recognise them.
  private static final long INFLATED = 64 << 20;

  /// Fields of the outermost message that recognition looks at.
  private static final int FIELDS = 200_000;

  private enum Kind {
    NONE,
    SAVED_MODEL,
    META_GRAPH,
    GRAPH,
    KERAS_METADATA,
    FINGERPRINT;

    String word() {
      return switch (this) {
        case SAVED_MODEL -> "saved-model";
        case META_GRAPH -> "tf-meta-graph";
        case GRAPH -> "tf-graph";
        case KERAS_METADATA -> "keras-metadata";
        case FINGERPRINT -> "tf-fingerprint";
        case NONE -> "tensorflow";
      };
    }
  }

  @Override
  public String name() {
    return "tensorflow";
  }

  @Override
  public Claim claims(ByteSource content, String name) throws IOException {
    byte[] head = Head.of(content, 8);
    if (head.length < 8
        || head[0] != 0x08 && head[0] != 0x0A && head[0] != 0x12 && head[0] != 0x22) {
      return Claim.NO;
    }
    if (content instanceof Inflating inflating
        && (inflating.expected() < 0 || inflating.expected() > INFLATED)) {
      return named(name) ? Claim.POSSIBLE : Claim.NO;
    }
    if (kind(content, true) != Kind.NONE) {
      return Claim.CERTAIN;
    }
    return named(name) && kind(content, false) != Kind.NONE ? Claim.POSSIBLE : Claim.NO;
  }

  private static boolean named(String name) {
    String small = name.toLowerCase(Locale.ROOT);
    return small.endsWith(".pb") || small.endsWith(".meta");
  }

  private static Kind kind(ByteSource content, boolean whole) throws IOException {
    for (Kind kind : Kind.values()) {
      if (kind != Kind.NONE && fits(content, kind, whole)) {
        return kind;
      }
    }
    return Kind.NONE;
  }

  /// Whether the outermost message's fields are this kind's.
  ///
  /// @param whole to the end; else damage behind a good beginning is allowed
  private static boolean fits(ByteSource content, Kind kind, boolean whole) throws IOException {
    boolean seen = false;
    try {
      Wire message = Wire.of(content, FIELDS);
      for (int count = 0; message.next(); count++) {
        int field = message.field();
        boolean plausible =
            switch (kind) {
              case SAVED_MODEL ->
                  field == 1 && message.isNumber()
                      || field == 2 && message.isBytes() && isMetaGraph(message.message());
              case META_GRAPH ->
                  field >= 1
                      && field <= 7
                      && message.isBytes()
                      && (field != 2 || count > 1000 || isGraph(message.message()));
              case GRAPH ->
                  field == 1 && message.isBytes() && (count > 8 || isNode(message.message()))
                      || field >= 2 && field <= 5 && field != 1;
              case KERAS_METADATA ->
                  field == 1 && message.isBytes() && (count > 8 || isMetadata(message.message()));
              case FINGERPRINT -> whole && isFingerprint(message, count);
              case NONE -> false;
            };
        if (!plausible) {
          return false;
        }
        seen |= field == (kind == Kind.SAVED_MODEL || kind == Kind.META_GRAPH ? 2 : 1);
        if (!whole && seen && count > 2) {
          return true;
        }
      }
    } catch (MalformedException e) {
      return !whole && seen;
    }
    return seen;
  }

  /// `FingerprintDef`: hashes in order, then a version and an identifier.
  private static boolean isFingerprint(Wire message, int count) {
    return count < 7
        && message.field() == count + 1
        && (message.field() < 6 ? message.isNumber() : message.isBytes() && message.number() < 64);
  }

  private static boolean isMetaGraph(Wire meta) throws IOException, MalformedException {
    for (int i = 0; i < 4 && meta.next(); i++) {
      if (meta.field() > 7 || !meta.isBytes()) {
        return false;
      }
    }
    return true;
  }

  private static boolean isGraph(Wire graph) throws IOException, MalformedException {
    for (int i = 0; i < 4 && graph.next(); i++) {
      if (graph.field() > 5 || graph.field() == 1 && !isNode(graph.message())) {
        return false;
      }
    }
    return true;
  }

  /// `{name, op, input…}` with an operator spelt as operators are.
  private static boolean isNode(Wire node) throws IOException, MalformedException {
    boolean operator = false;
    while (node.next()) {
      if (node.field() > 8 || !node.isBytes()) {
        return false;
      }
      if (node.field() == 2) {
        operator = node.text(200).matches("[A-Za-z_][A-Za-z0-9_>./\\-]*");
      }
    }
    return operator;
  }

  private static boolean isMetadata(Wire node) throws IOException, MalformedException {
    boolean identifier = false;
    while (node.next()) {
      if (node.field() > 5) {
        return false;
      }
      identifier |= node.field() == 4 && node.text(100).startsWith("_tf_keras");
    }
    return identifier;
  }

  @Override
  public Reading read(ByteSource content, String name, Limits limits)
      throws IOException, MalformedException {
    Kind kind = kind(content, true);
    if (kind == Kind.NONE) {
      kind = kind(content, false);
    }
    if (kind == Kind.NONE) {
      throw new MalformedException("no message of TensorFlow", 0);
    }
    Draft draft = new Draft(kind.word());
    Graphs graphs = new Graphs(draft, limits);
    Wire message = Wire.of(content, 8L * limits.values());
    try {
      switch (kind) {
        case SAVED_MODEL -> graphs.savedModel(message);
        case META_GRAPH -> graphs.metaGraph(message);
        case GRAPH, NONE -> graphs.graph(message);
        case FINGERPRINT -> {}
        case KERAS_METADATA -> graphs.kerasMetadata(message);
      }
    } catch (MalformedException e) {
      draft.problem(e.toProblem());
    }
    graphs.finish();
    return draft.reading();
  }
}
