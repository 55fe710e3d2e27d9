/// Core ML models.
@NullMarked
package io.loadlock.artifact.coreml;

import org.jspecify.annotations.NullMarked;
