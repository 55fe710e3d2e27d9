/// What a pickle's values say about scikit-learn's estimators.
@NullMarked
package io.loadlock.artifact.sklearn;

import org.jspecify.annotations.NullMarked;
