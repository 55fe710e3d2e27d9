/// A decoder of Zstandard frames. Source: RFC 8878.
@NullMarked
package io.loadlock.artifact.compressed.zstd;

import org.jspecify.annotations.NullMarked;
