/// Which files are worth parsing: a look at their words, at the speed of reading them.
@NullMarked
package io.loadlock.python.filter;

import org.jspecify.annotations.NullMarked;
