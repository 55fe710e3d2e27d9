package io.loadlock.pins.file;

import io.loadlock.pins.PinFile;
import io.loadlock.pins.PinFormat;

/// Reads any file that declares versions.
public final class PinFiles {
  private PinFiles() {}

  /// Reads one file. `setup.py` is Python and read elsewhere, by its meaning.
  ///
  /// @param siblings the files it may include
  /// @throws IllegalArgumentException for [PinFormat#SETUP_PY]
  public static PinFile read(String path, PinFormat format, byte[] content, Siblings siblings) {
    return switch (format) {
      case REQUIREMENTS -> RequirementsReader.read(path, content, siblings);
      case PYPROJECT, PIPFILE, PIXI -> TomlManifestReader.read(path, format, content);
      case SETUP_CFG -> SetupCfgReader.read(path, content);
      case SETUP_PY -> throw new IllegalArgumentException("setup.py is read by its meaning");
      case POETRY_LOCK, UV_LOCK, PDM_LOCK, PYLOCK -> LockReader.read(path, format, content);
      case PIPFILE_LOCK -> PipfileLockReader.read(path, content);
      case CONDA_ENVIRONMENT, CONDA_LOCK, PIXI_LOCK -> CondaReader.read(path, format, content);
      case DOCKERFILE -> DockerfileReader.read(path, content);
    };
  }
}
