/// Configurations whose values name what to instantiate: Hydra, NeMo, jsonargparse.
@NullMarked
package io.loadlock.artifact.hydra;

import org.jspecify.annotations.NullMarked;
