@NullMarked
package io.loadlock.engine;

import org.jspecify.annotations.NullMarked;
