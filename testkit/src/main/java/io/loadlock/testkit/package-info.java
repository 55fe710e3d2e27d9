@NullMarked
package io.loadlock.testkit;

import org.jspecify.annotations.NullMarked;
