/// Compressed streams: gzip, zlib, bzip2, xz, lzma, lz4 and zstd, each recognised by its magic
/// number and read as a source of bytes that is inflated no further than somebody asks.
@NullMarked
package io.loadlock.artifact.compressed;

import org.jspecify.annotations.NullMarked;
