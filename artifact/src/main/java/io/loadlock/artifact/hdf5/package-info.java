/// HDF5 files, as far as they decide what their loaders do: groups, attributes, and what points out
/// of the file.
@NullMarked
package io.loadlock.artifact.hdf5;

import org.jspecify.annotations.NullMarked;
