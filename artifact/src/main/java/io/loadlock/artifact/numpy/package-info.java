/// NumPy's `.npy` files, and `.npz` archives of them. Source: `numpy/lib/format.py` (NEP 1).
@NullMarked
package io.loadlock.artifact.numpy;

import org.jspecify.annotations.NullMarked;
