/// What `./dev` runs to look at the parser: no part of the program.
@NullMarked
package io.loadlock.cli.dev;

import org.jspecify.annotations.NullMarked;
