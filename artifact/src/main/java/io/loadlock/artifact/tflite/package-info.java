/// TensorFlow Lite models.
@NullMarked
package io.loadlock.artifact.tflite;

import org.jspecify.annotations.NullMarked;
