/// Which versions of a distribution a project declares, with the lines that say so: PEP 440
/// versions and specifiers, PEP 508 requirements, and the files that hold them.
@NullMarked
package io.loadlock.pins;

import org.jspecify.annotations.NullMarked;
