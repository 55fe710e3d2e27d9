/// What is done to the one jar between its assembly and its use. Nothing of this is shipped.
@NullMarked
package io.loadlock.packaging;

import org.jspecify.annotations.NullMarked;
