package io.loadlock.pins;

import java.util.Locale;
import java.util.Optional;

/// The kinds of file that declare versions, recognised by name as their own tools do.
public enum PinFormat {
  REQUIREMENTS(Role.MANIFEST),
  PYPROJECT(Role.MANIFEST),
  SETUP_CFG(Role.MANIFEST),
  SETUP_PY(Role.MANIFEST),
  PIPFILE(Role.MANIFEST),
  CONDA_ENVIRONMENT(Role.MANIFEST),
  PIXI(Role.MANIFEST),
  POETRY_LOCK(Role.LOCK),
  UV_LOCK(Role.LOCK),
  PDM_LOCK(Role.LOCK),
  PYLOCK(Role.LOCK),
  PIPFILE_LOCK(Role.LOCK),
  CONDA_LOCK(Role.LOCK),
  PIXI_LOCK(Role.LOCK),
  DOCKERFILE(Role.IMAGE);

  /// What a file of this kind is worth.
  public enum Role {
    /// Says what is wanted.
    MANIFEST,
    /// Says what a resolver chose.
    LOCK,
    /// Says how an image is made.
    IMAGE
  }

  private final Role role;

  PinFormat(Role role) {
    this.role = role;
  }

  public Role role() {
    return role;
  }

  /// The kind that a file of this name is of.
  ///
  /// @param name the last part of the path
  public static Optional<PinFormat> ofName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return Optional.ofNullable(
        switch (lower) {
          case "pyproject.toml" -> PYPROJECT;
          case "setup.cfg" -> SETUP_CFG;
          case "setup.py" -> SETUP_PY;
          case "pipfile" -> PIPFILE;
          case "pipfile.lock" -> PIPFILE_LOCK;
          case "poetry.lock" -> POETRY_LOCK;
          case "uv.lock" -> UV_LOCK;
          case "pdm.lock" -> PDM_LOCK;
          case "pixi.toml" -> PIXI;
          case "pixi.lock" -> PIXI_LOCK;
          default -> byPattern(lower);
        });
  }

  private static @org.jspecify.annotations.Nullable PinFormat byPattern(String lower) {
    if (lower.startsWith("pylock.") && lower.endsWith(".toml")) {
      return PYLOCK;
    }
    if (lower.endsWith("conda-lock.yml") || lower.endsWith("conda-lock.yaml")) {
      return CONDA_LOCK; // several in a folder have the platform in front: `ppc64le.conda-lock.yml`
    }
    if (lower.endsWith(".yml") || lower.endsWith(".yaml")) {
      return lower.startsWith("environment") || lower.startsWith("conda")
          ? CONDA_ENVIRONMENT
          : null;
    }
    if (lower.endsWith(".txt") || lower.endsWith(".in")) {
      return lower.contains("requirements") || lower.startsWith("constraints")
          ? REQUIREMENTS
          : null;
    }
    boolean docker = lower.equals("dockerfile") || lower.equals("containerfile");
    return docker || lower.startsWith("dockerfile.") || lower.endsWith(".dockerfile")
        ? DOCKERFILE
        : null;
  }
}
