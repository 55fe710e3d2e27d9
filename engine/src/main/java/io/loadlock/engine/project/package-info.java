/// What the project of a file says of itself: the versions that it pins, the environment that it
/// sets.
@NullMarked
package io.loadlock.engine.project;

import org.jspecify.annotations.NullMarked;
