/// Many files as one project: which file is which module, which are worth parsing, who calls whom.
@NullMarked
package io.loadlock.python.project;

import org.jspecify.annotations.NullMarked;
