/// Formats that hold numbers only, recognised and not read further, and one that holds machine
/// code.
@NullMarked
package io.loadlock.artifact.recognised;

import org.jspecify.annotations.NullMarked;
