/// Protocol buffers' wire format, read where it lies.
@NullMarked
package io.loadlock.artifact.wire;

import org.jspecify.annotations.NullMarked;
