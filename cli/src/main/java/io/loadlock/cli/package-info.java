@NullMarked
package io.loadlock.cli;

import org.jspecify.annotations.NullMarked;
