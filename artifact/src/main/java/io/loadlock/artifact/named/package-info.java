/// Names of Python objects in configurations: a loader imports and calls what a text names.
@NullMarked
package io.loadlock.artifact.named;

import org.jspecify.annotations.NullMarked;
