/// Safetensors files. Source: `safetensors/src/tensor.rs` of the reference library
/// (`read_metadata`, `validate`).
@NullMarked
package io.loadlock.artifact.safetensors;

import org.jspecify.annotations.NullMarked;
