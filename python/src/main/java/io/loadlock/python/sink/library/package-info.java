/// The rows themselves, one file per Python library, each read in that library's own source. A row
/// is precise or it is not there: a wrong row is a false alarm in every project that uses the
/// library.
@NullMarked
package io.loadlock.python.sink.library;

import org.jspecify.annotations.NullMarked;
