package io.loadlock.engine.inspect;

import io.loadlock.artifact.Format;
import io.loadlock.artifact.baselines.BaselinesFormat;
import io.loadlock.artifact.compressed.Codec;
import io.loadlock.artifact.compressed.CompressedFormat;
import io.loadlock.artifact.dbm.BerkeleyFormat;
import io.loadlock.artifact.dbm.DumbFormat;
import io.loadlock.artifact.dbm.GdbmFormat;
import io.loadlock.artifact.dbm.SqliteFormat;
import io.loadlock.artifact.joblib.JoblibArrays;
import io.loadlock.artifact.numpy.NpyFormat;
import io.loadlock.artifact.numpy.NpzFormat;
import io.loadlock.artifact.pickle.PickleFormat;
import io.loadlock.artifact.policy.Policy;
import io.loadlock.artifact.safetensors.SafetensorsFormat;
import io.loadlock.artifact.sevenzip.SevenZipFormat;
import io.loadlock.artifact.tar.TarFormat;
import io.loadlock.artifact.torch.TorchFormat;
import io.loadlock.artifact.torch.TorchZipFormat;
import io.loadlock.artifact.zip.ZipFormat;
import java.util.ArrayList;
import java.util.List;

/// The rows for containers, pickles, and files of tensors.
final class Containers {
  private Containers() {}

  static List<Format> formats() {
    List<Format> formats = new ArrayList<>();
    formats.add(new TorchZipFormat(Policy.bundled()));
    for (TorchFormat.Layout layout : TorchFormat.Layout.values()) {
      formats.add(new TorchFormat(layout, Policy.bundled()));
    }
    formats.add(new BaselinesFormat());
    formats.add(new NpzFormat());
    formats.add(new ZipFormat());
    formats.add(new TarFormat());
    formats.add(new NpyFormat());
    formats.add(new SafetensorsFormat());
    formats.add(new GdbmFormat());
    formats.add(new BerkeleyFormat());
    formats.add(new SqliteFormat());
    formats.add(new SevenZipFormat());
    formats.add(new PickleFormat(Policy.bundled(), JoblibArrays::new));
    formats.add(new DumbFormat(Policy.bundled()));
    for (Codec codec : Codec.values()) {
      formats.add(new CompressedFormat(codec));
    }
    return List.copyOf(formats);
  }
}
