/// `MLmodel` files of MLflow.
@NullMarked
package io.loadlock.artifact.mlmodel;

import org.jspecify.annotations.NullMarked;
