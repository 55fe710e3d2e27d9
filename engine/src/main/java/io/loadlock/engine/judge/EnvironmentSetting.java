package io.loadlock.engine.judge;

import io.loadlock.core.Location;

/// An environment variable that a file which is no Python sets: a Dockerfile, a compose file, CI, a
/// shell script.
///
/// @param folder whose files run with it, as reports name it; empty for all
/// @param variable such as `TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD`
/// @param value as written, without quotes
public record EnvironmentSetting(
    Location.Source location, String folder, String variable, String value) {}
