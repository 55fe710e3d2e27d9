/// Keras models: the configuration from which layers are made, in `.keras` archives, HDF5
/// attributes and JSON.
@NullMarked
package io.loadlock.artifact.keras;

import org.jspecify.annotations.NullMarked;
