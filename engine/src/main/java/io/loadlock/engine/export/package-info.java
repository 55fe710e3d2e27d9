/// Saved estimators of scikit-learn on the way to a format that runs nothing.
@NullMarked
package io.loadlock.engine.export;

import org.jspecify.annotations.NullMarked;
