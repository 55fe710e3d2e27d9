package io.loadlock.artifact.coreml;

import io.loadlock.artifact.Draft;
import io.loadlock.artifact.Format;
import io.loadlock.artifact.Inflating;
import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.Verdict;
import io.loadlock.artifact.compressed.Head;
import io.loadlock.artifact.wire.Wire;
import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import java.io.IOException;

/// Core ML's `Model` (`Model.proto`): `specificationVersion = 1`, `description = 2`, and one model
/// type at 200 and above. Custom models and custom layers name a class of the app that loads them.
public final class CoreMlFormat implements Format {
  private static final int CUSTOM_MODEL = 555;
  private static final int CUSTOM_LAYER = 500;

  @Override
  public String name() {
    return "coreml";
  }

  @Override
  public Claim claims(ByteSource content, String name) throws IOException {
    byte[] head = Head.of(content, 4);
    boolean begins =
        head.length == 4 && head[0] == 0x08 && head[1] > 0 && head[1] < 30 && head[2] == 0x12;
    if (!begins || content instanceof Inflating) {
      return Claim.NO;
    }
    boolean type = false;
    try {
      Wire model = Wire.of(content, 1000);
      while (model.next()) {
        int field = model.field();
        if (field > 2 && field != 10 && (field < 200 || field > 3000 || !model.isBytes())) {
          return Claim.NO;
        }
        type |= field >= 200;
      }
    } catch (MalformedException e) {
      return Claim.NO;
    }
    return type ? Claim.CERTAIN : Claim.NO;
  }

  @Override
  public Reading read(ByteSource content, String name, Limits limits) throws IOException {
    Draft draft = new Draft(name());
    try {
      model(Wire.of(content, limits.values()), draft);
    } catch (MalformedException e) {
      draft.problem(e.toProblem());
    }
    return draft.reading();
  }

  private static void model(Wire model, Draft draft) throws IOException, MalformedException {
    while (model.next()) {
      switch (model.field()) {
        case 1 -> draft.detail("specification version", Long.toString(model.number()));
        // Pipelines: {models = 1}, also within classifier and regressor pipelines {pipeline = 1}.
        case 200, 201 -> pipeline(model.message(), true, draft);
        case 202 -> pipeline(model.message(), false, draft);
        // Neural networks: {layers = 1}.
        case 303, 403, 500 -> network(model.message(), draft);
        case CUSTOM_MODEL -> custom(model.message(), model.offset(), "custom model", draft);
        default -> {}
      }
    }
  }

  private static void pipeline(Wire pipeline, boolean wrapped, Draft draft)
      throws IOException, MalformedException {
    while (pipeline.next()) {
      if (pipeline.field() == 1 && pipeline.isBytes()) {
        if (wrapped) {
          pipeline(pipeline.message(), false, draft);
        } else {
          model(pipeline.message(), draft);
        }
      }
    }
  }

  private static void network(Wire network, Draft draft) throws IOException, MalformedException {
    while (network.next()) {
      if (network.field() == 1 && network.isBytes()) {
        Wire layer = network.message();
        while (layer.next()) {
          if (layer.field() == CUSTOM_LAYER && layer.isBytes()) {
            custom(layer.message(), layer.offset(), "custom layer", draft);
          }
        }
      }
    }
  }

  /// `{className}` at 1 in a model and at 10 in a layer.
  private static void custom(Wire custom, long at, String what, Draft draft)
      throws IOException, MalformedException {
    String name = "";
    while (custom.next()) {
      if (custom.field() == 1 || custom.field() == 10) {
        name = custom.text(200);
      }
    }
    draft.effect(at, what + " " + name, Verdict.UNKNOWN_CODE, "a class of the app that loads it");
  }
}
