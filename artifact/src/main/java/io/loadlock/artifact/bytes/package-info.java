/// Binary formats' common ground: a position over a byte source.
@NullMarked
package io.loadlock.artifact.bytes;

import org.jspecify.annotations.NullMarked;
