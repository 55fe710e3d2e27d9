package io.loadlock.engine.link;

import io.loadlock.engine.inspect.Inspection;
import java.nio.file.Path;

/// A model file that was taken apart.
///
/// @param path as reports name it
/// @param bytes its size
public record Model(String path, Path file, long bytes, Inspection inspection) {}
