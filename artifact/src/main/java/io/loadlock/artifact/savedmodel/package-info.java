/// TensorFlow's graphs: SavedModel, MetaGraph, frozen GraphDef, and Keras' metadata beside them.
@NullMarked
package io.loadlock.artifact.savedmodel;

import org.jspecify.annotations.NullMarked;
