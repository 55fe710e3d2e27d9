/// Tar archives: v7, ustar, pax and GNU headers, read as CPython's `tarfile` reads them.
@NullMarked
package io.loadlock.artifact.tar;

import org.jspecify.annotations.NullMarked;
