/// Objects in JSON as jsonpickle writes them.
@NullMarked
package io.loadlock.artifact.jsonpickle;

import org.jspecify.annotations.NullMarked;
