/// ONNX models.
@NullMarked
package io.loadlock.artifact.onnx;

import org.jspecify.annotations.NullMarked;
