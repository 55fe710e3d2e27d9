/// From the value of a path to the files that it names.
@NullMarked
package io.loadlock.engine.link;

import org.jspecify.annotations.NullMarked;
