/// What a project's own configuration says of a run.
@NullMarked
package io.loadlock.engine.config;

import org.jspecify.annotations.NullMarked;
