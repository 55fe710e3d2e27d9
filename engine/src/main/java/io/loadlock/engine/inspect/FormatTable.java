package io.loadlock.engine.inspect;

import io.loadlock.artifact.Format;
import io.loadlock.artifact.coreml.CoreMlFormat;
import io.loadlock.artifact.gguf.GgufFormat;
import io.loadlock.artifact.hdf5.Hdf5Format;
import io.loadlock.artifact.keras.KerasArchiveFormat;
import io.loadlock.artifact.onnx.OnnxFormat;
import io.loadlock.artifact.paddle.PaddleFormat;
import io.loadlock.artifact.recognised.Recognised;
import io.loadlock.artifact.savedmodel.GraphTextFormat;
import io.loadlock.artifact.savedmodel.TensorflowFormat;
import io.loadlock.artifact.skops.SkopsFormat;
import io.loadlock.artifact.text.JinjaFormat;
import io.loadlock.artifact.text.JsonFormat;
import io.loadlock.artifact.text.YamlFormat;
import io.loadlock.artifact.tflite.TfliteFormat;
import io.loadlock.artifact.xml.XmlModelFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Every format there is: a line here is all that a new one needs. Files, members, streams and
/// buffers are recognised by this table and no other.
public final class FormatTable {
  /// In the order in which equal claims are shown.
  public static final List<Format> ALL =
      Stream.concat(Containers.formats().stream(), documents().stream()).toList();

  private FormatTable() {}

  /// Formats of frameworks that are no pickles and no plain archives.
  private static List<Format> documents() {
    List<Format> formats = new ArrayList<>(Recognised.ALL);
    formats.addAll(
        List.of(
            new KerasArchiveFormat(),
            new SkopsFormat(),
            new Hdf5Format(),
            new GgufFormat(),
            new OnnxFormat(),
            new TensorflowFormat(),
            new GraphTextFormat(),
            new PaddleFormat(),
            JsonFormat.standard(),
            YamlFormat.standard(),
            new JinjaFormat(),
            new TfliteFormat(),
            new CoreMlFormat(),
            new XmlModelFormat(),
            new Recognised.Checkpoint()));
    return List.copyOf(formats);
  }
}
