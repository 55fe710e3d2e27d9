/// From the paths that a user names to the files that a run looks at.
@NullMarked
package io.loadlock.engine.walk;

import org.jspecify.annotations.NullMarked;
