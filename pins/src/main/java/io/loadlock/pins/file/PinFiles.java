package io.loadlock.pins.file;

import io.loadlock.core.Problem;
import io.loadlock.pins.PinFile;
import io.loadlock.pins.PinFormat;
import java.util.List;
import java.util.Optional;

/// Reads any file that declares versions.
public final class PinFiles {
  private PinFiles() {}

  /// Reads one file. `setup.py` is Python and read elsewhere, by its meaning.
  ///
  /// @param siblings the files it may include
  /// @throws IllegalArgumentException for [PinFormat#SETUP_PY]
  public static PinFile read(String path, PinFormat format, byte[] content, Siblings siblings) {
    if (holdsNul(content)) {
      Problem problem = new Problem("not text: it holds NUL bytes", path);
      return new PinFile(path, format, List.of(), Optional.empty(), List.of(problem));
    }
    return switch (format) {
      case REQUIREMENTS -> RequirementsReader.read(path, content, siblings);
      case PYPROJECT, PIPFILE, PIXI -> TomlManifestReader.read(path, format, content);
      case SETUP_CFG -> SetupCfgReader.read(path, content, siblings);
      case SETUP_PY -> throw new IllegalArgumentException("setup.py is read by its meaning");
      case POETRY_LOCK, UV_LOCK, PDM_LOCK, PYLOCK -> LockReader.read(path, format, content);
      case PIPFILE_LOCK -> PipfileLockReader.read(path, content);
      case CONDA_ENVIRONMENT, CONDA_LOCK, PIXI_LOCK ->
          CondaReader.read(path, format, content, siblings);
      case DOCKERFILE -> DockerfileReader.read(path, content);
    };
  }

  /// True for UTF-16 without a byte order mark, and for what is no text at all: a reader would find
  /// nothing in it.
  private static boolean holdsNul(byte[] content) {
    if (Lines.isUtf16(content)) {
      return false;
    }
    for (byte b : content) {
      if (b == 0) {
        return true;
      }
    }
    return false;
  }
}
