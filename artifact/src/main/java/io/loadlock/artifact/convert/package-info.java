/// Tensors of one file written into another, by copying bytes: nothing is built, nothing is
/// executed. A reader says where the bytes of each tensor are; this package lays out a safetensors
/// file and copies them there.
@NullMarked
package io.loadlock.artifact.convert;

import org.jspecify.annotations.NullMarked;
