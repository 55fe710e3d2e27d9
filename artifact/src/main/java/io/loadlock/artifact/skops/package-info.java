/// Models that skops wrote: a schema in JSON and arrays, in a zip archive.
@NullMarked
package io.loadlock.artifact.skops;

import org.jspecify.annotations.NullMarked;
