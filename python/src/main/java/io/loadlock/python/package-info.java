@NullMarked
package io.loadlock.python;

import org.jspecify.annotations.NullMarked;
