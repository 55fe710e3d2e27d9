/// JSON, YAML and Jinja files: recognised as text, then read through each convention that holds for
/// them.
@NullMarked
package io.loadlock.artifact.text;

import org.jspecify.annotations.NullMarked;
