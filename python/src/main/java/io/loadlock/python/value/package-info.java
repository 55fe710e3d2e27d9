/// What an expression may be: small sets of abstract values, and the things of a project they name.
@NullMarked
package io.loadlock.python.value;

import org.jspecify.annotations.NullMarked;
