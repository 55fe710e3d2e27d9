/// Programs of PaddlePaddle. Its `.pdparams` and `.pdopt` are pickles.
@NullMarked
package io.loadlock.artifact.paddle;

import org.jspecify.annotations.NullMarked;
