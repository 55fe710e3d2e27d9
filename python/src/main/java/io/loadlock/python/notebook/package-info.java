/// Jupyter notebooks: from their JSON to one module of Python, and back to the places on disk.
@NullMarked
package io.loadlock.python.notebook;

import org.jspecify.annotations.NullMarked;
