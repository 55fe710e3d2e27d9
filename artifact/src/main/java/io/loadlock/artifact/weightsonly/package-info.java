/// What `torch.load(weights_only=True)` says to a file, restated release by release from
/// `torch/_weights_only_unpickler.py` and its callers in `torch/serialization.py`. See
/// `docs/weights-only.md`.
@NullMarked
package io.loadlock.artifact.weightsonly;

import org.jspecify.annotations.NullMarked;
