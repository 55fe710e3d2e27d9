package io.loadlock.cli;

import io.loadlock.engine.inspect.Inspection;

/// What `inspect` says of one file.
///
/// @param size in bytes; -1 where it could not be asked
/// @param digest SHA-256 in lower-case hexadecimal; empty unless it was asked for
record InspectedFile(Inspection inspection, long size, String digest) {}
