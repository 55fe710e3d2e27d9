/// joblib's pickles, in whose stream the bytes of arrays stand between the opcodes. Source:
/// `joblib/numpy_pickle.py` and `numpy_pickle_compat.py`.
@NullMarked
package io.loadlock.artifact.joblib;

import org.jspecify.annotations.NullMarked;
